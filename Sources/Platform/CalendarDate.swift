#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Dates of the calendar.
public enum CalendarDate {
    /// `2025-08-05`, in Greenwich time; nil for what is no year of four digits.
    ///
    /// - Parameter seconds: since 1970.
    public static func text(_ seconds: Int) -> String? {
        guard (0..<253_402_300_800).contains(seconds) else { return nil }
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        let digits = { (value: Int32) in (value < 10 ? "0" : "") + String(value) }
        return "\(parts.tm_year + 1900)-\(digits(parts.tm_mon + 1))-\(digits(parts.tm_mday))"
    }
}
