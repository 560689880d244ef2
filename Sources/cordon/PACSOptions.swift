import ArgumentParser
import DICOMweb

/// Which images of a PACS, and with what it lets in.
struct PACSOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Only this modality: CR, DX, CT, MR ….", valueName: "code"))
    var modality: String?

    @Option(help: ArgumentHelp("Only studies of a day or days: 20240131, 20240101-20241231.", valueName: "dates"))
    var studyDate: String?

    @Option(help: ArgumentHelp("Only this body part, as CHEST.", valueName: "name"))
    var bodyPart: String?

    @Option(help: ArgumentHelp("Only studies described so; * stands for anything.", valueName: "pattern"))
    var studyDescription: String?

    @Option(help: ArgumentHelp("Most instances to fetch.", valueName: "number"))
    var limit = Self.mostInstances

    @Option(help: ArgumentHelp("User, with --password-file.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("File with the password in its first line.", valueName: "file"))
    var passwordFile: String?

    @Option(help: ArgumentHelp("File with a bearer token in its first line.", valueName: "file"))
    var tokenFile: String?

    @Option(help: ArgumentHelp("Authorities to trust instead of the system's, PEM.", valueName: "file"))
    var authorities: String?

    @Option(help: ArgumentHelp("This site's certificate, PEM, with --certificate-key.", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("Its private key, PEM.", valueName: "file"))
    var certificateKey: String?

    @Flag(help: "Allow http:// to other machines: everything can be read on the way.")
    var insecureHttp = false

    /// True when any of them is given.
    var areGiven: Bool {
        let texts = [
            modality, studyDate, bodyPart, studyDescription, user, passwordFile, tokenFile, authorities, certificate,
            certificateKey,
        ]
        return insecureHttp || limit != Self.mostInstances || texts.contains { $0 != nil }
    }

    private static let mostInstances = 1_000_000

    /// - Throws: `CommandFailure` or `DICOMwebError` for what cannot be.
    func server(at root: String) throws -> DICOMwebServer {
        guard limit > 0 else { throw CommandFailure(.usage, "--limit \(limit): must be positive") }
        return try DICOMwebServer(
            root: root, credentials: try credentials(), authorityFile: authorities, certificateFile: certificate,
            keyFile: certificateKey, allowsInsecureHTTP: insecureHttp)
    }

    var query: DICOMwebQuery {
        var query = DICOMwebQuery()
        query.modality = modality
        query.studyDate = studyDate
        query.bodyPart = bodyPart
        query.studyDescription = studyDescription
        return query
    }

    private func credentials() throws -> DICOMwebServer.Credentials {
        switch (user, passwordFile, tokenFile) {
        case (nil, nil, nil): return .none
        case (let user?, let file?, nil): return .basic(user: user, passwordFile: file)
        case (nil, nil, let file?): return .bearer(tokenFile: file)
        default: throw CommandFailure(.usage, "give --user with --password-file, or --token-file, or none of them")
        }
    }
}
