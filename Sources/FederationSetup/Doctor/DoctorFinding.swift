/// What an examination found at one place, and what to do about it.
package struct DoctorFinding: Hashable, Sendable, Codable {
    package enum Status: String, Hashable, Sendable, Codable {
        case ok
        /// Works, and should be mended.
        case warning
        /// Does not work.
        case failure
    }

    package let check: String
    package let status: Status
    package let detail: String
    /// Nil where nothing is to be done.
    package let fix: String?

    package init(_ check: String, _ status: Status, _ detail: String, fix: String? = nil) {
        self.check = check
        self.status = status
        self.detail = detail
        self.fix = fix
    }

    /// What a failing step says, as a failure of its check.
    static func examine(_ check: String, fix: String, _ body: () throws -> DoctorFinding) -> DoctorFinding {
        do {
            return try body()
        } catch {
            return DoctorFinding(check, .failure, message(of: error), fix: fix)
        }
    }
}
