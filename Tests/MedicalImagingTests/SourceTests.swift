import Foundation
import Testing

@testable import MedicalImaging

@Suite struct SourceTests {
    @Test func resolvesInOrder() {
        let environment = ["CORDON_DATA": "/data"]
        #expect(ImageSource.resolve(data: "x.csv", environment: environment) == .path("x.csv"))
        #expect(ImageSource.resolve(data: nil, environment: environment) == .path("/data"))
        #expect(ImageSource.resolve(data: nil, environment: [:]) == .pneumoniaMNIST)
        #expect(ImageSource.resolve(data: "synthetic:90", environment: [:]) == .synthetic(count: 90))
    }

    /// A cache that cannot be made stands for every failed download: no network is touched.
    @Test func failedDownloadFallsBackToSyntheticImagesAndSaysSo() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("occupied", "a file where the cache folder should be")
        let set = try loadImages(
            from: .pneumoniaMNIST, imageSize: 16, seed: 1, environment: ["XDG_CACHE_HOME": file]
        ) { _, _ in }
        #expect(set.isSynthetic && set.notes.contains { $0.contains("PneumoniaMNIST could not be had") })
    }

    @Test func refusedConnectionIsAReason() throws {
        let folder = try TemporaryFolder()
        let error = #expect(throws: ImagingError.self) {
            _ = try PneumoniaMNIST.fetch(
                environment: ["XDG_CACHE_HOME": folder.path, "PATH": "/usr/local/bin:/usr/bin:/bin"],
                address: "http://127.0.0.1:9/nothing")
        }
        #expect(error?.code == .download)
    }

    @Test func wrongContentInTheCacheIsNotTaken() throws {
        let folder = try TemporaryFolder()
        try folder.write("cordon/pneumoniamnist.npz", "not the file")
        let error = #expect(throws: ImagingError.self) {
            _ = try PneumoniaMNIST.fetch(environment: ["XDG_CACHE_HOME": folder.path, "PATH": folder.path])
        }
        #expect(error?.message.contains("curl") == true)
    }

    @Test func syntheticImagesRepeatAndGroupPatients() throws {
        let set = try makeSyntheticRadiographs(count: 120, imageSize: 24, seed: 3)
        #expect(set.isSynthetic && set.samples.count == 120 && set.classNames.count == 2)
        #expect(try makeSyntheticRadiographs(count: 120, imageSize: 24, seed: 3).digest == set.digest)
        #expect(try makeSyntheticRadiographs(count: 120, imageSize: 24, seed: 4).digest != set.digest)
        #expect(set.patientCount(Array(0..<120)) < 120)
        #expect(Set(Split.allCases.map { set.indices(of: $0).isEmpty }) == [false])
    }

    @Test func imageSizeIsChecked() {
        let error = #expect(throws: ImagingError.self) {
            _ = try loadImages(from: .synthetic(count: 50), imageSize: 8, seed: 1) { _, _ in }
        }
        #expect(error?.code == .invalidArgument)
    }

    @Test func standardisationHasMeanZeroAndTheAgreedOffset() {
        let grey: [UInt8] = [0, 0, 100, 100]
        let far = Float(50.0 / 58.0)
        for (value, wanted) in zip(Normalisation.standard.apply(grey), [-far, -far, far, far]) {
            #expect(abs(value - wanted) < 1e-6)
        }
        #expect(Normalisation.standard.apply([UInt8](repeating: 77, count: 9)) == [Float](repeating: 0, count: 9))
    }

    @Test func realChestRadiographsLoad() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("shared/datasets/medmnist/pneumoniamnist.npz").path
        guard FileManager.default.fileExists(atPath: path) else {
            print("SKIPPED: realChestRadiographsLoad, for there is no ../shared/datasets/medmnist.")
            return
        }
        let set = try loadImages(from: .path(path), imageSize: 28, seed: 1) { _, _ in }
        #expect(set.samples.count == 5856 && set.classNames == ["normal", "pneumonia"])
        #expect(set.indices(of: .train).count == 4708 && set.indices(of: .test).count == 624)
        #expect(set.samples.filter { $0.label == 1 }.count == 4273)
    }
}
