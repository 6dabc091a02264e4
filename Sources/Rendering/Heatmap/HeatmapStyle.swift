import Logprobs
import Platform

/// How a span is written in a heatmap.
///
/// In color, the background is its probability, none from 90 % up; the prompt, and what is not weighed, are dim. Without color,
/// brackets show it: none from 50 % up, `[token]` under that, `[[token]]` under 10 %, `[[[token]]]` under 1 %; what is not
/// weighed, and the prompt, stand between braces. A token's leading spaces stand before its brackets. In the text itself a
/// backslash is written `\\`, and without color a bracket or brace has a backslash before it, so that none can be mistaken for a
/// mark. A newline is written `\n` and then breaks the line; what a terminal would act on is spelled out, as `\x1b`.
struct HeatmapStyle {
    private let hasColor: Bool
    private let escaped: [UInt8]

    init(_ support: ColorSupport) {
        hasColor = support.depth > .none
        escaped = Array((hasColor ? "\\" : "\\[]{}").utf8)
    }

    /// Whether what is not weighed stands between braces.
    var hasBraces: Bool { !hasColor }

    /// A span with its marks, but for the braces.
    func runs(of span: TextSpan) -> [StyledRun] {
        let likelihood = span.isPrompt ? nil : span.logprob.map(Likelihood.init(logprob:))
        let brackets = hasColor ? 0 : Self.brackets(likelihood)
        let open = String(repeating: "[", count: brackets)
        let close = String(repeating: "]", count: brackets)
        // A word's space looks better before its bracket, and is as exact there.
        let spaces =
            brackets > 0 && span.text.contains { $0 != UInt8(ascii: " ") } ? span.text.prefix { $0 == 0x20 } : []
        let rest = Array(span.text.dropFirst(spaces.count))
        // Only the text's own newlines break the line.
        let lines = span.placement == .text ? lines(of: rest) : [escape(rest[...])]
        var runs: [StyledRun] = spaces.isEmpty ? [] : [.text(String(decoding: spaces, as: UTF8.self), .plain)]
        for (place, line) in lines.enumerated() {
            let first = place == 0 ? open : ""
            let last = place == lines.count - (lines.last == "" ? 2 : 1) ? close : ""
            if place > 0 { runs.append(.newline) }
            runs.append(.text(first + line + last, style(likelihood, isMarked: brackets > 0, span)))
        }
        return runs
    }

    /// How many brackets stand around a token on each side.
    static func brackets(_ likelihood: Likelihood?) -> Int {
        switch likelihood {
        case nil, .certain, .likely: 0
        case .possible: 1
        case .unlikely: 2
        case .remote: 3
        }
    }

    private func style(_ likelihood: Likelihood?, isMarked: Bool, _ span: TextSpan) -> Paint.Style {
        if span.isPrompt { return .dim }
        if !hasColor { return isMarked ? .underlined : .plain }
        return likelihood.map { .heat($0) } ?? .dim
    }

    /// The text split after its newlines, each of which is written `\n`.
    private func lines(of bytes: [UInt8]) -> [String] {
        let newline = UInt8(ascii: "\n")
        let parts = bytes.split(separator: newline, omittingEmptySubsequences: false)
        return parts.enumerated().map { escape($1) + ($0 < parts.count - 1 ? "\\n" : "") }
    }

    private func escape(_ bytes: ArraySlice<UInt8>) -> String {
        var result = ""
        var start = bytes.startIndex
        for place in bytes.indices where escaped.contains(bytes[place]) {
            result += VisibleText.escape(bytes[start..<place]) + "\\" + String(UnicodeScalar(bytes[place]))
            start = place + 1
        }
        return result + VisibleText.escape(bytes[start...])
    }
}
