/// Scores of all hospitals along all probes, with what is usual among them.
struct TriggerScores {
    /// Ascending.
    let members: [Int]
    /// By probe, then by member; the median of each probe is taken off.
    private let centred: [[Int64]]
    private let spreads: [Int64]
    /// The spread below which none counts: the median probe's, and what sketches err by.
    private let floor: Int64

    /// - Parameters:
    ///   - rounds: that the scores are sums over.
    ///   - digits: of a sketch.
    /// - Returns: nil of fewer than three hospitals.
    init?(_ scores: [Int: [Int64]], rounds: Int, digits: Int) {
        members = scores.keys.sorted()
        guard let count = members.first.flatMap({ scores[$0]?.count }), members.count >= 3 else { return nil }
        centred = (0..<count).map { [members] probe in
            let column = members.map { scores[$0]?[probe] ?? 0 }
            let center = FixedPoint.median(column)
            return column.map { $0 - center }
        }
        spreads = centred.map { column in
            FixedPoint.saturated(Int128(FixedPoint.median(column.map { abs($0) })) * 14826 / 10000)
        }
        let error = FixedPoint.root(FixedPoint.one / Int64(digits) * Int64(rounds))
        floor = max(FixedPoint.median(spreads), error, 1)
    }

    /// Over all probes, in thousandths of a robust standard deviation.
    func largestDeviation(of index: Int) -> Int64 {
        centred.indices.map { probe in
            FixedPoint.saturated(
                Int128(abs(centred[probe][index])) * 1000 / Int128(max(spreads[probe], floor)))
        }.max() ?? 0
    }

    /// How far apart two camps of hospitals stand along a probe, the smaller of more than `corruptible` and at least
    /// two: the gap between them in thousandths of the larger's standard deviation. The largest over probes and camps.
    ///
    /// Beyond `corruptible` colluders no statistic tells who is honest, but that there are two camps shows: on tuning
    /// seeds up to 4.2 deviations with at most c malicious, 8 and more with four backdoors of ten on an equal split.
    func campGap(moreThan corruptible: Int) -> Int64 {
        let count = members.count
        let sizes = max(2, corruptible + 1)..<max(count / 2 + 1, max(2, corruptible + 1))
        return centred.map { column in
            let sorted = column.sorted()
            return sizes.map { size in
                max(
                    gap(sorted[size] - sorted[size - 1], beside: sorted[size...]),
                    gap(sorted[count - size] - sorted[count - size - 1], beside: sorted[..<(count - size)]))
            }.max() ?? 0
        }.max() ?? 0
    }

    private func gap(_ gap: Int64, beside camp: ArraySlice<Int64>) -> Int64 {
        let count = Int128(camp.count)
        let sum = camp.reduce(Int128(0)) { $0 + Int128($1) }
        // n²·variance first, so that nothing is lost to rounding.
        let squares = camp.reduce(Int128(0)) { $0 + Int128($1) * Int128($1) }
        let variance = (count * squares - sum * sum) / max(1, count * (count - 1))
        let deviation = Int128(FixedPoint.squareRoot(UInt128(max(0, variance))))
        return FixedPoint.saturated(Int128(gap) * 1000 / max(deviation, Int128(floor)))
    }
}
