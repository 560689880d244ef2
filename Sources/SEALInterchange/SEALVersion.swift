/// The versions of SEAL whose files are read and written; the raw value is the minor number of 4.x.
///
/// Their bytes differ in this number alone. SEAL reads files of its own and of earlier versions.
package enum SEALVersion: UInt8, Sendable, Hashable, CaseIterable {
    case v43 = 3
    case v44 = 4

    static let major: UInt8 = 4
}
