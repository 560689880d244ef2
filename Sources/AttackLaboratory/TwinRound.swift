package import HomomorphicEncryption
package import PoisoningDefence
import RingArithmetic
package import SecureAggregation

/// A round of the encrypted protocol in the clear: the same rounding, the same sketches, the same rules, the same sum.
///
/// An opened sketch's digits equal the sketch of the integers, exactly; what is left out is the noise beside them,
/// which only the contract rule about noise looks at. `TwinRoundTests` opens real ciphertexts and compares.
package struct TwinRound: Sendable {
    package let parameters: EncryptionParameters
    package let geometry: SketchGeometry
    let polynomials: PublicPolynomials
    let key: [UInt8]

    /// L2 bound of an update of the scattering head, as `cordon agreement draft` sets it.
    static let clipNorm = 400.0

    /// - Throws: `EncryptionError` when no encryption fits.
    package init(dimension: Int, members: Int, isPrivate: Bool, seed: UInt64) throws {
        parameters = try EncryptionParameters.plan(
            dimension: dimension, members: members, patientLevelPrivacy: isPrivate,
            coordinates: isPrivate ? EncryptionParameters.coordinatesUnderPrivacy : nil,
            roundingTolerance: try RoundingTolerance(millionths: 1000))
        geometry = SketchGeometry(
            coordinates: parameters.sketchCoordinates, families: parameters.sketchFamilies, fields: parameters.fields,
            normBound: parameters.normBound, errorVariance: EncryptionParameters.errorVariance,
            coefficients: parameters.blocks * parameters.ringDegree)
        var transcript = TranscriptHash(domain: "cordon/laboratory/v1")
        transcript.append(seed)
        key = transcript.digest()
        polynomials = PublicPolynomials(parameters: parameters, federation: key, seed: key)
    }

    package func families(round: Int) -> SketchFamilies {
        var transcript = TranscriptHash(domain: "cordon/laboratory-beacon/v1")
        transcript.append(key)
        transcript.append(UInt64(round))
        return SketchFamilies(parameters: parameters, polynomials: polynomials, beacon: transcript.digest())
    }

    func quantised(_ updates: [[Float]], round: Int) -> [[Int64]] {
        updates.enumerated().map { member, update in
            var stream = KeyedStream(key: key, label: "rounding", indices: [UInt64(round), UInt64(member)])
            return quantise(
                update, clipNorm: Self.clipNorm, normBound: parameters.normBound, using: &stream)
        }
    }

    /// Sketches as an opening gives them, without the noise.
    package func sketches(of updates: [[Int64]], under families: SketchFamilies) -> [MemberSketch] {
        families.sketches(of: updates).enumerated().map { member, digits in
            MemberSketch(member: member, digits: digits, noise: Array(repeating: 0, count: geometry.coordinates))
        }
    }

    /// The mean of the accepted updates; or their weighted sum, which encryption could not form.
    ///
    /// - Parameter weights: of the accepted, in units of `WeightScale.one`.
    func mean(of updates: [[Int64]], accepted: [Int], weights: [Int64]? = nil) -> [Float] {
        guard let first = updates.first, !accepted.isEmpty else { return [] }
        var sum = [Int64](repeating: 0, count: first.count)
        if let weights {
            for (member, weight) in zip(accepted, weights) {
                for index in sum.indices {
                    sum[index] += Int64(Int128(updates[member][index]) * Int128(weight) / Int128(WeightScale.one))
                }
            }
            return dequantise(sum, clipNorm: Self.clipNorm, normBound: parameters.normBound, divisor: 1)
        }
        for member in accepted { for index in sum.indices { sum[index] += updates[member][index] } }
        return dequantise(
            sum, clipNorm: Self.clipNorm, normBound: parameters.normBound, divisor: Double(accepted.count))
    }
}
