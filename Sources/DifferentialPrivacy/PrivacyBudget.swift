/// A hospital's privacy budget: what it may spend in all, and the events that it has spent it on.
///
/// Events are the record, ε is derived: a better accountant may lower the price later, never change the history.
package struct PrivacyBudget: Sendable, Hashable, Codable {
    /// The ε that all events together may reach, positive.
    package let epsilon: Double
    /// The δ of the whole, in (0, 1).
    package let delta: Double
    /// Everything released so far, oldest first; equal neighbours are merged into one `selfComposed`.
    package private(set) var events: [PrivacyEvent]

    /// - Throws: `PrivacyError` if ε or δ is nonsense, an event is, or `events` already exceed the budget.
    package init(epsilon: Double, delta: Double, events: [PrivacyEvent] = []) throws {
        guard epsilon > 0, epsilon.isFinite else {
            throw PrivacyError(.invalidParameter, "budget epsilon \(epsilon) is not a positive finite number")
        }
        guard delta > 0, delta < 1 else {
            throw PrivacyError(.invalidParameter, "budget delta \(delta) is not in (0, 1)")
        }
        self.epsilon = epsilon
        self.delta = delta
        self.events = Self.merged(events)
        try refuseOverBudget()
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            epsilon: container.decode(Double.self, forKey: .epsilon),
            delta: container.decode(Double.self, forKey: .delta),
            events: container.decode([PrivacyEvent].self, forKey: .events))
    }

    /// What has been spent, by the tightest accountant that supports every event.
    package var spend: PrivacySpend {
        get throws {
            let accountant = try tightestAccountant(for: events)
            return PrivacySpend(epsilon: accountant.epsilon(delta: delta), delta: delta, accountant: accountant.name)
        }
    }

    /// The budget after `event`; the caller journals it before the release happens.
    /// - Throws: `PrivacyError` with `.overBudget` if the event would exceed the budget, or as the accountants do.
    package func after(_ event: PrivacyEvent) throws -> PrivacyBudget {
        var next = self
        next.events = Self.merged(events + [event])
        try next.refuseOverBudget()
        return next
    }

    private func refuseOverBudget() throws {
        let spent = try spend
        guard spent.epsilon <= epsilon else {
            throw PrivacyError(
                .overBudget,
                "epsilon would reach \(spent.epsilon) of \(epsilon) at delta \(delta) (\(spent.accountant)); "
                    + "stop training, or agree on a larger budget with those whose data it is")
        }
    }

    private static func merged(_ events: [PrivacyEvent]) -> [PrivacyEvent] {
        var merged: [PrivacyEvent] = []
        for event in events {
            let (count, inner) = counted(event)
            if let last = merged.last {
                let (countBefore, innerBefore) = counted(last)
                let (sum, overflow) = countBefore.addingReportingOverflow(count)
                if inner == innerBefore, count > 0, countBefore > 0, !overflow {
                    merged[merged.count - 1] = .selfComposed(count: sum, inner)
                    continue
                }
            }
            merged.append(event)
        }
        return merged
    }

    private static func counted(_ event: PrivacyEvent) -> (Int, PrivacyEvent) {
        if case .selfComposed(let count, let inner) = event { return (count, inner) }
        return (1, event)
    }
}
