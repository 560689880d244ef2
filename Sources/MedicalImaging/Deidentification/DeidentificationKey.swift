import Crypto
import Foundation

/// The site's key: the same value gives the same substitute in every file, and nobody without the key can tell which.
struct DeidentificationKey: Sendable {
    private let key: SymmetricKey

    init(_ key: SymmetricKey) {
        self.key = key
    }

    private func digest(_ purpose: String, _ value: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data("cordon/\(purpose)/v1\0\(value)".utf8), using: key))
    }

    /// `2.25.` and 128 bits in decimal (PS3.5 B.2).
    func uid(_ uid: String) -> String {
        let number = digest("uid", uid).prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return "2.25.\(number)"
    }

    /// 64 bits in hexadecimal.
    func pseudonym(_ patient: String) -> String {
        hexadecimal(digest("patient", patient).prefix(8))
    }

    /// −365 … −1 days, the same for all dates of a patient.
    func days(_ patient: String) -> Int {
        let number = digest("dates", patient).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return -1 - Int(number % 365)
    }
}
