/// What the agreement says about suspicion of planted triggers: along which public directions, and how far is too far.
package struct TriggerTerms: Sendable, Hashable, Codable {
    /// Name of the probes: the digest of their integers, in hexadecimal. All parties must have the same.
    package let probes: String
    /// Deviation, in thousandths of a robust standard deviation, beyond which a hospital is left out for good.
    package let bound: Int64
    /// A hospital beyond c raises the alarm at this deviation: once the cheats are out, honest ones stand out more.
    package let alarmBound: Int64
    /// Two camps of hospitals, the smaller of more than c, raise it when they stand this many thousandths of the larger
    /// camp's standard deviation apart.
    package let campBound: Int64

    /// Defaults as measured (`Documentation/PoisoningDefence.md`).
    package init(probes: String, bound: Int64 = 5000, alarmBound: Int64 = 8000, campBound: Int64 = 6000) {
        precondition(bound > 0 && alarmBound >= bound && campBound > 0, "an alarm bound below the bound, or none")
        self.probes = probes
        self.bound = bound
        self.alarmBound = alarmBound
        self.campBound = campBound
    }
}
