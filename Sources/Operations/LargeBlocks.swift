internal import CMalloc

/// How this process's allocator treats large blocks.
package enum LargeBlocks {
    /// Gives every block of 128 KiB or more back to the system as soon as it is free.
    ///
    /// That is glibc's own first setting, which it raises with every large block that is freed, up to 32 MiB, to keep
    /// what lies scattered below: a coordinator that passes 41 MB to each of ten hospitals held 300 MB more (decision
    /// 0014). Called once, before the first large block.
    package static func giveBack() { _ = mallopt(M_MMAP_THRESHOLD, 1 << 17) }
}
