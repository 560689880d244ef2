# One configuration everywhere: another set of flags builds every dependency again.
FLAGS := -c release -Xswiftc -enable-testing
CORDON := .build/release/cordon
SECONDS ?= 60
DEMO_OUT := demo-report
DEMO := --hospitals 5 --rounds 20 --seed 1 --attackers 1 --attack scaling --privacy epsilon=8
BENCH := --hospitals 5 --rounds 5 --seed 1 --baselines

.DEFAULT_GOAL := help
.PHONY: help bootstrap build demo test bench bench-encryption bench-kernels bench-streaming bench-network bench-ledger bench-imaging bench-privacy check-rules check-network fuzz check check-arm docs clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

bootstrap:
	@Scripts/bootstrap.sh

build: bootstrap ## build the program
	swift build $(FLAGS) --product cordon

demo: build ## five hospitals, one malicious, train together; writes demo-report/
	$(CORDON) simulate $(DEMO) --out $(DEMO_OUT)
	$(CORDON) ledger verify $(DEMO_OUT)/ledger
	@echo "The report lies at $(DEMO_OUT)/report.html"

test: bootstrap ## build and run every test
	swift test $(FLAGS)

bench: build ## what protection costs beside plain training
	Scripts/bench.sh $(CORDON) $(BENCH)

bench-encryption: bootstrap ## encryption beside TenSEAL and SEAL, in one run
	swift build $(FLAGS) --product EncryptionBenchmark
	Scripts/bench-encryption.sh .build/release/EncryptionBenchmark

check-arm: ## the kernels compiled for 64-bit ARM, run in an emulator, compared with this machine's bit for bit
	Scripts/check-arm.sh

bench-kernels: bootstrap ## the transform in every family of kernels beside SEAL, in one run
	swift build $(FLAGS) --product EncryptionBenchmark
	Scripts/bench-kernels.sh .build/release/EncryptionBenchmark

bench-streaming: bootstrap ## 11.7 M parameters, 50 hospitals: the coordinator's peak memory
	swift build $(FLAGS) --product EncryptionBenchmark
	Scripts/bench-streaming.sh .build/release/EncryptionBenchmark

bench-network: bootstrap ## 11.7 M parameters, ten hospitals over TLS on this machine: time beside the link's, memory
	swift build $(FLAGS) --product NetworkBenchmark
	Scripts/bench-network.sh .build/release/NetworkBenchmark

bench-imaging: build ## images a second from archive to store on one core, beside the bare libraries
	swift build $(FLAGS) --product ImagingBenchmark
	Scripts/bench-imaging.sh .build/release/ImagingBenchmark .build/release/cordon

bench-ledger: bootstrap ## appends, proofs at a million entries, 1,000 rounds of 20 hospitals verified
	swift build $(FLAGS) --product LedgerBenchmark
	.build/release/LedgerBenchmark

check-rules: ## each rule of the ledger's contract switched off: does a test miss it?
	Scripts/check-rules.sh

bench-privacy: bootstrap ## DP-SGD beside plain descent and the patient-by-patient loop, in one run: DATA=MANIFEST
	swift build $(FLAGS) --product PrivacyBenchmark
	for model in scattering2 scattering cnn; do .build/release/PrivacyBenchmark --data $(DATA) --model $$model --speed; done
	python3 Benchmarks/opacus_speed.py || echo "Opacus was not measured: it needs torch and opacus"

check-network: build ## five hosts, 5 % of packets lost, 50 ms delay, a minute's partition (root)
	Scripts/network-test.sh

fuzz: bootstrap ## every decoder on mutated inputs, SECONDS=60 each
	CORDON_FUZZ_SECONDS=$(SECONDS) CORDON_FUZZ_INPUT=.build/fuzz-input swift test $(FLAGS) --filter DecoderTests

check: bootstrap ## format, house rules, tests
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks
	swift test $(FLAGS)

docs: build ## reference pages from the sources, in .build/documentation
	Scripts/docs.sh

clean: ## remove what was built
	swift package clean
