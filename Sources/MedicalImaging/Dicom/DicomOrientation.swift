/// Which way the rows and columns of an image run in the patient, and what turns it the usual way:
/// rows towards left or posterior, columns towards feet or posterior (PS3.3 C.7.6.1.1.1, C.7.6.2.1.1).
package struct DicomOrientation: Sendable, Hashable {
    /// The first letter of each direction: L R, A P, H F.
    package let row: Character
    package let column: Character

    private static let axes: [Character: Int] = ["L": 0, "R": 0, "A": 1, "P": 1, "H": 2, "F": 2]

    /// Nil for directions that are unknown or the same: not an orientation.
    package init?(row: Character, column: Character) {
        guard let first = Self.axes[row], let second = Self.axes[column], first != second else { return nil }
        self.row = row
        self.column = column
    }

    /// From PatientOrientation, `L\F` say.
    package init?(patientOrientation text: String) {
        let parts = text.split(separator: "\\")
        guard parts.count == 2, let row = parts[0].first, let column = parts[1].first else { return nil }
        self.init(row: row, column: column)
    }

    /// From the six direction cosines of ImageOrientationPatient: the axis each direction lies nearest to.
    package init?(cosines: [Double]) {
        guard cosines.count == 6, cosines.allSatisfy(\.isFinite) else { return nil }
        func letter(_ part: ArraySlice<Double>) -> Character? {
            let values = Array(part)
            guard let axis = values.indices.max(by: { abs(values[$0]) < abs(values[$1]) }), abs(values[axis]) > 0.1
            else { return nil }
            return [["L", "R"], ["P", "A"], ["H", "F"]][axis][values[axis] > 0 ? 0 : 1]
        }
        guard let row = letter(cosines[..<3]), let column = letter(cosines[3...]) else { return nil }
        self.init(row: row, column: column)
    }

    /// Rows and columns change places.
    package var isTransposed: Bool {
        // Usual: left–right before the others, and front–back before head–feet.
        (Self.axes[row] ?? 0) > (Self.axes[column] ?? 0)
    }
    package var isUsual: Bool { !isTransposed && !flipsRow(row) && !flipsColumn(column) }

    private func flipsRow(_ letter: Character) -> Bool { letter == "R" || letter == "A" || letter == "H" }
    private func flipsColumn(_ letter: Character) -> Bool { letter == "R" || letter == "A" || letter == "H" }

    /// The image turned the usual way.
    func normalised(_ image: GreyImage) -> GreyImage {
        guard !isUsual else { return image }
        let (across, down) = isTransposed ? (column, row) : (row, column)
        let width = isTransposed ? image.height : image.width
        let height = isTransposed ? image.width : image.height
        var samples: [UInt16] = []
        samples.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                let u = flipsRow(across) ? width - 1 - x : x
                let v = flipsColumn(down) ? height - 1 - y : y
                samples.append(isTransposed ? image.samples[u * image.width + v] : image.samples[v * image.width + u])
            }
        }
        return GreyImage(width: width, height: height, samples: samples)
    }
}
