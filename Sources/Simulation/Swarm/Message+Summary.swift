import Federation
import Ledger

extension Message {
    /// The message in a few words, for people; nothing secret in it.
    var summary: String {
        switch self {
        case .acknowledged(let digests): "\(digests.count) acknowledgements"
        case .have(let records): "that it has \(records) records"
        case .cosigned(let size, _): "its cosignature of the first \(size) records"
        case .submit(let entry, _): "a ledger entry: \(entry.summary)"
        case .upload(let round, let names): "the names of \(names.count) chunks of its ciphertext of round \(round)"
        case .sealedShare(let round, let share): "a sealed share for hospital-\(share.recipient) in round \(round)"
        case .answers(let answers): "its answers about \(answers.sketches.count) sketches of round \(answers.round)"
        case .nonceShares(let round, let shares): "nonce parts of \(shares.count) hospitals in round \(round)"
        case .verdictSignature(let round, _): "its signature under the verdict of round \(round)"
        case .keyShareSum(let round, let accepted, _): "its key share for the sum of \(accepted) in round \(round)"
        case .modelRequest: "that it missed a model"
        case .records(let records): "records \(records.first?.index ?? 0) to \(records.last?.index ?? 0)"
        case .relayed: "another's sealed share"
        case .openings(let round, _, _, let answers): "the openings of round \(round), \(answers.count) answers"
        case .openedSum(let round, let blocks, _): "the sum of round \(round) in \(blocks.count) blocks"
        case .chunks(let round, let ciphertexts):
            "the chunks' names of \(ciphertexts.count) ciphertexts of round \(round)"
        case .model(let names): "the names of \(names.count) chunks of a model"
        }
    }
}

extension LedgerEntry {
    /// The entry in a few words.
    var summary: String {
        switch self {
        case .foundation: "foundation"
        case .recipientKeys(_, let keys): "\(keys.count) one-time keys"
        case .open(let opening): "open round \(opening.round)"
        case .commit(let commitment): "commit to round \(commitment.round)"
        case .close(let round): "close round \(round)"
        case .reveal(let round, _): "reveal in round \(round)"
        case .complaint(let round, let dealer): "complaint of hospital-\(dealer) in round \(round)"
        case .justification(let round, let recipient, _): "justification to hospital-\(recipient) in round \(round)"
        case .nonceOpening(let round, let owner, _): "opening of hospital-\(owner)'s nonce in round \(round)"
        case .beacon(let round): "beacon of round \(round)"
        case .sketch(let round, _, _, _): "sketches of round \(round)"
        case .contest(let round, let helper, _, _): "contest of hospital-\(helper)'s answer in round \(round)"
        case .verdict(let verdict): "verdict of round \(verdict.round): \(verdict.accepted) accepted"
        case .sum(let round, _, _, _): "sum of round \(round)"
        case .report(let round, let blocks, let agrees, _):
            "\(agrees ? "agrees" : "differs") on \(blocks), round \(round)"
        case .vote(let round, _, let approve): "\(approve ? "approves" : "refuses") round \(round)"
        case .publish(let round, _, _): "publish round \(round)"
        case .rollback(let round, let reason, let accused):
            "roll back round \(round): \(reason)" + (accused.map { ", the \($0) is accused" } ?? "")
        case .abandon(let round, let phase, let reason): "abandon round \(round) in \(phase): \(reason)"
        }
    }
}
