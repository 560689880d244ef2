/// Where the dashboard listens, and who may come in.
package struct DashboardOptions: Sendable {
    package let host: String
    /// 0 for any free one.
    package let port: Int
    /// A chain in PEM, the leaf first, and its key.
    package let certificatePath: String?
    package let keyPath: String?
    package let passwordPath: String?
    /// Port on this machine for Prometheus; 0 for any free one.
    package let metricsPort: Int?
    /// File that spans of ended rounds are appended to, as OTLP/JSON.
    package let tracePath: String?

    /// - Throws: `DashboardError` `.refused` where strangers could read along or come in.
    package init(
        host: String, port: Int, certificatePath: String? = nil, keyPath: String? = nil, passwordPath: String? = nil,
        metricsPort: Int? = nil, tracePath: String? = nil
    ) throws {
        for (flag, port) in [("--port", port), ("--metrics-port", metricsPort ?? 0)] {
            guard (0...65_535).contains(port) else {
                throw DashboardError(.refused, "\(flag) \(port): a port is a number from 0 (any free one) to 65535")
            }
        }
        guard (certificatePath == nil) == (keyPath == nil) else {
            throw DashboardError(.refused, "--certificate and --key belong together: give both or neither")
        }
        if !LoopbackAddress.isName(host) {
            var missing: [String] = []
            if certificatePath == nil { missing.append("TLS (--certificate and --key)") }
            if passwordPath == nil { missing.append("a login (--password, made by cordon dashboard password)") }
            guard missing.isEmpty else {
                throw DashboardError(
                    .refused,
                    "--address \(host): others than this machine could reach the dashboard there, so it needs "
                        + missing.joined(separator: " and ") + "; or leave --address out and use an SSH tunnel")
            }
        }
        self.host = host
        self.port = port
        self.certificatePath = certificatePath
        self.keyPath = keyPath
        self.passwordPath = passwordPath
        self.metricsPort = metricsPort
        self.tracePath = tracePath
    }

    var isEncrypted: Bool { certificatePath != nil }
    var isLoopback: Bool { LoopbackAddress.isName(host) }
}
