import Foundation
import Testing

extension EndToEnd {
    @Suite("cordon agreement check")
    struct AgreementCheckTests {
        @Test func anAllowedTripleIsExplained() throws {
            let run = try CordonRun(
                ["agreement", "check", "--hospitals", "10", "--threshold", "6", "--malicious", "1"], in: Scratch())
            #expect(run.status == 0)
            #expect(run.output.contains("must never exceed 4"))
            #expect(run.output.hasSuffix("Allowed.\n"))
        }

        @Test func aRefusedTripleSaysWhyAndWhatIsAllowed() throws {
            let run = try CordonRun(
                ["agreement", "check", "--hospitals", "10", "--threshold", "6", "--malicious", "3"], in: Scratch())
            #expect(run.status == 1)
            #expect(run.output.contains("allows t = 7 to 7"))
        }

        @Test func theAnswerIsAlsoJSON() throws {
            struct Answer: Decodable {
                struct Promises: Decodable { let threshold: Int }
                let allowed: Bool
                let promises: Promises?
            }
            let run = try CordonRun(["agreement", "check", "--hospitals", "5", "--json"], in: Scratch())
            let answer = try JSONDecoder().decode(Answer.self, from: run.standardOutput)
            #expect(answer.allowed && answer.promises?.threshold == 4)
        }
    }
}
