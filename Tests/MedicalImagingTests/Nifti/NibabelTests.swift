import Foundation
import Testing

@testable import MedicalImaging

/// NIfTI files in every form against nibabel (`Tests/Vectors/nifti.py`).
@Suite struct NibabelTests {
    @Test func slicesEqualThoseOfNibabel() throws {
        let folder = try TemporaryFolder()
        let (status, output) = try PydicomOracle.run(
            PydicomOracle.python, [PydicomOracle.script("nifti.py"), folder.path])
        guard status == 0 else {
            print("SKIPPED: no nibabel, so no volume is compared with it. pip install nibabel, and set CORDON_PYTHON")
            return
        }
        let lines = output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.count == 96)
        for line in lines {
            let (name, columns, rows) = (line[0], Int(line[1]), Int(line[2]))
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)")))
            let number = name.prefix { $0 != "." }
            let values = try PydicomOracle.read("\(folder.path)/\(number).values", as: Double.self)
            let slice = try NiftiVolume(bytes, file: name).slice(.middle)
            #expect(slice.grey.width == columns && slice.grey.height == rows, "\(name)")
            let (low, high) = (try #require(values.min()), try #require(values.max()))
            let scale = max(abs(low), abs(high))
            #expect(abs(slice.range.lowerBound - low) <= 1e-6 * scale, "\(name)")
            #expect(abs(slice.range.upperBound - high) <= 1e-6 * scale, "\(name)")
            let worst = zip(slice.grey.samples, values).map { abs(Double($0) - 65_535 * ($1 - low) / (high - low)) }
            #expect(worst.max() ?? 1 <= 0.51, "\(name)")
        }
        print("nibabel: \(lines.count) files, all equal")
    }
}
