import Foundation
import Testing

@testable import ImageWorkers

@Suite struct MessageChannelTests {
    private let ends: (MessageChannel, MessageChannel)

    init() {
        var pair: [Int32] = [-1, -1]
        precondition(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        ends = (MessageChannel(descriptor: pair[0]), MessageChannel(descriptor: pair[1]))
    }

    private func failure(_ body: () throws -> Void) -> MessageChannel.Failure? {
        do {
            try body()
            return nil
        } catch {
            return error as? MessageChannel.Failure
        }
    }

    @Test func whatIsSentArrives() throws {
        try ends.0.send(["a": 1], [1, 2, 3])
        try ends.0.send(["b": 2])
        let first = try ends.1.receive([String: Int].self)
        #expect(first.header == ["a": 1] && first.body == [1, 2, 3])
        #expect(try ends.1.receive([String: Int].self).body.isEmpty)
    }

    @Test func silenceAnEndAndNonsenseAreTold() throws {
        let soon = ContinuousClock.now + .milliseconds(20)
        #expect(failure { _ = try ends.1.receive(Int.self, by: soon) } == .timedOut)
        let nonsense = [UInt8](repeating: 65, count: 16)
        _ = nonsense.withUnsafeBytes { send(ends.0.descriptor, $0.baseAddress, 16, 0) }
        #expect(failure { _ = try ends.1.receive(Int.self) } == .malformed)
        try ends.0.send(["a": 1])
        #expect(failure { _ = try ends.1.receive(Int.self) } == .malformed)
        // A header of 4 GiB is refused before there is room for it.
        let huge = Array("CRDW".utf8) + [UInt8](repeating: 255, count: 12)
        _ = huge.withUnsafeBytes { send(ends.0.descriptor, $0.baseAddress, 16, 0) }
        #expect(failure { _ = try ends.1.receive(Int.self) } == .malformed)
        close(ends.0.descriptor)
        #expect(failure { _ = try ends.1.receive(Int.self) } == .ended)
        #expect(failure { try ends.1.send(1) } == .ended)
    }
}
