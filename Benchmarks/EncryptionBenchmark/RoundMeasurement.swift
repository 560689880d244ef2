import Federation
import HomomorphicEncryption
import MultipartyEncryption
import RingArithmetic
import SecureAggregation

/// One round at full size, step by step; the result is compared with the integers in the clear.
struct RoundMeasurement {
    private let federation: BenchmarkFederation
    private let polynomials: PublicPolynomials
    private let updates: [EncryptedUpdate]
    private let first: Dealing
    private let firstUpdate: [Float]
    private let answers: [Int: KeyShareSum]
    private let expected: [Int64]
    let bytes: RoundTraffic

    init(dimension: Int, members: Int, set: ParameterSet?) throws {
        federation = try BenchmarkFederation(dimension: dimension, members: members, set: set)
        let parameters = federation.parameters
        polynomials = federation.publicPolynomials()
        var updates: [EncryptedUpdate] = []
        var shares = [[DealtShare]](repeating: [], count: members)
        var expected = [Int64](repeating: 0, count: dimension)
        var dealings: [Dealing] = []
        for member in 0..<members {
            let values = federation.integers(federation.update(of: member), of: member)
            for index in expected.indices {
                expected[index] += values[index]
            }
            let dealing = try federation.deal(values, by: member, polynomials: polynomials)
            updates.append(dealing.update)
            for recipient in 0..<members {
                shares[recipient].append(dealing.share(for: recipient))
            }
            if dealings.isEmpty {
                dealings.append(dealing)
            }
        }
        self.updates = updates
        self.expected = expected
        first = dealings[0]
        firstUpdate = federation.update(of: 0)
        answers = Dictionary(
            uniqueKeysWithValues: (0..<federation.sharing.threshold).map { recipient in
                (recipient, KeyShareSum(summing: shares[recipient], parameters: parameters))
            })
        bytes = RoundTraffic(
            parameters: parameters, threshold: federation.sharing.threshold, corruptible: federation.corruptible)
    }

    /// - Throws: `BenchmarkFailure` when the round's result is not the sum of the updates.
    func repetition() throws -> RoundCosts {
        let parameters = federation.parameters
        let derivation = ProcessorClock.measure { federation.publicPolynomials() }
        let rounding = ProcessorClock.measure { federation.integers(firstUpdate, of: 0) }
        let encryption = ProcessorClock.measure { encrypted(rounding.result) }
        let dealing = try ProcessorClock.measure {
            try federation.deal(rounding.result, by: 0, polynomials: polynomials)
        }
        let sealing = try ProcessorClock.measure { try federation.sealed(dealing.result) }
        let received = updates.map(\.blocks)
        let aggregation = try ProcessorClock.measure {
            try (0..<parameters.blocks).map { block in
                try EncryptedSum.block(block, of: received.map { $0[block] }, parameters: parameters)
            }
        }
        let keySum = ProcessorClock.measure {
            KeySum.reconstruct(answers, sharing: federation.sharing, parameters: parameters)
        }
        guard let key = keySum.result else { throw BenchmarkFailure("the key sum does not open") }
        let opening = try ProcessorClock.measure {
            var opening = try SumOpening(
                key: key, polynomials: polynomials, contributors: updates.count, parameters: parameters)
            var digits: [Int64] = []
            digits.reserveCapacity(parameters.coefficients * parameters.fields)
            for block in aggregation.result {
                digits += try opening.open(block)
            }
            _ = try opening.digest()
            return Array(digits.prefix(parameters.dimension))
        }
        let floats = ProcessorClock.measure {
            dequantise(
                opening.result, clipNorm: BenchmarkFederation.clipNorm, normBound: parameters.normBound,
                divisor: Double(updates.count))
        }
        guard opening.result == expected, dealing.result.update == first.update,
            floats.result.count == parameters.dimension, encryption.result.count == parameters.blocks
        else { throw BenchmarkFailure("the opened sum is not the sum of the updates") }
        let families = SketchFamilies(parameters: parameters, polynomials: polynomials, beacon: federation.beacon)
        let linear = ProcessorClock.measure { families.linearPart(of: first.update) }
        // The first answer derives what all others use.
        let preparation = ProcessorClock.measure { families.answer(first.share(for: 1)) }
        let answer = ProcessorClock.measure { families.answer(first.share(for: 1)) }
        guard linear.result.bytes.count == answer.result.bytes.count else {
            throw BenchmarkFailure("linear part and answer of a sketch differ in size")
        }
        return RoundCosts(
            publicPolynomials: derivation.seconds, quantise: rounding.seconds, encrypt: encryption.seconds,
            deal: max(0, dealing.seconds - encryption.seconds), seal: sealing.seconds,
            aggregate: aggregation.seconds, openKeySum: keySum.seconds, openDigits: opening.seconds,
            openFloats: floats.seconds, sketchFamilies: max(0, preparation.seconds - answer.seconds),
            sketchLinearPart: linear.seconds,
            sketchAnswer: answer.seconds)
    }

    /// Integers to packed bytes, as a dealing does it, without the dealing of the key.
    private func encrypted(_ values: [Int64]) -> [[UInt8]] {
        let parameters = federation.parameters
        var generator = KeyedStream(key: [6], label: "dealing", indices: [0])
        var secret = UpdateSecret(
            message: Dealing.digest(of: values), context: federation.context(0).bytes, using: &generator)
        let key = OneTimeKey(secret: secret, parameters: parameters)
        let perBlock = parameters.fields * parameters.ringDegree
        let blocks = (0..<parameters.blocks).map { block in
            let start = min(block * perBlock, values.count)
            return key.encrypt(
                values[start..<min(start + perBlock, values.count)], with: polynomials[block],
                packing: polynomials.packing, errorStream: secret.stream("error", block)
            ).packed()
        }
        secret.erase()
        return blocks
    }
}
