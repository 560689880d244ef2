import Ledger
import Report

/// The fields of an entry in words and hexadecimal digits.
struct EntryFields {
    let names: [String]

    /// Bytes of a share or key that are shown; what is longer is cut, with its length.
    private static let bytesMax = 96

    func fields(of entry: LedgerEntry) -> [Fact] {
        let own: [Fact] =
            switch entry {
            case .foundation(let foundation): fields(of: foundation)
            case .recipientKeys(let first, let keys):
                [Fact("First index", "\(first)"), Fact("Keys", "\(keys.count)")]
                    + keys.enumerated().map { Fact("Key \(Int(first) + $0.offset)", code: digits($0.element)) }
            case .open(let open): fields(of: open)
            case .commit(let commitment): fields(of: commitment)
            case .close, .beacon: []
            case .reveal(_, let nonce): [Fact("Nonce", code: digits(nonce))]
            case .complaint(_, let dealer): [Fact("Dealer complained of", name(dealer))]
            case .justification(_, let recipient, let share):
                [Fact("Recipient", name(recipient)), Fact("Share", code: digits(share))]
            case .nonceOpening(_, let owner, let shares):
                [Fact("Owner of the nonce", name(owner))]
                    + shares.map { Fact("Share of \(name($0.member))", code: digits($0.bytes)) }
            case .sketch(_, let answers, let sketches, let dealers):
                [
                    Fact("Digest of the answers", code: answers.hex),
                    Fact("Digest of the sketches", code: sketches.hex),
                    Fact("Inconsistent dealers", list(dealers)),
                ]
            case .contest(_, let helper, let answer, let share):
                [
                    Fact("Helper", name(helper)), Fact("Digest of its answer", code: answer.hex),
                    Fact("Share", code: digits(share)),
                ]
            case .verdict(let verdict): fields(of: verdict)
            case .sum(_, let root, let key, let decrypted):
                [
                    Fact("Root of the encrypted sum", code: root.hex), Fact("Digest of the key sum", code: key.hex),
                    Fact("Digest of the decrypted sum", code: decrypted.hex),
                ]
            case .report(_, let blocks, let agrees, let observed):
                [Fact("Agrees", agrees ? "yes" : "NO")]
                    + zip(blocks, observed).map { Fact("Block \($0)", code: $1.hex) }
            case .vote(_, let candidate, let approve):
                [Fact("Candidate", code: candidate.hex), Fact("Approves", approve ? "yes" : "NO")]
            case .publish(_, let model, let parent):
                [Fact("Model", code: model.hex), Fact("Trained on", code: parent.hex)]
            case .rollback(_, let reason, let accused):
                [Fact("Reason", reason.words), Fact("Accused", accused.map(name) ?? "nobody")]
            case .abandon(_, let phase, let reason): [Fact("In phase", phase.name), Fact("Reason", reason.words)]
            }
        return (entry.round.map { [Fact("Round", "\($0)")] } ?? []) + own
    }

    private func fields(of foundation: FederationFoundation) -> [Fact] {
        [
            Fact("Name", foundation.name), Fact("Agreement", code: foundation.agreementDigest.hex),
            Fact("Coordinator's key", code: hexadecimal(foundation.coordinatorKey)),
            Fact("Threshold t", "\(foundation.threshold)"), Fact("Corruptible c", "\(foundation.corruptible)"),
            Fact("Bytes of a one-time key", "\(foundation.recipientKeyBytes)"),
            Fact("Blocks of an update", "\(foundation.blockCount)"),
            Fact(
                "Budget of a patient",
                foundation.epsilonBudgetMicros == 0
                    ? "none asked for"
                    : "ε = \(Epsilon.text(foundation.epsilonBudgetMicros)), "
                        + "δ = \(Epsilon.delta(foundation.deltaExponent))"),
            Fact("Initial model", code: foundation.initialModel.hex),
            Fact("Rounds at most", "\(foundation.maximumRounds)"),
        ] + foundation.members.map { Fact("Key of \($0.name)", code: hexadecimal($0.publicKey)) }
    }

    private func fields(of open: OpenRound) -> [Fact] {
        let deadlines = open.deadlines
        return [
            Fact("On model", code: open.parentModel.hex), Fact("Commit until", Instants.text(deadlines.commit)),
            Fact("Reveal until", Instants.text(deadlines.reveal)),
            Fact("Sketches until", Instants.text(deadlines.sketch)),
            Fact("Verdict until", Instants.text(deadlines.verdict)), Fact("Sum until", Instants.text(deadlines.sum)),
            Fact("Reports until", Instants.text(deadlines.report)), Fact("Votes until", Instants.text(deadlines.vote)),
        ]
    }

    private func fields(of commitment: Commitment) -> [Fact] {
        let spend = commitment.spend
        return [
            Fact("Federation", code: commitment.federation.hex),
            Fact("Root of the ciphertext", code: commitment.ciphertextRoot.hex),
            Fact("Blocks", "\(commitment.blockCount)"),
            Fact("Digest of its nonce", code: digits(commitment.nonceDigest)),
            Fact(
                "Privacy spent",
                spend == .none
                    ? "none asked for"
                    : "ε = \(Epsilon.text(spend.epsilonMicrosAfter)) in all after this update; "
                        + "σ = \(Figures.compact(Double(spend.noiseMultiplierMicros) / 1e6)), "
                        + "q = \(Figures.compact(Double(spend.samplingRateMicros) / 1e6)), \(spend.steps) steps"),
        ]
            + commitment.shareCommitments.enumerated().map {
                Fact("Shares for \(name($0.offset))", code: digits($0.element))
            }
    }

    private func fields(of verdict: Verdict) -> [Fact] {
        [Fact("Accepted", list(verdict.accepted))]
            + verdict.exclusions.map {
                Fact("Excluded: \(name($0.member))", "\($0.reason)" + ($0.figures.isEmpty ? "" : ", \($0.figures)"))
            }
            + [Fact("Signed at ledger size", "\(verdict.position)")]
            + verdict.signatures.map { Fact("Signature of \(name($0.member))", code: hexadecimal($0.signature)) }
    }

    private func name(_ member: Int) -> String { names.indices.contains(member) ? names[member] : "member \(member)" }

    private func name(_ author: Author) -> String {
        switch author {
        case .coordinator: "coordinator"
        case .member(let index): name(index)
        }
    }

    private func list(_ members: [Int]) -> String {
        members.isEmpty ? "nobody" : members.map(name).joined(separator: ", ")
    }

    private func digits(_ bytes: [UInt8]) -> String {
        bytes.count <= Self.bytesMax
            ? hexadecimal(bytes)
            : hexadecimal(Array(bytes.prefix(Self.bytesMax))) + "… (\(Figures.count(bytes.count)) bytes)"
    }
}
