/// Features of images in whole steps of 2^−14, with a constant one of 1 at the end of each row (the bias's), and the
/// inner products of the images of each patient: what a linear head's gradients need to be bounded and summed in
/// integers without ever being written out.
struct IntegerFeatures: Sendable {
    static let unit = 1 << 14
    /// Features of an image, without the constant.
    let width: Int
    /// Row by row.
    private(set) var steps: [Int16]
    /// Place of each image among those of its patient.
    private let place: [Int]
    /// Inner products of an image with its patient's images up to itself, in their order, the constant included.
    private let products: [[Int64]]

    /// Values of magnitude at most 1, rounded to the nearest step.
    static func rounded(_ value: Float) -> Float { (value * Float(unit)).rounded() / Float(unit) }

    /// - Parameters:
    ///   - values: features in −1…1, image after image.
    ///   - patients: images of each patient; an image belongs to one.
    init(_ values: [Float], width: Int, patients: [[Int]]) {
        let steps = values.map { Int16(($0 * Float(Self.unit)).rounded()) }
        let count = values.count / width
        var place = [Int](repeating: 0, count: count)
        var products = [[Int64]](repeating: [], count: count)
        func product(_ one: Int, _ other: Int) -> Int64 {
            var sum = Int64(Self.unit * Self.unit)
            for index in 0..<width { sum += Int64(steps[one * width + index]) * Int64(steps[other * width + index]) }
            return sum
        }
        for images in patients {
            for (position, image) in images.enumerated() {
                place[image] = position
                products[image] = images[...position].map { product(image, $0) }
            }
        }
        self.width = width
        self.steps = steps
        self.place = place
        self.products = products
    }

    /// Inner product of two images of one patient.
    func product(_ one: Int, _ other: Int) -> Int64 {
        place[one] >= place[other] ? products[one][place[other]] : products[other][place[one]]
    }
}
