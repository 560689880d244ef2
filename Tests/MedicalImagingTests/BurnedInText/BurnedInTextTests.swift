import Testing

@testable import MedicalImaging

/// Text is found wherever and however it is burned in; what is none is left alone.
@Suite struct BurnedInTextTests {
    private let detector = BurnedInTextDetector()
    private let width = 320
    private let height = 288

    private func plane(_ ink: [(x: Int, y: Int)], _ grey: UInt8) -> GreyPlane {
        var values = BitmapText.background(width: width, height: height)
        for place in ink { values[place.y * width + place.x] = grey }
        return GreyPlane(width: width, height: height, values: values)
    }

    private func isCovered(_ ink: [(x: Int, y: Int)], by regions: [PixelRectangle]) -> Bool {
        ink.allSatisfy { place in
            regions.contains { $0.x <= place.x && place.x < $0.right && $0.y <= place.y && place.y < $0.bottom }
        }
    }

    @Test(arguments: [1, 2, 3, 5], [UInt8(255), 0])
    func everyLetterIsCovered(scale: Int, grey: UInt8) {
        // Dark text where it is light.
        let ink =
            BitmapText.ink("HANDS 1947", x: grey == 0 ? 100 : 8, y: grey == 0 ? 120 : 10, scale: min(scale, 3))
            + (scale == 5 ? BitmapText.ink("DOT 49", x: 20, y: 200, scale: 5) : [])
        let regions = detector.regions(in: plane(ink, grey))
        #expect(isCovered(ink, by: regions), "\(regions)")
        let painted = regions.reduce(0) { $0 + $1.width * $1.height }
        #expect(painted < width * height / 3)
    }

    @Test func textThatRunsUpwardsIsCovered() {
        let ink = BitmapText.ink("ANNE 1974", x: 8, y: 10, scale: 2).map { (x: $0.y, y: 250 - $0.x) }
        #expect(isCovered(ink, by: detector.regions(in: plane(ink, 255))))
    }

    @Test func severalLinesAreCovered() {
        let ink =
            BitmapText.ink("SHEEN ANNA", x: 6, y: 6, scale: 2) + BitmapText.ink("1977 09 14", x: 6, y: 26, scale: 2)
            + BitmapText.ink("STATION 4", x: 180, y: 260, scale: 2)
        #expect(isCovered(ink, by: detector.regions(in: plane(ink, 255))))
    }

    @Test func anImageWithoutTextAndASingleLetterAreLeftAlone() {
        #expect(detector.regions(in: plane([], 0)).isEmpty)
        #expect(detector.regions(in: plane(BitmapText.ink("H", x: 10, y: 10, scale: 3), 255)).isEmpty)
    }

    @Test func syntheticRadiographsAreLeftAlone() throws {
        let set = try makeSyntheticRadiographs(count: 120, imageSize: 224, seed: 3) { _, _ in }
        let touched = set.samples.indices.filter {
            !detector.regions(in: GreyPlane(width: 224, height: 224, values: Array(set.grey($0)))).isEmpty
        }
        #expect(touched.isEmpty)
    }

    @Test(arguments: [(1, 1), (3, 700), (16, 16), (40, 17)])
    func smallAndThinImagesAreSearchedToo(width: Int, height: Int) {
        let values = (0..<width * height).map { UInt8($0 * 37 % 256) }
        for box in detector.regions(in: GreyPlane(width: width, height: height, values: values)) {
            #expect(box.x >= 0 && box.y >= 0 && box.right <= width && box.bottom <= height)
        }
    }

    @Test func rectanglesThatOverlapBecomeOne() {
        let boxes = [(0, 0, 4, 4), (10, 0, 4, 4), (3, 3, 8, 2), (30, 30, 1, 1)]
            .map { PixelRectangle(x: $0.0, y: $0.1, width: $0.2, height: $0.3) }
        let merged = BurnedInTextDetector.merged(boxes)
        #expect(merged.count == 2 && merged[0] == PixelRectangle(x: 0, y: 0, width: 14, height: 5))
    }
}
