/// What whoever answers for a hospital says to an agreement.
package enum Consent: Hashable, Sendable {
    case sign
    /// Not now: the draft is kept, to be looked at and signed later.
    case later
}
