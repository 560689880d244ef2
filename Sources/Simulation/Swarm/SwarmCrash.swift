/// The moment at which a party of a swarm dies, and for how long.
struct SwarmCrash: Sendable {
    /// Where in the handling of one event.
    enum Cut: Sendable, Hashable {
        /// The event is not in the journal.
        case beforeJournal
        /// The event is the journal's last record, torn: a restart finds it no more.
        case torn
        /// The event is in the journal, and nothing that followed from it was done.
        case afterJournal
        /// So many effects were carried out, the ledger's records before them.
        case afterEffects(Int)
        /// All effects were carried out; the journal was to be compacted, and was not.
        case beforeCompacting
        /// The journal was compacted; keys of the round were to be erased, and were not.
        case beforeErasing
    }

    let party: SwarmParty
    /// Counts the events of this party that are no ticks.
    let event: Int
    let cut: Cut
    let downMilliseconds: UInt64
    /// How far the party's clock was moved while it was down.
    let clockStepMilliseconds: Int64
}
