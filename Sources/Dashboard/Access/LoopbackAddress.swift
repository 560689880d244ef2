import Glibc

/// Addresses that only this machine reaches.
enum LoopbackAddress {
    /// Whether binding to `host` lets nobody else in: `localhost`, 127.0.0.0/8 or ::1.
    static func isName(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return withUnsafeBytes(of: four) { $0[0] == 127 } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
        return withUnsafeBytes(of: six) { Array($0) == Array(repeating: 0, count: 15) + [1] }
    }
}
