import Foundation

/// Makes chest-radiograph-like images: two classes, clear lungs or lungs with opacities; 1 to 3 images a patient.
///
/// They exercise the whole journey without data; they say nothing about medicine. One patient's images share the
/// anatomy and differ in exposure, position and noise. Same seed and size, same bytes.
package func makeSyntheticRadiographs(
    count: Int, imageSize: Int, seed: UInt64, progress: (Int, Int) -> Void = { _, _ in }
) throws -> ImageSet {
    guard count >= 40 else {
        throw ImagingError(.invalidArgument, "\(count) synthetic images are too few to split; ask for 40 or more.")
    }
    var generator = SeededGenerator(seed: seed, label: "synthetic radiographs")
    var names: [(file: String, label: Int, patient: String)] = []
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * imageSize * imageSize)
    var patient = 0
    while names.count < count {
        let label = generator.uniform() < 0.4 ? 0 : 1
        let chest = SyntheticChest(hasOpacities: label == 1, using: &generator)
        let images = min(count - names.count, 1 + generator.below(3))
        for view in 0..<images {
            pixels += chest.render(size: imageSize, using: &generator)
            names.append(("synthetic/\(patient)-\(view).png", label, "synthetic-\(patient)"))
            progress(names.count, count)
        }
        patient += 1
    }
    let splits = assignSplits(
        labels: names.map(\.label), patients: names.map(\.patient), given: names.map { _ in nil }, seed: seed)
    let samples = zip(names, splits).map { Sample(file: $0.file, label: $0.label, patient: $0.patient, split: $1) }
    let classNames = ["clear", "opacity"]
    try checkSet(samples, classNames: classNames, name: "The synthetic set")
    return ImageSet(
        name: "synthetic radiographs", origin: .synthetic, imageSize: imageSize, classNames: classNames,
        samples: samples, pixels: pixels, notes: ["SYNTHETIC IMAGES: THE RESULTS SAY NOTHING ABOUT MEDICINE."])
}

/// The anatomy of one made-up patient, in units of the image's side, x to the right and y down.
struct SyntheticChest {
    private struct Blob {
        let x, y, width, height, strength: Double

        func value(_ px: Double, _ py: Double) -> Double {
            let u = (px - x) / width
            let v = (py - y) / height
            let square = u * u + v * v
            return square > 12 ? 0 : strength * exp(-square)
        }
    }

    private let lungWidth, lungHeight, lungTop, spread, tilt: Double
    private let heartX, heartY, heartSize, heartStrength: Double
    private let ribCount, ribPhase, ribStrength, ribBend: Double
    private let tissue, lungDepth: Double
    private let blobs: [Blob]

    init(hasOpacities: Bool, using generator: inout SeededGenerator) {
        lungWidth = generator.uniform(0.13, 0.175)
        lungHeight = generator.uniform(0.24, 0.33)
        lungTop = generator.uniform(0.40, 0.47)
        spread = generator.uniform(0.19, 0.235)
        tilt = generator.uniform(0.02, 0.16)
        heartX = generator.uniform(0.53, 0.58)
        heartY = generator.uniform(0.56, 0.64)
        heartSize = generator.uniform(0.10, 0.15)
        heartStrength = generator.uniform(40, 75)
        ribCount = generator.uniform(8, 11)
        ribPhase = generator.uniform(0, 1)
        ribStrength = generator.uniform(5, 14)
        ribBend = generator.uniform(0.5, 1.6)
        tissue = generator.uniform(135, 175)
        lungDepth = generator.uniform(60, 95)
        var blobs: [Blob] = []
        // Vessels at the roots of the lungs and stray shadows, in everyone.
        for side in [-1.0, 1.0] {
            for _ in 0..<3 {
                blobs.append(
                    Blob(
                        x: 0.5 + side * generator.uniform(0.09, 0.16), y: lungTop + generator.uniform(-0.05, 0.14),
                        width: generator.uniform(0.03, 0.06), height: generator.uniform(0.04, 0.09),
                        strength: generator.uniform(4, 14)))
            }
        }
        for _ in 0..<generator.below(3) {
            blobs.append(
                Blob(
                    x: generator.uniform(0.2, 0.8), y: generator.uniform(0.2, 0.75),
                    width: generator.uniform(0.03, 0.08), height: generator.uniform(0.03, 0.09),
                    strength: generator.uniform(4, 16)))
        }
        if hasOpacities {
            let number = 1 + generator.below(4)
            for _ in 0..<number {
                let side = generator.uniform() < 0.5 ? -1.0 : 1.0
                blobs.append(
                    Blob(
                        x: 0.5 + side * (spread + generator.uniform(-0.07, 0.07)),
                        y: lungTop + generator.uniform(-0.16, 0.22),
                        width: generator.uniform(0.07, 0.14), height: generator.uniform(0.07, 0.15),
                        strength: generator.uniform(36, 90)))
            }
        }
        self.blobs = blobs
    }

    /// One exposure: shifted, scaled, with its own brightness, contrast, blur of the lung edge, and noise.
    func render(size: Int, using generator: inout SeededGenerator) -> [UInt8] {
        let zoom = generator.uniform(0.94, 1.06)
        let shiftX = generator.uniform(-0.035, 0.035)
        let shiftY = generator.uniform(-0.035, 0.035)
        let contrast = generator.uniform(0.75, 1.15)
        let brightness = generator.uniform(-18, 18)
        let edge = generator.uniform(9, 15)
        let noise = generator.uniform(4, 9)
        var image = [UInt8](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0..<size {
                let x = ((Double(column) + 0.5) / Double(size) - 0.5) * zoom + 0.5 + shiftX
                let y = ((Double(row) + 0.5) / Double(size) - 0.5) * zoom + 0.5 + shiftY
                // Sum of four uniform draws: near enough to normal, and cheap.
                let grain = generator.uniform() + generator.uniform() + generator.uniform() + generator.uniform() - 2
                let value = (density(x, y, edge: edge) - 128) * contrast + 128 + brightness + 1.73 * noise * grain
                image[row * size + column] = UInt8(max(0, min(255, value.rounded())))
            }
        }
        return image
    }

    private func density(_ x: Double, _ y: Double, edge: Double) -> Double {
        let fromMiddle = abs(x - 0.5)
        let bodyEdge = (0.46 - 0.10 * max(0, 0.3 - y) / 0.3 - fromMiddle) * 30
        let body = sigmoid(bodyEdge)
        var value = 18 + (tissue - 18) * body
        let lung = max(lungShare(x, y, side: -1, edge: edge), lungShare(x, y, side: 1, edge: edge))
        let bent = y + ribBend * (fromMiddle - 0.2) * (fromMiddle - 0.2)
        let rib = sin(2 * .pi * (bent * ribCount + ribPhase))
        value -= lung * lungDepth
        value += ribStrength * rib * (0.35 + 0.65 * lung)
        value += 38 * exp(-pow(fromMiddle / 0.05, 2)) * body
        let heart = pow((x - heartX) / heartSize, 2) + pow((y - heartY) / (heartSize * 1.15), 2)
        value += heartStrength * sigmoid((1 - heart) * 3) * (0.3 + 0.7 * lung)
        // Below the diaphragm it is bright again.
        value += 30 * sigmoid((y - lungTop - lungHeight * 0.95) * 40) * body
        var shadow = 0.0
        for blob in blobs { shadow += blob.value(x, y) }
        return value + shadow * (0.15 + 0.85 * lung)
    }

    private func lungShare(_ x: Double, _ y: Double, side: Double, edge: Double) -> Double {
        let v = (y - lungTop) / lungHeight
        let u = (x - 0.5 - side * (spread + tilt * 0.25 * v)) / lungWidth
        return sigmoid((1 - u * u - v * v) * edge * 0.5)
    }

    private func sigmoid(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
}
