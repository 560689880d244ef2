/// The parameters of the encryption.
struct EncryptionSection {
    let summary: RunSummary

    var html: HTML {
        let encryption = summary.encryption
        let federation = summary.federation
        let bits = encryption.modulusBits.map(String.init).joined(separator: " + ")
        return ReportElements.section(
            "encryption", "Encryption",
            """
            <p>Only sums were opened, by \(federation.threshold) of \(federation.hospitals) hospitals; what is \
            promised holds while at most \(federation.corruptible) of them \
            \(federation.corruptible == 1 ? "is" : "are") malicious, together with the coordinator.</p>
            \(ReportElements.facts([
                ("Parameter set", "\(encryption.name)"),
                ("Ring", "ℤ<sub>Q</sub>[X]/(X<sup>\(encryption.ringDegree)</sup> + 1)"),
                ("Primes of Q", "\(bits) bits"),
                ("Security, quantum", "about \(Figures.compact(encryption.quantumSecurityBits, digits: 3)) bits"),
                ("Security, classical", "about \(Figures.compact(encryption.classicalSecurityBits, digits: 3)) bits"),
                ("Packing", "\(Figures.plural(encryption.fields, "parameter")) in a coefficient"),
                ("Blocks of an update", "\(Figures.count(encryption.blocks))"),
                ("Norm bound", "\(Figures.compact(encryption.normBound, digits: 6))"),
                ("Ciphertext", "\(Figures.bytes(encryption.ciphertextBytesPerHospitalRound)) a hospital and round"),
                ("Key shares", "\(Figures.bytes(encryption.shareBytesPerHospitalRound)) a hospital and round"),
            ]))
            """)
    }
}
