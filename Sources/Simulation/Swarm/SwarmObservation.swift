import Federation
import Ledger

/// What a checker sees of a run. Of liars it sees only what arrives.
enum SwarmObservation {
    /// A training ended: nothing of this may ever be seen outside.
    case trained(member: Int, base: [Float], difference: [Float], PreparedContribution)
    /// An event was written to a hospital's journal.
    case wrote(member: Int, HospitalEvent)
    case hospital(member: Int, HospitalEffect, SwarmDisk)
    case coordinator(CoordinatorEffect, SwarmDisk)
    /// An honest party said this; the first time, and each time again.
    case said(SwarmParty, Envelope, Message, SwarmDisk)
    /// Bytes on the wire, whoever sent them.
    case travelled([UInt8])
    /// A machine is about to be given this message.
    case delivered(to: SwarmParty, Verified<Message>)
    /// Records that a party's replica took in.
    case adopted(SwarmParty, [LedgerRecord])
}
