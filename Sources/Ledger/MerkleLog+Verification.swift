extension MerkleLog {
    /// Whether `proof` leads from leaf `index` to `root` in a tree of `size` leaves (RFC 9162, section 2.1.3.2).
    package static func isIncluded(
        leafHash: Digest, index: Int, size: Int, proof: [Digest], root: Digest
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (node, last) = (index, size - 1)
        var hash = leafHash
        for sibling in proof {
            if last == 0 { return false }
            if !node.isMultiple(of: 2) || node == last {
                hash = nodeHash(sibling, hash)
                while node.isMultiple(of: 2), node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = nodeHash(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether `proof` shows the tree of `oldSize` leaves with `oldRoot` to be a prefix of the tree of `size` leaves
    /// with `root` (RFC 9162, section 2.1.4.2). The empty tree is a prefix of every tree.
    package static func isConsistent(
        oldSize: Int, oldRoot: Digest, size: Int, root: Digest, proof: [Digest]
    ) -> Bool {
        guard oldSize >= 0, oldSize <= size else { return false }
        if oldSize == size { return proof.isEmpty && oldRoot == root }
        if oldSize == 0 { return proof.isEmpty && oldRoot == emptyRoot }
        var path = proof[...]
        if oldSize & (oldSize - 1) == 0 { path = ([oldRoot] + proof)[...] }
        guard let first = path.popFirst() else { return false }
        var (node, last) = (oldSize - 1, size - 1)
        while !node.isMultiple(of: 2) {
            node >>= 1
            last >>= 1
        }
        var (old, new) = (first, first)
        for sibling in path {
            if last == 0 { return false }
            if !node.isMultiple(of: 2) || node == last {
                old = nodeHash(sibling, old)
                new = nodeHash(sibling, new)
                while node.isMultiple(of: 2), node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                new = nodeHash(new, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == root
    }
}
