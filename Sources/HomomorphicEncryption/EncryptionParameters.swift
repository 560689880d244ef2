package import RingArithmetic

/// The checked parameters of one federation's encryption.
///
/// With `D = blocks·N` coefficients: `Δ = ⌈20·σ·√(D/2)⌉`, `W = ⌊(Q/Δ)^(1/F)⌋` (at most 2^40),
/// `B = ⌊W / (2·max(8/√2, 1.3·n))⌋`. Every number is an integer computed without floating point.
package struct EncryptionParameters: Sendable, Hashable {
    /// `σ²` of secrets and errors: the centred binomial distribution over 2 × 41 bits.
    package static let errorVariance = 20.5

    package let set: ParameterSet
    /// Integers an update, `d`.
    package let dimension: Int
    /// Hospitals, `n`.
    package let members: Int
    /// Whether patient-level differential privacy protects every update.
    package let patientLevelPrivacy: Bool
    package let ringDegree: Int
    /// Integers a coefficient, `F`.
    package let fields: Int
    package let blocks: Int
    /// `k`.
    package let sketchCoordinates: Int
    /// `R`.
    package let sketchFamilies: Int
    package let moduli: [UInt64]
    /// `Δ`.
    package let scale: UInt64
    /// `W`.
    package let fieldWidth: UInt64
    /// `B`, the greatest L2 norm of an update's integers.
    package let normBound: Int64

    /// - Parameter fields: the most integers a coefficient; reduced to the fewest that need no more blocks.
    /// - Throws: `EncryptionError` when the set does not carry such an update; the message says by how much.
    package init(
        set: ParameterSet, fields: Int? = nil, dimension: Int, members: Int, patientLevelPrivacy: Bool
    ) throws {
        let asked = fields ?? set.maximumFields
        guard (2...1024).contains(members), (1...1 << 34).contains(dimension), (1...set.maximumFields).contains(asked)
        else {
            throw EncryptionError(
                .unsupportedSize,
                "encryption supports 2 to 1024 hospitals, 1 to 2^34 parameters and 1 to \(set.maximumFields) fields in "
                    + "set \(set.rawValue); asked were \(members) hospitals, \(dimension) parameters, \(asked) fields")
        }
        let degree = set.ringDegree
        func blocks(_ fields: Int) -> Int { max(2, (dimension + fields * degree - 1) / (fields * degree)) }
        let count = blocks(asked)
        let fewest = (1...asked).first { blocks($0) == count } ?? asked
        guard count <= set.maximumBlocks else {
            throw EncryptionError(
                .unsupportedSize,
                "set \(set.rawValue) holds updates of at most \(set.maximumBlocks * asked * degree) parameters, "
                    + "this one has \(dimension)")
        }
        let moduli = set.ring.moduli
        let coefficients = UInt64(count * degree)
        let scale = IntegerRoot.ceilingSquareRoot(UInt128(4100) * UInt128(coefficients))
        let width = IntegerPacking.largestWidth(moduli: moduli, scale: scale, fields: fewest)
        let tailBound = IntegerRoot.floorSquareRoot(UInt128(width) * UInt128(width) / 128)
        let bound = min(tailBound, 5 * width / (13 * UInt64(members)))
        guard UInt128(10_000) * UInt128(dimension) <= 6 * UInt128(bound) * UInt128(bound) else {
            throw EncryptionError(
                .roundingTooCoarse,
                "set \(set.rawValue) with \(fewest) fields a coefficient leaves a norm bound of \(bound), so rounding "
                    + "\(dimension) parameters would cost more than 1 % of the norm; use fewer fields or hospitals")
        }
        guard patientLevelPrivacy || fewest * set.sketchCoordinates * 8 <= dimension else {
            throw EncryptionError(
                .sketchTooRevealing,
                "the sketch of set \(set.rawValue) opens \(fewest * set.sketchCoordinates) numbers of an update of "
                    + "\(dimension) parameters, more than an eighth; use an update of at least "
                    + "\(fewest * set.sketchCoordinates * 8) parameters or patient-level privacy")
        }
        self.set = set
        self.dimension = dimension
        self.members = members
        self.patientLevelPrivacy = patientLevelPrivacy
        ringDegree = degree
        self.fields = fewest
        self.blocks = count
        sketchCoordinates = set.sketchCoordinates
        sketchFamilies = set.sketchFamilies
        self.moduli = moduli
        self.scale = scale
        fieldWidth = width
        normBound = Int64(bound)
    }

    package var ring: RingContext { self.set.ring }

    /// `D`, all coefficients of an update.
    package var coefficients: Int { blocks * ringDegree }

    /// Bytes of one block: 47 bits a residue.
    package var blockBytes: Int { ring.packedBytes }

    package var ciphertextBytes: Int { blocks * blockBytes }

    /// Bytes of what a dealer sends to one recipient: addresses, key share, two masks a prime, seven nonce limbs, three
    /// salts.
    package var keyShareBytes: Int { 8 + blockBytes + 8 * (2 * moduli.count + 7) + 96 }

    package var securityBits: (classical: Int, quantum: Int) { self.set.securityBits }

    package var name: String { self.set.rawValue }

    /// The share of an update's degrees of freedom that its sketch opens, `F·k/d`.
    package var revealedShare: Double { Double(fields * sketchCoordinates) / Double(dimension) }

    /// Fresh constants to pack integers with.
    package func makePacking() -> IntegerPacking {
        IntegerPacking(ring: ring, fields: fields, scale: scale, width: fieldWidth)
    }
}
