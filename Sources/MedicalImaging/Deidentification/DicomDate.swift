import Foundation

/// Dates `YYYYMMDD` and datetimes that begin with one (PS3.5 6.2).
enum DicomDate {
    /// The value moved by whole days, its time as it was; nil for one that is not whole or not in the calendar.
    static func shifted(_ value: String, by days: Int) -> String? {
        let digits = value.prefix(8)
        guard digits.count == 8, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let year = Int(digits.prefix(4)),
            let month = Int(digits.dropFirst(4).prefix(2)), let day = Int(digits.suffix(2)),
            let zone = TimeZone(secondsFromGMT: 0)
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = DateComponents(year: year, month: month, day: day)
        guard parts.isValidDate(in: calendar), let date = calendar.date(from: parts),
            let moved = calendar.date(byAdding: .day, value: days, to: date)
        else { return nil }
        let result = calendar.dateComponents([.year, .month, .day], from: moved)
        guard let year = result.year, let month = result.month, let day = result.day, year > 0 else { return nil }
        return String(format: "%04d%02d%02d", year, month, day) + value.dropFirst(8)
    }
}
