import Foundation
import Report

/// A summary made up for tests: every figure comes from a small seeded generator and says nothing about any run.
enum FixtureSummary {
    /// SplitMix64: enough to vary figures from seed to seed.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    static func make(
        seed: UInt64 = 1, rounds: Int = 20, isSynthetic: Bool = false, hasPrivacy: Bool = true, hasAttack: Bool = true,
        hasBaselines: Bool = true, examples: [RunSummary.Example] = []
    ) -> RunSummary {
        var generator = Generator(state: seed)
        let names = (1...5).map { "Hospital \($0)" }
        let attacker = names[4]
        let all = (1...rounds).map { round(at: $0, names: names, attacker: hasAttack ? attacker : nil, &generator) }
        let published = all.filter { $0.outcome == .published }
        let accuracy = published.last?.test?.accuracy ?? 0.5
        let confusion = [[212, 22], [13, 377]]
        let roc = (0...60).map { step -> RunSummary.RocPoint in
            let rate = Double(step) / 60
            return .init(falsePositiveRate: rate, truePositiveRate: pow(rate, 0.04 + rate * 0.02))
        }
        let hospitals = names.enumerated().map { index, name in
            RunSummary.Hospital(
                name: name, patientCount: 640 + index * 31, imagesPerClass: [230 + index * 9, 690 + index * 14],
                roundsAccepted: all.filter { $0.accepted.contains(name) }.count,
                roundsExcluded: all.filter { round in round.exclusions.contains { $0.hospital == name } }.count,
                roundsAbsent: all.filter { $0.absent.contains(name) }.count,
                isMalicious: hasAttack && name == attacker,
                validation: scores(around: accuracy, &generator),
                alone: hasBaselines ? scores(around: accuracy - 0.05, &generator) : nil,
                epsilonSpent: hasPrivacy ? 7.93 : nil, delta: hasPrivacy ? 1e-5 : nil,
                bytesSent: 71_234_567 + index * 1_234)
        }
        return RunSummary(
            cordonVersion: "0.0.0-fixture", startedAt: "2026-11-23T22:00:00Z", seed: seed,
            commandLine: ["cordon", "simulate", "--data", "my data/manifest.csv", "--seed", "\(seed)", "--out", "R"],
            dataSet: dataSet(isSynthetic: isSynthetic),
            model: .init(
                kind: "cnn", parameterCount: 104_770, digest: digest(&generator), file: "model.safetensors"),
            federation: .init(
                hospitals: 5, threshold: 4, corruptible: 1, roundsPlanned: rounds, roundsPublished: published.count,
                roundsAbandoned: all.filter { $0.outcome == .abandoned }.count,
                roundsRolledBack: all.filter { $0.outcome == .rolledBack }.count),
            encryption: .init(
                name: "fixture set", ringDegree: 8192, modulusBits: [47, 47, 47], fields: 5, blocks: 3,
                normBound: 83_211, quantumSecurityBits: 172, classicalSecurityBits: 205,
                ciphertextBytesPerHospitalRound: 433_152, shareBytesPerHospitalRound: 721_344),
            rounds: all,
            metrics: .init(
                accuracy: accuracy, balancedAccuracy: 0.936, precision: 0.945, recall: 0.967, f1: 0.956,
                auc: published.last?.test?.auc, confusion: confusion, roc: roc,
                perClass: [
                    .init(name: "normal", precision: 0.942, recall: 0.906, f1: 0.924, auc: 0.986, images: 234),
                    .init(name: "pneumonia", precision: 0.945, recall: 0.967, f1: 0.956, auc: 0.986, images: 390),
                ]),
            perHospital: hospitals,
            baselines: hasBaselines ? baselines(names, accuracy, &generator) : nil,
            attack: hasAttack ? attack(attacker, all) : nil,
            privacy: hasPrivacy ? privacy : nil,
            defence: .init(isOn: true, rules: ["digit", "norm", "noise", "duplicate", "multiKrum"]),
            timing: .init(
                loadingSeconds: 14.2, trainingSeconds: 162.4, encryptionSeconds: 3.1, openingsSeconds: 5.3,
                ledgerSeconds: 1.2, evaluationSeconds: 21.9, baselinesSeconds: hasBaselines ? 88.3 : nil,
                totalSeconds: 300.4),
            protocolShare: 0.032,
            bytes: .init(
                ciphertextBytes: 43_315_200, shareBytes: 72_134_400, openingBytes: 8_312_000, ledgerBytes: 412_331,
                modelBytes: 41_908_000, otherBytes: 310_222, totalBytes: 166_392_153),
            ledger: ledger(&generator), examples: examples,
            warnings: hasAttack ? ["One hospital is malicious by design of this simulation."] : [])
    }

    private static func round(
        at number: Int, names: [String], attacker: String?, _ generator: inout Generator
    ) -> RunSummary.Round {
        let seconds = [
            "train": 8.1, "commit": 0.2, "reveal": 0.1, "sketch": 0.2, "verdict": 0.05, "sum": 0.1, "report": 0.1,
            "vote": 0.6, "publish": 0.1,
        ]
        let bytes = ["commit": 5_700_000, "reveal": 900, "sketch": 380_000, "sum": 720_000, "report": 900_000]
        let exclusions: [RunSummary.Exclusion] =
            attacker.map {
                [
                    .init(
                        hospital: $0, reason: number % 7 == 3 ? "multiKrum" : "normOutOfRange",
                        detail: "norm of the sketch 41.2 times the bound of 1.25 B")
                ]
            } ?? []
        let base = RunSummary.Round(
            number: number, outcome: .published, accepted: names.filter { $0 != attacker }, exclusions: exclusions,
            test: scores(around: 0.94 - 0.3 / Double(number + 1), &generator),
            validation: scores(around: 0.945 - 0.3 / Double(number + 1), &generator), secondsPerPhase: seconds,
            bytesPerPhase: bytes)
        if number == 6 {
            return .init(
                number: number, outcome: .abandoned, reason: "deadline in phase sum", accepted: [],
                exclusions: exclusions, absent: [names[1], names[2]], secondsPerPhase: seconds, bytesPerPhase: bytes)
        }
        if number == 11 {
            var rolledBack = base
            rolledBack.outcome = .rolledBack
            rolledBack.reason = "voted down"
            rolledBack.test = nil
            rolledBack.validation = nil
            return rolledBack
        }
        return base
    }

    private static func scores(around accuracy: Double, _ generator: inout Generator) -> RunSummary.Scores {
        let value = accuracy + Double.random(in: -0.012...0.012, using: &generator)
        return .init(accuracy: value, auc: min(0.999, value + 0.044), f1: value + 0.01)
    }

    private static func digest(_ generator: inout Generator) -> String {
        (0..<32).map { _ in String(format: "%02x", UInt8.random(in: 0...255, using: &generator)) }.joined()
    }

    private static func dataSet(isSynthetic: Bool) -> RunSummary.DataSet {
        .init(
            name: isSynthetic ? "Synthetic radiographs" : "Fixture chest X-rays", origin: "made up by the tests",
            isSynthetic: isSynthetic, note: "patient-level split; no real image",
            digest: String(repeating: "5a", count: 32),
            imageSize: 64, classNames: ["normal", "pneumonia"],
            splits: [
                .init(name: "train", patientCount: 3_420, imagesPerClass: [1_231, 3_542]),
                .init(name: "validation", patientCount: 380, imagesPerClass: [118, 341]),
                .init(name: "test", patientCount: 420, imagesPerClass: [234, 390]),
            ])
    }

    private static func baselines(
        _ names: [String], _ accuracy: Double, _ generator: inout Generator
    ) -> RunSummary.Baselines {
        .init(
            alone: names.map { .init(name: $0, scores: scores(around: accuracy - 0.05, &generator)) },
            pooled: scores(around: accuracy + 0.004, &generator))
    }

    private static func attack(_ attacker: String, _ rounds: [RunSummary.Round]) -> RunSummary.Attack {
        var detectedBy: [String: Int] = [:]
        for exclusion in rounds.flatMap(\.exclusions) { detectedBy[exclusion.reason, default: 0] += 1 }
        return .init(
            name: "scaling", attackers: [attacker], aim: "force a pixel-pattern backdoor in", cleanAccuracy: 0.944,
            backdoorSuccess: 0.061, excessBackdoorSuccess: 0.004, roundsAttacked: rounds.count,
            roundsDetected: rounds.count, detectedBy: detectedBy, honestExclusions: 0)
    }

    private static let privacy = RunSummary.Privacy(
        unit: "patient", epsilonBudget: 8, epsilon: 7.93, delta: 1e-5, steps: 400, samplingRate: 0.05,
        noiseMultiplier: 1.1, clipNorm: 1, accountant: "RDP",
        statement:
            "Whatever anybody learns from this run, they would have learned with almost the same probability had "
            + "one patient not taken part: (ε, δ) = (7.93, 1e-05).",
        notCovered: ["validation votes", "facts about a hospital as a whole", "the choice of settings before the run"])

    private static func ledger(_ generator: inout Generator) -> RunSummary.Ledger {
        let root = digest(&generator)
        return .init(
            origin: "cordon.fixture/ledger", size: 412, root: root,
            checkpoint:
                "cordon.fixture/ledger\n412\n\(Data(root.utf8.prefix(32)).base64EncodedString())\n\n— coordinator "
                + Data(digest(&generator).utf8).base64EncodedString() + "\n",
            verification: [
                .init(check: "signatures", isOk: true, detail: "412 of 412 entries are signed by their authors"),
                .init(check: "Merkle root", isOk: true, detail: "recomputed and equal to the signed checkpoint"),
                .init(check: "contract", isOk: true, detail: "re-executed from entry 0 without a refusal"),
                .init(check: "encrypted sums", isOk: true, detail: "18 recomputed from the blobs"),
            ])
    }
}
