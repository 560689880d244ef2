import MedicalImaging

/// The models that come with Cordon.
package enum ModelKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Convolutions 1–16–32–64–128 with group normalisation: the default without privacy.
    case cnn
    /// Fixed first-order scattering features under a linear head (Tramèr and Boneh 2021).
    case scattering
    /// The same with second-order features: the default with privacy.
    case scattering2

    /// Order of the fixed features under a linear head; nil where all is trained.
    package var scatteringOrder: Int? {
        switch self {
        case .cnn: nil
        case .scattering: 1
        case .scattering2: 2
        }
    }
}

/// What shape of model is trained; with it a flat parameter vector has a meaning.
package struct ModelSpecification: Codable, Hashable, Sendable {
    /// One parameter tensor: its name in model files, its extents, and how many inputs feed one output.
    package struct Layer: Hashable, Sendable {
        package let name: String
        package let shape: [Int]
        /// Zero for tensors that start at a constant.
        let fanIn: Int
        let start: Float

        package var count: Int { shape.reduce(1, *) }
    }

    package let kind: ModelKind
    /// Side of the square input in pixels.
    package let imageSize: Int
    package let classCount: Int

    /// Output channels of the convolution stages of `cnn`; the first stage has stride 2.
    static let channels = [16, 32, 64, 128]
    static let stemStride = 2

    /// Throws `TrainingError` unless the image side is 16…1024 and there are 2 to 1000 classes.
    package init(kind: ModelKind, imageSize: Int, classCount: Int) throws {
        guard (16...1024).contains(imageSize), (2...1000).contains(classCount) else {
            throw TrainingError(
                .invalidSpecification,
                "A model needs an image size of 16…1024 pixels and 2…1000 classes, not \(imageSize) and \(classCount).")
        }
        self.kind = kind
        self.imageSize = imageSize
        self.classCount = classCount
    }

    private enum CodingKeys: String, CodingKey { case kind, imageSize, classCount }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            kind: values.decode(ModelKind.self, forKey: .kind),
            imageSize: values.decode(Int.self, forKey: .imageSize),
            classCount: values.decode(Int.self, forKey: .classCount))
    }

    /// Outputs of the linear head on features: one logit for two classes, else one a class.
    var headOutputs: Int { classCount == 2 ? 1 : classCount }

    /// Floats that the model sees of one image: its pixels, or its features.
    var inputWidth: Int {
        kind.scatteringOrder.map { ScatteringFeatures.width(order: $0) } ?? imageSize * imageSize
    }

    package var parameterCount: Int { layers.reduce(0) { $0 + $1.count } }

    /// All parameter tensors in the order of the flat vector, row-major.
    package var layers: [Layer] {
        switch kind {
        case .scattering, .scattering2:
            return [
                Layer(name: "head.weight", shape: [headOutputs, inputWidth], fanIn: 0, start: 0),
                Layer(name: "head.bias", shape: [headOutputs], fanIn: 0, start: 0),
            ]
        case .cnn:
            var layers: [Layer] = []
            var input = 1
            for (stage, output) in Self.channels.enumerated() {
                let kernel = stage == 0 ? 5 : 3
                layers += [
                    Layer(
                        name: "stage\(stage).convolution.weight", shape: [output, input, kernel, kernel],
                        fanIn: input * kernel * kernel, start: 0),
                    Layer(name: "stage\(stage).norm.weight", shape: [output], fanIn: 0, start: 1),
                    Layer(name: "stage\(stage).norm.bias", shape: [output], fanIn: 0, start: 0),
                ]
                input = output
            }
            return layers + [
                Layer(name: "head.weight", shape: [classCount, input], fanIn: input, start: 0),
                Layer(name: "head.bias", shape: [classCount], fanIn: input, start: 0),
            ]
        }
    }

    /// Starting parameters: uniform in ±1/√(inputs of one output) for weights, 1 and 0 for the normalisation, zeros for
    /// a head on features (its loss is convex). Same seed, same bytes.
    package func initialParameters(seed: UInt64) throws -> [Float] {
        var generator = SeededGenerator(seed: seed, label: "initial parameters")
        return layers.flatMap { layer -> [Float] in
            guard layer.fanIn > 0 else { return [Float](repeating: layer.start, count: layer.count) }
            let bound = 1 / Double(layer.fanIn).squareRoot()
            return (0..<layer.count).map { _ in Float(generator.uniform(-bound, bound)) }
        }
    }

    /// Throws unless `parameters` has this model's length and is finite.
    func check(_ parameters: [Float]) throws {
        guard parameters.count == parameterCount else {
            throw TrainingError(
                .wrongParameterCount,
                "A \(kind.rawValue) model for \(imageSize) pixels and \(classCount) classes has \(parameterCount) "
                    + "parameters, \(parameters.count) were given.")
        }
        try checkFinite(parameters)
    }

    func checkFinite(_ parameters: [Float]) throws {
        guard parameters.allSatisfy(\.isFinite) else {
            throw TrainingError(.diverged, "The model holds values that are not finite; lower the learning rate.")
        }
    }
}
