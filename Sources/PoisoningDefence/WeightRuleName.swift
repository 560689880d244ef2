/// Names of the rules that weigh updates instead of leaving some out.
///
/// They are for the laboratory. The protocol adds accepted ciphertexts with equal weights, and a weight that depends on
/// the sketches and differs from 0 and 1 cannot be applied to what nobody may open; so no agreement can name them.
package enum WeightRuleName: String, Sendable, Hashable, CaseIterable {
    case flameClipping = "flame-clipping"
    case foolsGold = "foolsgold"
    case centredClipping = "centred-clipping"
    case geometricMedian = "geometric-median"
    case nearestNeighbourMixing = "mixing"

    /// A fresh rule of that name.
    package var rule: any WeightRule {
        switch self {
        case .flameClipping: FlameClipping()
        case .foolsGold: FoolsGold()
        case .centredClipping: CentredClipping()
        case .geometricMedian: GeometricMedian()
        case .nearestNeighbourMixing: NearestNeighbourMixing()
        }
    }
}
