import Foundation

/// What a store holds, in counts and means: nothing that shows an image or names a patient.
package struct StoreReport: Codable, Hashable, Sendable {
    package struct Class: Codable, Hashable, Sendable {
        package let name: String
        package let train: Int
        package let validation: Int
        package let test: Int
        /// Mean over the images of their mean grey value, 0…255.
        package let meanGrey: Double
        /// Mean over the images of their standard deviation.
        package let meanDeviation: Double
        /// Share of images that are more like themselves upside down than mirrored left to right. Frontal radiographs
        /// that stand upright have a small one; an archive that lies on its side has a large one.
        package let sidewaysShare: Double
    }

    package struct Side: Codable, Hashable, Sendable {
        package let split: Split
        package let images: Int
        package let patients: Int
    }

    package struct Exclusion: Codable, Hashable, Sendable {
        package let reason: String
        package let images: Int
        /// Names of the files, where the pseudonym map was opened.
        package let files: [String]?
    }

    package let store: String
    package let generation: UInt64
    package let imageSize: Int
    package let preprocessing: Preprocessing
    package let preprocessingDigest: String
    package let images: Int
    package let patients: Int
    package let classes: [Class]
    package let sides: [Side]
    package let exclusions: [Exclusion]
    package let notes: [String]

    /// Opens the manifest; no sample is decrypted.
    ///
    /// - Parameter map: The pseudonym map and its key, for the names of files that were left out.
    package init(of store: SealedStore, map: (path: String, keyFile: StoreKeyFile)? = nil) throws {
        let manifest = try store.finishedManifest()
        let names = try map.map {
            try PseudonymMap.read(path: $0.path, keyFile: $0.keyFile, expecting: manifest.map).names
        }
        self.store = hexadecimal(store.keys.store)
        generation = manifest.generation
        imageSize = manifest.preprocessing.imageSize
        preprocessing = manifest.preprocessing
        preprocessingDigest = try manifest.preprocessing.hexadecimalDigest
        images = manifest.samples.count
        patients = Set(manifest.samples.map(\.patient)).count
        classes = manifest.classNames.indices.map { label in
            Class(name: manifest.classNames[label], manifest.samples.filter { $0.label == label })
        }
        sides = Split.allCases.map { split in
            let own = manifest.samples.filter { $0.split == split }
            return Side(split: split, images: own.count, patients: Set(own.map(\.patient)).count)
        }
        exclusions = Dictionary(grouping: manifest.exclusions, by: \.reason).map { reason, left in
            Exclusion(
                reason: reason.rawValue, images: left.count,
                files: names.map { names in left.map { names[$0.source] ?? $0.source }.sorted() })
        }.sorted { $0.reason < $1.reason }
        notes = manifest.notes
    }
}

extension StoreReport.Class {
    fileprivate init(name: String, _ entries: [StoreManifest.Entry]) {
        func count(_ split: Split) -> Int { entries.filter { $0.split == split }.count }
        func mean(_ value: (SampleStatistics) -> Double) -> Double {
            entries.isEmpty ? 0 : entries.map { value($0.statistics) }.reduce(0, +) / Double(entries.count)
        }
        self.init(
            name: name, train: count(.train), validation: count(.validation), test: count(.test),
            meanGrey: mean { Double($0.mean) }, meanDeviation: mean { Double($0.deviation) },
            sidewaysShare: mean { $0.upDown > $0.leftRight ? 1 : 0 })
    }
}
