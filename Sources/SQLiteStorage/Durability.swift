/// When what is stored must have reached the disk.
package enum Durability: Sendable {
    /// Before the call returns: what a party of a real federation needs, which must not forget what it said.
    case eachWrite
    /// When the run is sealed: for a simulated run, which is made again from its seed if the machine dies.
    case atSeal
}
