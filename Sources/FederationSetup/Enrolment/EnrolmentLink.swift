/// The way from a hospital to the coordinator before there is an agreement. Whoever answers must have proved to hold
/// the coordinator's key that the token names.
package protocol EnrolmentLink: Sendable {
    /// - Throws: `SetupError` when it would be of no use to try again (another key than the pinned one, for instance);
    ///   any other error is taken for a network that comes back.
    func send(_ request: SignedEnrolmentRequest) async throws -> EnrolmentReply
}
