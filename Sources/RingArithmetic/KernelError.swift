/// Kernels that were asked for and cannot run.
package struct KernelError: Error, Sendable {
    package enum Code: Sendable {
        case unknown
        case unsupported
    }

    package let code: Code
    package let message: String
}
