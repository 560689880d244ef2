import Ledger
import Testing

@Suite struct WitnessNetworkTests {
    /// 1,200 seeds, n = 5, c = 1: no schedule of partitions, losses and crashes makes two histories acceptable. The
    /// same schedules do fork once a quorum of (n + c) / 2 is taken for enough, so the rule is what holds it.
    @Test func noForkIsAcceptedUnderPartitionsAndCrashes() throws {
        let fork = try WitnessNetwork.Fork()
        let (quorum, liars) = (fork.common.t, fork.common.foundation.corruptible)
        var (forked, forkedBelow, crashes, convicted, refusals) = (0, 0, 0, 0, 0)
        for seed in 0..<1_200 {
            var network = WitnessNetwork(fork, seed: UInt64(seed), liars: liars)
            try network.run(steps: 60, honest: false)
            forked += network.isForked(quorum: quorum) ? 1 : 0
            forkedBelow += network.isForked(quorum: quorum - 1) ? 1 : 0
            crashes += network.crashes
            refusals += network.refusals
            convicted += network.hasEvidence ? 1 : 0
        }
        #expect(forked == 0, "two histories were accepted")
        #expect(forkedBelow > 0, "no schedule was hostile enough to show that the quorum matters")
        #expect(crashes > 1_000 && refusals > 1_000 && convicted > 1_000, "\(crashes) \(refusals) \(convicted)")
    }

    /// With one liar too many the same network forks: the promise ends where it says.
    @Test func moreLiarsThanPromisedCanFork() throws {
        let fork = try WitnessNetwork.Fork()
        var forked = 0
        for seed in 0..<200 {
            var network = WitnessNetwork(fork, seed: UInt64(seed), liars: fork.common.foundation.corruptible + 2)
            try network.run(steps: 60, honest: false)
            forked += network.isForked(quorum: fork.common.t) ? 1 : 0
        }
        #expect(forked > 0)
    }

    /// An honest sequencer gets its quorum through the same losses and crashes. Of 100 seeds all do: a witness misses
    /// the last checkpoint in 300 steps with probability below 1e-4.
    @Test func honestSequencerGetsItsQuorum() throws {
        let fork = try WitnessNetwork.Fork()
        for seed in 0..<100 {
            var network = WitnessNetwork(fork, seed: UInt64(seed), liars: 0)
            try network.run(steps: 300, honest: true)
            #expect((network.cosigned[0].last?.count ?? 0) >= fork.common.t, "seed \(seed)")
            #expect(!network.hasEvidence)
        }
    }
}
