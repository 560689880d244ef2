package import HomomorphicEncryption
import Ledger
import MultipartyEncryption
import SecureAggregation

/// What one hospital sends and fetches in one round, in bytes by kind, counted on encoded messages and on chunks.
///
/// A list's encoding is the sum of its elements', so a message of many equal elements is counted from one of none and
/// one of one. Acknowledgements, repeated messages and the transport's own bytes, requests for chunks among them, come
/// on top.
package struct RoundTraffic: Sendable, Hashable, Codable {
    package let dimension: Int
    package let members: Int
    package let threshold: Int
    package let parameterSet: String
    package let fields: Int
    package let blocks: Int
    package let securityBitsClassical: Int
    package let securityBitsQuantum: Int
    package let bitsPerParameter: Double

    // Sent
    /// The packed blocks alone.
    package let ciphertext: Int
    /// The blocks and the message that names them.
    package let upload: Int
    /// The commitment's entry with its signature.
    package let commitment: Int
    /// All shares that one hospital deals, sealed.
    package let sealedShares: Int
    /// What one hospital sends in the consistency and sketch openings about all dealers, and in the opening of the sum.
    package let sketchOpening: Int
    package let sumOpening: Int
    /// Its report about the blocks it checks: an entry of the ledger.
    package let blockReport: Int

    // Fetched
    /// Everybody's commitments, as records of the ledger.
    package let commitmentsFetched: Int
    /// The shares dealt to it, under their dealers' signatures.
    package let sharesFetched: Int
    /// Linear parts and all helpers' signed answers.
    package let openingsFetched: Int
    /// The encrypted sum and the signed answers of `t` helpers.
    package let sumFetched: Int
    /// Everybody's names of chunks, and the chunks that the busiest hospital fetches to check its blocks.
    package let blockCheckFetched: Int

    /// - Parameter corruptible: `c`: each block has `c + 1` checkers.
    package init(parameters: EncryptionParameters, threshold: Int, corruptible: Int) {
        let messages = RoundMessages(parameters: parameters, threshold: threshold)
        dimension = parameters.dimension
        members = parameters.members
        self.threshold = threshold
        parameterSet = parameters.name
        fields = parameters.fields
        blocks = parameters.blocks
        (securityBitsClassical, securityBitsQuantum) = parameters.securityBits
        bitsPerParameter = parameters.bitsPerParameter
        ciphertext = parameters.ciphertextBytes
        upload = messages.upload + ciphertext
        commitment = Message.submit(entry: messages.commitment, signature: messages.signature).encoded.count
        sealedShares = parameters.members * messages.sealedShare
        sketchOpening = messages.answers
        sumOpening = messages.keyShareSum
        commitmentsFetched = messages.commitments
        sharesFetched =
            parameters.members
            * Message.relayed(Zeros.bytes(Envelope.byteCount(payload: messages.sealedShare))).encoded.count
        openingsFetched = messages.openings
        sumFetched = messages.openedSum + ciphertext

        // Each block has c + 1 checkers; the busiest hospital checks this many, here the first ones.
        let assigned = (parameters.blocks * (corruptible + 1) + members - 1) / members
        blockCheckFetched = messages.chunks + assigned * members * parameters.blockBytes
        blockReport =
            LedgerEntry.report(
                round: 1, blocks: Array(0..<UInt32(assigned)), agrees: true,
                observed: Array(repeating: Zeros.digest, count: assigned)
            ).encoded.count
    }

    package var sent: Int {
        upload + commitment + sealedShares + sketchOpening + sumOpening + blockReport
    }

    package var fetched: Int {
        commitmentsFetched + sharesFetched + openingsFetched + sumFetched + blockCheckFetched
    }
}
