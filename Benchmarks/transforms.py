"""Times the number-theoretic transform of one row in every family of kernels beside Microsoft SEAL's, in turns.

usage: transforms.py PATH_TO_EncryptionBenchmark [--turns T] [--json FILE]

Processor time of one thread; start it pinned to one core (Scripts/bench-kernels.sh does). SEAL transforms a ciphertext
of two polynomials under two 47-bit primes, four rows a call, so that the call from Python weighs little. Needs
seal-python 4.4.0; without it the families are timed alone, and that is said.
"""
import argparse
import json
import statistics
import subprocess
import sys
import time

DEGREES = (4096, 8192)
ROWS = 4
CALLS = 32


class SEALTransform:
    def __init__(self, seal, degree):
        parameters = seal.EncryptionParameters(seal.scheme_type.bfv)
        parameters.set_poly_modulus_degree(degree)
        # The last prime is SEAL's own for switching keys; a fresh ciphertext lies under the other two.
        parameters.set_coeff_modulus(seal.CoeffModulus.Create(degree, [47, 47, 48]))
        parameters.set_plain_modulus(1 << 20)
        context = seal.SEALContext(parameters, True, seal.sec_level_type.none)
        keys = seal.KeyGenerator(context)
        self.evaluator = seal.Evaluator(context)
        self.cipher = seal.Encryptor(context, keys.create_public_key()).encrypt(seal.Plaintext("1"))
        rows = self.cipher.size() * self.cipher.coeff_modulus_size()
        if rows != ROWS:
            raise SystemExit(f"bench-kernels: SEAL's ciphertext has {rows} rows where {ROWS} were expected")

    def sample(self):
        forward = inverse = 0.0
        for _ in range(CALLS):
            start = time.process_time()
            self.evaluator.transform_to_ntt_inplace(self.cipher)
            middle = time.process_time()
            self.evaluator.transform_from_ntt_inplace(self.cipher)
            forward += middle - start
            inverse += time.process_time() - middle
        return {"forward": forward * 1e6 / (CALLS * ROWS), "inverse": inverse * 1e6 / (CALLS * ROWS)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("benchmark")
    parser.add_argument("--turns", type=int, default=15)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    try:
        import seal
        peers = {degree: SEALTransform(seal, degree) for degree in DEGREES}
    except ImportError:
        peers = {}
        print("bench-kernels: seal-python is not installed, so SEAL's own transform is left out", file=sys.stderr)

    times = {}
    for _ in range(arguments.turns):
        for degree, peer in peers.items():
            for _ in range(8):
                for direction, microseconds in peer.sample().items():
                    times.setdefault((degree, direction), {}).setdefault("SEAL", []).append(microseconds)
        lines = subprocess.run(
            [arguments.benchmark, "kernels", "--json", "--samples", "41"], check=True, capture_output=True, text=True)
        for row in map(json.loads, lines.stdout.splitlines()):
            cell = times.setdefault((row["degree"], row["direction"]), {})
            for family, microseconds in row["microseconds"].items():
                cell.setdefault(family, []).append(microseconds)

    rows = []
    order = ["portable", "neon", "avx2", "ifma", "SEAL"]
    print("Microseconds a row, median of the turns, and how many times as fast as portable")
    for (degree, direction), cell in sorted(times.items()):
        medians = {name: statistics.median(cell[name]) for name in order if name in cell}
        rows.append({"degree": degree, "direction": direction, "microseconds": medians})
        cells = [f"{name} {value:6.2f} ({medians['portable'] / value:.2f}x)" for name, value in medians.items()]
        print(f"  N = {degree} {direction}: " + "  ".join(cells))
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump(rows, file, indent=2)


main()
