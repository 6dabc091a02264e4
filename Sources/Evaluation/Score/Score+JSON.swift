import API
public import JSON
import Logprobs

extension ScoreComparison {
    /// The comparison for programs, one object.
    ///
    /// - Parameters:
    ///   - prompt: what the continuations follow.
    ///   - method: how they were scored, as the command line names it.
    ///   - startToken: what the server put before the prompt; nil for nothing.
    public func json(prompt: ScoreInput, method: String, startToken: [UInt8]?) -> JSONValue {
        let shares = shares
        let scores = scores.enumerated().map { index, score -> JSONValue in
            .object(score.json + [JSONMember("share", JSONValue(score: shares?[index]))])
        }
        return [
            "prompt": prompt.json, "method": .text(method), "normalize": .text(normalization.rawValue),
            "start_token": startToken.map(JSONValue.string) ?? .null, "scores": .array(scores),
            "winner": winners, "margin": JSONValue(score: margin), "margin_is_bound": .bool(isMarginOpen),
        ]
    }

    /// What is recorded of the comparison as one row of many.
    ///
    /// - Parameters:
    ///   - answer: the index of the right continuation; nil where it is not known.
    ///   - startToken: what the server put before the prompt; nil for nothing.
    public func record(answer: Int?, startToken: [UInt8]?) -> [JSONMember] {
        [
            JSONMember("scores", .array(scores.map { .object($0.figures) })), JSONMember("winner", winners),
            JSONMember("answer", answer.map(JSONValue.integer) ?? .null),
            JSONMember("start_token", startToken.map(JSONValue.string) ?? .null),
        ]
    }

    /// The index of the likeliest by each unit.
    private var winners: JSONValue {
        .object(
            Normalization.allCases.map { normalization in
                JSONMember(normalization.rawValue, winner(by: normalization).map(JSONValue.integer) ?? .null)
            })
    }
}

extension ContinuationScore {
    /// What is known of it, without what follows from that.
    fileprivate var figures: [JSONMember] {
        [
            JSONMember("continuation", continuation.json), JSONMember("logprob", JSONValue(score: logprob)),
            JSONMember("tokens", .integer(tokens)), JSONMember("chars", .integer(chars)),
            JSONMember("bytes", .integer(bytes)), JSONMember("straddles", .bool(straddles)),
            JSONMember("is_bound", .bool(isBound)),
        ]
    }

    /// The members of its object.
    fileprivate var json: [JSONMember] {
        [
            JSONMember("continuation", continuation.json), JSONMember("logprob", JSONValue(score: logprob)),
            JSONMember("tokens", .integer(tokens)), JSONMember("chars", .integer(chars)),
            JSONMember("bytes", .integer(bytes)), JSONMember("per_token", JSONValue(score: value(.token))),
            JSONMember("per_char", JSONValue(score: value(.char))),
            JSONMember("per_byte", JSONValue(score: value(.byte))),
            JSONMember("perplexity", JSONValue(score: perplexity)), JSONMember("straddles", .bool(straddles)),
            JSONMember("is_bound", .bool(isBound)),
        ]
    }
}

extension TextScore {
    /// What is recorded of the score as one row of many.
    public var record: JSONValue { .object(figures) }

    private var figures: [JSONMember] {
        [
            JSONMember("logprob", JSONValue(score: logprob)), JSONMember("tokens", .integer(tokens)),
            JSONMember("bytes", .integer(bytes)), JSONMember("perplexity", JSONValue(score: perplexity)),
            JSONMember("bits_per_byte", JSONValue(score: bitsPerByte)),
            JSONMember("first_token_scored", .bool(isFirstScored)),
            JSONMember("start_token", startToken.map(JSONValue.string) ?? .null),
        ]
    }

    /// The score for programs, one object.
    public var json: JSONValue {
        let places = JSONMember(
            "least_likely",
            .array(
                leastLikely.map { place in
                    [
                        "position": .integer(place.position), "byte": .integer(place.byte),
                        "line": .integer(place.line),
                        "column": .integer(place.column), "token": .string(place.token.text ?? []),
                        "logprob": JSONValue(score: place.logprob),
                    ]
                }))
        return .object(figures + [places])
    }
}

extension ScoreInput {
    /// A string, or a list of numbers.
    public var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .tokens(let ids): .array(ids.map(JSONValue.integer))
        }
    }
}

extension ScoreInput {
    /// What a string or a list of numbers stands for; nil for anything else.
    init?(record: JSONView) {
        if let text = record.stringBytes {
            self = .text(text)
        } else if record.kind == .array {
            self = .tokens(record.elements.compactMap(\.integer))
        } else {
            return nil
        }
    }
}

extension JSONView {
    /// A figure as ``JSONValue/init(score:)`` writes it; nil for anything else.
    var score: Double? { double ?? string.flatMap(Double.init) }
}

extension JSONValue {
    /// A number; what JSON has none for as text, spelled as in the output for people.
    fileprivate init(score: Double?) {
        self = score.map { $0.isFinite ? .double($0) : .text($0.description) } ?? .null
    }
}
