/// The schemes whose objects travel; the raw value is SEAL's.
package enum SEALScheme: UInt8, Sendable, Hashable, CaseIterable {
    case bfv = 1
    case ckks = 2
}
