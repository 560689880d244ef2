@testable import MedicalImaging

/// Letters of 5 × 7 pixels, drawn by hand, to burn into images.
enum BitmapText {
    private static let letters: [Character: [String]] = [
        "A": ["01110", "10001", "10001", "11111", "10001", "10001", "10001"],
        "D": ["11110", "10001", "10001", "10001", "10001", "10001", "11110"],
        "E": ["11111", "10000", "10000", "11110", "10000", "10000", "11111"],
        "H": ["10001", "10001", "10001", "11111", "10001", "10001", "10001"],
        "N": ["10001", "11001", "10101", "10011", "10001", "10001", "10001"],
        "O": ["01110", "10001", "10001", "10001", "10001", "10001", "01110"],
        "S": ["01111", "10000", "10000", "01110", "00001", "00001", "11110"],
        "T": ["11111", "00100", "00100", "00100", "00100", "00100", "00100"],
        "1": ["00100", "01100", "00100", "00100", "00100", "00100", "01110"],
        "4": ["00010", "00110", "01010", "10010", "11111", "00010", "00010"],
        "7": ["11111", "00001", "00010", "00100", "01000", "01000", "01000"],
        "9": ["01110", "10001", "10001", "01111", "00001", "00010", "01100"],
    ]

    /// Places of the ink, for letters `scale` times as large from (x, y) on.
    static func ink(_ text: String, x: Int, y: Int, scale: Int) -> [(x: Int, y: Int)] {
        var places: [(x: Int, y: Int)] = []
        for (place, letter) in text.enumerated() {
            for (row, line) in (letters[letter] ?? []).enumerated() {
                for (column, bit) in line.enumerated() where bit == "1" {
                    for part in 0..<scale * scale {
                        let left = (6 * place + column) * scale + part % scale
                        places.append((x + left, y + row * scale + part / scale))
                    }
                }
            }
        }
        return places
    }

    /// A soft image like a radiograph: two lungs, a spine, some noise.
    static func background(width: Int, height: Int) -> [UInt8] {
        var state: UInt32 = 7
        return (0..<width * height).map { index in
            state = state &* 1_664_525 &+ 1_013_904_223
            let x = Double(index % width) / Double(width) - 0.5
            let y = Double(index / width) / Double(height) - 0.5
            let body = 150 - 220 * x * x - 90 * y * y
            let lung = max(0, 1 - 30 * ((abs(x) - 0.22) * (abs(x) - 0.22) + y * y / 4))
            return UInt8(max(0, min(255, body - 90 * lung + Double(state >> 24) / 64)))
        }
    }
}
