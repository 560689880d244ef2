/// How an attacker in a simulation departs from the protocol.
package enum Malformation: Sendable, Hashable {
    /// Integers of any norm, each below 2^46 in size, as they are.
    case beyondBound
    /// Residues added to the plaintext of coefficients of the whole update, one a prime.
    case payload([Int: [UInt64]])
    /// One value of one recipient's key share is off the polynomial, with a digest that fits it.
    case inconsistentShare(recipient: Int, prime: Int, coefficient: Int)
    /// The key that is shared is not the one that encrypts.
    case foreignKey
}
