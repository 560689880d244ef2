import FederationFixtures
import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation

/// The cryptography of one round among honest members, all in one place.
struct Federation {
    let parameters: EncryptionParameters
    let sharing: SharingPolicy
    let polynomials: PublicPolynomials
    let families: SketchFamilies
    let challenge: ConsistencyChallenge
    let federation = Array("federation".utf8)
    let seed: [UInt8]

    init(_ parameters: EncryptionParameters, threshold: Int, seed: UInt8 = 1) throws {
        self.parameters = parameters
        self.seed = [seed]
        sharing = try SharingPolicy(members: parameters.members, threshold: threshold)
        polynomials = PublicPolynomials(parameters: parameters, federation: federation, seed: [seed])
        let beacon = [UInt8](repeating: seed, count: 32)
        families = SketchFamilies(parameters: parameters, polynomials: polynomials, beacon: beacon)
        challenge = ConsistencyChallenge(parameters: parameters, beacon: beacon)
    }

    func context(_ member: Int) -> DealingContext {
        DealingContext(federation: federation, seed: seed, member: member)
    }

    func deal(_ values: [Int64], member: Int, random: UInt64 = 1) throws -> Dealing {
        var generator = KeyedStream(key: [7], label: "dealing", indices: [UInt64(member), random])
        return try Dealing(
            update: values, parameters: parameters, sharing: sharing, polynomials: polynomials,
            context: context(member), using: &generator)
    }

    func cheat(_ malformation: Malformation, _ values: [Int64], member: Int) throws -> Dealing {
        var generator = KeyedStream(key: [8], label: "cheating", indices: [UInt64(member)])
        return try Dealing.insecure_malformed(
            malformation, update: values, parameters: parameters, sharing: sharing, polynomials: polynomials,
            context: context(member), using: &generator)
    }

    func openSketch(of dealing: Dealing, by recipients: [Int]) -> SketchOpening {
        let answers = Dictionary(
            uniqueKeysWithValues: recipients.map { ($0, families.answer(dealing.share(for: $0))) })
        return families.open(families.linearPart(of: dealing.update), answers, sharing: sharing)
    }

    func decrypt(_ dealings: [Dealing], by recipients: [Int]) throws -> DecryptedSum {
        let answers = Dictionary(
            uniqueKeysWithValues: recipients.map { recipient in
                (recipient, KeyShareSum(summing: dealings.map { $0.share(for: recipient) }, parameters: parameters))
            })
        guard let key = KeySum.reconstruct(answers, sharing: sharing, parameters: parameters) else {
            throw AggregationError(.malformed, "the key sum cannot be opened")
        }
        let sum = try EncryptedSum(dealings.map(\.update), parameters: parameters)
        return try DecryptedSum.open(
            sum, with: key, polynomials: polynomials, contributors: dealings.count, parameters: parameters)
    }

    /// The sketch of an opened sum, block by block, as its checkers make it.
    func sketch(of sum: DecryptedSum) -> [Int64] {
        let digits = sum.values + sum.padding
        let perBlock = digits.count / parameters.blocks
        var sketch = SketchAccumulation(families: families)
        for block in 0..<parameters.blocks { sketch.add(Array(digits[block * perBlock..<(block + 1) * perBlock])) }
        return sketch.sketch
    }

    /// Integers of norm `share·B`, spread like a layered update.
    func update(_ member: Int, share: Double = 0.9) -> [Int64] {
        var generator = KeyedStream(key: [9], label: "update", indices: [UInt64(member)])
        let raw = (0..<parameters.dimension).map { index in
            Float(Int64(bitPattern: generator.next()) >> 40) * Float(1 + index * 8 / parameters.dimension)
        }
        let norm = raw.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let scale = share * Double(parameters.normBound) / norm
        return raw.map { Int64((Double($0) * scale).rounded(.towardZero)) }
    }
}

/// One plan for each parameter set, small enough to be quick.
enum Plan: String, CaseIterable, Sendable {
    case tiny, small, large

    func parameters(members: Int) throws -> EncryptionParameters {
        switch self {
        case .tiny:
            try EncryptionParameters(set: .tiny, dimension: 1217, members: members, patientLevelPrivacy: false)
        case .small:
            try EncryptionParameters(set: .small, dimension: 30_000, members: members, patientLevelPrivacy: false)
        case .large:
            try EncryptionParameters(set: .large, dimension: 70_000, members: members, patientLevelPrivacy: false)
        }
    }
}
