internal import CRingKernels

/// The families of kernels, slowest first; all give the same residues, bit for bit.
package enum RingKernels: String, CaseIterable, Sendable {
    /// Plain C, on every processor.
    case portable
    /// Doubles with fused multiply-add, two registers of two lanes, on 64-bit ARM.
    case neon
    /// Doubles with fused multiply-add, four lanes.
    case avx2
    /// 52-bit integer fused multiply-add, eight lanes.
    case ifma

    /// The family that runs: the best of the processor unless one was selected.
    package static var active: RingKernels {
        let family = cordon_kernels_active()
        guard let known = allCases.first(where: { $0.family == family }) else {
            preconditionFailure("the kernels name a family that is not listed")
        }
        return known
    }

    /// The families that this processor runs.
    package static var supported: [RingKernels] {
        allCases.filter { cordon_kernels_supported($0.family) }
    }

    /// Selects a family for the whole program; to be called at its start.
    ///
    /// - Throws: `KernelError` when there is no such family or the processor lacks its instructions.
    package static func select(named name: String) throws {
        let choices = supported.map(\.rawValue).joined(separator: ", ")
        switch cordon_kernels_select(name) {
        case CORDON_KERNELS_SELECTED: return
        case CORDON_KERNELS_UNSUPPORTED:
            throw KernelError(
                code: .unsupported, message: "this processor cannot run the kernels \"\(name)\"; choose: \(choices)")
        default:
            throw KernelError(code: .unknown, message: "there are no kernels named \"\(name)\"; choose: \(choices)")
        }
    }

    private var family: cordon_kernels {
        switch self {
        case .portable: CORDON_KERNELS_PORTABLE
        case .neon: CORDON_KERNELS_NEON
        case .avx2: CORDON_KERNELS_AVX2
        case .ifma: CORDON_KERNELS_IFMA
        }
    }
}
