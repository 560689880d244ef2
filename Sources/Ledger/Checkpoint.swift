package struct Checkpoint: Sendable, Hashable {
    package let origin: String
    package let size: UInt64
    package let root: Digest
    package init(origin: String, size: UInt64, root: Digest) {
        self.origin = origin
        self.size = size
        self.root = root
    }
    package func signed(by identity: Identity) throws -> String { "\(origin)\n\(size)\n\(root.hex)\n" }
}
