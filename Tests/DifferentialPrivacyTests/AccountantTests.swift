import Testing

@testable import DifferentialPrivacy

@Suite struct AccountantTests {
    @Test func vectorsAreThoseOfTheStatedLibrary() {
        #expect(AccountantVectors.known.source == "dp_accounting 0.6.0")
        #expect(AccountantVectors.known.epsilons.count == 13)
        #expect(AccountantVectors.known.calibrations.count == 9)
    }

    @Test(arguments: AccountantVectors.known.epsilons)
    func rdpMatchesTheLibrary(_ row: AccountantVectors.Priced) throws {
        var accountant = RDPAccountant()
        try accountant.compose(row.event)
        let (epsilon, order) = accountant.epsilonAndOrder(delta: row.delta)
        #expect(abs(epsilon - row.epsilonRDP) <= 1e-9)
        #expect(abs(order - row.order) < 1e-12)
        let dropped = zip(RDPAccountant.orders, accountant.divergences).filter { $0.1.isInfinite }.map(\.0)
        #expect(dropped == row.droppedOrders)
    }

    @Test(arguments: AccountantVectors.known.epsilons.filter { $0.epsilonExact != nil })
    func gaussianAccountantIsExactAndErrsUpwards(_ row: AccountantVectors.Priced) throws {
        let exact = try #require(row.epsilonExact)
        var accountant = GaussianAccountant()
        try accountant.compose(row.event)
        let epsilon = accountant.epsilon(delta: row.delta)
        // Never below the true value, up to the oracle's own last digits.
        #expect(epsilon >= exact * (1 - 1e-14))
        #expect(epsilon - exact <= 1e-9)
        #expect(epsilon < row.epsilonRDP)
        #expect(accountant.delta(epsilon: epsilon) <= row.delta)
    }

    /// Noise by the tighter accountant is less than RDP asks for; the figures are dp_accounting's, by PLD on a grid of
    /// 1e-4 to a tolerance of 1e-6, for three of the RDP rows.
    @Test(arguments: [(0, 4.761684388147212), (4, 1.5862830462184034), (8, 0.7877852651827237)])
    func calibrationMatchesTheLibrary(_ index: Int, _ expected: Double) throws {
        let row = AccountantVectors.known.calibrations[index]
        let noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: row.epsilon, delta: row.delta, samplingRate: row.samplingRate, steps: row.steps,
            tolerance: 1e-4)
        #expect(abs(noiseMultiplier - expected) < 2e-4)
        #expect(noiseMultiplier < row.noiseMultiplier)
        let event = trainingEvent(noiseMultiplier, row.samplingRate, row.steps)
        #expect(try tightestAccountant(for: [event]).epsilon(delta: row.delta) <= row.epsilon)
    }

    /// The calibration table of full batches: exact prices, two published digits.
    @Test(arguments: [(8.0, 100, 6.00), (3.0, 100, 13.91), (1.0, 100, 37.31), (8.0, 200, 8.49)])
    func fullBatchesAreCalibratedExactly(_ epsilon: Double, _ steps: Int, _ expected: Double) throws {
        let noiseMultiplier = try calibratedNoiseMultiplier(
            epsilon: epsilon, delta: 1e-5, samplingRate: 1, steps: steps, tolerance: 1e-6)
        #expect(abs(noiseMultiplier - expected) < 0.006)
        var accountant = GaussianAccountant()
        try accountant.compose(trainingEvent(noiseMultiplier, 1, steps))
        #expect(accountant.epsilon(delta: 1e-5) <= epsilon)
        #expect(accountant.epsilon(delta: 1e-5) > epsilon - 1e-5)
    }

    @Test func compositionIsAddition() throws {
        let first = trainingEvent(1.1, 0.02, 300)
        let second = trainingEvent(4, 1, 7)
        var (apart, together, fromEach) = (RDPAccountant(), RDPAccountant(), RDPAccountant())
        try apart.compose(first)
        try apart.compose(second)
        try together.compose(.composed([first, second]))
        for _ in 0..<300 { try fromEach.compose(trainingEvent(1.1, 0.02, 1)) }
        try fromEach.compose(.selfComposed(count: 7, .gaussian(noiseMultiplier: 4)))
        #expect(apart.divergences == together.divergences)
        for (one, other) in zip(apart.divergences, fromEach.divergences) {
            #expect(abs(one - other) <= 1e-11 * max(1, abs(one)))
        }
    }

    @Test func orderOfCompositionDoesNotMatter() throws {
        let events = [trainingEvent(2, 1, 3), trainingEvent(7, 1, 20), trainingEvent(3, 1, 1)]
        var (forward, backward) = (GaussianAccountant(), GaussianAccountant())
        try forward.compose(events)
        try backward.compose(events.reversed())
        #expect(abs(forward.epsilon(delta: 1e-6) - backward.epsilon(delta: 1e-6)) < 1e-12)
    }

    @Test(arguments: [1.0, 0.1])
    func epsilonIsMonotone(_ samplingRate: Double) throws {
        func epsilon(_ noiseMultiplier: Double, _ rate: Double, _ steps: Int, _ delta: Double) throws -> Double {
            try tightestAccountant(for: [trainingEvent(noiseMultiplier, rate, steps)]).epsilon(delta: delta)
        }
        let base = try epsilon(2, samplingRate, 100, 1e-5)
        #expect(try epsilon(2.5, samplingRate, 100, 1e-5) < base)
        #expect(try epsilon(2, samplingRate, 120, 1e-5) > base)
        #expect(try epsilon(2, samplingRate, 100, 1e-6) > base)
        #expect(try epsilon(2, samplingRate * 0.9, 100, 1e-5) < base)
    }

    @Test func nothingReleasedCostsNothing() throws {
        for accountant in [RDPAccountant() as any PrivacyAccountant, GaussianAccountant()] {
            var accountant = accountant
            try accountant.compose(.composed([]))
            try accountant.compose(.selfComposed(count: 0, .gaussian(noiseMultiplier: 1)))
            #expect(accountant.epsilon(delta: 1e-5) == 0)
        }
    }

    /// Several Gaussians of one sample are one Gaussian of their joint precision.
    @Test func oneSampleOfSeveralGaussiansIsOneGaussian() throws {
        var (joint, single) = (RDPAccountant(), RDPAccountant())
        let two = PrivacyEvent.selfComposed(count: 2, .gaussian(noiseMultiplier: 2 * 2.0.squareRoot()))
        try joint.compose(.poissonSampled(samplingRate: 0.05, two))
        try single.compose(.poissonSampled(samplingRate: 0.05, .gaussian(noiseMultiplier: 2)))
        #expect(abs(joint.epsilon(delta: 1e-5) - single.epsilon(delta: 1e-5)) < 1e-12)
    }

    static let nonsense: [PrivacyEvent] = [
        .gaussian(noiseMultiplier: 0), .gaussian(noiseMultiplier: -1), .gaussian(noiseMultiplier: .nan),
        .gaussian(noiseMultiplier: .infinity), .gaussian(noiseMultiplier: 1e-200),
        .poissonSampled(samplingRate: 0, .gaussian(noiseMultiplier: 1)),
        .poissonSampled(samplingRate: 1.01, .gaussian(noiseMultiplier: 1)),
        .poissonSampled(samplingRate: .nan, .gaussian(noiseMultiplier: 1)),
        .poissonSampled(
            samplingRate: 0.1, .poissonSampled(samplingRate: 0.1, .gaussian(noiseMultiplier: 1))),
        .selfComposed(count: -1, .gaussian(noiseMultiplier: 1)),
        .selfComposed(count: 0, .gaussian(noiseMultiplier: 0)),
        .selfComposed(count: .max, .selfComposed(count: 2, .gaussian(noiseMultiplier: 1))),
        .composed([.gaussian(noiseMultiplier: 1), .gaussian(noiseMultiplier: 0)]),
    ]

    @Test(arguments: nonsense.indices)
    func nonsenseIsRefusedAndChangesNothing(_ index: Int) throws {
        var accountant = RDPAccountant()
        try accountant.compose(trainingEvent(1, 0.01, 10))
        let before = accountant.divergences
        #expect(throws: PrivacyError.self) { try accountant.compose(Self.nonsense[index]) }
        #expect(accountant.divergences == before)
        var exact = GaussianAccountant()
        #expect(throws: PrivacyError.self) { try exact.compose(Self.nonsense[index]) }
        #expect(exact.epsilon(delta: 1e-5) == 0)
    }

    @Test func exactAccountantRefusesSamples() {
        var accountant = GaussianAccountant()
        #expect { try accountant.compose(trainingEvent(1, 0.5, 1)) } throws: { error in
            (error as? PrivacyError)?.code == .unsupportedEvent
        }
    }

    @Test func deepNestingIsRefused() {
        var event = PrivacyEvent.gaussian(noiseMultiplier: 1)
        for _ in 0..<100 { event = .composed([event]) }
        var accountant = RDPAccountant()
        #expect(throws: PrivacyError.self) { try accountant.compose(event) }
    }

    @Test(
        arguments: [
            (0, 1e-5, 0.1, 10, 1e-4), (.nan, 1e-5, 0.1, 10, 1e-4), (8, 0, 0.1, 10, 1e-4), (8, 1, 0.1, 10, 1e-4),
            (8, 1e-5, 0, 10, 1e-4), (8, 1e-5, 1.5, 10, 1e-4), (8, 1e-5, 0.1, 0, 1e-4), (8, 1e-5, 0.1, 10, 0),
        ] as [(Double, Double, Double, Int, Double)])
    func calibrationRefusesNonsense(
        _ epsilon: Double, _ delta: Double, _ samplingRate: Double, _ steps: Int, _ tolerance: Double
    ) {
        #expect(throws: PrivacyError.self) {
            try calibratedNoiseMultiplier(
                epsilon: epsilon, delta: delta, samplingRate: samplingRate, steps: steps, tolerance: tolerance)
        }
    }

    /// `log erfc` is continuous where the series takes over, and right far in the tail:
    /// mpmath 1.4.1, `log(erfc(30))` below.
    @Test func logErfcIsAccurateInTheTail() {
        #expect(abs(NormalTail.logErfc(20 - 1e-9) - NormalTail.logErfc(20)) < 1e-7)
        #expect(abs(NormalTail.logErfc(30) - (-903.9741171106438781)) < 1e-11)
        #expect(abs(NormalTail.logDistribution(0) + 0.6931471805599453) < 1e-15)
    }
}
