/// What the API's page and its OpenAPI say of a field of the request body: the one list that the flags and the sandbox are
/// held to.
struct APIField: Sendable, CustomStringConvertible {
    /// What its value may be.
    enum Kind: Sendable {
        /// A whole number from 0, -1 and the like on; `sandboxMost` where the sandbox sets a limit of its own.
        case integer(ClosedRange<Int>, sandboxMost: Int = .max)
        case number(ClosedRange<Double>)
        case words([String])
        case text(most: Int)
        case texts(most: Int)
        case biases(ClosedRange<Double>)
        case bool
    }

    let name: String
    let kind: Kind

    var description: String { name }

    /// Every field that has a flag of its own but model, prompt and the stream's.
    static let all: [APIField] = [
        APIField(name: "max_tokens", kind: .integer(-1 ... .max)),
        APIField(name: "min_tokens", kind: .integer(-1 ... .max)),
        APIField(name: "temperature", kind: .number(0...2)),
        APIField(name: "top_p", kind: .number(0...1)),
        APIField(name: "seed", kind: .integer(.min ... .max)),
        APIField(name: "stop", kind: .texts(most: 4)),
        APIField(name: "logprobs", kind: .integer(0...20)),
        APIField(name: "echo", kind: .bool),
        APIField(name: "n", kind: .integer(1 ... .max, sandboxMost: 128)),
        APIField(name: "best_of", kind: .integer(0...20)),
        APIField(name: "frequency_penalty", kind: .number(-2...2)),
        APIField(name: "presence_penalty", kind: .number(-2...2)),
        APIField(name: "logit_bias", kind: .biases(-100...100)),
        APIField(
            name: "grammar_root",
            kind: .words([
                "root", "fcall", "nofcall", "insidevalue", "value", "object", "array", "string", "number", "funcarray",
                "func", "ws",
            ])),
        APIField(name: "reasoning_format", kind: .words(["none", "parsed", "text_parsed", "raw", "hidden"])),
        APIField(name: "return_raw_tokens", kind: .bool),
        APIField(name: "user", kind: .text(most: .max)),
        APIField(name: "prompt_cache_key", kind: .text(most: 1024)),
    ]

    /// Fields of other endpoints, and one that the API does not support.
    static let foreign = [
        "suffix", "messages", "tools", "tool_choice", "response_format", "service_tier", "prediction",
        "reasoning_effort", "max_completion_tokens", "store", "metadata", "top_logprobs", "logprob",
    ]

    /// Values at the ends of the range, as flags take them, and as JSON.
    var accepted: [(flag: String, json: String)] {
        switch kind {
        case .integer(let range, let most):
            let first = range.lowerBound == .min ? -7 : range.lowerBound
            let last = min(range.upperBound, most)
            return [first, first + 1, last == .max ? 9 : last].map { ("\($0)", "\($0)") }
        case .number(let range): return [range.lowerBound, range.upperBound, 0.5].map { ("\($0)", "\($0)") }
        case .words(let words): return words.map { ($0, "\"\($0)\"") }
        case .text(let most): return ["x", String(repeating: "é", count: min(most, 2000))].map { ($0, "\"\($0)\"") }
        case .texts: return [("x", "\"x\""), ("x", "[\"x\",\"y\",\"z\",\"w\"]"), ("x", "[\"x\"]")]
        case .biases(let range):
            return [range.lowerBound, range.upperBound].map { ("5=\($0)", "{\"5\":\($0)}") }
        case .bool: return [("", "true"), ("", "false")]
        }
    }

    /// Values beyond the range; an empty flag where a flag can't say it.
    var refused: [(flag: String, json: String)] {
        switch kind {
        case .integer(let range, _):
            let outside = [
                range.lowerBound == .min ? nil : range.lowerBound - 1,
                range.upperBound == .max ? nil : range.upperBound + 1,
            ]
            return outside.compactMap(\.self).map { ("\($0)", "\($0)") } + [("1.5", "1.5"), ("x", "\"1\"")]
        case .number(let range):
            return [range.lowerBound - 0.01, range.upperBound + 0.01].map { ("\($0)", "\($0)") } + [("x", "\"1\"")]
        case .words: return [("other", "\"other\""), ("", "5")]
        case .text(let most):
            let long = most == .max ? [] : [String(repeating: "é", count: most + 1)].map { ($0, "\"\($0)\"") }
            return long + [("", "5")]
        case .texts(let most):
            return [("", "[" + Array(repeating: "\"x\"", count: most + 1).joined(separator: ",") + "]"), ("", "5")]
        case .biases(let range):
            return [("5=\(range.upperBound + 1)", "{\"5\":\(range.upperBound + 1)}"), ("x=1", "{\"x\":1}"), ("5", "5")]
        case .bool: return [("", "\"true\""), ("", "1")]
        }
    }
}
