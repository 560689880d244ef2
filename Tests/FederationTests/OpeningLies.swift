import FederationFixtures
import HomomorphicEncryption
import Ledger
import RingArithmetic

@testable import Federation
@testable import MultipartyEncryption
@testable import SecureAggregation

/// False answers to openings 1 and 2, as a lying helper would sign them.
struct OpeningLies {
    let given: TestFederation

    /// Both answers about each of these dealers moved at will; the helper's index makes each liar's lie its own.
    func forged(_ answers: OpeningAnswers, by helper: Int, about dealers: Set<Int>) -> OpeningAnswers {
        var consistency = answers.consistency
        var sketches = answers.sketches
        for dealer in dealers {
            consistency[dealer] = consistency[dealer].map { moved($0, by: UInt64(1 + helper)) }
            sketches[dealer] = sketches[dealer].map { moved($0) { _ in UInt64(1 + helper) } }
        }
        return OpeningAnswers(round: answers.round, consistency: consistency, sketches: sketches)
    }

    /// The sketch answer alone, moved so that with these t helpers the first digit about `dealer` opens as one less.
    func shifted(_ answers: OpeningAnswers, by helper: Int, about dealer: Int, among helpers: [Int]) throws
        -> OpeningAnswers
    {
        let sharing = try given.agreement.sharing
        let parameters = given.agreement.encryption
        var sketches = answers.sketches
        sketches[dealer] = sketches[dealer].map { answer in
            moved(answer) { prime in
                let field = PrimeField(modulus: parameters.moduli[prime])
                let weights = field.lagrangeWeights(at: 0, from: helpers.map(sharing.point))
                let own = weights[helpers.firstIndex(of: helper) ?? 0]
                return field.multiply(parameters.scale % field.modulus, field.inverse(own))
            }
        }
        return OpeningAnswers(round: answers.round, consistency: answers.consistency, sketches: sketches)
    }

    /// The sketch answers alone, moved along the polynomial of least degree that is zero at the spared helpers.
    func conspiring(_ answers: OpeningAnswers, by helper: Int, about dealers: Set<Int>, sparing spared: [Int])
        -> OpeningAnswers
    {
        var sketches = answers.sketches
        for dealer in dealers {
            sketches[dealer] = sketches[dealer].map { answer in
                moved(answer) { prime in
                    let parameters = given.agreement.encryption
                    let field = PrimeField(modulus: parameters.moduli[prime])
                    return spared.reduce(parameters.scale % field.modulus) { product, root in
                        field.multiply(product, field.subtract(UInt64(helper), UInt64(root)))
                    }
                }
            }
        }
        return OpeningAnswers(round: answers.round, consistency: answers.consistency, sketches: sketches)
    }

    private func moved(_ answer: ConsistencyAnswer, by amount: UInt64) -> ConsistencyAnswer {
        ConsistencyAnswer(
            values: answer.values.enumerated().map { index, value in
                let modulus = given.agreement.encryption.moduli[index / SecretSharing.masksPerPrime]
                return (value + amount) % modulus
            })
    }

    private func moved(_ answer: SketchAnswer, by amount: (_ prime: Int) -> UInt64) -> SketchAnswer {
        SketchAnswer(
            rows: answer.rows.enumerated().map { prime, row in
                let modulus = given.agreement.encryption.moduli[prime]
                return [(row[0] + amount(prime)) % modulus] + row.dropFirst()
            })
    }
}
