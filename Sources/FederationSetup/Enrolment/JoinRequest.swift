import Ledger

/// What a hospital hands over to join: its name, the token's secret, and how its images became samples.
package struct JoinRequest: Hashable, Sendable {
    package let hospital: String
    /// The token's 32 bytes.
    package let secret: [UInt8]
    package let site: SitePipeline

    package init(hospital: String, secret: [UInt8], site: SitePipeline) {
        self.hospital = hospital
        self.secret = secret
        self.site = site
    }

    func encode(to writer: inout ByteWriter) {
        writer.append(hospital)
        writer.append(counted: secret)
        writer.append(site.preprocessing)
        writer.append(list: site.classes) { $0.append($1) }
    }

    init(from reader: inout ByteReader) throws(LedgerError) {
        hospital = try reader.readString(limit: 255)
        secret = try reader.readCounted(limit: 64)
        let preprocessing = try reader.readString(limit: 128)
        let classes = try reader.readList(limit: 1000) { reader throws(LedgerError) in
            try reader.readString(limit: 1024)
        }
        site = SitePipeline(preprocessing: preprocessing, classes: classes)
    }
}
