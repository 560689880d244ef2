import DifferentialPrivacy
import Foundation

/// What each ε buys, as rows for people and for machines.
struct PrivacyPlan: Encodable {
    struct Row: Encodable {
        let epsilon: Double
        let rounds: Int
        let steps: Int
        let noiseMultiplier: Double
        /// Deviation of the noise on the mean clipped gradient of one hospital, in clip norms.
        let relativeNoise: Double
        /// ε that the noise comes to, at most `epsilon`.
        let spent: Double
        /// ε that Rényi accounting would charge for the same, for comparison with other programs.
        let spentByRDP: Double
        /// The same deviation on the mean over all hospitals, where each adds its own noise, and where they share it;
        /// nil where their number was not given.
        let relativeNoiseOfMean: Double?
        let relativeNoiseIfShared: Double?
    }

    let patients: Int
    let delta: Double
    let samplingRate: Double
    let hospitals: Int?
    let colluding: Int?
    let accountant: String
    let rows: [Row]
    /// For each ε, the model that did best where it was measured on no more patients at no larger ε.
    let measured: [MeasuredAccuracy]
    let advice: [String]

    /// - Throws: `PrivacyError`, `CommandFailure` for a plan that cannot be.
    init(
        patients: Int, epsilons: [Double], delta: Double, rounds: [Int], stepsPerRound: Int, samplingRate: Double,
        hospitals: Int? = nil, colluding: Int? = nil
    ) throws {
        guard (1...100_000_000).contains(patients) else {
            throw CommandFailure(.usage, "--patients \(patients): give 1 to 100000000")
        }
        guard (1...100_000).contains(stepsPerRound), rounds.allSatisfy({ (1...100_000).contains($0) }) else {
            throw CommandFailure(.usage, "--rounds and --steps: give 1 to 100000 of each")
        }
        self.patients = patients
        self.delta = delta
        self.samplingRate = samplingRate
        self.hospitals = hospitals
        let coalition = hospitals.map { colluding ?? ($0 - 1) / 3 }
        self.colluding = coalition
        var name = ""
        rows = try epsilons.flatMap { epsilon in
            try rounds.map { rounds in
                let steps = rounds * stepsPerRound
                let multiplier = try calibratedNoiseMultiplier(
                    epsilon: epsilon, delta: delta, samplingRate: samplingRate, steps: steps, tolerance: 1e-3)
                let step = PrivacyEvent.gaussian(noiseMultiplier: multiplier)
                let event = PrivacyEvent.selfComposed(
                    count: steps, samplingRate < 1 ? .poissonSampled(samplingRate: samplingRate, step) : step)
                let accountant = try tightestAccountant(for: [event])
                name = accountant.name
                var rdp = RDPAccountant()
                try rdp.compose(event)
                let shared = try hospitals.map {
                    try DistributedNoise(
                        hospitals: $0, colluding: coalition ?? 0, absent: 0, noiseMultiplier: multiplier)
                }
                let share = 1 / (samplingRate * Double(patients) * Double(hospitals ?? 1).squareRoot())
                return Row(
                    epsilon: epsilon, rounds: rounds, steps: steps, noiseMultiplier: multiplier,
                    relativeNoise: multiplier / (samplingRate * Double(patients)),
                    spent: accountant.epsilon(delta: delta), spentByRDP: rdp.epsilon(delta: delta),
                    relativeNoiseOfMean: hospitals.map { _ in multiplier * share },
                    relativeNoiseIfShared: shared.map { $0.shareMultiplier * share })
            }
        }
        accountant = name
        measured = epsilons.compactMap { MeasuredAccuracy.best(patients: patients, epsilon: $0) }
        advice = Self.advice(patients: patients, delta: delta, worst: rows.map(\.relativeNoise).max() ?? 0)
    }

    private static func advice(patients: Int, delta: Double, worst: Double) -> [String] {
        var advice: [String] = []
        if delta * Double(patients) > 0.1 {
            advice.append("δ is large for so many patients: take at most \(0.1 / Double(patients)).")
        }
        if worst > 0.1 {
            advice.append("noise above a tenth of the clip norm in each coordinate: fewer steps, or more patients.")
        }
        return advice
    }

    private var sharedNoise: [String] {
        guard let hospitals, let colluding else { return [] }
        let lines = rows.map { row in
            String(
                format: "%12.3f %8d %20.5f %20.5f", row.epsilon, row.rounds, row.relativeNoiseOfMean ?? 0,
                row.relativeNoiseIfShared ?? 0)
        }
        let head = [
            "", "noise/clip on the mean of \(hospitals) hospitals",
            "   ε to keep   rounds     each adds its own     shared, \(colluding) collude",
        ]
        let tail = [
            "Shared noise is for comparison: a round opens sketches of single updates, each under its own share only,",
            "so that no agreement offers it.",
        ]
        return head + lines + tail
    }

    private var models: [String] {
        guard !measured.isEmpty else { return ["model: nothing was measured with so few patients at such an ε."] }
        return Set(measured.map(\.text)).sorted()
    }

    var text: String {
        let longest = rows.map(\.relativeNoise).max() ?? 1
        var lines = [
            "δ = \(delta), \(patients) patients a hospital, sampling rate \(samplingRate), priced by \(accountant)", "",
            "   ε to keep      by RDP   rounds    steps   multiplier   noise/clip",
        ]
        for row in rows {
            let bar = String(repeating: "█", count: max(1, Int((30 * row.relativeNoise / longest).rounded())))
            lines.append(
                String(
                    format: "%12.3f %11.3f %8d %8d %12.4f %12.5f  ", row.epsilon, row.spentByRDP, row.rounds, row.steps,
                    row.noiseMultiplier, row.relativeNoise) + bar)
        }
        return (lines + sharedNoise + [""] + models + advice).joined(separator: "\n") + "\n"
    }
}
