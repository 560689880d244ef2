import DifferentialPrivacy
import Federation
import FederationSetup
import HomomorphicEncryption
import Ledger
import MedicalImaging
import ModelTraining
import PoisoningDefence
import Report

/// Turns what happened in a run into its summary. It only reads; nothing here decides anything.
struct SummaryAssembly {
    let preparation: RunPreparation
    let federation: SimulatedFederation
    /// Test scores by published round.
    let scores: [Int: RunSummary.Scores]
    let metrics: ClassificationMetrics
    let model: [Float]
    let baselines: RunSummary.Baselines?
    let federationSeconds: Double
    let totalSeconds: Double
    let checkpointNote: String

    var options: SimulationOptions { preparation.options }
    var trace: FederationTrace { federation.trace }
    var names: [String] { preparation.identities.map(\.name) }

    /// Test images shown with the model's answers.
    private static let examplesCount = 12

    func summary() throws -> RunSummary {
        RunSummary(
            cordonVersion: CordonVersion.current, startedAt: options.startedAt, seed: options.seed,
            commandLine: options.commandLine, dataSet: dataSet, model: modelSummary, federation: federationSummary,
            encryption: encryption, rounds: rounds, metrics: metricsSummary, perHospital: try hospitals(),
            baselines: baselines, attack: try attack(), privacy: privacy, defence: defence, timing: timing,
            protocolShare: protocolShare, bytes: bytes, ledger: ledger, examples: try examples(), warnings: warnings)
    }

    private var dataSet: RunSummary.DataSet {
        let images = preparation.images
        return RunSummary.DataSet(
            name: images.name, origin: images.origin.rawValue, isSynthetic: images.isSynthetic,
            note: images.notes.joined(separator: " "), digest: images.digest.hexadecimal, imageSize: images.imageSize,
            classNames: images.classNames,
            splits: Split.allCases.map { split in
                let indices = images.indices(of: split)
                return RunSummary.Split(
                    name: split.rawValue, patientCount: images.patientCount(indices),
                    imagesPerClass: imagesPerClass(indices))
            })
    }

    private func imagesPerClass(_ indices: [Int]) -> [Int] {
        indices.reduce(into: Array(repeating: 0, count: preparation.images.classNames.count)) {
            $0[preparation.images.samples[$1].label] += 1
        }
    }

    private var modelSummary: RunSummary.Model {
        RunSummary.Model(
            kind: preparation.specification.kind.rawValue, parameterCount: preparation.specification.parameterCount,
            digest: modelDigestOf(model).hex, file: "model.safetensors")
    }

    private var federationSummary: RunSummary.Federation {
        let outcomes = trace.rounds.map(\.summaryOutcome)
        return RunSummary.Federation(
            hospitals: options.hospitals, threshold: options.threshold, corruptible: options.corruptible,
            roundsPlanned: options.rounds, roundsPublished: outcomes.filter { $0 == .published }.count,
            roundsAbandoned: outcomes.filter { $0 == .abandoned }.count,
            roundsRolledBack: outcomes.filter { $0 == .rolledBack }.count)
    }

    private var encryption: RunSummary.Encryption {
        let parameters = preparation.agreement.encryption
        return RunSummary.Encryption(
            name: parameters.name, ringDegree: parameters.ringDegree,
            modulusBits: parameters.moduli.map { 64 - $0.leadingZeroBitCount }, fields: parameters.fields,
            blocks: parameters.blocks, normBound: Double(parameters.normBound),
            quantumSecurityBits: Double(parameters.securityBits.quantum),
            classicalSecurityBits: Double(parameters.securityBits.classical),
            ciphertextBytesPerHospitalRound: parameters.ciphertextBytes,
            shareBytesPerHospitalRound: parameters.keyShareBytes * options.hospitals)
    }

    private var rounds: [RunSummary.Round] {
        trace.rounds.map { round in
            RunSummary.Round(
                number: round.number, outcome: round.summaryOutcome, reason: round.summaryReason,
                accepted: round.accepted.map { names[$0] },
                exclusions: round.exclusions.map { $0.summary(names: names) }, absent: round.absent(of: names),
                test: scores[round.number], secondsPerPhase: round.secondsPerPhase,
                bytesPerPhase: round.bytesPerPhase.mapValues(Int.init))
        }
    }

    private var metricsSummary: RunSummary.Metrics {
        RunSummary.Metrics(
            accuracy: metrics.accuracy, balancedAccuracy: metrics.balancedAccuracy, precision: metrics.precision,
            recall: metrics.recall, f1: metrics.f1, auc: metrics.auc, confusion: metrics.confusion,
            roc: metrics.roc.map {
                RunSummary.RocPoint(
                    falsePositiveRate: $0.falsePositiveRate, truePositiveRate: $0.truePositiveRate)
            },
            perClass: metrics.perClass.map {
                RunSummary.ClassMetrics(
                    name: $0.name, precision: $0.precision, recall: $0.recall, f1: $0.f1, auc: $0.auc,
                    images: $0.support)
            })
    }

    private func hospitals() throws -> [RunSummary.Hospital] {
        try names.indices.map { hospital in
            let trainer = preparation.trainers[hospital]
            let account = federation.hospitals[hospital].account
            return RunSummary.Hospital(
                name: names[hospital], patientCount: preparation.images.patientCount(preparation.shares[hospital]),
                imagesPerClass: imagesPerClass(preparation.shares[hospital]),
                roundsAccepted: trace.rounds.filter { $0.accepted.contains(hospital) }.count,
                roundsExcluded: trace.rounds.filter { $0.exclusions.contains { $0.member == hospital } }.count,
                roundsAbsent: trace.rounds.filter { !$0.contributed.contains(hospital) }.count,
                isMalicious: preparation.attackers.contains(hospital),
                validation: try trainer.site.validation.map { try validation(on: $0) },
                alone: baselines?.alone.first { $0.name == names[hospital] }?.scores,
                epsilonSpent: account.terms == nil ? nil : account.epsilon, delta: account.terms?.delta,
                bytesSent: Int(trace.bytesByMember[hospital] ?? 0))
        }
    }

    private func validation(on set: TrainingSet) throws -> RunSummary.Scores {
        let metrics = try ModelEvaluation(
            specification: preparation.specification, set: set, classNames: preparation.images.classNames,
            clock: preparation.clock
        ).metrics(of: model)
        return RunSummary.Scores(accuracy: metrics.accuracy, auc: metrics.auc, f1: metrics.f1)
    }

    /// How far the attack came, measured on the test images with and without the trigger.
    private func attack() throws -> RunSummary.Attack? {
        guard let attack = options.attack else { return nil }
        let attackers = preparation.attackers
        let named = trace.rounds.filter { round in
            round.accused == .coordinator || round.exclusions.contains { attackers.contains($0.member) }
        }
        var reasons: [String: Int] = [:]
        for round in trace.rounds {
            for exclusion in round.exclusions where attackers.contains(exclusion.member) {
                reasons[exclusion.summary(names: names).reason, default: 0] += 1
            }
            if round.accused == .coordinator { reasons[round.reason ?? "accused", default: 0] += 1 }
        }
        let success = try attack.plantsTrigger ? backdoorSuccess() : nil
        return RunSummary.Attack(
            name: attack.rawValue, attackers: attackers.sorted().map { names[$0] }, aim: attack.aim,
            backdoorSuccess: success?.successRate, excessBackdoorSuccess: success?.excessRate,
            roundsAttacked: attack.isByCoordinator
                ? trace.rounds.count
                : trace.rounds.filter { !attackers.isDisjoint(with: $0.contributed) }.count,
            roundsDetected: named.count, detectedBy: reasons,
            honestExclusions: trace.rounds.flatMap(\.exclusions).filter { !attackers.contains($0.member) }.count)
    }

    private func backdoorSuccess() throws -> BackdoorSuccess {
        BackdoorSuccess(
            labels: preparation.test.labels,
            clean: try predict(model, on: preparation.test, specification: preparation.specification),
            triggered: try predict(
                model, on: preparation.test.triggered(PixelTrigger()), specification: preparation.specification),
            target: RunPreparation.backdoorTarget)
    }

    private var privacy: RunSummary.Privacy? {
        guard let terms = preparation.terms else { return nil }
        let spent = federation.hospitals.map(\.account).max { $0.epsilon < $1.epsilon }
        let accountant = terms.samplingRate >= 1 ? GaussianAccountant().name : PLDAccountant().name
        let statement = PrivacyStatement(
            unit: .patient, epsilon: spent?.epsilon ?? 0, delta: terms.delta,
            steps: (spent?.roundsSpent ?? 0) * terms.stepsPerRound, samplingRate: terms.samplingRate,
            noiseMultiplier: terms.noiseMultiplier, clipNorm: terms.patientClipNorm, accountant: accountant,
            imagesPerPatientCap: nil)
        return RunSummary.Privacy(
            unit: statement.unit.rawValue, epsilonBudget: terms.epsilonBudget, epsilon: statement.epsilon,
            delta: statement.delta, steps: statement.steps, samplingRate: statement.samplingRate,
            noiseMultiplier: statement.noiseMultiplier, clipNorm: statement.clipNorm, accountant: accountant,
            statement: statement.text,
            notCovered: statement.notCovered + [
                "In this simulation the noise comes from a stream keyed by the seed, so that the run can be repeated; "
                    + "whoever knows the seed knows the noise."
            ])
    }

    private var defence: RunSummary.Defence {
        let policy = preparation.agreement.defence
        return RunSummary.Defence(
            isOn: options.isDefenceOn,
            rules: (policy.contractRules ? ["contract"] : []) + policy.rules.map(\.rawValue))
    }

    private var timing: RunSummary.Timing {
        let seconds = preparation.clock.total
        return RunSummary.Timing(
            loadingSeconds: seconds[.loading] ?? 0, trainingSeconds: seconds[.training] ?? 0,
            encryptionSeconds: seconds[.encryption] ?? 0, openingsSeconds: seconds[.openings] ?? 0,
            ledgerSeconds: seconds[.ledger] ?? 0, evaluationSeconds: seconds[.evaluation] ?? 0,
            baselinesSeconds: baselines == nil ? nil : totalSeconds - federationSeconds, totalSeconds: totalSeconds)
    }

    /// Share of the federation's CPU time that went to cryptography, ledger and protocol.
    private var protocolShare: Double {
        let seconds = preparation.clock.total
        let all = seconds.values.reduce(0, +)
        let own = [WorkClock.Kind.encryption, .openings, .ledger].reduce(0) { $0 + (seconds[$1] ?? 0) }
        return all > 0 ? own / all : 0
    }

    private var bytes: RunSummary.Bytes {
        let counted = trace.bytesByCategory.mapValues(Int.init)
        return RunSummary.Bytes(
            ciphertextBytes: counted[.ciphertext] ?? 0, shareBytes: counted[.shares] ?? 0,
            openingBytes: counted[.openings] ?? 0, ledgerBytes: counted[.ledger] ?? 0,
            modelBytes: counted[.model] ?? 0, otherBytes: counted[.other] ?? 0,
            totalBytes: counted.values.reduce(0, +))
    }

    private var ledger: RunSummary.Ledger {
        RunSummary.Ledger(
            origin: federation.coordinator.log.origin ?? "", size: federation.coordinator.log.size,
            root: federation.coordinator.log.merkle.root.hex, checkpoint: checkpointNote, verification: [])
    }

    private func examples() throws -> [RunSummary.Example] {
        let indices = preparation.images.indices(of: .test)
        let probabilities = try predict(model, on: preparation.test, specification: preparation.specification)
        let stride = max(1, indices.count / Self.examplesCount)
        return try Swift.stride(from: 0, to: indices.count, by: stride).prefix(Self.examplesCount).map { position in
            let answer = ClassificationMetrics.winner(probabilities[position])
            return RunSummary.Example(
                index: position, pngBase64: base64(try preparation.images.png(indices[position])),
                truth: preparation.images.samples[indices[position]].label, predicted: answer,
                probability: Double(probabilities[position][answer]))
        }
    }

    private var warnings: [String] {
        var warnings: [String] = []
        if preparation.images.isSynthetic {
            warnings.append("The images are synthetic: this run says nothing about medicine.")
        }
        if preparation.terms == nil {
            warnings.append(
                "Without differential privacy the models of successive rounds reveal single hospitals' updates "
                    + "approximately whenever the accepted set changes, and patients to whoever studies the models.")
        }
        return warnings + trace.reports.prefix(20)
    }
}
