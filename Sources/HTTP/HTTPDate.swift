/// The three spellings of a date in HTTP (RFC 9110, 5.6.7), all in Greenwich time.
public enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`; nil for anything else.
    ///
    /// - Parameters:
    ///   - text: also in the obsolete spellings `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
    ///   - now: the present, by which a year of two digits is understood: none lies over 50 years ahead.
    public static func seconds(_ text: String, now: Int) -> Int? {
        let words = text.split { $0 == " " || $0 == "-" || $0 == "," }.map(String.init)
        guard words.count == 5 || words.count == 6, words[0].allSatisfy(\.isLetter) else { return nil }
        // Words 1 to 4 are day, month, year, time, or in the oldest spelling month, day, time, year.
        let isOldest = words[1].first?.isLetter == true
        guard words.count == (isOldest ? 5 : 6), isOldest || words[5] == "GMT" else { return nil }
        let (day, month) = isOldest ? (words[2], words[1]) : (words[1], words[2])
        let (year, time) = isOldest ? (words[4], words[3]) : (words[3], words[4])
        guard let month = months.firstIndex(of: month), let day = number(day, 1...31, digits: 1...2),
            let year = self.year(year, now: now), let seconds = secondsOfDay(time)
        else { return nil }
        let days = daysSince1970(year: year, month: month + 1, day: day)
        // A 30 February is none.
        guard day <= daysInMonth(month + 1, of: year) else { return nil }
        return days * 86_400 + seconds
    }

    private static func number(_ text: String, _ range: ClosedRange<Int>, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text).flatMap { range.contains($0) ? $0 : nil }
    }

    private static func year(_ text: String, now: Int) -> Int? {
        guard text.utf8.count == 2 else { return number(text, 1...9999, digits: 4...4) }
        guard let short = number(text, 0...99, digits: 2...2) else { return nil }
        let present = 1970 + now / 31_556_952
        let year = present / 100 * 100 + short
        return year > present + 50 ? year - 100 : year
    }

    private static func secondsOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let hour = number(parts[0], 0...23, digits: 2...2),
            let minute = number(parts[1], 0...59, digits: 2...2),
            // 60 is a leap second's.
            let second = number(parts[2], 0...60, digits: 2...2)
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    private static func daysInMonth(_ month: Int, of year: Int) -> Int {
        let next = month == 12 ? (year + 1, 1) : (year, month + 1)
        return daysSince1970(year: next.0, month: next.1, day: 1) - daysSince1970(year: year, month: month, day: 1)
    }

    /// Days in the Gregorian calendar, years taken to begin in March so that the leap day is their last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        return marchYear * 365 + leapDays + (marchMonth * 153 + 2) / 5 + day - 719_469
    }
}
