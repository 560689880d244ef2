/// One dealt share, sealed to the one-time key of its recipient. Only the recipient can open it.
package struct SealedShare: Sendable, Hashable {
    package let dealer: Int
    package let recipient: Int
    package let bytes: [UInt8]

    package init(dealer: Int, recipient: Int, bytes: [UInt8]) {
        self.dealer = dealer
        self.recipient = recipient
        self.bytes = bytes
    }
}
