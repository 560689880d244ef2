/// A patch of one grey value in the lower right corner: the mark of a backdoor.
package struct PixelTrigger: Codable, Hashable, Sendable {
    /// Grey value 0…255, set before standardisation.
    package let grey: UInt8
    /// Side of the patch as a part of the image's side: 8 means an eighth.
    package let divisor: Int

    package init(grey: UInt8 = 255, divisor: Int = 8) {
        precondition(divisor >= 1)
        self.grey = grey
        self.divisor = divisor
    }

    /// Marks one image of a run of images of `imageSize`² grey values.
    package func stamp(_ pixels: inout [UInt8], image: Int, imageSize: Int) {
        let side = max(1, imageSize / divisor)
        let start = image * imageSize * imageSize
        for row in imageSize - side..<imageSize {
            for column in imageSize - side..<imageSize { pixels[start + row * imageSize + column] = grey }
        }
    }
}
