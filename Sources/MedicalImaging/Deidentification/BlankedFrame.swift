/// The first frame of a file whose text was painted over, small, with what was painted.
package struct BlankedFrame: Codable, Sendable {
    /// The new SOP instance UID.
    package let instance: String
    /// Of the frame, in pixels; the picture is smaller by a power of two.
    package let width: Int
    package let height: Int
    package let png: [UInt8]
    package let regions: [PixelRectangle]

    private static let sideLimit = 320

    /// Nil for a file that cannot be shown.
    init?(_ bytes: [UInt8], instance: String, regions: [PixelRectangle]) {
        guard let file = try? DicomFile(bytes, file: instance), let frame = try? file.frame(0),
            let image = try? DicomImage.unturned(file, frame, 0)
        else { return nil }
        var plane = GreyPlane(image)
        while max(plane.width, plane.height) > Self.sideLimit, min(plane.width, plane.height) > 1 {
            plane = plane.halved
        }
        guard let png = try? encodePNG(plane.values, width: plane.width, height: plane.height) else { return nil }
        self.instance = instance
        width = image.width
        height = image.height
        self.png = png
        self.regions = regions
    }
}
