import Glibc

/// What the kernel says of its clock.
enum ClockStatus {
    private typealias Adjust = @convention(c) (UnsafeMutableRawPointer) -> Int32

    /// `TIME_ERROR` of `<sys/timex.h>`: the clock is not synchronised.
    private static let timeError: Int32 = 5
    /// Room for a `struct timex`, which has 208 bytes on 64-bit Linux.
    private static let structureBytes = 512

    /// Whether a time server disciplines the clock, by `adjtimex` with nothing to change; nil where nobody says.
    /// Looked up by name, since Swift's module of the C library leaves `<sys/timex.h>` out.
    static var isSynchronised: Bool? {
        guard let symbol = dlsym(nil, "adjtimex") else { return nil }
        let adjust = unsafeBitCast(symbol, to: Adjust.self)
        var structure = [UInt8](repeating: 0, count: structureBytes)
        let state = structure.withUnsafeMutableBytes { $0.baseAddress.map(adjust) ?? -1 }
        return state < 0 ? nil : state != timeError
    }
}
