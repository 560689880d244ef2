import Federation
import Synchronization

@testable import FederationSetup

/// The way to a desk in the same process: the desk is opened from its directory for every request, as after a crash.
final class DeskLink: EnrolmentLink {
    /// What becomes of one request.
    enum Fault: CaseIterable {
        /// The hospital dies before the request leaves.
        case deathBefore
        /// The coordinator has answered, and the hospital dies before it hears.
        case deathAfter
        /// The network fails before the request arrives.
        case lossBefore
        /// The answer is lost.
        case lossAfter
    }

    private struct Lost: Error {}

    private let directory: CoordinatorDirectory
    private let fault: (number: Int, kind: Fault)?
    private let sent = Mutex(0)
    private let now: Instant

    init(_ directory: CoordinatorDirectory, fault: (number: Int, kind: Fault)? = nil, now: Instant = TestTown.now) {
        self.directory = directory
        self.fault = fault
        self.now = now
    }

    var count: Int { sent.withLock { $0 } }

    func send(_ request: SignedEnrolmentRequest) async throws -> EnrolmentReply {
        let number = sent.withLock { count in
            count += 1
            return count
        }
        let kind = fault?.number == number ? fault?.kind : nil
        if kind == .deathBefore { throw CancellationError() }
        if kind == .lossBefore { throw Lost() }
        var desk = try EnrolmentDesk(directory: directory)
        let reply = try desk.receive(request, at: now)
        if kind == .deathAfter { throw CancellationError() }
        if kind == .lossAfter { throw Lost() }
        return reply
    }
}
