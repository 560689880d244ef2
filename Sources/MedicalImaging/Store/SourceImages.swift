import Foundation

/// The images of a folder, a manifest or an archive, before anything is taken into a store.
package struct SourceImages {
    struct Image {
        enum Content {
            case file(String, SliceChoice)
            /// Already grey and of the store's size.
            case pixels(ArraySlice<UInt8>)
        }

        let name: String
        let label: Int
        let patient: String
        /// Nil when the source does not say; the side then follows from the pseudonym.
        let split: Split?
        let content: Content
    }

    let classNames: [String]
    let images: [Image]
    let notes: [String]
    /// Samples of each volume.
    package let slices: Int

    package var count: Int { images.count }

    /// - Parameters:
    ///   - imageSize: Side of the store's samples; an archive of pixels is resized to it here.
    ///   - slices: Samples of each volume (NIfTI), 1 … 256.
    /// - Throws: `ImagingError` that names the file, line or class at fault.
    package init(from path: String, imageSize: Int, slices: Int = 1, progress: (Int, Int) -> Void) throws {
        self.slices = slices
        switch try LocatedImages(path) {
        case .draft(let draft):
            classNames = draft.classNames
            images = draft.samples.flatMap { sample in
                let isVolume = slices > 1 && sample.isVolume
                return (0..<(isVolume ? slices : 1)).map { number in
                    Image(
                        name: sample.name + (isVolume ? " slice \(number + 1) of \(slices)" : ""), label: sample.label,
                        patient: sample.patient, split: sample.split,
                        content: .file(sample.path, .even(number: number, count: isVolume ? slices : 1)))
                }
            }
            notes = draft.notes
        case .archive(let file):
            let set = try readMedMNIST(file, imageSize: imageSize, progress: progress)
            classNames = set.classNames
            images = set.samples.indices.map {
                let sample = set.samples[$0]
                return Image(
                    name: sample.file, label: sample.label, patient: sample.patient, split: sample.split,
                    content: .pixels(set.grey($0)))
            }
            notes = set.notes
        case .store:
            throw ImagingError(
                .invalidArgument, "\(path) is a sealed store already: --from takes images, --data takes stores.")
        }
    }
}
