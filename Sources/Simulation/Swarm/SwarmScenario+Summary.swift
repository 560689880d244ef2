extension SwarmScenario {
    /// The scenario in one line, for people.
    var summary: String {
        var parts = ["\(members) hospitals", "\(rounds) rounds", "heals after \(healsAtMilliseconds / 1000) s"]
        if hasPrivacy { parts.append("with privacy") }
        if network != .none {
            parts += [
                "loss \(percent(network.lossProbability))", "duplication \(percent(network.duplicationProbability))",
                "reordering \(percent(network.reorderingProbability))", "delay \(Int(network.delayMilliseconds)) ms",
            ]
        }
        for partition in partitions {
            parts.append(
                "hospital-\(partition.member) cut off (\(partition.direction.rawValue)) from "
                    + "\(partition.from / 1000) s to \(partition.until / 1000) s")
        }
        for crash in crashes {
            parts.append(
                "\(crash.party) dies at its event \(crash.event) (\(crash.cut)) for \(crash.downMilliseconds / 1000) s")
        }
        for member in vices.keys.sorted() {
            if let vice = vices[member] { parts.append("hospital-\(member) \(vice.rawValue)") }
        }
        if isForged { parts.append("somebody forges the coordinator's messages") }
        if let coordinatorVice { parts.append("the coordinator \(coordinatorVice.rawValue)") }
        return parts.joined(separator: "; ")
    }

    private func percent(_ probability: Double) -> String { "\(Int((probability * 100).rounded())) %" }
}
