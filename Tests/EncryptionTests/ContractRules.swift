import HomomorphicEncryption
import SecureAggregation

/// The contract's integer rules on an opened sketch, written out for the tests.
enum ContractRules {
    /// What is broken: `R` a digit's range, `N` the norm, `E` the noise energy.
    static func violations(_ digits: [Int64], noise: [Int64], _ parameters: EncryptionParameters) -> String {
        let bound = UInt128(parameters.normBound.magnitude) * UInt128(parameters.normBound.magnitude)
        let rows = noise.count
        let tight = rows >= 256
        var broken = ""
        if digits.contains(where: { UInt128($0.magnitude) * UInt128($0.magnitude) > 32 * bound }) {
            broken += "R"
        } else if 200 * IntegerNorm.squared(digits) > (tight ? 156 : 215) * bound * UInt128(rows) {
            broken += "N"
        }
        let energy = noise.reduce(0.0) { $0 + Double($1) * Double($1) }
        let expected = Double(rows) * EncryptionParameters.errorVariance * Double(parameters.coefficients) / 2
        if energy > (tight ? 1.69 : 2.15) * expected {
            broken += "E"
        }
        return broken
    }
}
