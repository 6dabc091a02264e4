import Foundation
import Synchronization

/// Counts requests a day and tokens a minute against a generous quota, for the rate-limit headers. It refuses nothing.
final class Quota: Sendable {
    private struct Window: Sendable {
        let limit: Int
        let length: TimeInterval
        var spent = 0
        var start = Date()

        mutating func spend(_ amount: Int) {
            if Date().timeIntervalSince(start) >= length { (spent, start) = (0, Date()) }
            spent += amount
        }

        /// The window as it stands now.
        mutating func current() -> Window {
            spend(0)
            return self
        }

        /// Seconds until the window begins anew.
        var reset: TimeInterval { max(0, length - Date().timeIntervalSince(start)) }
    }

    private let requestsOfDay = Mutex(Window(limit: 1_440_000, length: 86_400))
    private let tokensOfMinute = Mutex(Window(limit: 1_000_000, length: 60))

    func countRequest() {
        requestsOfDay.withLock { $0.spend(1) }
    }

    func spend(_ tokens: Int) {
        tokensOfMinute.withLock { $0.spend(tokens) }
    }

    /// `x-ratelimit-{limit,remaining,reset}-{requests-day,tokens-minute}`.
    var headers: [String: String] {
        let windows = [
            ("requests-day", requestsOfDay.withLock { $0.current() }),
            ("tokens-minute", tokensOfMinute.withLock { $0.current() }),
        ]
        var headers: [String: String] = [:]
        for (name, window) in windows {
            headers["x-ratelimit-limit-\(name)"] = String(window.limit)
            headers["x-ratelimit-remaining-\(name)"] = String(max(0, window.limit - window.spent))
            headers["x-ratelimit-reset-\(name)"] = String(window.reset)
        }
        return headers
    }
}
