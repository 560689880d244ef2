/// Words of a generator, fetched in blocks: what is drawn from them runs through a concrete type, not through a call
/// into another module for each word. Words left over at the end are never used.
struct BufferedWords: RandomNumberGenerator {
    private var words = [UInt64](repeating: 0, count: 512)
    private var position = 512
    private let refill: (inout [UInt64]) -> Void

    private init(refill: @escaping (inout [UInt64]) -> Void) { self.refill = refill }

    static func fetched<Result>(
        from generator: inout some RandomNumberGenerator, _ body: (inout BufferedWords) -> Result
    ) -> Result {
        withoutActuallyEscaping({ (words: inout [UInt64]) in
            for index in words.indices { words[index] = generator.next() }
        }) { refill in
            var words = BufferedWords(refill: refill)
            return body(&words)
        }
    }

    mutating func next() -> UInt64 {
        if position == words.count {
            refill(&words)
            position = 0
        }
        position += 1
        return words[position - 1]
    }
}
