import Batch
import Client
import HTTP
import Platform
import Rendering

/// Tells how a run goes: on a line of the terminal, or else in a note every half minute.
final class BatchProgress: RunObserver {
    /// Seconds between updates of the line, and between notes.
    private static let (lineInterval, noteInterval) = (0.2, 30.0)
    /// Speed is that of the last so many seconds.
    private static let speedSpan = 15.0
    private static let barWidth = 20

    private struct Sample {
        let time: Double
        let rows: Int
        let tokens: Int
    }

    private let line: TerminalLine?
    private let notes: Notes
    private let isVerbose: Bool
    private let columns: () -> Int?
    private var samples: [Sample] = []
    private var nextNote: Double?

    /// - Parameters:
    ///   - line: where it is shown on a terminal; nil for notes.
    ///   - isVerbose: whether a line is written for each attempt and what it came to.
    ///   - columns: the terminal's width; nil where it does not say.
    init(_ line: TerminalLine?, _ notes: Notes, isVerbose: Bool = false, columns: @escaping () -> Int?) {
        (self.line, self.notes, self.isVerbose, self.columns) = (line, notes, isVerbose, columns)
    }

    func update(_ statistics: RunStatistics, _ activity: RunActivity, now: Double) -> Double? {
        let tokens = statistics.promptTokens + statistics.completionTokens
        samples.append(Sample(time: now, rows: statistics.succeeded + statistics.failed, tokens: tokens))
        while samples.count > 2, samples[0].time < now - Self.speedSpan { samples.removeFirst() }
        if let line {
            let parts = parts(statistics, activity, now)
            line.show(Self.fit(bar(statistics), parts, to: columns() ?? 80))
            return now + Self.lineInterval
        }
        guard let next = nextNote, now >= next else {
            nextNote = nextNote ?? now + Self.noteInterval
            return nextNote
        }
        notes.note(Message(own: parts(statistics, activity, now).joined(separator: ", ")))
        nextNote = now + Self.noteInterval
        return nextNote
    }

    func noteUnlimited(row number: Int, tokensPerMinute: Double?) {
        let effect: Message =
            if let tokensPerMinute {
                "at \(own: Self.count(tokensPerMinute)) tokens per minute that admits \(own: Decimal.format(tokensPerMinute / Double(Row.assumedTokens), places: 1)) requests a minute"
            } else {
                "30,000 tokens per minute admit fewer than 2 such requests"
            }
        notes.note(
            "row \(number) sets no limit on its tokens, so that up to 16,384 are counted for it against the rate limit; \(effect); set --max-tokens"
        )
    }

    func noteEnding(inFlight: Int, within seconds: Double?) {
        let time: Message = seconds.map { ", for up to \(own: ElapsedTime.text($0))" } ?? ""
        let requests: Message = "\(count: inFlight, "request")"
        let them = inFlight == 1 ? "it" : "them"
        notes.note("finishing \(requests) in flight\(time); a second signal drops \(own: them)")
    }

    func noteAttempt(row id: [UInt8], number attempt: Int) {
        if isVerbose { notes.verbose("> \(quoted: id): attempt \(attempt)") }
    }

    func note(_ note: JobNote, row id: [UInt8]) {
        guard isVerbose else { return }
        switch note {
        case .head(let head): notes.verbose("< \(quoted: id): \(plain: head.statusLine)")
        case .retry(let number, let most, let wait, let error):
            notes.verbose(
                "* \(quoted: id): retry \(number) of \(most) in \(seconds: wait): \(error.explanation.message)")
        }
    }

    func noteCarriageReturn(row number: Int) { notes.note(Self.carriageReturnNote(row: number)) }

    /// What is said of input with the line ends of another system.
    static func carriageReturnNote(row number: Int) -> Message {
        "line \(number) ends in a carriage return, which is part of its prompt, as of all such lines; tr -d '\\r' removes them"
    }

    /// Takes the line from the terminal.
    func end() { line?.end() }

    /// `1234/10000 rows`, `3 failed`, `64 in flight`, `512 rows/s`, and so on; the most important ones first.
    private func parts(_ statistics: RunStatistics, _ activity: RunActivity, _ now: Double) -> [String] {
        let total = statistics.total.map { "/\($0)" } ?? ""
        var parts = ["\(statistics.finished)\(total) rows"]
        if statistics.failed > 0 { parts.append("\(statistics.failed) failed") }
        parts.append("\(activity.inFlight) in flight")
        if activity.waiting > 0 { parts.append("\(activity.waiting) to retry") }
        if let wait = activity.wait { parts.append(Self.describe(wait, now)) }
        guard let first = samples.first, let last = samples.last, last.time > first.time else { return parts }
        let rate = Double(last.rows - first.rows) / (last.time - first.time)
        parts.append("\(Self.count(rate)) rows/s")
        let tokenRate = Double(last.tokens - first.tokens) / (last.time - first.time)
        if tokenRate > 0 { parts.append("\(Self.count(tokenRate)) tokens/s") }
        if let all = statistics.total, rate > 0, all > statistics.finished {
            parts.append("\(ElapsedTime.text((Double(all - statistics.finished) / rate).rounded(.up))) left")
        }
        return parts
    }

    private static func describe(_ wait: RunActivity.Wait, _ now: Double) -> String {
        let left = { (time: Double) in ElapsedTime.text(max(0, time - now).rounded(.up)) }
        return switch wait {
        case .limit(let name, let time): "waiting \(left(time)) for \(name)"
        case .server(let time): "waiting \(left(time)) as the server asks"
        case .input: "waiting for input"
        case .output: "waiting for the reader"
        case .ending: "finishing"
        }
    }

    /// `[#####---------------] `; nothing where the total is not known.
    private func bar(_ statistics: RunStatistics) -> String {
        guard let total = statistics.total, total > 0 else { return "" }
        let filled = Self.barWidth * min(statistics.finished, total) / total
        return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: Self.barWidth - filled)
            + "] "
    }

    /// As many parts as a line has room for; the bar is left out first.
    private static func fit(_ bar: String, _ parts: [String], to columns: Int) -> String {
        var parts = parts
        while parts.count > 1 {
            let text = parts.joined(separator: ", ")
            if bar.utf8.count + text.utf8.count < columns { return bar + text }
            if text.utf8.count < columns { return text }
            parts.removeLast()
        }
        return String(parts[0].prefix(max(0, columns - 1)))
    }

    /// `0.4`, `7.5`, `512`, `12.3k`, `1.2M`.
    static func count(_ value: Double) -> String {
        switch value {
        case ..<9.95: Decimal.format(value, places: 1)
        case ..<9999.5: Decimal.format(value, places: 0)
        case ..<999_950: Decimal.format(value / 1000, places: 1) + "k"
        default: Decimal.format(value / 1e6, places: 1) + "M"
        }
    }
}
