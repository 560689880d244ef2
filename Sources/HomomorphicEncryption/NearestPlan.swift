internal import Foundation

/// A plan for a wish that differs in as little as possible from one that does not fit.
package struct NearestPlan: Sendable, CustomStringConvertible {
    package let wish: EncryptionWish
    package let parameters: EncryptionParameters
    /// What was changed, in words.
    package let changes: [String]
    /// Doublings and halvings of the numbers changed, and a price for every other change.
    let distance: Double

    package var description: String {
        "\(changes.joined(separator: ", ")) (set \(parameters.name), F = \(parameters.fields), "
            + "\(parameters.blocks) blocks, \(parameters.ciphertextBytes) bytes an update)"
    }
}

extension EncryptionWish {
    /// The fitting plan nearest to this wish: numbers out of range are brought into it, then one thing is changed; when
    /// no single change suffices, two. Each number is moved by doubling steps and then halving them, so the answer is
    /// nearest among what such a search meets; that it fits was tried.
    ///
    /// - Returns: nil when two changes do not suffice.
    package func nearest(within limit: OuterLimit = { _ in nil }) -> NearestPlan? {
        let start = Step(wish: self, changes: [], distance: 0).broughtIntoRange()
        if let plan = start.plan(within: limit) { return plan }
        if let plan = start.single(within: limit) { return plan }
        return start.switches().compactMap { $0.plan(within: limit) ?? $0.single(within: limit) }
            .min { $0.distance < $1.distance }
    }

    /// A wish on the way to the nearest plan.
    private struct Step {
        var wish: EncryptionWish
        var changes: [String]
        var distance: Double

        func plan(within limit: OuterLimit) -> NearestPlan? {
            guard let parameters = try? wish.plan(within: limit) else { return nil }
            return NearestPlan(wish: wish, parameters: parameters, changes: changes, distance: distance)
        }

        func changed(_ what: String, by distance: Double, _ change: (inout EncryptionWish) -> Void) -> Step {
            var wish = wish
            change(&wish)
            return Step(wish: wish, changes: changes + [what], distance: self.distance + distance)
        }

        func broughtIntoRange() -> Step {
            var step = self
            let members = EncryptionParameters.membersSupported.clamping(wish.members)
            if members != wish.members { step = step.with(members: members) }
            let dimension = EncryptionParameters.dimensionsSupported.clamping(wish.dimension)
            if dimension != wish.dimension { step = step.with(dimension: dimension) }
            if let asked = wish.coordinates, !ParameterSet.sketchCoordinateChoices.contains(asked),
                let closest = ParameterSet.sketchCoordinateChoices.min(by: { abs($0 - asked) < abs($1 - asked) })
            {
                step = step.with(coordinates: closest)
            }
            return step
        }

        /// Changes that are not of a number, each with its price.
        func switches() -> [Step] {
            var steps: [Step] = []
            if let set = wish.set {
                steps.append(changed("any set instead of \(set.rawValue)", by: 2) { $0.set = nil })
            }
            if !wish.patientLevelPrivacy {
                steps.append(changed("patient-level privacy switched on", by: 3) { $0.patientLevelPrivacy = true })
            }
            if wish.securityLevel == .quantum128 {
                steps.append(
                    changed("level classical128 instead of quantum128", by: 4) { $0.securityLevel = .classical128 })
            }
            return steps
        }

        func single(within limit: OuterLimit) -> NearestPlan? {
            func fits(_ step: Step) -> Bool { step.plan(within: limit) != nil }
            let sizes = EncryptionParameters.dimensionsSupported
            let members = EncryptionParameters.membersSupported
            var steps = switches()
            for target in [sizes.lowerBound, sizes.upperBound] {
                closest(to: wish.dimension, before: target) { fits(with(dimension: $0)) }
                    .map { steps.append(with(dimension: $0)) }
            }
            closest(to: wish.members, before: members.lowerBound) { fits(with(members: $0)) }
                .map { steps.append(with(members: $0)) }
            closest(to: wish.roundingTolerance.millionths, before: RoundingTolerance.widest.millionths) {
                with(millionths: $0).map(fits) ?? false
            }.flatMap(with(millionths:)).map { steps.append($0) }
            if wish.coordinates != nil {
                steps += ParameterSet.sketchCoordinateChoices.map(with(coordinates:))
            }
            for step in steps.sorted(by: { $0.distance < $1.distance }) {
                if let plan = step.plan(within: limit) { return plan }
            }
            return nil
        }

        func with(members: Int) -> Step {
            changed("\(members) hospitals instead of \(wish.members)", by: Self.doublings(members, wish.members)) {
                $0.members = members
            }
        }

        func with(dimension: Int) -> Step {
            changed(
                "\(dimension) parameters instead of \(wish.dimension)", by: Self.doublings(dimension, wish.dimension)
            ) { $0.dimension = dimension }
        }

        func with(coordinates: Int) -> Step {
            let asked = wish.coordinates ?? coordinates
            return changed(
                "\(coordinates) sketch coordinates instead of \(asked)", by: Self.doublings(coordinates, asked)
            ) { $0.coordinates = coordinates }
        }

        func with(millionths: Int) -> Step? {
            guard let tolerance = try? RoundingTolerance(millionths: millionths) else { return nil }
            let asked = wish.roundingTolerance
            return changed(
                "a rounding of \(tolerance.relative) instead of \(asked.relative)",
                by: Self.doublings(millionths, asked.millionths)
            ) { $0.roundingTolerance = tolerance }
        }

        private static func doublings(_ a: Int, _ b: Int) -> Double {
            abs(log2(Double(max(a, 1)) / Double(max(b, 1))))
        }

        /// The number nearest to `start` on the way to `end` that fits, by steps that double and then halve.
        private func closest(to start: Int, before end: Int, fits: (Int) -> Bool) -> Int? {
            guard start != end else { return nil }
            let direction = end > start ? 1 : -1
            var refused = start
            var step = 1
            while true {
                // Downwards at most by half, so that no range of fitting numbers as wide as a doubling is passed over.
                let far = refused + direction * (direction > 0 ? step : min(step, max(1, refused / 2)))
                let next = (end - far) * direction > 0 ? far : end
                if fits(next) {
                    var fitting = next
                    while abs(fitting - refused) > 1 {
                        let middle = refused + (fitting - refused) / 2
                        if fits(middle) { fitting = middle } else { refused = middle }
                    }
                    return fitting
                }
                if next == end { return nil }
                refused = next
                step *= 2
            }
        }
    }
}

extension ClosedRange<Int> {
    fileprivate func clamping(_ value: Int) -> Int { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
