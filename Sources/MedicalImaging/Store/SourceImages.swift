import Foundation

/// The images of a folder, a manifest or an archive, before anything is taken into a store.
package struct SourceImages {
    struct Image {
        enum Content {
            case file(String)
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

    package var count: Int { images.count }

    /// - Parameter imageSize: Side of the store's samples; an archive of pixels is resized to it here.
    /// - Throws: `ImagingError` that names the file, line or class at fault.
    package init(from path: String, imageSize: Int, progress: (Int, Int) -> Void) throws {
        switch try LocatedImages(path) {
        case .draft(let draft):
            classNames = draft.classNames
            images = draft.samples.map {
                Image(
                    name: $0.name, label: $0.label, patient: $0.patient, split: $0.split, content: .file($0.path))
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
