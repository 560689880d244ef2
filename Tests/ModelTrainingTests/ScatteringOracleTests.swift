import CTorch
import Foundation
import Testing

/// Scattering of first and second order against kymatio 0.3.0, with its filters: `Tests/Vectors/scattering`.
@Suite struct ScatteringOracleTests {
    private struct Vectors: Decodable {
        let side: Int
        let scales: Int
        let orientations: Int
        let images: [[Float]]
        let filters: [[Float]]
        /// Means over the plane: the image, each first modulus, each second one.
        let features: [[Double]]
    }

    /// A grid of 2 × 2 for the image and the first order, hence one cell for the second: their means are the plane's.
    private func check(_ data: Data) throws {
        let vectors = try JSONDecoder().decode(Vectors.self, from: data)
        var shape = cordon_scattering_shape(
            scales: Int64(vectors.scales), orientations: Int64(vectors.orientations), pool: 2, order: 2, margin: 0)
        let width = Int(cordon_scattering_width(&shape))
        let firsts = 1 + vectors.filters.count
        #expect(width == 4 * firsts + vectors.features[0].count - firsts && vectors.features[0].count > firsts)
        var features = [Float](repeating: 0, count: vectors.images.count * width)
        let pixels = vectors.images.flatMap { $0 }
        let status = pixels.withUnsafeBufferPointer { pixels in
            var images = cordon_images(
                pixels: pixels.baseAddress, labels: nil, count: Int64(vectors.images.count), side: Int64(vectors.side))
            return cordon_scattering(&images, vectors.filters.flatMap { $0 }, &shape, &features)
        }
        #expect(status == 0)
        for (image, expected) in vectors.features.enumerated() {
            let row = features[image * width..<(image + 1) * width].map(Double.init)
            for (place, value) in expected.enumerated() {
                let found =
                    place < firsts
                    ? row[4 * place..<4 * place + 4].reduce(0, +) / 4 : row[4 * firsts + place - firsts]
                #expect(abs(found - value) < 2e-6, "feature \(place) of image \(image)")
            }
        }
    }

    @Test func storedVectors() throws {
        try check(Data(contentsOf: vectorsFolder().appendingPathComponent("scattering/kymatio.json")))
    }

    @Test func liveLibrary() throws {
        let output = try PythonOracle.output(
            of: "scattering/kymatio_vectors.py", arguments: ["2"], module: "kymatio",
            install: "kymatio==0.3.0 numpy scipy, and set CORDON_PYTHON")
        if let output { try check(output) }
    }
}
