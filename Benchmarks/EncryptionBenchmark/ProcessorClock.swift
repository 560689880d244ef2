import Glibc

/// Processor time of this process: what else runs on the machine is not counted.
struct ProcessorClock {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Seconds that the body took, and its result.
    static func measure<Result>(_ body: () throws -> Result) rethrows -> (seconds: Double, result: Result) {
        let start = seconds
        let result = try body()
        return (seconds - start, result)
    }
}
