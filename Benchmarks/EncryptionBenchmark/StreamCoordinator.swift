import ArgumentParser
import Foundation
import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation

/// The coordinator of a streaming run: sketches, sums and opens block by block, whatever the number of hospitals.
struct StreamCoordinator: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sketches, sums and opens what `stream-hospitals` wrote, block by block.")

    @Argument(help: "Directory of the blobs.")
    var directory: String
    @Option(help: "Parameters of an update.")
    var dimension = 11_700_000
    @Option(help: "Hospitals.")
    var members = 50

    func run() throws {
        let files = try BlobFiles(directory)
        let federation = try BenchmarkFederation(dimension: dimension, members: members, set: nil)
        let polynomials = federation.publicPolynomials(keepingBlocks: false)
        let updates = try (0..<members).map { try FileHandle(forReadingFrom: files.update(of: $0)) }
        let families = SketchFamilies(
            parameters: federation.parameters, polynomials: polynomials, beacon: federation.beacon)
        let sketching = try ProcessorClock.measure { try sketches(updates, families, files, federation) }
        let summing = try ProcessorClock.measure { try sum(updates, files, federation.parameters) }
        let opening = try ProcessorClock.measure { try open(polynomials, families, files, federation) }
        guard opening.result.sketch == sketching.result else {
            throw BenchmarkFailure("the sum of the sketches is not the sketch of the sum")
        }
        guard opening.result.digest == (try files.read(files.expectedDigest)) else {
            throw BenchmarkFailure("the opened sum is not the sum of the updates")
        }
        try JSONLines.write([
            "dimension": Double(dimension), "members": Double(members),
            "ciphertextBytes": Double(federation.parameters.ciphertextBytes),
            "bitsPerParameter": 8 * Double(federation.parameters.ciphertextBytes) / Double(dimension),
            "sketchAllSeconds": sketching.seconds,
            "sumSeconds": summing.seconds, "openAndCheckSeconds": opening.seconds,
        ])
    }

    /// The sum of the opened sketches; the linear parts of all updates grow together, a block at a time.
    private func sketches(
        _ updates: [FileHandle], _ families: SketchFamilies, _ files: BlobFiles, _ federation: BenchmarkFederation
    ) throws -> [Int64] {
        let parameters = federation.parameters
        var blocks = families.blocks()
        var parts = updates.map { _ in LinearPartAccumulation(families: families) }
        for block in 0..<parameters.blocks {
            blocks.advance()
            for (member, file) in updates.enumerated() {
                try parts[member].add(
                    BlobFiles.piece(block, size: parameters.blockBytes, of: file), of: blocks)
            }
        }
        var total = [Int64](repeating: 0, count: parameters.sketchCoordinates * parameters.fields)
        for member in updates.indices {
            let linear = parts[member].linearPart(of: families)
            let file = try FileHandle(forReadingFrom: files.sketchAnswers(about: member))
            var answers: [Int: SketchAnswer] = [:]
            for helper in 0..<federation.sharing.threshold {
                let bytes = try BlobFiles.piece(helper, size: linear.bytes.count, of: file)
                answers[helper] = try SketchAnswer(bytes: bytes, parameters: parameters)
            }
            guard case .opened(let sketch) = families.open(linear, answers, sharing: federation.sharing) else {
                throw BenchmarkFailure("the sketch of hospital \(member) does not open")
            }
            for (index, digit) in sketch.digits.enumerated() {
                total[index] += digit
            }
        }
        return total
    }

    private func sum(_ updates: [FileHandle], _ files: BlobFiles, _ parameters: EncryptionParameters) throws {
        try files.write([], to: files.encryptedSum)
        let target = try FileHandle(forWritingTo: files.encryptedSum)
        for block in 0..<parameters.blocks {
            var sum = BlockSum(block: block, parameters: parameters)
            for file in updates {
                try sum.add(BlobFiles.piece(block, size: parameters.blockBytes, of: file))
            }
            try target.write(contentsOf: sum.packed())
        }
        try target.close()
    }

    private func open(
        _ polynomials: PublicPolynomials, _ families: SketchFamilies, _ files: BlobFiles,
        _ federation: BenchmarkFederation
    ) throws -> (sketch: [Int64], digest: [UInt8]) {
        let parameters = federation.parameters
        var answers: [Int: KeyShareSum] = [:]
        for helper in 0..<federation.sharing.threshold {
            answers[helper] = try KeyShareSum(
                bytes: files.read(files.keyShareSum(of: helper)), parameters: parameters)
        }
        guard let key = KeySum.reconstruct(answers, sharing: federation.sharing, parameters: parameters) else {
            throw BenchmarkFailure("the key sum does not open")
        }
        let file = try FileHandle(forReadingFrom: files.encryptedSum)
        var opening = try SumOpening(
            key: key, polynomials: polynomials, contributors: members, parameters: parameters)
        var sketch = SketchAccumulation(families: families)
        for block in 0..<parameters.blocks {
            sketch.add(try opening.open(BlobFiles.piece(block, size: parameters.blockBytes, of: file)))
        }
        return (sketch.sketch, try opening.digest())
    }
}
