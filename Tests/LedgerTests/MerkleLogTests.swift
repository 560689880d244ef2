import Ledger
import Testing

/// Vectors: the leaves and roots of the certificate-transparency reference implementation
/// (google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc, `kValueTest`, sizes 0 to 8), whose hashing
/// RFC 9162 keeps from RFC 6962.
@Suite struct MerkleLogTests {
    static let leaves: [String] = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]

    static let roots: [String] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test(arguments: 0...8)
    func rootsEqualThePublishedOnes(_ size: Int) throws {
        var log = MerkleLog()
        for leaf in Self.leaves { log.append(try #require(decodeHexadecimal(leaf))) }
        #expect(try log.root(size: size).hex == Self.roots[size])
    }

    private static func log(_ size: Int) -> MerkleLog {
        MerkleLog(leafHashes: (0..<size).map { MerkleLog.leafHash([UInt8($0)]) })
    }

    @Test func inclusionProofsHoldForTheirLeafAndNoOther() throws {
        let log = Self.log(40)
        for size in 1...40 {
            let root = try log.root(size: size)
            for index in 0..<size {
                let proof = try log.inclusionProof(of: index, size: size)
                func holds(_ leaf: Int, at index: Int, _ proof: [Digest]) -> Bool {
                    MerkleLog.isIncluded(
                        leafHash: MerkleLog.leafHash([UInt8(leaf)]), index: index, size: size, proof: proof, root: root)
                }
                #expect(holds(index, at: index, proof))
                #expect(!holds(index + 1, at: index, proof))
                #expect(!holds(index, at: (index + 1) % (size + 1), proof))
                #expect(!holds(index, at: index, proof + [root]))
                if !proof.isEmpty { #expect(!holds(index, at: index, Array(proof.dropLast()))) }
            }
        }
    }

    @Test func consistencyProofsHoldForPrefixesOnly() throws {
        let log = Self.log(33)
        for size in 0...33 {
            let root = try log.root(size: size)
            for oldSize in 0...size {
                let oldRoot = try log.root(size: oldSize)
                let proof = try log.consistencyProof(from: oldSize, to: size)
                func holds(_ oldRoot: Digest, _ proof: [Digest]) -> Bool {
                    MerkleLog.isConsistent(
                        oldSize: oldSize, oldRoot: oldRoot, size: size, root: root, proof: proof)
                }
                #expect(holds(oldRoot, proof))
                #expect(!holds(Digest.sha256([1, 2]), proof))
                #expect(!holds(oldRoot, proof + [root]))
                if !proof.isEmpty { #expect(!holds(oldRoot, Array(proof.dropFirst()))) }
            }
        }
    }

    @Test func chunkProofsLeadToTheCiphertextRoot() throws {
        let chunks: [[UInt8]] = [[1, 2], [3], [4, 5, 6]]
        let root = merkleRoot(ofChunks: chunks)
        let proofs = chunks.indices.map(ChunkTree(chunks).proof)
        #expect(proofs.map(\.chunk) == chunks)
        for proof in proofs {
            #expect(proof.isValid(root: root))
            func changed(chunk: [UInt8], index: Int) -> ChunkProof {
                ChunkProof(chunk: chunk, index: index, chunkCount: proof.chunkCount, path: proof.path)
            }
            #expect(!changed(chunk: proof.chunk + [0], index: proof.index).isValid(root: root))
            #expect(!changed(chunk: proof.chunk, index: (proof.index + 1) % 3).isValid(root: root))
            #expect(!changed(chunk: proof.chunk, index: -1).isValid(root: root))
        }
    }
}
