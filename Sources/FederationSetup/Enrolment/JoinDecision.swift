/// What a coordinator does with a request to join.
package enum JoinDecision: Hashable, Sendable {
    case accepted
    /// The same identity joined under the same name before: nothing changes.
    case repeated
    case refused(EnrolmentRefusal)
}
