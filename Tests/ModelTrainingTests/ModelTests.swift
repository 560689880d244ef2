import CTorch
import MedicalImaging
import Testing

@testable import ModelTraining

@Suite struct ModelTests {
    @Test func sizesAreTheCalibratedOnes() throws {
        #expect(try specification(.cnn, imageSize: 64).parameterCount == 97_906)
        #expect(try specification(.scattering, imageSize: 64).parameterCount == 1_217)
        #expect(try specification(.scattering2, imageSize: 64).parameterCount == 2_945)
        #expect(try specification(.scattering, imageSize: 64, classCount: 3).parameterCount == 3 * 1_217)
    }

    @Test(arguments: ModelKind.allCases, [2, 5]) func sameSeedSameStart(kind: ModelKind, classes: Int) throws {
        let model = try specification(kind, classCount: classes)
        let start = try model.initialParameters(seed: 3)
        #expect(start.count == model.parameterCount)
        #expect(try model.initialParameters(seed: 3) == start)
        if kind == .cnn { #expect(try model.initialParameters(seed: 4) != start) }
    }

    @Test(arguments: [(8, 2), (64, 1), (5000, 2)]) func unsoundShapesAreRefused(size: Int, classes: Int) {
        #expect(throws: TrainingError.self) { _ = try specification(.cnn, imageSize: size, classCount: classes) }
    }

    /// The layout that libtorch gives back is the flat vector that went in, and logits depend on the last bias as they
    /// must: the two sides agree about order.
    @Test func networkKeepsTheFlatLayout() throws {
        let set = try madeSet(.cnn)
        let model = set.specification
        var parameters = try model.initialParameters(seed: 1)
        let network = try Network(model, parameters: parameters)
        #expect(network.parameters() == parameters)
        let before = try network.logits(on: set)
        parameters[parameters.count - 1] += 1
        network.write(parameters)
        let after = try network.logits(on: set)
        for index in before.indices {
            #expect(abs(after[index] - before[index] - (index % 2 == 1 ? 1 : 0)) < 1e-5)
        }
    }

    @Test(arguments: [16, 28, 33, 64], [(ModelKind.scattering, 1216), (.scattering2, 2944)])
    func featuresHaveUnitNorm(size: Int, model: (kind: ModelKind, width: Int)) throws {
        let set = try madeSet(model.kind, count: 40, imageSize: size, seed: 9)
        #expect(set.inputs.count == set.count * model.width)
        for image in 0..<set.count {
            let row = set.inputs[image * model.width..<(image + 1) * model.width]
            #expect(abs(euclideanNorm(Array(row)) - 1) < 1e-4)
            // Whole steps of 2^−14, so that the integers are the features and not near them.
            #expect(row.allSatisfy { ($0 * 16384).rounded() == $0 * 16384 })
        }
    }

    /// Features of an image do not depend on which other images are there: nothing leaks from one to the next.
    @Test func featuresLookAtOneImageOnly() throws {
        let images = try makeSyntheticRadiographs(count: 60, imageSize: 16, seed: 2)
        let model = try specification(.scattering)
        let all = try TrainingSet(images, indices: Array(0..<60), specification: model, normalisation: .standard)
        let one = try TrainingSet(images, indices: [41], specification: model, normalisation: .standard)
        for (left, right) in zip(one.inputs, all.inputs[41 * 1216..<42 * 1216]) {
            // A step of 2^−14: rounding may fall to either side where single precision does.
            #expect(abs(left - right) < 0x1p-14 + 1e-6)
        }
    }

    @Test(arguments: [1, 3]) func handMadeGradientIsThatOfAutograd(outputs: Int) throws {
        let width = 40
        let count = 24
        let head = LinearHead(width: width, outputs: outputs)
        let inputs = randomParameters(count * width, scale: 1, seed: 21)
        let labels = (0..<count).map { $0 % max(2, outputs) }
        let parameters = randomParameters(head.parameterCount, scale: 0.8, seed: 22)
        let weights: [Float] = outputs == 1 ? [1.25, 0.8] : [0.5, 1, 2]
        var own = [Float](repeating: 0, count: head.parameterCount)
        head.addGradient(
            of: 0..<count, inputs: inputs, labels: labels, parameters: parameters, classWeights: weights, to: &own)
        var theirs = own
        let status = cordon_linear_gradient(
            inputs, labels.map(Int64.init), Int64(count), Int64(width), Int64(outputs), parameters, weights, &theirs)
        #expect(status == 0)
        for (left, right) in zip(own, theirs) { #expect(abs(left - right) < 2e-6) }
    }

    @Test func triggersMarkTheCornerAndTheLabels() throws {
        let set = try madeSet(.cnn, count: 80)
        let trigger = PixelTrigger()
        let marked = try set.triggered(trigger)
        #expect(marked.labels == set.labels && marked.inputs != set.inputs)
        let others = set.labels.filter { $0 != 0 }.count
        let poisoned = try set.withTrigger(trigger, fraction: 0.5, target: 0, seed: 3)
        let changed = set.labels.indices.filter { poisoned.labels[$0] != set.labels[$0] }
        #expect(changed.count == Int((0.5 * Double(others)).rounded()))
        for image in 0..<set.count {
            let area = image * 256..<(image + 1) * 256
            let expected = changed.contains(image) ? marked.inputs[area] : set.inputs[area]
            #expect(poisoned.inputs[area] == expected)
        }
        var grey = [UInt8](repeating: 9, count: 2 * 256)
        trigger.stamp(&grey, image: 1, imageSize: 16)
        #expect(grey.enumerated().filter { $1 == 255 }.map(\.offset) == [494, 495, 510, 511])
        #expect(set.relabelled { 1 - $0 }.labels == set.labels.map { 1 - $0 })
    }
}
