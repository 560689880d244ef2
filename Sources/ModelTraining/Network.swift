import CTorch

/// A convolutional network inside libtorch. Made for one job on one thread and never shared; freed with the value.
struct Network: ~Copyable {
    private let handle: OpaquePointer
    private let specification: ModelSpecification

    init(_ specification: ModelSpecification, parameters: [Float]) throws {
        precondition(specification.kind == .cnn)
        try specification.check(parameters)
        let channels = ModelSpecification.channels.map(Int64.init)
        var made: OpaquePointer?
        let status = cordon_network_create(
            channels, Int64(channels.count), Int64(ModelSpecification.stemStride), Int64(specification.classCount),
            &made)
        guard status == 0, let made else { throw libraryError() }
        handle = made
        self.specification = specification
        precondition(cordon_network_parameter_count(handle) == parameters.count, "both sides know one layout")
        write(parameters)
    }

    deinit { cordon_network_free(handle) }

    func write(_ parameters: [Float]) {
        precondition(parameters.count == specification.parameterCount)
        cordon_network_write(handle, parameters)
    }

    func parameters() -> [Float] {
        [Float](unsafeUninitializedCapacity: specification.parameterCount) { buffer, count in
            if let base = buffer.baseAddress { cordon_network_read(handle, base) }
            count = specification.parameterCount
        }
    }

    /// Weighted cross-entropy descent over the images that `order` names.
    func train(
        on set: TrainingSet, order: [Int64], epochLength: Int, descent: cordon_descent, classWeights: [Float]
    ) throws {
        try set.withImages { images in
            var images = images
            var descent = descent
            try check(
                cordon_network_train(
                    handle, &images, order, Int64(order.count), Int64(epochLength), &descent, classWeights))
        }
    }

    /// Class scores before the softmax, image after image.
    func logits(on set: TrainingSet) throws -> [Float] {
        var result = [Float](repeating: 0, count: set.count * specification.classCount)
        try set.withImages { images in
            var images = images
            try check(cordon_network_logits(handle, &images, &result))
        }
        return result
    }

    /// Each patient's gradient of the mean weighted loss over the patient's images, patient after patient.
    ///
    /// - Parameter loop: takes one patient after the other through automatic differentiation: the slow way to the same
    ///   numbers, kept as the measure of the fast one.
    func patientGradients(
        on set: TrainingSet, patients: [[Int]], classWeights: [Float], loop: Bool = false
    ) throws -> [Float] {
        let members = patients.flatMap { $0.map(Int64.init) }
        let offsets = patients.reduce(into: [Int64(0)]) { $0.append($0[$0.count - 1] + Int64($1.count)) }
        var gradients = [Float](repeating: 0, count: patients.count * specification.parameterCount)
        try set.withImages { images in
            var images = images
            let differentiate = loop ? cordon_network_patient_gradients_loop : cordon_network_patient_gradients
            try check(
                differentiate(handle, &images, members, offsets, Int64(patients.count), classWeights, &gradients))
        }
        return gradients
    }

    /// How far the fast gradients are from the loop's in double precision, relative to the largest.
    func patientGradientError(on set: TrainingSet, patients: [[Int]], classWeights: [Float]) throws -> Double {
        let members = patients.flatMap { $0.map(Int64.init) }
        let offsets = patients.reduce(into: [Int64(0)]) { $0.append($0[$0.count - 1] + Int64($1.count)) }
        var error = 0.0
        try set.withImages { images in
            var images = images
            try check(
                cordon_network_patient_gradient_error(
                    handle, &images, members, offsets, Int64(patients.count), classWeights, &error))
        }
        return error
    }

    /// The image whose gradient has this direction, sought from `image`, which is overwritten.
    func invert(_ gradient: [Float], label: Int, with how: inout cordon_inversion, image: inout [Float]) throws {
        try check(
            cordon_network_invert(
                handle, gradient, Int64(label), Int64(specification.imageSize), &how, &image))
    }

    private func check(_ status: Int32) throws {
        if status != 0 { throw libraryError() }
    }
}

/// The last failure inside libtorch on this thread.
func libraryError() -> TrainingError {
    TrainingError(.library, "libtorch failed: \(String(cString: cordon_torch_message()))")
}
