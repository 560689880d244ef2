internal import CMalloc

/// How this process's allocator treats blocks as large as a chunk of a ciphertext.
package enum LargeBlocks {
    /// Gives every block of 64 KiB or more back to the system as soon as it is free.
    ///
    /// Left to itself, glibc raises the size from which it does so with every large block that is freed, up to 32 MiB,
    /// and keeps what lies scattered below: a coordinator that passes 41 MB to each of ten hospitals held 300 MB more
    /// (decision 0014). For whoever runs for weeks; called once, before the first large block.
    package static func giveBack() { _ = mallopt(M_MMAP_THRESHOLD, 1 << 16) }
}
