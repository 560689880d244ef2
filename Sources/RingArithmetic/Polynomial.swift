internal import CRingKernels

/// An element of the ring, as one row of N residues a prime.
///
/// A value type over storage that is zeroised when the last copy goes.
package struct Polynomial<Domain: PolynomialDomain>: Sendable {
    package let ring: RingContext
    private(set) var storage: ResidueStorage

    /// Zero.
    package init(ring: RingContext) {
        self.ring = ring
        storage = ResidueStorage(count: ring.degree * ring.moduli.count)
    }

    private init(ring: RingContext, storage: ResidueStorage) {
        self.ring = ring
        self.storage = storage
    }

    /// From packed residues; nil when the length is wrong or a residue is not below its prime.
    package init?(packed bytes: some Collection<UInt8>, ring: RingContext) {
        guard bytes.count == ring.packedBytes else { return nil }
        self.init(ring: ring)
        if !unpack(Array(bytes)) { return nil }
    }

    /// Overwrites the polynomial with packed residues, rows by prime.
    ///
    /// False when the length is wrong or a residue is not below its prime; what it holds then means nothing.
    package mutating func unpack(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == ring.packedBytes else { return false }
        let rowBytes = ring.packedRowBytes
        return bytes.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return false }
            return ring.moduli.indices.allSatisfy { prime in
                cordon_unpack(mutableRow(prime), base + prime * rowBytes, ring.degree, ring.moduli[prime])
            }
        }
    }

    /// The packed residues, rows by prime.
    package func packed() -> [UInt8] {
        let size = ring.packedBytes
        return [UInt8](unsafeUninitializedCapacity: size) { target, initialised in
            if let base = target.baseAddress {
                for prime in ring.moduli.indices {
                    cordon_pack(base + prime * ring.packedRowBytes, row(prime), ring.degree)
                }
            }
            initialised = size
        }
    }

    /// The residues modulo one prime.
    package subscript(prime: Int) -> [UInt64] {
        get { Array(UnsafeBufferPointer(start: row(prime), count: ring.degree)) }
        set {
            precondition(newValue.count == ring.degree && newValue.allSatisfy { $0 < ring.moduli[prime] })
            let target = mutableRow(prime)
            for (index, residue) in newValue.enumerated() {
                target[index] = residue
            }
        }
    }

    package static func += (left: inout Self, right: Self) {
        left.forEachRow { cordon_add($1, right.row($0), $2, $3) }
    }

    package static func -= (left: inout Self, right: Self) {
        left.forEachRow { cordon_subtract($1, right.row($0), $2, $3) }
    }

    /// Adds `scalar·other`, one scalar a prime.
    package mutating func add(_ other: Self, times scalars: [UInt64]) {
        forEachRow { cordon_scale_accumulate($1, other.row($0), scalars[$0], $2, $3) }
    }

    /// One step of Horner's rule, `self·point + other`; the point is below 2^16.
    package mutating func multiplyAdd(point: Int, _ other: Self) {
        precondition(point > 0 && point < 1 << 16, "evaluation points lie between 1 and 65535")
        forEachRow { cordon_horner($1, other.row($0), UInt64(point), $2, $3) }
    }

    /// The sum of the products of residues, a prime.
    package func dot(_ other: Self) -> [UInt64] {
        ring.moduli.indices.map { cordon_dot(row($0), other.row($0), ring.degree, ring.moduli[$0]) }
    }

    /// True when all residues are equal; its time depends on the sizes alone.
    package func equals(_ other: Self) -> Bool {
        precondition(storage.count == other.storage.count, "polynomials of one ring are compared")
        var difference: UInt64 = 0
        for index in 0..<storage.count {
            difference |= storage.pointer[index] ^ other.storage.pointer[index]
        }
        return difference == 0
    }

    func row(_ prime: Int) -> UnsafePointer<UInt64> {
        UnsafePointer(storage.pointer + prime * ring.degree)
    }

    mutating func mutableRow(_ prime: Int) -> UnsafeMutablePointer<UInt64> {
        if !isKnownUniquelyReferenced(&storage) {
            storage = ResidueStorage(copying: storage)
        }
        return storage.pointer + prime * ring.degree
    }

    /// Calls the body with each prime's index, writable row, degree and modulus.
    mutating func forEachRow(_ body: (Int, UnsafeMutablePointer<UInt64>, Int, UInt64) -> Void) {
        for prime in ring.moduli.indices {
            body(prime, mutableRow(prime), ring.degree, ring.moduli[prime])
        }
    }

    /// The same residues read in another domain, in place when this is the last copy.
    consuming func reinterpreted<Other: PolynomialDomain>(as domain: Other.Type) -> Polynomial<Other> {
        Polynomial<Other>(ring: ring, storage: storage)
    }
}
