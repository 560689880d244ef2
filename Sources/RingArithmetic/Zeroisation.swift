internal import CRingKernels

/// Overwrites `bytes` with zeros, in a way that no optimiser removes.
package func zeroise(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { zeroise($0) }
}

/// Overwrites `values` with zeros, in a way that no optimiser removes.
package func zeroise<Value: FixedWidthInteger>(_ values: inout [Value]) {
    values.withUnsafeMutableBytes { zeroise($0) }
}

func zeroise(_ bytes: UnsafeMutableRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    cordon_zeroise(base, bytes.count)
}
