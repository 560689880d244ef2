import Crypto
import Foundation

/// How an image file becomes a sample. Its digest goes into the agreement, and so into the ledger: hospitals whose
/// pipelines differ cannot found a federation together.
package struct Preprocessing: Codable, Hashable, Sendable {
    package let version: Int
    /// Side of the samples in pixels.
    package let imageSize: Int
    package let grey: String
    /// From a DICOM file's stored values to grey.
    package let dicom: String
    /// From a NIfTI file to slices and grey; nil in stores made before there were any.
    package let nifti: String?
    package let resize: String
    package let normalisation: Normalisation
    /// What this machine's decoder and resizing make of a built-in colour JPEG, as SHA-256 in hexadecimal: it shows a
    /// decoder that gives other pixels, whatever its version says.
    package let decoderProbe: String
    /// Digest of the de-identification policy, nil where none was applied. Hexadecimal.
    package let deidentification: String?

    /// - Parameter slices: Samples of each volume.
    package init(imageSize: Int, slices: Int = 1, deidentification: String? = nil) throws {
        version = 3
        self.imageSize = imageSize
        grey = "Rec. 601 luma (19595, 38470, 7471) / 65536 of 16-bit samples; JPEG luminance as decoded"
        dicom =
            "first frame; modality table or rescale; VOI table, first window or the frame's range without padding; "
            + "MONOCHROME1 inverted; rows to L or P, columns to F or P"
        nifti =
            "first volume; \(slices) axial, slice k from the feet at floor((2k + 1) depth / (2 · \(slices))); sform or "
            + "else qform; slope and intercept; range of the slice's finite values, others as the least; rows to L, "
            + "columns to P"
        resize = "area mean, width and height apart, float32, rounded to nearest of 0…255"
        normalisation = .standard
        let sample = try GreyImage.decodeResized(Self.probe, file: "the built-in probe", size: 16)
        decoderProbe = hexadecimal(SHA256.hash(data: sample))
        self.deidentification = deidentification
    }

    /// SHA-256 over the canonical JSON.
    package var digest: [UInt8] {
        get throws { Array(SHA256.hash(data: Array("cordon/preprocessing/v1\0".utf8) + (try canonicalJSON(self)))) }
    }

    package var hexadecimalDigest: String {
        get throws { hexadecimal(try digest) }
    }

    /// 24 × 16 pixels, R = 10x, G = 15y + 3x, B = 7x xor 13y (mod 256), 4:2:0, quality 70, by libjpeg-turbo 2.1.5.
    private static let probe = Array(
        Data(
            base64Encoded: """
                /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0VFhEYIx8lJCIfIiEmKzcvJik0KSEiMEEx
                NDk7Pj4+JS5ESUM8SDc9Pjv/2wBDAQoLCw4NDhwQEBw7KCIoOzs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7
                Ozs7Ozs7Ozs7Ozs7Ozv/wAARCAAQABgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAA
                AgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6
                Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXG
                x8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREA
                AgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5
                OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPE
                xcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDg7LRTxhR+NdBZaUFIUrzXRWeidMx5+la0
                drpdnIsd5dW1vIRu2SzBGI9cE+1KrSrN2pNX87/5HlYHNnJpLUzNN0feudveitM+KNCslX7LLLOCeUihOfr8+B29aK5Xj5UX
                7OpTk5Ldrb5X1/BH2tB42cOZQfzP/9k=
                """, options: .ignoreUnknownCharacters) ?? Data())
}
