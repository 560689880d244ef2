/// Rows of residues, one a prime, aligned for vector loads and zeroised at the end of their life.
final class ResidueStorage: @unchecked Sendable {
    // Unchecked because of the pointer: `Polynomial` writes only to storage that it references uniquely.
    let pointer: UnsafeMutablePointer<UInt64>
    let count: Int

    init(count: Int) {
        let raw = UnsafeMutableRawPointer.allocate(byteCount: count * 8, alignment: 64)
        pointer = raw.bindMemory(to: UInt64.self, capacity: count)
        pointer.initialize(repeating: 0, count: count)
        self.count = count
    }

    init(copying other: ResidueStorage) {
        let raw = UnsafeMutableRawPointer.allocate(byteCount: other.count * 8, alignment: 64)
        pointer = raw.bindMemory(to: UInt64.self, capacity: other.count)
        pointer.initialize(from: other.pointer, count: other.count)
        count = other.count
    }

    deinit {
        zeroise(UnsafeMutableRawBufferPointer(start: pointer, count: count * 8))
        UnsafeMutableRawPointer(pointer).deallocate()
    }
}
