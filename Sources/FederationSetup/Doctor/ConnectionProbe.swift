import Foundation

/// Tries an address out: whether something listens there, or whether this machine can. Nothing is sent.
enum ConnectionProbe {
    static let patienceSeconds = 5

    /// - Throws: `SetupError` with code `unreachable` and the system's reason.
    static func connect(to address: ServiceAddress) throws {
        var reason = "it has no address"
        for candidate in try resolve(address, isPassive: false) {
            do {
                return try connect(to: candidate)
            } catch {
                reason = error.reason
            }
        }
        throw SetupError(.unreachable, "\(address) cannot be reached: \(reason)")
    }

    /// Binds and lets go again.
    ///
    /// - Returns: whether the address is free; false when a program listens there already.
    /// - Throws: `SetupError` with code `unreachable` and the system's reason.
    static func isFree(_ address: ServiceAddress) throws -> Bool {
        for candidate in try resolve(address, isPassive: true) {
            let descriptor = socket(candidate.family, Int32(SOCK_STREAM.rawValue), 0)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            var yes: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            let result = candidate.withAddress { Foundation.bind(descriptor, $0, $1) }
            if result == 0 { return true }
            guard errno != EADDRINUSE else { return false }
            throw SetupError(.unreachable, "\(address) cannot be listened on: \(text(errno))")
        }
        throw SetupError(.unreachable, "\(address) is no address of this machine")
    }

    private struct Candidate {
        let family: Int32
        let bytes: [UInt8]

        func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
            bytes.withUnsafeBytes { raw in
                guard let start = raw.baseAddress else { return -1 }
                return body(start.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count))
            }
        }
    }

    private struct Refusal: Error {
        let reason: String
    }

    private static func resolve(_ address: ServiceAddress, isPassive: Bool) throws -> [Candidate] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = isPassive ? AI_PASSIVE : 0
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(address.host, "\(address.port)", &hints, &list)
        guard status == 0 else {
            throw SetupError(
                .unreachable, "\(address.host) cannot be resolved: \(String(cString: gai_strerror(status)))")
        }
        defer { freeaddrinfo(list) }
        var candidates: [Candidate] = []
        var next = list
        while let entry = next?.pointee {
            if let start = entry.ai_addr {
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(entry.ai_addrlen))
                candidates.append(Candidate(family: entry.ai_family, bytes: Array(bytes)))
            }
            next = entry.ai_next
        }
        return candidates
    }

    private static func connect(to candidate: Candidate) throws(Refusal) {
        let descriptor = socket(
            candidate.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw Refusal(reason: text(errno)) }
        defer { close(descriptor) }
        if candidate.withAddress({ Foundation.connect(descriptor, $0, $1) }) == 0 { return }
        guard errno == EINPROGRESS else { throw Refusal(reason: text(errno)) }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&waiting, 1, Int32(patienceSeconds * 1000)) > 0 else {
            throw Refusal(reason: "nothing answered within \(patienceSeconds) s")
        }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        guard code == 0 else { throw Refusal(reason: text(code)) }
    }

    private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
