import CImage

/// The first volume of a NIfTI file (`.nii`, `.nii.gz`), and its axial slices turned the usual way: rows towards left,
/// columns towards posterior.
package struct NiftiVolume {
    /// What a slice shows and how it was read.
    package struct Slice {
        package let grey: GreyImage
        /// From the feet, from 0.
        package let index: Int
        /// Of the finite values; they become 0 and 1.
        package let range: ClosedRange<Double>
        /// Voxels that are no number; they are shown as the lowest value.
        package let voxelsWithoutValue: Int
    }

    private let header: NiftiHeader
    private let bytes: [UInt8]
    private let name: String
    /// For right, anterior, superior: the axis of the file that runs along it, and whether towards it.
    private let alongWorld: [(axis: Int, isForward: Bool)]
    package let isCompressed: Bool

    /// Bytes behind the last volume that are let pass.
    private static let slack = 64 << 10

    /// Whether the bytes, or the name where they do not tell, are those of a NIfTI file.
    package static func isNifti(_ bytes: [UInt8], file: String) -> Bool {
        if isGzip(bytes) || NiftiFields(bytes).kind != nil { return true }
        let lower = file.lowercased()
        return lower.hasSuffix(".nii") || lower.hasSuffix(".nii.gz")
    }

    private static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// - Throws: `ImagingError` that names the file, what is wrong and what to do.
    package init(_ bytes: [UInt8], file: String) throws {
        name = file
        isCompressed = Self.isGzip(bytes)
        if isCompressed {
            let head = try Self.expanded(bytes, limit: NiftiHeader.longest, file: file)
            header = try NiftiHeader(head.bytes, file: file)
            let isOneVolume = header.volumes == 1
            let needed = header.offset + header.volumeBytes
            // Deflate cannot expand more than about 1032 times: a size that is a lie is not allocated.
            guard needed / 1040 <= bytes.count else { throw Self.cutShort(file) }
            let whole = try Self.expanded(bytes, limit: needed + (isOneVolume ? Self.slack : 0), file: file)
            guard whole.bytes.count >= needed else { throw Self.cutShort(file) }
            guard !isOneVolume || whole.ended else {
                throw ImagingError(
                    .corruptImage,
                    "\(file) cannot be read: it expands to more than its header says. Replace the file or take it off "
                        + "the list.")
            }
            self.bytes = whole.bytes
        } else {
            header = try NiftiHeader(bytes, file: file)
            guard bytes.count >= header.wholeBytes else { throw Self.cutShort(file) }
            self.bytes = bytes
        }
        alongWorld = try Self.directions(of: header, file: file)
    }

    private static func cutShort(_ file: String) -> ImagingError {
        ImagingError(
            .corruptImage,
            "\(file) cannot be read: it ends before its last voxel. Replace the file or take it off the list.")
    }

    private static func expanded(_ bytes: [UInt8], limit: Int, file: String) throws -> (bytes: [UInt8], ended: Bool) {
        var (status, ended) = (Int32(0), Int32(0))
        let result = [UInt8](unsafeUninitializedCapacity: limit) { target, count in
            status = cordon_gunzip(bytes, bytes.count, target.baseAddress, limit, &count, &ended)
        }
        guard status == 0 else {
            throw ImagingError(
                .corruptImage,
                "\(file) cannot be read: \(imageLibraryMessage()). Replace the file or take it off the list.")
        }
        return (result, ended == 1)
    }

    /// Each axis of the file runs along the axis of the patient that it lies nearest to.
    private static func directions(
        of header: NiftiHeader, file: String
    ) throws -> [(axis: Int, isForward: Bool)] {
        var result: [(axis: Int, isForward: Bool)?] = [nil, nil, nil]
        for (axis, column) in header.axes.enumerated() {
            let nearest = column.indices.max { abs(column[$0]) < abs(column[$1]) } ?? 0
            guard result[nearest] == nil else {
                throw ImagingError(
                    .unsupportedImage,
                    "\(file) cannot be read: two of its axes run along one of the patient's, so that it has no axial "
                        + "slices. Resample it or take it off the list.")
            }
            result[nearest] = (axis, column[nearest] > 0)
        }
        return result.compactMap { $0 }
    }

    /// Axial slices.
    package var depth: Int { header.extent[alongWorld[2].axis] }
    package var volumes: Int { header.volumes }
    /// Columns and rows of a slice.
    package var size: (columns: Int, rows: Int) {
        (header.extent[alongWorld[0].axis], header.extent[alongWorld[1].axis])
    }

    /// Encoding and orientation in words, without any text of the file.
    package var encoding: String {
        "NIfTI-\(header.version), \(header.isBigEndian ? "big" : "little") endian\(isCompressed ? ", gzip" : "")"
    }
    package var datatype: String { "\(header.datatype)" }
    package var scaling: String { "\(header.slope) · stored + \(header.intercept)" }
    /// Where each axis of the file runs, such as `LPS`, and by which part of the header.
    package var orientation: String {
        let letters = alongWorld.enumerated().map { world, along in
            (along.axis, [["R", "A", "S"], ["L", "P", "I"]][along.isForward ? 0 : 1][world])
        }
        return letters.sorted { $0.0 < $1.0 }.map(\.1).joined() + ", by \(header.orientationSource)"
    }

    /// - Throws: `ImagingError` for a volume without such a slice, or a slice too large or without any number.
    package func slice(_ choice: SliceChoice) throws -> Slice {
        func refusal(_ code: ImagingError.Code, _ reason: String) -> ImagingError {
            ImagingError(code, "\(name) cannot be read: \(reason). Replace the file or take it off the list.")
        }
        guard let index = choice.place(among: depth) else {
            let code: ImagingError.Code = if case .index = choice { .invalidArgument } else { .unsupportedImage }
            throw refusal(code, "it has \(depth) axial slices, too few for what was asked")
        }
        let (columns, rows) = size
        guard columns * rows <= Int(GreyImage.pixelLimit) else {
            throw refusal(.imageTooLarge, "a slice has \(columns) × \(rows) pixels")
        }
        let values = values(index, columns, rows)
        var (low, high, absent) = (Double.infinity, -Double.infinity, 0)
        for value in values {
            guard value.isFinite else {
                absent += 1
                continue
            }
            low = min(low, value)
            high = max(high, value)
        }
        guard low <= high, (high - low).isFinite else { throw refusal(.corruptImage, "a slice holds no numbers") }
        let span = high - low
        let samples = values.map { value -> UInt16 in
            guard value.isFinite, span > 0 else { return 0 }
            return UInt16((65_535 * ((value - low) / span)).rounded())
        }
        return Slice(
            grey: GreyImage(width: columns, height: rows, samples: samples), index: index, range: low...high,
            voxelsWithoutValue: absent)
    }

    private func values(_ index: Int, _ columns: Int, _ rows: Int) -> [Double] {
        let width = header.datatype.width
        let strides = [width, width * header.extent[0], width * header.extent[0] * header.extent[1]]
        let steps = alongWorld.map { strides[$0.axis] }
        func place(_ world: Int, _ fromFirst: Int, _ count: Int) -> Int {
            (alongWorld[world].isForward ? fromFirst : count - 1 - fromFirst) * steps[world]
        }
        let start = header.offset + place(2, index, depth)
        return bytes.withUnsafeBytes { memory in
            var values: [Double] = []
            values.reserveCapacity(columns * rows)
            for row in 0..<rows {
                // From the front to the back, and from right to left.
                let line = start + place(1, rows - 1 - row, rows)
                for column in 0..<columns {
                    let stored = header.datatype.value(
                        memory, at: line + place(0, columns - 1 - column, columns), isBigEndian: header.isBigEndian)
                    values.append(header.slope * stored + header.intercept)
                }
            }
            return values
        }
    }
}
