import Federation
import Foundation
import Ledger
import Testing

@testable import FederationSetup

@Suite("An agreement on disk")
struct AgreementFilesTests {
    private func founded() async throws -> TestTown {
        let town = try TestTown()
        _ = try await town.enrolAll(over: DeskLink(town.coordinator))
        return town
    }

    @Test func anyAlteredByteIsRefused() async throws {
        let town = try await founded()
        let files = try town.hospital("north").agreementFiles
        #expect(try files.read()?.isInForce == true)
        for name in [AgreementFiles.agreementName, AgreementFiles.signaturesName] {
            let bytes = try town.folder.bytes("north/\(name)")
            for position in stride(from: 0, to: bytes.count, by: 7) {
                var altered = bytes
                altered[position] ^= 1
                try town.folder.write("north/\(name)", altered)
                // White space between the signatures says nothing; everything else does.
                let read = try? files.read()
                #expect(read == nil || (name == AgreementFiles.signaturesName && read?.isInForce == true))
                if name == AgreementFiles.agreementName { #expect(read == nil, "byte \(position)") }
            }
            try town.folder.write("north/\(name)", bytes)
        }
        #expect(try files.read()?.isInForce == true)
    }

    @Test func anotherFormOfTheSameAgreementIsRefused() async throws {
        let town = try await founded()
        let json = try town.folder.bytes("north/agreement.json")
        for other in [json + [0x0a], [0x20] + json, Array("{}".utf8), []] {
            #expect(throws: FederationError.self) { try SignedAgreement(canonicalJSON: other) }
        }
        let signed = try SignedAgreement(canonicalJSON: json)
        #expect(signed.missing.count == 4 && signed.missing.first == SignedAgreement.coordinatorName)
    }

    /// Numbers that would overflow the ledger's or a deadline's, were they believed.
    @Test func numbersThatNoAgreementHasAreRefused() async throws {
        let town = try await founded()
        let json = String(decoding: try town.folder.bytes("north/agreement.json"), as: UTF8.self)
        for (field, value) in [
            ("delta", "0"), ("delta", "1e-300"), ("epsilonBudget", "-1"), ("epsilonBudget", "1e300"),
            ("noiseMultiplier", "-2"), ("samplingRate", "2"), ("stepsPerRound", "9223372036854775807"),
            ("expectedPatients", "0"), ("patientClipNorm", "0"), ("voteMilliseconds", "18446744073709551615"),
            ("threshold", "9"), ("clipNorm", "-1"), ("rounds", "99999999999"),
        ] {
            let pattern = try Regex("\"\(field)\":[0-9.e+-]+")
            let altered = json.replacing(pattern, with: "\"\(field)\":\(value)")
            #expect(altered != json, "\(field) is not in the agreement")
            #expect(throws: FederationError.self, "\(field) \(value)") {
                try SignedAgreement(canonicalJSON: Array(altered.utf8))
            }
        }
    }

    @Test func aSignatureOfAStrangerIsRefused() async throws {
        let town = try await founded()
        var signed = try SignedAgreement(canonicalJSON: try town.folder.bytes("north/agreement.json"))
        let stranger = try Identity(seed: [UInt8](repeating: 9, count: 32), name: "stranger")
        #expect(throws: SetupError.self) { try signed.add(AgreementSignature(of: signed.digest, by: stranger)) }
        let own = try town.hospital("north").identity()
        let misattributed = AgreementSignature(
            publicKey: own.publicKey, signature: try AgreementSignature(of: signed.digest, by: stranger).signature)
        #expect(throws: SetupError.self) { try signed.add(misattributed) }
        #expect(throws: SetupError.self) { try signed.add(AgreementSignature(of: Digest.sha256([]), by: own)) }
        try signed.add(AgreementSignature(of: signed.digest, by: own))
        #expect(signed.isSigned(by: own.publicKey) && signed.missing.count == 3)
    }

    /// The signed bytes are what the design says, so that another program can check them.
    @Test func theSignatureIsOverDomainAndDigest() throws {
        let identity = try Identity(seed: [UInt8](repeating: 3, count: 32), name: "a")
        let digest = Digest.sha256([1, 2, 3])
        let signature = try AgreementSignature(of: digest, by: identity)
        #expect(
            isValidSignature(
                signature.signature, for: Array("cordon/agreement-signature/v1".utf8) + digest.bytes,
                by: identity.publicKey))
    }
}
