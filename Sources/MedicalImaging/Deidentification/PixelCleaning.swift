/// Looks for text in all frames of a file and paints it over.
///
/// Every frame is looked at as its window shows it and in the whole range of its values, since text may lie outside the
/// window. What is found in one frame is painted over in all: annotations stand still. Around ultrasound regions
/// (0018,6011) everything goes. Then all is looked at again, until nothing is found. Slices of CT, MR and the like in
/// which something is found are held back instead.
struct PixelCleaning {
    private let dicom: DicomFile
    private let isTextStated: Bool
    private let detector = BurnedInTextDetector()

    /// A larger painted share of the frame is no annotation.
    private static let largestShare = 0.35
    private static let attempts = 3

    init(_ dicom: DicomFile, isTextStated: Bool) {
        self.dicom = dicom
        self.isTextStated = isTextStated
    }

    func clean() throws -> [PixelRectangle] {
        guard dicom.layout.rows > 0, dicom.layout.columns > 0, dicom.layout.frames > 0 else {
            throw held("it has no pixels that could be looked at")
        }
        var frames = try (0..<dicom.layout.frames).map { try dicom.frame($0) }
        let outside = try outsideRegions()
        var found = try text(in: frames)
        if isTextStated && found.isEmpty && outside.isEmpty {
            throw held("it says that it bears text, and none was found")
        }
        guard found.isEmpty || !isCrossSectional else { throw held("there may be text in it") }
        var painted = outside + found
        guard !painted.isEmpty else { return [] }
        for _ in 0..<Self.attempts {
            frames = try frames.map { try paint(painted, over: $0) }
            found = try text(in: frames)
            guard !found.isEmpty else { break }
            painted = BurnedInTextDetector.merged(painted + found)
        }
        guard found.isEmpty else { throw held("text is found in it however often it is painted over") }
        let share = Double(painted.reduce(0) { $0 + $1.width * $1.height })
        let own = share - Double(outside.reduce(0) { $0 + $1.width * $1.height })
        guard own <= Self.largestShare * Double(dicom.layout.rows * dicom.layout.columns) else {
            throw held("what looks like text covers too much of it to be an annotation")
        }
        try dicom.setFrames(frames)
        return painted
    }

    /// Slices rarely bear text, and what looks like it there may be anatomy, of which nothing is painted over.
    private var isCrossSectional: Bool {
        ["CT", "MR", "PT", "NM", "RTDOSE", "SEG"].contains(dicom.text(.modality) ?? "")
    }

    private func held(_ reason: String) -> ImagingError {
        ImagingError(.burnedInText, "\(dicom.name) is held back: \(reason). A human has to look at it.")
    }

    private func text(in frames: [DicomFile.Frame]) throws -> [PixelRectangle] {
        var boxes: [PixelRectangle] = []
        for (index, frame) in frames.enumerated() {
            boxes += detector.regions(in: GreyPlane(try DicomImage.unturned(dicom, frame, index)))
            for plane in parts(of: frame) { boxes += detector.regions(in: plane) }
        }
        return BurnedInTextDetector.merged(boxes)
    }

    /// Every channel in the whole range of its values: there is text that differs from its surroundings in colour
    /// alone, and text outside the window. A palette's indices are no greys.
    private func parts(of frame: DicomFile.Frame) -> [GreyPlane] {
        let channels = dicom.layout.channels
        guard frame.photometric != "PALETTE COLOR" else { return [] }
        return (0..<channels).compactMap { channel in
            wholeRange(stride(from: channel, to: frame.samples.count, by: channels).map { frame.samples[$0] })
        }
    }

    private func wholeRange(_ samples: [Int32]) -> GreyPlane? {
        guard let low = samples.min(), let high = samples.max(),
            high > low
        else { return nil }
        let range = Double(high) - Double(low)
        return GreyPlane(
            width: dicom.layout.columns, height: dicom.layout.rows,
            values: samples.map { UInt8((255 * (Double($0) - Double(low)) / range).rounded()) })
    }

    /// What lies in no region of an ultrasound image (PS3.3 C.8.5.5); nothing where the file names none.
    private func outsideRegions() throws -> [PixelRectangle] {
        guard dicom.text(.modality) == "US" else { return [] }
        let sequence = DicomTag(0x0018, 0x6011)
        var regions: [PixelRectangle] = []
        for item in 0..<64 {
            let corners = try (UInt16(0)..<4).map {
                try dicom.numbers(DicomTag(0x0018, 0x6018 + 2 * $0), in: [(sequence, item)]).first
            }
            guard let x0 = corners[0], let y0 = corners[1], let x1 = corners[2], let y1 = corners[3] else { break }
            guard x1 >= x0, y1 >= y0, x0 >= 0, y0 >= 0 else { continue }
            regions.append(
                PixelRectangle(x: Int(x0), y: Int(y0), width: Int(x1 - x0) + 1, height: Int(y1 - y0) + 1)
                    .grown(0, 0, in: dicom.layout.columns, dicom.layout.rows))
        }
        regions.removeAll { $0.width <= 0 || $0.height <= 0 }
        guard !regions.isEmpty else { return [] }
        return Self.complement(of: regions, width: dicom.layout.columns, height: dicom.layout.rows)
    }

    /// Rectangles that cover what none of `regions` does: band by band between their upper and lower edges.
    static func complement(of regions: [PixelRectangle], width: Int, height: Int) -> [PixelRectangle] {
        let edges = Set([0, height] + regions.flatMap { [$0.y, $0.bottom] }).sorted()
        var result: [PixelRectangle] = []
        for (top, bottom) in zip(edges, edges.dropFirst()) {
            var x = 0
            for region in regions.filter({ $0.y <= top && $0.bottom >= bottom }).sorted(by: { $0.x < $1.x }) {
                if region.x > x {
                    result.append(PixelRectangle(x: x, y: top, width: region.x - x, height: bottom - top))
                }
                x = max(x, region.right)
            }
            if x < width { result.append(PixelRectangle(x: x, y: top, width: width - x, height: bottom - top)) }
        }
        return result
    }

    /// Black, in the darkest value that the frame has itself, so that no window is moved.
    private func paint(_ boxes: [PixelRectangle], over frame: DicomFile.Frame) throws -> DicomFile.Frame {
        var samples = frame.samples
        let black: [Int32]
        switch frame.photometric {
        case "MONOCHROME2": black = [samples.min() ?? 0]
        case "MONOCHROME1": black = [samples.max() ?? 0]
        case "RGB": black = [0, 0, 0]
        case let kind where kind.hasPrefix("YBR_"):
            let middle = Int32(1) << Int32(dicom.layout.bitsStored - 1)
            black = [0, middle, middle]
        case "PALETTE COLOR": black = [try DicomImage.darkestIndex(of: dicom)]
        default: throw held("its pixels are of a kind in which black is not known")
        }
        let (columns, channels) = (dicom.layout.columns, black.count)
        for box in boxes {
            for y in box.y..<box.bottom {
                for x in box.x..<box.right {
                    for channel in 0..<channels { samples[(y * columns + x) * channels + channel] = black[channel] }
                }
            }
        }
        return DicomFile.Frame(samples: samples, photometric: frame.photometric)
    }
}
