/// What of a NIfTI-1 or NIfTI-2 header says where the values lie and which way (nifti1.h, nifti2.h). Its texts
/// (description, names of intent, database and auxiliary file) are never looked at.
struct NiftiHeader {
    let version: Int
    let isBigEndian: Bool
    /// Along the axes of the file, fastest first.
    let extent: [Int]
    /// Volumes, in time or otherwise; the first is read.
    let volumes: Int
    let datatype: NiftiDatatype
    /// Where the first volume begins, in bytes.
    let offset: Int
    /// Value = slope · stored + intercept.
    let slope: Double
    let intercept: Double
    /// Columns towards right, anterior, superior a step along each axis of the file, in millimetres.
    let axes: [[Double]]
    /// From which part of the header the axes are.
    let orientationSource: String

    /// Bytes of the longest header, the extension flag included.
    static let longest = 544
    /// Most bytes of one volume.
    static let volumeLimit = 2 << 30

    var volumeBytes: Int { extent.reduce(datatype.width, *) }
    var wholeBytes: Int { offset + volumeBytes * volumes }

    /// - Parameter bytes: The beginning of the file, uncompressed.
    /// - Throws: `ImagingError` that names the file and the field.
    init(_ bytes: [UInt8], file: String) throws {
        func refusal(_ code: ImagingError.Code, _ reason: String) -> ImagingError {
            ImagingError(code, "\(file) cannot be read: \(reason). Replace the file or take it off the list.")
        }
        guard bytes.count >= 352 else { throw refusal(.corruptImage, "it is shorter than a NIfTI header") }
        let fields = NiftiFields(bytes)
        guard let (version, isBigEndian) = fields.kind else {
            throw refusal(.unknownFormat, "its header is not that of NIfTI-1 or NIfTI-2")
        }
        guard fields.isSingleFile(version) else {
            throw refusal(.unsupportedImage, "its pixels lie in another file (.img); convert the pair to one .nii")
        }
        guard version == 1 || bytes.count >= Self.longest else {
            throw refusal(.corruptImage, "it is shorter than a NIfTI-2 header")
        }
        let layout = version == 1 ? NiftiLayout.first : .second
        let reader = NiftiReader(fields: fields, isBigEndian: isBigEndian, layout: layout)

        let dimensions = (0..<8).map { reader.whole(layout.dimensions, $0) }
        guard (2...7).contains(dimensions[0]), dimensions[1...dimensions[0]].allSatisfy({ (1...1 << 20).contains($0) })
        else { throw refusal(.corruptImage, "its dimensions are not two to seven positive numbers up to 2^20") }
        let given = Array(dimensions[1...dimensions[0]]) + [1]
        extent = Array(given.prefix(3))
        var volumes = 1
        for count in given.dropFirst(3) {
            let (product, overflow) = volumes.multipliedReportingOverflow(by: count)
            guard !overflow, product <= 1 << 24 else { throw refusal(.imageTooLarge, "it has more than 2^24 volumes") }
            volumes = product
        }
        self.volumes = volumes

        let code = reader.whole(layout.datatype, 0)
        guard let datatype = NiftiDatatype(rawValue: code) else {
            throw refusal(
                .unsupportedImage, "values of datatype \(code) are not supported; integers to 32 bits and floats are")
        }
        guard reader.whole(layout.bits, 0) == 8 * datatype.width else {
            throw refusal(.corruptImage, "datatype and bits a voxel do not agree")
        }
        self.datatype = datatype
        var size = datatype.width
        for count in extent {
            let (product, overflow) = size.multipliedReportingOverflow(by: count)
            guard !overflow, product <= Self.volumeLimit else {
                throw refusal(.imageTooLarge, "a volume of it has more than \(Self.volumeLimit >> 20) MiB")
            }
            size = product
        }
        let start = reader.offset
        // Zero stands for the place right behind the header, as in older files.
        let least = Double(version == 1 ? 352 : Self.longest)
        guard start == 0 || (start >= least && start <= 16_777_216 && start == start.rounded()) else {
            throw refusal(.corruptImage, "its pixels begin at an impossible place")
        }
        offset = Int(max(start, least))

        let slope = reader.real(layout.slope, 0)
        let intercept = reader.real(layout.slope, 1)
        let isScaled = slope.isFinite && slope != 0
        guard !isScaled || (abs(slope) <= 1e30 && abs(intercept) <= 1e30) else {
            throw refusal(.corruptImage, "its scaling is no number")
        }
        (self.slope, self.intercept) = isScaled ? (slope, intercept) : (1, 0)
        guard let (source, axes) = reader.axes else {
            throw refusal(
                .unsupportedImage,
                "it does not say which way it lies: neither sform nor qform is set to a sound matrix; set one")
        }
        orientationSource = source
        self.axes = axes
        self.version = version
        self.isBigEndian = isBigEndian
    }
}
