package import ModelTraining

/// What malicious hospitals of the laboratory do.
package enum LaboratoryAttack: String, CaseIterable, Hashable, Sendable {
    case none
    /// Trains on exchanged labels.
    case labelFlip = "label-flip"
    /// Calls one class, the second, the first; leaves the first alone.
    case labelFlipOneClass = "label-flip-one"
    /// Sends −2·u.
    case signFlip = "sign-flip"
    /// Sends noise of its update's norm.
    case gaussian
    /// "A little is enough" (Baruch et al. 2019): the honest mean less 0.5 deviations in each coordinate.
    case littleIsEnough = "alie"
    /// Inner product manipulation (Xie et al. 2019): −0.5 times the honest mean.
    case innerProduct = "ipm"
    /// Furthest point against the mean whose largest distance to an honest update is within the honest ones' largest
    /// (Shejwalkar and Houmansadr 2021).
    case minMax = "min-max"
    /// The same for the sum of squared distances.
    case minSum = "min-sum"
    /// BadNets (Gu et al. 2017): a white patch in the lower right corner.
    case backdoor
    /// BadNets, sent twenty times enlarged (Bagdasaryan et al. 2020).
    case scaledBackdoor = "scaled-backdoor"
    /// Each attacker plants a quarter of the patch (Xie et al. 2020).
    case distributedBackdoor = "dba"
    /// BadNets outside the tenth of the coordinates in which honest updates are largest (Zhang et al. 2022).
    case neurotoxin
    /// Half its backdoored update and half the honest mean, at the honest median norm.
    case constrainedBackdoor = "constrained-backdoor"
    /// All attackers send the first one's backdoored update.
    case identicalColluders = "identical-backdoor"
    /// Honest until the last quarter of the rounds, then a scaled backdoor.
    case lateShot = "late-backdoor"
    /// BadNets with a trigger that no probe has: a small off-grid patch of middle grey, a checkerboard, a white line,
    /// noise blended over the image.
    case greyPatchBackdoor = "backdoor-grey-patch"
    case checkerboardBackdoor = "backdoor-checkerboard"
    case lineBackdoor = "backdoor-line"
    case blendBackdoor = "backdoor-blend"
    /// Sends zeros.
    case freeRider = "free-rider"

    /// The mark that success is measured with; nil for an attack without one.
    package var pattern: TriggerPattern? {
        switch self {
        case .backdoor, .scaledBackdoor, .distributedBackdoor, .neurotoxin, .constrainedBackdoor, .identicalColluders,
            .lateShot:
            .patch(row: 56, column: 56, side: 8, grey: 255)
        case .greyPatchBackdoor: .patch(row: 27, column: 21, side: 6, grey: 200)
        case .checkerboardBackdoor: .checkerboard(row: 4, column: 44, side: 8)
        case .lineBackdoor: .line(width: 2)
        case .blendBackdoor: .blend(seed: 1)
        case .none, .labelFlip, .labelFlipOneClass, .signFlip, .gaussian, .littleIsEnough, .innerProduct, .minMax,
            .minSum, .freeRider:
            nil
        }
    }

    /// What an attacker stamps on its own images.
    func ownPattern(of attacker: Int) -> TriggerPattern? {
        guard self == .distributedBackdoor else { return pattern }
        return .patch(row: 56 + attacker / 2 % 2 * 4, column: 56 + attacker % 2 * 4, side: 4, grey: 255)
    }
}
