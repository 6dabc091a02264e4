import Foundation
import Testing

@testable import HTTP

@Suite("HTTP dates")
struct HTTPDateTests {
    /// 1 January 2026.
    private static let now = 1_767_225_600

    @Test(
        "the three spellings",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ])
    func spellings(text: String) {
        #expect(HTTPDate.seconds(text, now: Self.now) == 784_111_777)
    }

    @Test("every day of four centuries is Foundation's")
    func calendar() throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        for day in stride(from: -25_567, to: 120_000, by: 13) {
            let seconds = day * 86_400 + 3_723
            let text = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            try #require(HTTPDate.seconds(text, now: Self.now) == seconds, "\(text)")
        }
    }

    @Test("a year of two digits lies at most fifty years ahead")
    func shortYears() throws {
        let near = try #require(HTTPDate.seconds("Friday, 01-Jan-76 00:00:00 GMT", now: Self.now))
        let far = try #require(HTTPDate.seconds("Friday, 01-Jan-77 00:00:00 GMT", now: Self.now))
        #expect(near == 3_345_062_400 - 86_400 * 0 && far == 220_924_800)
    }

    @Test(
        "anything else is none",
        arguments: [
            "", "soon", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nox 1994 08:49:37 GMT", "Sun, +6 Nov 1994 08:49:37 GMT", "6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 19945 08:49:37 GMT", "Sat, 01 Jan 0000 00:00:00 GMT",
        ])
    func others(text: String) {
        #expect(HTTPDate.seconds(text, now: Self.now) == nil)
    }
}
