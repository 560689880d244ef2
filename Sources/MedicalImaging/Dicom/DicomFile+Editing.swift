internal import CDicom

/// Changing a parsed file, and writing it anew.
extension DicomFile {
    /// Asks for a decision on every element, those of kept sequences included, and carries it out.
    func edit(_ edit: DeidentificationEdit) throws {
        let status = cordon_dicom_edit(
            handle,
            { context, tag, vr, text, scheme, isHollow, replacement, capacity in
                guard let context, let vr, let text, let scheme, let replacement else {
                    return Int32(CORDON_DICOM_REMOVE)
                }
                let edit = Unmanaged<DeidentificationEdit>.fromOpaque(context).takeUnretainedValue()
                let decision = edit.decide(
                    tag, vr: String(cString: vr), text: String(cString: text), scheme: String(cString: scheme),
                    isHollow: isHollow == 1)
                switch decision {
                case .hollow: return Int32(CORDON_DICOM_HOLLOW)
                case .keep: return Int32(CORDON_DICOM_KEEP)
                case .remove: return Int32(CORDON_DICOM_REMOVE)
                case .replace(let value):
                    // Cut in the middle it would be another value.
                    guard value.utf8.count < capacity else { return Int32(CORDON_DICOM_REMOVE) }
                    let bytes = Array(value.utf8) + [0]
                    for (index, byte) in bytes.enumerated() { replacement[index] = CChar(bitPattern: byte) }
                    return Int32(CORDON_DICOM_REPLACE)
                }
            }, Unmanaged.passUnretained(edit).toOpaque())
        guard status == 0 else { throw Self.error(status, name) }
    }

    /// Replaces the samples of all frames; the file becomes uncompressed.
    ///
    /// - Parameter frames: As `frame` gives them, all of one photometric interpretation.
    func setFrames(_ frames: [Frame]) throws {
        guard let photometric = frames.first?.photometric, frames.allSatisfy({ $0.photometric == photometric }),
            frames.count == layout.frames, [8, 16, 32].contains(layout.bitsAllocated)
        else {
            throw ImagingError(
                .unsupportedImage,
                "\(name) has pixels of \(layout.bitsAllocated) bits or of several kinds, which are not written anew.")
        }
        let width = layout.bitsAllocated / 8
        var bytes: [UInt8] = []
        bytes.reserveCapacity(frames.count * frames[0].samples.count * width)
        for frame in frames {
            for sample in frame.samples {
                let bits = UInt32(bitPattern: sample)
                for byte in 0..<width { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(8 * byte))) }
            }
        }
        // Decoded samples are whole for every pixel.
        let written = photometric == "YBR_FULL_422" || photometric == "YBR_PARTIAL_420" ? "YBR_FULL" : photometric
        let status = cordon_dicom_set_pixels(handle, bytes, bytes.count, written)
        guard status == 0 else { throw Self.error(status, name) }
    }

    func set(_ tag: DicomTag, _ text: String) throws {
        let status = cordon_dicom_set(handle, tag.value, text)
        guard status == 0 else { throw Self.error(status, name) }
    }

    func addCode(_ sequence: DicomTag, _ value: String, _ meaning: String) throws {
        let status = cordon_dicom_add_code(handle, sequence.value, value, meaning)
        guard status == 0 else { throw Self.error(status, name) }
    }

    /// The file with an empty preamble and a meta header of its own.
    func written() throws -> [UInt8] {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        let status = cordon_dicom_write(handle, &bytes, &count)
        guard status == 0, let bytes else { throw Self.error(status, name) }
        defer { cordon_dicom_forget(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}
