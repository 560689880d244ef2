import Foundation

/// The discrete Fourier transform of a power-of-two length in double precision, radix two, for convolutions only: the
/// forward transform leaves its output in bit-reversed order, which the inverse takes, so that nothing is permuted.
///
/// Cooley and Tukey 1965; decimation in frequency forwards (Gentleman and Sande 1966), in time backwards.
struct FourierTransform {
    let count: Int
    /// cos and sin of 2πj/m for the stages m = 2, 4, … count, one after the other: m/2 values each.
    private let cosines: [Double]
    private let sines: [Double]

    /// - Parameter count: a power of two, at least 2.
    init(count: Int) {
        precondition(count >= 2 && count & (count - 1) == 0, "the length is a power of two")
        self.count = count
        var cosines: [Double] = []
        var sines: [Double] = []
        cosines.reserveCapacity(count)
        sines.reserveCapacity(count)
        var span = 2
        while span <= count {
            for index in 0..<span / 2 {
                let angle = 2 * Double.pi * Double(index) / Double(span)
                cosines.append(cos(angle))
                sines.append(sin(angle))
            }
            span *= 2
        }
        self.cosines = cosines
        self.sines = sines
    }

    /// `Σ_j x_j e^(−2πijk/n)`, in bit-reversed order of k.
    func forward(_ real: inout [Double], _ imaginary: inout [Double]) {
        withPointers(&real, &imaginary) { real, imaginary, cosines, sines in
            var span = count
            while span >= 2 {
                let half = span / 2
                let (c, s) = (cosines + (half - 1), sines + (half - 1))
                for start in stride(from: 0, to: count, by: span) {
                    let (a, b) = (real + start, imaginary + start)
                    for index in 0..<half {
                        let (x, y) = (a[index], b[index])
                        let (u, v) = (a[index + half], b[index + half])
                        a[index] = x + u
                        b[index] = y + v
                        let (p, q) = (x - u, y - v)
                        a[index + half] = p * c[index] + q * s[index]
                        b[index + half] = q * c[index] - p * s[index]
                    }
                }
                span = half
            }
        }
    }

    /// The inverse of `forward`, from bit-reversed order, divided by n.
    func inverse(_ real: inout [Double], _ imaginary: inout [Double]) {
        withPointers(&real, &imaginary) { real, imaginary, cosines, sines in
            var span = 2
            while span <= count {
                let half = span / 2
                let (c, s) = (cosines + (half - 1), sines + (half - 1))
                for start in stride(from: 0, to: count, by: span) {
                    let (a, b) = (real + start, imaginary + start)
                    for index in 0..<half {
                        let (u, v) = (a[index + half], b[index + half])
                        let p = u * c[index] - v * s[index]
                        let q = v * c[index] + u * s[index]
                        let (x, y) = (a[index], b[index])
                        a[index] = x + p
                        b[index] = y + q
                        a[index + half] = x - p
                        b[index + half] = y - q
                    }
                }
                span *= 2
            }
            let scale = 1 / Double(count)
            for index in 0..<count {
                real[index] *= scale
                imaginary[index] *= scale
            }
        }
    }

    private typealias Values = UnsafeMutablePointer<Double>
    private typealias Table = UnsafePointer<Double>

    private func withPointers(
        _ real: inout [Double], _ imaginary: inout [Double], _ body: (Values, Values, Table, Table) -> Void
    ) {
        precondition(real.count == count && imaginary.count == count, "the vector has the transform's length")
        real.withUnsafeMutableBufferPointer { real in
            imaginary.withUnsafeMutableBufferPointer { imaginary in
                cosines.withUnsafeBufferPointer { cosines in
                    sines.withUnsafeBufferPointer { sines in
                        guard let a = real.baseAddress, let b = imaginary.baseAddress,
                            let c = cosines.baseAddress, let s = sines.baseAddress
                        else { return }
                        body(a, b, c, s)
                    }
                }
            }
        }
    }
}
