import Federation
import Foundation
import HomomorphicEncryption

/// A draft for people: every number with a sentence about it.
struct AgreementDraftText {
    private let draft: AgreementDraft
    private var plan: EncryptionParameters { draft.encryption }

    init(_ draft: AgreementDraft) {
        self.draft = draft
    }

    var text: String {
        let parts = [
            ["\(plan.members) hospitals, \(Self.grouped(plan.dimension)) parameters: encryption \(plan.name)"],
            ["", "ENCRYPTION"] + ring + packing + noise,
            ["", "PROMISES: n = \(plan.members), t = \(draft.promises.threshold), c = \(draft.promises.corruptible)"],
            promises, ["", "BYTES A HOSPITAL SENDS IN A ROUND"], sent, ["", "BYTES A HOSPITAL FETCHES IN A ROUND"],
            fetched, ["", "A plan that fits."],
        ]
        return parts.joined().joined(separator: "\n") + "\n"
    }

    private var ring: [String] {
        let allowed = HomomorphicEncryptionStandard.largestModulusBits(
            ringDegree: plan.ringDegree, level: plan.securityLevel)
        let bits = plan.moduli.count * 47
        let standard = allowed.map { "; the HomomorphicEncryption.org standard allows \($0) there" } ?? ""
        return [
            row(
                "ring degree N", "\(plan.ringDegree)",
                "Coefficients of one polynomial, one block of an update; 16384 would hold no more with three primes."),
            row(
                "modulus Q", "\(plan.moduli.count) primes, \(bits) bits",
                "A larger modulus holds more, a smaller one is harder to break\(standard)."),
            row(
                "security", "\(plan.securityBits.quantum) bits quantum, \(plan.securityBits.classical) classical",
                "The cheaper of two lattice attacks on one hospital's secret, the opened coordinates given away; level "
                    + "\(plan.securityLevel.rawValue) asks for 128."),
        ]
    }

    private var packing: [String] {
        [
            row("fields F", "\(plan.fields)", "Integers packed into one coefficient."),
            row(
                "field width W", Self.grouped(plan.fieldWidth),
                "Values a field can take: a sum of all hospitals' integers stays within half of it."),
            row(
                "norm bound B", Self.grouped(plan.normBound),
                "The longest update in integers; the clipping norm is scaled to it."),
            row(
                "rounding", String(format: "%.5f %% of the norm", 100 * plan.relativeRounding),
                "What rounding to integers costs an update at the clipping norm; tolerated are "
                    + String(format: "%g %%.", 100 * plan.roundingTolerance.relative)),
            row("blocks", "\(plan.blocks)", "Polynomials an update; each is checked by c + 1 hospitals after the sum."),
            row(
                "ciphertext", "\(Self.grouped(plan.ciphertextBytes)) bytes",
                String(format: "An update as it is stored and summed: %.2f bits a parameter.", plan.bitsPerParameter)),
        ]
    }

    private var noise: [String] {
        [
            row(
                "scale Δ", Self.grouped(plan.scale),
                "Room for noise below the integers: half of it is ten and a half standard deviations of a sketch row."),
            row(
                "sketch k · F", "\(plan.sketchCoordinates) · \(plan.fields)",
                String(
                    format: "Numbers of every update that are opened to find poisoning: %.2f %% of what it holds.",
                    100 * plan.revealedShare)),
            row(
                "failure", String(format: "2^%.1f a round", plan.failure.roundLog2),
                String(
                    format: "Bound on an honest round being decoded wrongly or refused; 2^%.1f for one hospital's "
                        + "sketch. Rules against poisoning exclude an honest update about twice in 10^8 rounds.",
                    plan.failure.hospitalLog2)),
        ]
    }

    private var promises: [String] { draft.promises.sentences.map { "  " + $0 } }

    private var sent: [String] {
        let traffic = draft.traffic
        return [
            row("update", Self.grouped(traffic.upload), "The ciphertext, and the names of its chunks."),
            row("commitment", Self.grouped(traffic.commitment), "What binds it to ciphertext, shares and budget."),
            row(
                "key shares", Self.grouped(traffic.sealedShares),
                "One for each of the n hospitals, sealed to a key that is used once."),
            row("sketch answers", Self.grouped(traffic.sketchOpening), "Its part in opening every hospital's sketch."),
            row("sum answer", Self.grouped(traffic.sumOpening), "Its part in opening the sum."),
            row("report", Self.grouped(traffic.blockReport), "What it found in the blocks it checked."),
            row("together", Self.grouped(traffic.sent), "Acknowledgements and repeated messages come on top."),
        ]
    }

    private var fetched: [String] {
        let traffic = draft.traffic
        return [
            row("commitments", Self.grouped(traffic.commitmentsFetched), "Everybody's, from the ledger."),
            row("key shares", Self.grouped(traffic.sharesFetched), "Dealt to it by everybody."),
            row("openings", Self.grouped(traffic.openingsFetched), "All answers to the sketches, signed."),
            row("sum", Self.grouped(traffic.sumFetched), "The encrypted sum and t answers that open it."),
            row(
                "blocks to check", Self.grouped(traffic.blockCheckFetched),
                "Its share of everybody's blocks, added again: (c + 1)/n of all ciphertexts."),
            row("together", Self.grouped(traffic.fetched), "The new model is not fetched: it follows from the sum."),
        ]
    }

    private func row(_ name: String, _ value: String, _ sentence: String) -> String {
        "  \(name.padding(toLength: 18, withPad: " ", startingAt: 0))\(value)\n      \(sentence)"
    }

    /// Digits in threes.
    private static func grouped(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number))
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digits[index])
        }
    }
}
