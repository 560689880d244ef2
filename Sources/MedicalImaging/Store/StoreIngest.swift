import Foundation
package import RingArithmetic

/// Takes images into a store, one after another. Killed at any moment and run again, it goes on where it was: a sample
/// is sealed and named before the journal says so, and the manifest takes the journal in before the journal goes.
package struct StoreIngest {
    enum JournalRecord: Codable {
        case sample(StoreManifest.Entry)
        case exclusion(StoreManifest.Exclusion)
    }

    let store: SealedStore
    private let preparation: SamplePreparation
    private let slices: Int
    private let lock: StoreLock
    var manifest: StoreManifest
    private var map: PseudonymMap
    /// Sources with nothing left to do: taken in, or left out by the run that this one continues.
    private var done: Set<String>
    private var addresses: Set<String>
    private var sides: [String: Split]
    private var outcome = IngestOutcome()

    /// Locks the store and takes in what an interrupted ingest had done.
    ///
    /// - Parameters:
    ///   - imageSize: Side of the samples; must be the store's if it has any.
    ///   - slices: Samples of each volume, as in the sources.
    ///   - mapPath: File of the pseudonym map, outside the store; made where there is none.
    ///   - mapKey: Key file of the map, another than the store's.
    /// - Throws: `ImagingError`.
    package init(
        into store: SealedStore, imageSize: Int, slices: Int = 1, mapPath: String, mapKey: StoreKeyFile,
        preparation: SamplePreparation = .decoding, using rng: inout some CryptographicGenerator
    ) throws {
        try Self.check(mapPath: mapPath, mapKey: mapKey, store: store)
        self.store = store
        self.preparation = preparation
        self.slices = slices
        lock = try StoreLock(of: store)
        let pipeline = try Preprocessing(
            imageSize: imageSize, slices: slices, deidentification: preparation.deidentification)
        manifest = try store.manifest() ?? StoreManifest(preprocessing: pipeline)
        guard manifest.preprocessing == pipeline else {
            throw ImagingError(
                .pipelineMismatch,
                "\(store.path) was filled by another pipeline (size \(manifest.preprocessing.imageSize), digest "
                    + "\(try manifest.preprocessing.hexadecimalDigest.prefix(16))) than this one (size \(imageSize), "
                    + "digest \(try pipeline.hexadecimalDigest.prefix(16))); make a new store.")
        }
        map = try PseudonymMap(path: mapPath, keyFile: mapKey, expecting: manifest.map, using: &rng)
        done = []
        addresses = []
        sides = [:]
        try resume(using: &rng)
        done.formUnion(manifest.samples.map(\.source))
        addresses = Set(manifest.samples.map(\.address))
        for entry in manifest.samples { sides[entry.patient] = entry.split }
    }

    /// Takes all images in and seals the manifest.
    ///
    /// - Parameter progress: Called with images done and images in all.
    package mutating func run(
        _ sources: SourceImages, using rng: inout some CryptographicGenerator, progress: (Int, Int) -> Void
    ) throws -> IngestOutcome {
        precondition(sources.slices == slices, "the pipeline names another number of slices than the sources have")
        let labels = merge(sources.classNames)
        for note in sources.notes where !manifest.notes.contains(note) { manifest.notes.append(note) }
        if sources.images.contains(where: { $0.split == nil }), !manifest.notes.contains(Self.splitNote) {
            manifest.notes.append(Self.splitNote)
        }
        try store.write(&manifest, using: &rng)
        var journal = try SealedRecordFile(
            path: store.journalPath(manifest.generation), key: store.keys.journal, using: &rng
        ) { _ in }
        // Samples are sealed in the order of the list, whatever is prepared meanwhile.
        var staged: [Staged] = []
        for (index, image) in sources.images.enumerated() {
            while staged.count < preparation.lookahead, index + staged.count < sources.count {
                staged.append(try stage(sources.images[index + staged.count]))
            }
            let record = try take(
                image, staged.removeFirst(), place: index + 1, label: labels[image.label], using: &rng)
            if let record { try journal.append(try canonicalJSON(record), using: &rng) }
            progress(index + 1, sources.count)
        }
        try finish(journal, using: &rng)
        return outcome
    }

    private static let splitNote =
        "The side of the split follows from the patient's pseudonym (70/10/20 by keyed hash), whatever is added later."

    /// An image that was read and, unless there is nothing left to do, begun.
    private struct Staged {
        let source: String
        let pending: SamplePreparation.Pending
    }

    private func stage(_ image: SourceImages.Image) throws -> Staged {
        switch image.content {
        case .pixels(let pixels):
            let content = Array(pixels)
            return Staged(source: source(image, content: content)) { SamplePreparation.Prepared(pixels: content) }
        case .file(let path, let slice):
            let content: [UInt8]
            do {
                content = try readFile(path, missing: .missingImage, what: "Image")
            } catch let error as ImagingError {
                return Staged(source: source(image, content: [])) { throw error }
            }
            let source = source(image, content: content)
            guard !done.contains(source) else {
                // `take` asks for it no more.
                return Staged(source: source) { throw ImagingError(.duplicateImage, "Image is in the store already.") }
            }
            let request = SamplePreparation.Request(
                bytes: content, file: path, size: manifest.preprocessing.imageSize, slice: slice)
            return Staged(source: source, pending: try preparation.begin(request))
        }
    }

    /// One image: what the journal has to remember, nil for one that was taken in before.
    private mutating func take(
        _ image: SourceImages.Image, _ staged: Staged, place: Int, label: Int,
        using rng: inout some CryptographicGenerator
    ) throws -> JournalRecord? {
        let source = staged.source
        guard !done.contains(source) else {
            outcome.alreadyPresent += 1
            return nil
        }
        let prepared: SamplePreparation.Prepared
        do {
            prepared = try staged.pending()
        } catch let error as ImagingError {
            return try exclude(image, source: source, error.code, using: &rng)
        }
        let address = store.keys.address(of: prepared.pixels, imageSize: manifest.preprocessing.imageSize)
        guard !addresses.contains(hexadecimal(address)) else {
            return try exclude(image, source: source, .duplicateImage, using: &rng)
        }
        let patient = prepared.patient ?? image.patient
        let pseudonym = map.pseudonym(of: patient)
        let side = try side(of: pseudonym, given: image.split, place: place)
        try map.remember(patient: patient, source: source, name: image.name, using: &rng)
        let name = hexadecimal(address)
        let sealed = try store.sealedSample(manifest.preprocessing).seal(prepared.pixels, address: address, using: &rng)
        try makeFolder("\(store.samplesPath)/\(name.prefix(2))")
        try writeAtomically(sealed, to: store.samplePath(name), mode: 0o600, isDurable: false)
        let entry = StoreManifest.Entry(
            address: name, source: source, label: label, patient: pseudonym, split: side,
            statistics: SampleStatistics(prepared.pixels, imageSize: manifest.preprocessing.imageSize))
        manifest.samples.append(entry)
        done.insert(source)
        addresses.insert(name)
        sides[pseudonym] = side
        outcome.added += 1
        return .sample(entry)
    }

    private mutating func exclude(
        _ image: SourceImages.Image, source: String, _ reason: ImagingError.Code,
        using rng: inout some CryptographicGenerator
    ) throws -> JournalRecord? {
        outcome.excluded[reason, default: 0] += 1
        guard !done.contains(source) else { return nil }
        try map.remember(source: source, name: image.name, using: &rng)
        let exclusion = StoreManifest.Exclusion(source: source, reason: reason)
        manifest.exclusions.removeAll { $0.source == source }
        manifest.exclusions.append(exclusion)
        return .exclusion(exclusion)
    }

    /// The patient's side: as given, else as it was, else by keyed hash.
    private func side(of pseudonym: String, given: Split?, place: Int) throws -> Split {
        guard let side = sides[pseudonym] else { return given ?? store.keys.side(of: pseudonym) }
        guard let given, given != side else { return side }
        throw ImagingError(
            .patientOnTwoSides,
            "Image \(place) of the list is on the \(given.rawValue) side of the split, and other images of its patient "
                + "are on the \(side.rawValue) side; move all of them to one side and run again.")
    }

    private func source(_ image: SourceImages.Image, content: [UInt8]) -> String {
        hexadecimal(
            store.keys.source.authenticationCode(
                Array(image.name.utf8), Array("\(image.label)".utf8), Array(image.patient.utf8),
                Array((image.split?.rawValue ?? "").utf8), content))
    }

    /// Adds classes that are new, and gives the place of each of `names` among the store's.
    private mutating func merge(_ names: [String]) -> [Int] {
        names.map { name in
            if let position = manifest.classNames.firstIndex(of: name) { return position }
            manifest.classNames.append(name)
            return manifest.classNames.count - 1
        }
    }

    /// Takes in the journal of an interrupted run; samples that did not reach the disk are made again.
    private mutating func resume(using rng: inout some CryptographicGenerator) throws {
        let journals = try store.journals()
        try store.refuseOlder(manifest, than: journals)
        if journals.contains(manifest.generation) {
            let content = try SealedRecordFile.Content(
                path: store.journalPath(manifest.generation), key: store.keys.journal)
            for record in content.records {
                switch try JSONDecoder().decode(JournalRecord.self, from: Data(record)) {
                case .sample(let entry):
                    guard (try? store.read(entry, of: manifest)) != nil else { continue }
                    manifest.samples.append(entry)
                    outcome.resumed += 1
                case .exclusion(let exclusion):
                    manifest.exclusions.removeAll { $0.source == exclusion.source }
                    manifest.exclusions.append(exclusion)
                    done.insert(exclusion.source)
                }
            }
            try sealManifest(using: &rng)
        } else if journals.isEmpty {
            let listed = Set(manifest.samples.map(\.address))
            let surplus = try store.storedAddresses().filter { !listed.contains($0) }.count
            guard surplus == 0 else { throw store.unlisted(surplus) }
        }
        for generation in journals { try store.remove(store.journalPath(generation)) }
    }

    /// Everything is on the disk before the manifest says so, and the manifest before the journal goes.
    private mutating func finish(
        _ journal: SealedRecordFile, using rng: inout some CryptographicGenerator
    ) throws {
        try journal.synchronise()
        let generation = manifest.generation
        try sealManifest(using: &rng)
        let listed = Set(manifest.samples.map(\.address))
        for address in try store.storedAddresses() where !listed.contains(address) {
            try store.remove(store.samplePath(address))
        }
        for folder in try listFolder(store.samplesPath) {
            for name in try listFolder("\(store.samplesPath)/\(folder)") where name.hasSuffix(partialSuffix) {
                try store.remove("\(store.samplesPath)/\(folder)/\(name)")
            }
        }
        try store.remove(store.journalPath(generation))
    }

    private mutating func sealManifest(using rng: inout some CryptographicGenerator) throws {
        try map.synchronise()
        sync()
        manifest.map = map.mark
        try store.write(&manifest, using: &rng)
    }

    private static func check(mapPath: String, mapKey: StoreKeyFile, store: SealedStore) throws {
        func whole(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
        let inside = whole(store.path) + "/"
        for place in [mapPath, mapKey.path, store.keyFile.path] where whole(place).hasPrefix(inside) {
            throw ImagingError(
                .invalidArgument,
                "\(place) lies inside the store: keys and the pseudonym map belong elsewhere, or the seal is worth "
                    + "nothing.")
        }
        guard whole(mapKey.path) != whole(store.keyFile.path) else {
            throw ImagingError(
                .invalidArgument,
                "\(mapKey.path) cannot be the key of the store and of the pseudonym map: whoever trains must not "
                    + "learn who the patients are.")
        }
    }
}
