/// The versions of SEAL whose files are read and written; the raw value is the minor number of 4.x.
///
/// Their bytes differ in this number alone. SEAL 4.4 reads files of 4.3, and 4.3 refuses those of 4.4, so files are
/// written as 4.3 unless asked otherwise.
package enum SEALVersion: UInt8, Sendable, Hashable, CaseIterable {
    case v43 = 3
    case v44 = 4

    static let major: UInt8 = 4
}
