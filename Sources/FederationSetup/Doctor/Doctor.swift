package import Federation
import Foundation
import Ledger
import MedicalImaging
import ModelTraining
import SQLiteStorage

/// Examines the machine and a party's directory. Everything that stands in the way of a federation is a finding, never
/// an error.
package struct Doctor: Sendable {
    private let directory: String?
    private let now: Instant

    /// - Parameter directory: a coordinator's or a hospital's; nil examines the machine alone.
    package init(directory: String?, at now: Instant) {
        self.directory = directory
        self.now = now
    }

    package func examine() -> [DoctorFinding] {
        let machine = [clock(), libraries()]
        guard let directory else { return machine + [disk(at: ".", roundBytes: nil)] }
        if CoordinatorDirectory.isCoordinator(directory) {
            return machine + coordinator(CoordinatorDirectory(directory))
        }
        if HospitalDirectory.isHospital(directory) { return machine + hospital(HospitalDirectory(directory)) }
        return machine + [
            DoctorFinding(
                "directory", .failure,
                "\(directory) holds neither \(CoordinatorConfiguration.fileName) nor \(HospitalConfiguration.fileName)",
                fix: "name the directory that cordon coordinator init or cordon hospital init made")
        ]
    }

    private func coordinator(_ party: CoordinatorDirectory) -> [DoctorFinding] {
        let configuration = Result { try party.configuration() }
        var findings = [
            DoctorFinding.examine("configuration", fix: "see cordon config reference") {
                let configuration = try configuration.get()
                _ = try configuration.plan
                return DoctorFinding("configuration", .ok, party.configurationPath)
            }
        ]
        guard let configuration = try? configuration.get() else { return findings }
        findings.append(identity(configuration.identityKeyPath) { try party.identity() })
        findings.append(
            DoctorFinding.examine("hospitals", fix: "restore enrolment.json from a backup") {
                let registry = try party.registry()
                let awaited = configuration.hospitals.filter { registry.members[$0] == nil }
                let isFounded = try party.agreementFiles.read() != nil
                guard !awaited.isEmpty, !isFounded else { return DoctorFinding("hospitals", .ok, "all have joined") }
                return DoctorFinding(
                    "hospitals", .warning, "not joined yet: \(awaited.joined(separator: ", "))",
                    fix: "hand each its token: cordon coordinator invite NAME")
            })
        let signed = Result { try party.agreementFiles.read() }
        findings.append(agreement(signed))
        findings.append(
            DoctorFinding.examine("port", fix: "give another listen in \(party.configurationPath)") {
                guard try ConnectionProbe.isFree(configuration.listen) else {
                    return DoctorFinding(
                        "port", .warning, "a program listens on \(configuration.listen) already",
                        fix: "good if it is this coordinator; else give another listen in \(party.configurationPath)")
                }
                return DoctorFinding("port", .ok, "\(configuration.listen) is free to listen on")
            })
        let traffic = (try? signed.get()).map { RoundTraffic($0.agreement) }
        findings.append(disk(at: party.path, roundBytes: traffic.map { $0.sent * $0.members }))
        return findings
    }

    private func hospital(_ party: HospitalDirectory) -> [DoctorFinding] {
        let configuration = Result { try party.configuration() }
        var findings = [
            DoctorFinding.examine("configuration", fix: "see cordon config reference") {
                _ = try configuration.get()
                return DoctorFinding("configuration", .ok, party.configurationPath)
            }
        ]
        guard let configuration = try? configuration.get() else { return findings }
        findings.append(identity(configuration.identityKeyPath) { try party.identity() })
        let signed = Result { try party.agreementFiles.read() }
        findings.append(agreement(signed))
        let site = Result { try party.site() }
        findings.append(
            DoctorFinding.examine("store", fix: "see cordon images report, and data and dataKey in hospital.yaml") {
                let site = try site.get()
                return DoctorFinding(
                    "store", .ok,
                    "classes \(site.classes.joined(separator: ", ")); preprocessing \(site.preprocessing.prefix(16))…")
            })
        if let agreed = try? signed.get(), (try? site.get()) != nil {
            findings.append(
                DoctorFinding.examine("limits", fix: "join with the coordinator's token first") {
                    let objections = try party.review(agreed).objections
                    guard let first = objections.first else {
                        return DoctorFinding("limits", .ok, "the agreement keeps this hospital's limits and pipeline")
                    }
                    let more = objections.count > 1 ? " (and \(objections.count - 1) more)" : ""
                    return DoctorFinding("limits", .failure, first.what + more, fix: first.advice)
                })
        }
        findings.append(coordinatorReach(party))
        let traffic = (try? signed.get()).map { RoundTraffic($0.agreement) }
        findings.append(disk(at: party.path, roundBytes: traffic.map { $0.sent + $0.fetched }))
        return findings
    }

    private func coordinatorReach(_ party: HospitalDirectory) -> DoctorFinding {
        DoctorFinding.examine("coordinator", fix: "ask whether it runs, and whether a firewall is in between") {
            guard let pin = try party.pin() else {
                return DoctorFinding(
                    "coordinator", .warning, "no coordinator is known yet", fix: "cordon hospital join TOKEN")
            }
            let address = try pin.serviceAddress()
            try ConnectionProbe.connect(to: address)
            return DoctorFinding("coordinator", .ok, "\(address) accepts connections")
        }
    }

    private func identity(_ path: String, _ load: () throws -> Identity) -> DoctorFinding {
        DoctorFinding.examine("identity", fix: "chmod 600 \(path), or restore it from a backup") {
            DoctorFinding("identity", .ok, "fingerprint \(Fingerprint(of: try load().publicKey))")
        }
    }

    private func agreement(_ signed: Result<SignedAgreement?, any Error>) -> DoctorFinding {
        DoctorFinding.examine("agreement", fix: "restore agreement.json and agreement.signatures from a backup") {
            guard let signed = try signed.get() else {
                return DoctorFinding(
                    "agreement", .warning, "there is none yet", fix: "it is made once every hospital has joined")
            }
            guard signed.isInForce else {
                return DoctorFinding(
                    "agreement", .warning, "not signed by \(signed.missing.joined(separator: ", "))",
                    fix: "cordon agreement sign, and cordon hospital join again")
            }
            return DoctorFinding("agreement", .ok, "\(signed.digest.hex.prefix(16))… is signed by all")
        }
    }

    private func libraries() -> DoctorFinding {
        DoctorFinding.examine("libraries", fix: "install them anew: Scripts/bootstrap.sh") {
            DoctorFinding(
                "libraries", .ok,
                "libtorch \(libtorchVersion()), DCMTK \(dcmtkVersion()), SQLite \(try sqliteVersion())")
        }
    }

    /// Against the kernel's own word, and against what this party has written before.
    private func clock() -> DoctorFinding {
        let fix = "let the clock follow a time server, for instance by systemd-timesyncd or chrony"
        if let directory, let written = Self.lastWriting(in: directory), written > now + 60_000 {
            return DoctorFinding("clock", .failure, "it stands before the last change of \(directory)", fix: fix)
        }
        switch ClockStatus.isSynchronised {
        case true: return DoctorFinding("clock", .ok, "follows a time server")
        case false: return DoctorFinding("clock", .warning, "the kernel says that no time server is followed", fix: fix)
        case nil: return DoctorFinding("clock", .warning, "the kernel does not say whether it is right", fix: fix)
        }
    }

    private static func lastWriting(in directory: String) -> Instant? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let dates = names.compactMap { name in
            try? FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")[.modificationDate] as? Date
        }
        return dates.max().map { Instant(milliseconds: UInt64(max(0, $0.timeIntervalSince1970 * 1000))) }
    }

    /// - Parameter roundBytes: what one round brings to this disk, where that is known.
    private func disk(at path: String, roundBytes: Int?) -> DoctorFinding {
        DoctorFinding.examine("disk", fix: "give a directory that exists") {
            let free = try Files.freeBytes(at: path)
            let text = "\(free >> 20) MiB are free at \(path)"
            let fix = "free some space, or move the directory to a larger disk"
            let need = roundBytes ?? 0
            if free < need || free < Self.leastBytes {
                return DoctorFinding("disk", .failure, "\(text); a round brings \(need >> 20) MiB", fix: fix)
            }
            guard free >= Self.comfortableBytes, free / 10 >= need else {
                return DoctorFinding("disk", .warning, "\(text); a round brings \(need >> 20) MiB", fix: fix)
            }
            return DoctorFinding("disk", .ok, text)
        }
    }

    private static let leastBytes = 64 << 20
    private static let comfortableBytes = 1 << 30
}

extension RoundTraffic {
    fileprivate init(_ agreement: Agreement) {
        self.init(
            parameters: agreement.encryption, threshold: agreement.threshold, corruptible: agreement.corruptible)
    }
}

/// The message of an error of this package, the system's words for any other.
func message(of error: any Error) -> String {
    switch error {
    case let error as SetupError: error.message
    case let error as StorageError: error.message
    case let error as ImagingError: error.message
    case let error as FederationError: error.message
    case let error as TrainingError: error.message
    default: "\(error)"
    }
}
