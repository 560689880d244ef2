import Foundation

/// Messages over a socket: a JSON header and bytes behind it.
///
/// Layout: `CRDW`, length of the header (4 bytes), length of the bytes (8), both little endian, then the two.
struct MessageChannel: Sendable {
    enum Failure: Error, Hashable {
        /// The other side is gone.
        case ended
        case timedOut
        case malformed
    }

    let descriptor: Int32

    private static let magic = Array("CRDW".utf8)
    private static let headerLimit = 64 << 20
    private static let bodyLimit = 4 << 30

    func send(_ header: some Encodable, _ body: [UInt8] = []) throws {
        let text = Array(try JSONEncoder().encode(header))
        let lengths =
            withUnsafeBytes(of: UInt32(text.count).littleEndian, Array.init)
            + withUnsafeBytes(of: UInt64(body.count).littleEndian, Array.init)
        try send(Self.magic + lengths + text)
        try send(body)
    }

    /// - Parameter deadline: Nil waits for ever.
    /// - Throws: `Failure`, also for a message of another kind than `Header`.
    func receive<Header: Decodable>(
        _ type: Header.Type, by deadline: ContinuousClock.Instant? = nil
    ) throws -> (header: Header, body: [UInt8]) {
        let head = try receive(16, deadline)
        func number(_ range: Range<Int>) -> UInt64 { head[range].reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        guard head.starts(with: Self.magic), number(4..<8) <= Self.headerLimit, number(8..<16) <= Self.bodyLimit else {
            throw Failure.malformed
        }
        let text = try receive(Int(number(4..<8)), deadline)
        let body = try receive(Int(number(8..<16)), deadline)
        guard let header = try? JSONDecoder().decode(Header.self, from: Data(text)) else { throw Failure.malformed }
        return (header, body)
    }

    private func send(_ bytes: [UInt8]) throws {
        var done = 0
        while done < bytes.count {
            // A side that is gone is an error, never a signal.
            let sent = bytes.withUnsafeBytes { memory in
                Foundation.send(
                    descriptor, memory.baseAddress.map { $0 + done }, bytes.count - done, Int32(MSG_NOSIGNAL))
            }
            if sent >= 0 { done += sent } else if errno != EINTR { throw Failure.ended }
        }
    }

    private func receive(_ count: Int, _ deadline: ContinuousClock.Instant?) throws -> [UInt8] {
        var failure: Failure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { target, done in
            while done < count, failure == nil {
                failure = Self.waits(for: descriptor, until: deadline)
                guard failure == nil else { break }
                let received = recv(descriptor, target.baseAddress.map { $0 + done }, count - done, 0)
                if received > 0 {
                    done += received
                } else if received == 0 || errno != EINTR {
                    failure = .ended
                }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private static func waits(for descriptor: Int32, until deadline: ContinuousClock.Instant?) -> Failure? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            var milliseconds: Int32 = -1
            if let deadline {
                let left = deadline - .now
                guard left > .zero else { return .timedOut }
                let (seconds, attoseconds) = left.components
                milliseconds = Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
            }
            let ready = poll(&entry, 1, milliseconds)
            if ready > 0 { return nil }
            if ready < 0 && errno != EINTR { return .ended }
        }
    }
}
