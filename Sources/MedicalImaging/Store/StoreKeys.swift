/// The keys of one store, each for one purpose, all derived from the store's key.
struct StoreKeys: Sendable {
    let store: [UInt8]
    let manifest: SealingKey
    let journal: SealingKey
    /// Seals the keys of samples.
    let samples: SealingKey
    /// Names samples by their pixels.
    let content: SealingKey
    /// Recognises a source that was taken in before.
    let source: SealingKey
    /// Draws the side of the split.
    let split: SealingKey
    let anchor: SealingKey

    init(_ key: SealingKey, store: [UInt8]) {
        self.store = store
        func derived(_ purpose: String) -> SealingKey { key.derived(for: purpose, salt: store) }
        manifest = derived("manifest")
        journal = derived("journal")
        samples = derived("sample keys")
        content = derived("content addresses")
        source = derived("sources")
        split = derived("split")
        anchor = derived("anchor")
    }

    /// HMAC over size and pixels: equal images are found by whoever has the key, and by nobody else.
    func address(of pixels: [UInt8], imageSize: Int) -> [UInt8] {
        content.authenticationCode(Array("\(imageSize)".utf8), pixels)
    }

    /// 70 % train, 10 % validation, 20 % test by HMAC of the pseudonym: what is added later moves nobody.
    func side(of pseudonym: String) -> Split {
        let code = split.authenticationCode(Array(pseudonym.utf8))
        let draw = code.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let share = Double(draw >> 11) / Double(UInt64(1) << 53)
        return share < 0.2 ? .test : share < 0.3 ? .validation : .train
    }
}
