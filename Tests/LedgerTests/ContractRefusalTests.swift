import Ledger
import Testing

@Suite struct ContractRefusalTests {
    @Test(arguments: RefusalCase.all)
    func eachRuleRefusesWithItsCode(_ refusal: RefusalCase) throws {
        var federation = try refusal.prepare()
        let before = (federation.contract.stateDigest, federation.log.records.count)
        let error = #expect(throws: Refusal.self) { try refusal.attempt(&federation) }
        #expect(error?.code == refusal.code, "\(error?.message ?? "")")
        // Entries that a case needs first may stand; the refused one left no trace (`refuse` checks that for those).
        if federation.log.records.count == before.1 { #expect(federation.contract.stateDigest == before.0) }
    }

    @Test func noRuleIsWithoutATest() {
        #expect(Set(RefusalCase.all.map(\.code)) == Set(RefusalCode.allCases))
    }

    @Test func parametersOfTheDefaultFederationsAreAccepted() throws {
        for n in 3...12 { _ = try TestFederation(members: n) }
    }
}
