import Foundation
import PoisoningDefence

/// How alike the hospitals' honest updates are. The cosines are those measured on chest X-rays: .8 for equal splits, .1
/// to .3 for Dirichlet(0.5) ones, where a shared direction (the label mix) sets hospitals apart.
enum Likeness: String, CaseIterable, Sendable {
    case alike, unlike, veryUnlike

    /// Shares of variance: the common update, the label-mix direction, each hospital's own.
    var shares: (common: Double, mix: Double, own: Double) {
        switch self {
        case .alike: (0.8, 0, 0.2)
        case .unlike: (0.3, 0.2, 0.5)
        case .veryUnlike: (0.1, 0.2, 0.7)
        }
    }

    /// Standard deviation of the logarithm of honest norms.
    var normSpread: Double { self == .alike ? 0.08 : 0.25 }
}

/// What the corrupt hospitals do to their update.
enum Attack: String, CaseIterable, Sendable {
    case none, signFlip, boostedSignFlip, scaledBackdoor, backdoor, labelFlip, colluding
}

/// Synthetic updates of one round and their exact integer sketches.
struct SyntheticFederation {
    let updates: [[Double]]
    let corrupt: [Int]

    /// Honest norms are about one, so the norm bound B = 4 in the same unit leaves an attacker room to scale.
    static let boundInHonestNorms = 4.0
    static let dimension = 300

    init(
        hospitals: Int, corruptible: Int, likeness: Likeness, attack: Attack,
        using generator: inout SeededGenerator
    ) {
        let dimension = Self.dimension
        let common = generator.vector(dimension)
        let mix = generator.vector(dimension)
        let trigger = generator.vector(dimension)
        let shares = likeness.shares
        var updates = (0..<hospitals).map { _ in
            let own = generator.vector(dimension)
            let mixture = generator.normal() * shares.mix.squareRoot()
            let size = exp(likeness.normSpread * generator.normal())
            return (0..<dimension).map {
                size * (shares.common.squareRoot() * common[$0] + mixture * mix[$0] + shares.own.squareRoot() * own[$0])
            }
        }
        corrupt = attack == .none ? [] : Array((0..<hospitals).shuffled(using: &generator).prefix(corruptible).sorted())
        for member in corrupt {
            let honest = updates[member]
            updates[member] = (0..<dimension).map {
                switch attack {
                case .none: honest[$0]
                case .signFlip: -honest[$0]
                case .boostedSignFlip: -3 * honest[$0]
                case .scaledBackdoor: 5 * (0.3 * honest[$0] + trigger[$0])
                case .backdoor: 0.4 * honest[$0] + 0.9 * trigger[$0]
                case .labelFlip: honest[$0] - 1.6 * common[$0]
                case .colluding: 0.3 * common[$0] + trigger[$0]
                }
            }
        }
        self.updates = updates.map { update in
            let norm = update.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let factor = min(1, Self.boundInHonestNorms / norm)
            return update.map { $0 * factor }
        }
    }

    static func geometry(coordinates: Int = 256, fields: Int = 1) -> SketchGeometry {
        SketchGeometry(
            coordinates: coordinates, families: coordinates / 2, fields: fields, normBound: 4_000_000,
            errorVariance: 20.5, coefficients: 8192 * 2)
    }

    /// Exact sketches: the same random {0 (½), +1 (¼), −1 (¼)} rows for everybody, parameter `F·j + f` in field `f`.
    func sketches(_ geometry: SketchGeometry, using generator: inout SeededGenerator) -> [MemberSketch] {
        let scale = Double(geometry.normBound) / Self.boundInHonestNorms
        let integers = updates.map { $0.map { Int64(($0 * scale).rounded()) } }
        var digits = Array(repeating: [Int64](), count: updates.count)
        let slots = Self.dimension / geometry.fields
        for _ in 0..<geometry.coordinates {
            let row = (0..<slots).map { _ in [0, 0, 1, -1][Int(generator.next() >> 62)] as Int64 }
            for member in updates.indices {
                for field in 0..<geometry.fields {
                    var sum: Int64 = 0
                    for slot in 0..<slots { sum &+= row[slot] &* integers[member][geometry.fields * slot + field] }
                    digits[member].append(sum)
                }
            }
        }
        let deviation = (geometry.errorVariance * Double(geometry.coefficients) / 2).squareRoot()
        return digits.enumerated().map { member, digits in
            let noise = (0..<geometry.coordinates).map { _ in Int64((generator.normal() * deviation).rounded()) }
            return MemberSketch(member: member, digits: digits, noise: noise)
        }
    }
}
