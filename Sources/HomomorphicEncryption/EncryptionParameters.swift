package import RingArithmetic

/// The checked parameters of one federation's encryption.
///
/// With `D = blocks·N` coefficients: `Δ = ⌈21·σ·√(D/2)⌉`, `W = ⌊(Q/Δ)^(1/F)⌋` (at most 2^40),
/// `B = ⌊W / (2·max(10.5/√2, 1.3·n))⌋`. Every number is an integer computed without floating point.
package struct EncryptionParameters: Sendable, Hashable {
    /// `σ²` of secrets and errors: the centred binomial distribution over 2 × 41 bits.
    package static let errorVariance = 20.5
    /// A coefficient of the opened sum may be this many standard deviations off.
    package static let sumNoiseDeviations = 12.0

    package let set: ParameterSet
    /// Integers an update, `d`.
    package let dimension: Int
    /// Hospitals, `n`.
    package let members: Int
    /// Whether patient-level differential privacy protects every update.
    package let patientLevelPrivacy: Bool
    package let securityLevel: SecurityLevel
    package let roundingTolerance: RoundingTolerance
    package let ringDegree: Int
    /// Integers a coefficient, `F`.
    package let fields: Int
    package let blocks: Int
    /// `k`: opened coefficients of products.
    package let sketchCoordinates: Int
    package let moduli: [UInt64]
    /// `Δ`.
    package let scale: UInt64
    /// `W`.
    package let fieldWidth: UInt64
    /// `B`, the greatest L2 norm of an update's integers.
    package let normBound: Int64
    /// The estimate with the opened coefficients as hints.
    package let security: SecurityEstimate
    package let failure: FailureProbability

    /// - Parameters:
    ///   - fields: the most integers a coefficient; reduced to the fewest that need no more blocks.
    ///   - coordinates: `k`; nil for the set's own.
    /// - Throws: `EncryptionError` when the set does not carry such an update; the message says by how much.
    package init(
        set: ParameterSet, fields: Int? = nil, coordinates: Int? = nil, dimension: Int, members: Int,
        patientLevelPrivacy: Bool, securityLevel: SecurityLevel = .quantum128,
        roundingTolerance: RoundingTolerance = .standard
    ) throws {
        let asked = fields ?? set.defaultFields
        let sketch = coordinates ?? set.sketchCoordinates
        try Self.checkSizes(fields: asked, coordinates: sketch, dimension: dimension, members: members)
        let security = try Self.checkedSecurity(of: set, coordinates: sketch, level: securityLevel)
        let degree = set.ringDegree
        func blocks(_ fields: Int) -> Int { max(2, (dimension + fields * degree - 1) / (fields * degree)) }
        let count = blocks(asked)
        let fewest = (1...asked).first { blocks($0) == count } ?? asked
        guard count <= set.maximumBlocks(coordinates: sketch) else {
            throw EncryptionError(
                .unsupportedSize,
                "set \(set.rawValue) with \(sketch) sketch coordinates and \(asked) fields a coefficient holds updates "
                    + "of at most \(set.maximumBlocks(coordinates: sketch) * asked * degree) parameters, this one has "
                    + "\(dimension)")
        }
        guard patientLevelPrivacy || fewest * sketch * 8 <= dimension else {
            throw EncryptionError(
                .sketchTooRevealing,
                "the sketch of set \(set.rawValue) opens \(fewest * sketch) numbers of an update of \(dimension) "
                    + "parameters, more than an eighth; use an update of at least \(fewest * sketch * 8) parameters "
                    + "or patient-level privacy")
        }
        let moduli = set.ring.moduli
        let coefficients = UInt64(count * degree)
        // 4·Δ² = 42²·σ²·D/2 = 18,081·D.
        let doubled = IntegerRoot.ceilingSquareRoot(UInt128(18_081) * UInt128(coefficients))
        let scale = (doubled + 1) / 2
        let width = IntegerPacking.largestWidth(moduli: moduli, scale: scale, fields: fewest)
        // W / (21/√2), squared.
        let tailBound = IntegerRoot.floorSquareRoot(2 * UInt128(width) * UInt128(width) / 441)
        let bound = min(tailBound, 5 * width / (13 * UInt64(members)))
        guard roundingTolerance.admits(dimension: dimension, bound: bound) else {
            throw EncryptionError(
                .roundingTooCoarse,
                "set \(set.rawValue) with \(fewest) fields a coefficient leaves a norm bound of \(bound), so rounding "
                    + "\(dimension) parameters would cost more than \(roundingTolerance.relative * 100) % of the norm; "
                    + "use fewer fields or hospitals")
        }
        let failure = FailureProbability(
            coefficients: count * degree, coordinates: sketch, members: members, scale: scale, width: width,
            bound: bound)
        guard failure.roundLog2 < FailureProbability.limitLog2 else {
            throw EncryptionError(
                .failureTooLikely,
                "\(members) sketches of \(sketch) coordinates would be decoded wrongly with a probability that is not "
                    + "below 2^-60 a round; use fewer coordinates or hospitals")
        }
        self.set = set
        self.dimension = dimension
        self.members = members
        self.patientLevelPrivacy = patientLevelPrivacy
        self.securityLevel = securityLevel
        self.roundingTolerance = roundingTolerance
        ringDegree = degree
        self.fields = fewest
        self.blocks = count
        sketchCoordinates = sketch
        self.moduli = moduli
        self.scale = scale
        fieldWidth = width
        normBound = Int64(bound)
        self.security = security
        self.failure = failure
    }

    package var ring: RingContext { self.set.ring }

    /// `k` where suspicion over rounds must see through local noise (decision 0020): an update is mostly noise then.
    package static let coordinatesUnderPrivacy = 1024

    /// `R = k/2`: two coefficients, 0 and N/2, of each family's product are opened.
    package var sketchFamilies: Int { sketchCoordinates / 2 }

    /// `D`, all coefficients of an update.
    package var coefficients: Int { blocks * ringDegree }

    /// Bytes of one block: 47 bits a residue.
    package var blockBytes: Int { ring.packedBytes }

    package var ciphertextBytes: Int { blocks * blockBytes }

    /// Bytes of what a dealer sends to one recipient: addresses, key share, two masks a prime, seven nonce limbs, three
    /// salts.
    package var keyShareBytes: Int { 8 + blockBytes + 8 * (2 * moduli.count + 7) + 96 }

    /// Bytes a hospital sends a round: its ciphertext and a share for each member.
    package var traffic: Int { ciphertextBytes + members * keyShareBytes }

    package var securityBits: (classical: Int, quantum: Int) { (security.classicalBits, security.quantumBits) }

    package var name: String { self.set.rawValue }

    /// The share of an update's degrees of freedom that its sketch opens, `F·k/d`.
    package var revealedShare: Double { Double(fields * sketchCoordinates) / Double(dimension) }

    /// What rounding costs, as a share of the norm bound: `√(d/6)/B`.
    package var relativeRounding: Double { (Double(dimension) / 6).squareRoot() / Double(normBound) }

    package var bitsPerParameter: Double { Double(8 * ciphertextBytes) / Double(dimension) }

    /// `(12·σ)²·|V|`: a sum with a coefficient of larger squared noise was not opened by the right key.
    package static func squaredSumNoiseBound(contributors: Int) -> UInt64 {
        UInt64(sumNoiseDeviations * sumNoiseDeviations * errorVariance) * UInt64(contributors)
    }

    /// Fresh constants to pack integers with.
    package func makePacking() -> IntegerPacking {
        IntegerPacking(ring: ring, fields: fields, scale: scale, width: fieldWidth)
    }
}
