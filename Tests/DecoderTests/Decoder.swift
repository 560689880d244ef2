/// One way in for bytes from outside: how to read them, and sound inputs to begin from.
struct Decoder: Sendable {
    let name: String
    let inputs: [[UInt8]]
    let decode: @Sendable ([UInt8]) throws -> Void

    init(_ name: String, _ inputs: [[UInt8]], _ decode: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.inputs = inputs
        self.decode = decode
    }
}
