/// A host and a port: `coordinator.example.org:8443`, `192.0.2.7:8443` or `[2001:db8::7]:8443`.
package struct ServiceAddress: Hashable, Sendable, CustomStringConvertible {
    /// A name or a number, without brackets.
    package let host: String
    package let port: Int

    /// - Throws: `SetupError` with code `usage` that says what is missing.
    package init(parsing text: String) throws {
        func malformed(_ reason: String) -> SetupError {
            SetupError(.usage, "the address \"\(text)\" \(reason); write host:port, for instance cordon.example:8443")
        }
        guard let colon = text.lastIndex(of: ":") else { throw malformed("has no port") }
        guard let port = Int(text[text.index(after: colon)...]), (1...65535).contains(port) else {
            throw malformed("has no port from 1 to 65535")
        }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw malformed("is a version 6 number without brackets")
        }
        let isSound = host.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || ".-_:%".contains(Character(scalar)))
        }
        guard !host.isEmpty, host.utf8.count <= 253, isSound else { throw malformed("names no host") }
        self.host = host
        self.port = port
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
