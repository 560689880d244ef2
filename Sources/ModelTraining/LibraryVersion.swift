import CTorch

/// The version of libtorch that this program was built against.
package func libtorchVersion() -> String { String(cString: cordon_torch_version()) }
