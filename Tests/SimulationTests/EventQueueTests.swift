import RingArithmetic
import Testing

@testable import Simulation

/// The order of simulated events, and what the simulated network does with messages.
@Suite struct EventQueueTests {
    @Test func eventsComeInTheOrderOfTheirTimes() {
        var rng = KeyedStream.simulation(seed: 1, purpose: "event queue test")
        let times = (0..<500).map { _ in UInt64.random(in: 0..<40, using: &rng) }
        var queue = EventQueue<Int>()
        for (index, time) in times.enumerated() { queue.add(index, at: time) }
        var taken: [(time: UInt64, event: Int)] = []
        while let next = queue.next() { taken.append(next) }
        // Equal times keep the order in which they were added: exactly the stable sort.
        let expected = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
        #expect(taken.map(\.event) == expected)
        #expect(taken.map(\.time) == expected.map { times[$0] })
        #expect(queue.isEmpty)
    }

    @Test func eventsAddedWhileTakingKeepTheirPlace() {
        var queue = EventQueue<String>()
        queue.add("late", at: 10)
        queue.add("first", at: 1)
        #expect(queue.next()?.event == "first")
        queue.add("middle", at: 5)
        queue.add("also late", at: 10)
        #expect(queue.next()?.event == "middle")
        #expect(queue.next()?.event == "late")
        #expect(queue.next()?.event == "also late")
        #expect(queue.next() == nil)
    }

    @Test func faultlessNetworkDeliversEveryMessageOnceInOrder() {
        var mailbag = Mailbag(faults: .none, rng: .simulation(seed: 1, purpose: "mailbag test"))
        for index in 0..<100 {
            let deliveries = mailbag.post([UInt8(index)])
            #expect(deliveries.map(\.bytes) == [[UInt8(index)]])
            #expect(deliveries.map(\.delayMilliseconds) == [5])
        }
        #expect(mailbag.messagesSent == 100 && mailbag.bytesSent == 100 && mailbag.messagesLost == 0)
    }

    /// Bounds of five standard deviations: a check fails by chance with probability below 1e-6; the seed is fixed.
    @Test func faultsComeAsOftenAsAsked() {
        let faults = NetworkFaults(
            lossProbability: 0.1, duplicationProbability: 0.2, reorderingProbability: 0.3, delayMilliseconds: 30)
        var mailbag = Mailbag(faults: faults, rng: .simulation(seed: 2, purpose: "mailbag test"))
        let count = 20_000
        var copies = 0
        var overtaken = 0
        var delays = 0.0
        for _ in 0..<count {
            for delivery in mailbag.post([1, 2, 3]) {
                copies += 1
                delays += Double(delivery.delayMilliseconds)
                if delivery.delayMilliseconds > 65 { overtaken += 1 }
            }
        }
        let posted = Double(count) * 1.2
        #expect(abs(Double(mailbag.messagesLost) - 0.1 * posted) < 5 * (0.09 * posted).squareRoot())
        #expect(abs(Double(copies) - 0.9 * posted) < 5 * (0.25 * posted).squareRoot())
        // Undisturbed delays end at 65 ms; an overtaken message lies beyond with probability of about 0.94.
        #expect(abs(Double(overtaken) / Double(copies) - 0.3 * 0.94) < 0.02)
        // 5 + 30 + 0.3·250, less half a millisecond of rounding down.
        #expect(abs(delays / Double(copies) - 109.5) < 5)
        #expect(mailbag.bytesSent == UInt64(3 * count))
    }

    @Test func sameSeedGivesTheSameWeather() {
        let faults = NetworkFaults(lossProbability: 0.3, delayMilliseconds: 10)
        var one = Mailbag(faults: faults, rng: .simulation(seed: 3, purpose: "mailbag test"))
        var two = Mailbag(faults: faults, rng: .simulation(seed: 3, purpose: "mailbag test"))
        for _ in 0..<200 {
            #expect(one.post([0]).map(\.delayMilliseconds) == two.post([0]).map(\.delayMilliseconds))
        }
    }
}
