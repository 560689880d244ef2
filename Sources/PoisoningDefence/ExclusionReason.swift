/// Why a hospital's update does not count in a round. The raw values stand on the ledger and never change.
package enum ExclusionReason: UInt16, Sendable, Hashable, Codable, CaseIterable {
    case malformedCiphertext = 1
    case missingShares
    case inconsistentSharing
    case withheldNonce
    case digitOutOfRange
    case normOutOfRange
    case noiseOutOfRange
    case duplicate
    case multiKrum
    case offPolynomial
    case normOutlier
    case angleOutlier
    case minorityCluster
    case principalDirection
    case scaledUpdate
    case falseAnswer
    case plantedTrigger

    /// The reason in plain words, for a report.
    package var explanation: String {
        switch self {
        case .malformedCiphertext: "its encrypted update is not a well-formed ciphertext"
        case .missingShares: "it did not deal the key shares that the others need"
        case .inconsistentSharing: "its key shares do not lie on one polynomial of the agreed degree"
        case .withheldNonce: "it withheld its beacon nonce, and the shares of it do not give one that fits"
        case .digitOutOfRange: "one number of its sketch is larger than any honest update can make it"
        case .normOutOfRange: "its update is larger than the agreed norm bound"
        case .noiseOutOfRange: "the noise left after opening is too large for an honest encryption"
        case .duplicate: "its update points in the same direction as another hospital's: copies, not training"
        case .multiKrum: "its update lies far from even its nearest neighbours among the others"
        case .offPolynomial: "answers about it do not fit one polynomial, and it did not say who lied"
        case .normOutlier: "its update is unusually large among the others"
        case .angleOutlier: "its update points away from where most others point"
        case .minorityCluster: "its update belongs to a small group that stands apart from the rest"
        case .principalDirection: "its update stands out along the direction in which updates differ most"
        case .scaledUpdate: "its update is several times larger than the others', as if scaled to take over the model"
        case .falseAnswer: "it answered the opening of another hospital's sketch falsely, as a published share shows"
        case .plantedTrigger: "its updates together teach the model to obey a mark on the image, others' do not"
        }
    }
}
