import API
import JSON
import Logprobs
import Platform

extension ReplyComparison {
    /// The comparison for programs: one object, compact, with a newline.
    ///
    /// - Parameter names: what the responses are called.
    public func json(_ names: Pair<[UInt8]>) -> [UInt8] {
        let value: JSONValue = [
            "same": .bool(isSame),
            "a": .text(String(decoding: names.a, as: UTF8.self)),
            "b": .text(String(decoding: names.b, as: UTF8.self)),
            "changes": .array(changes.map(Self.json)),
            "choices": .array(choices.map(\.json)),
        ]
        return value.jsonBytes + [UInt8(ascii: "\n")]
    }

    private static func json(_ change: FieldChange) -> JSONValue {
        let value = { (bytes: [UInt8]?) -> JSONValue in
            bytes.flatMap { try? JSONDocument(parsing: $0) }.map(JSONValue.document) ?? .null
        }
        return ["field": .text(change.name), "a": value(change.a), "b": value(change.b)]
    }
}

extension ChoiceComparison {
    /// The choice's part of the object.
    var json: JSONValue {
        let reason = { (choice: ComparedReply.Choice?) -> JSONValue in
            choice?.finishReason.map(JSONValue.text) ?? .null
        }
        return [
            "index": .integer(index),
            "same": .bool(isSame),
            "same_text": .bool(hasSameText),
            "unit": .text(unit.rawValue),
            "counts": [
                "a": sides.a == nil ? .null : .integer(counts.a), "b": sides.b == nil ? .null : .integer(counts.b),
            ],
            "divergence": divergence.map(JSONValue.integer) ?? .null,
            "at": ["a": json(weighed.a, of: sides.a), "b": json(weighed.b, of: sides.b)],
            "logprobs": [
                "compared": .integer(drift.compared), "changed": .integer(drift.changed),
                "mean": Self.figure(drift.mean),
                "greatest": drift.greatest.map { Self.figure($0.change) } ?? .null,
                "greatest_at": drift.greatest.map { .integer($0.place) } ?? .null,
            ],
            "finish_reason": ["a": reason(sides.a), "b": reason(sides.b)],
        ]
    }

    private func json(_ statistics: TokenStatistics?, of choice: ComparedReply.Choice?) -> JSONValue {
        guard let statistics, let choice, let divergence else { return .null }
        return [
            "token": Self.text(statistics.token.exactText),
            "id": choice.id(ofToken: divergence).map(JSONValue.integer) ?? .null,
            "logprob": statistics.token.logprob.map(Self.figure) ?? .null,
            "rank": statistics.rank.map { .text($0.description) } ?? .null,
            "alternatives": .array(
                statistics.alternatives.map { alternative in
                    [
                        "token": alternative.isNamed ? Self.text(Array(alternative.text)) : .null,
                        "id": alternative.id.map(JSONValue.integer) ?? .null,
                        "logprob": alternative.logprob.map(Self.figure) ?? .null,
                    ]
                }),
        ]
    }

    /// Bytes that are not UTF-8 as U+FFFD, since JSON has no other way; a surrogate without its partner by its escape.
    private static func text(_ bytes: [UInt8]?) -> JSONValue { bytes.map(CodePoints.json) ?? .null }

    /// A number; what JSON has none for as text, spelled as in the comparison for people.
    private static func figure(_ value: Double) -> JSONValue {
        value.isFinite ? .double(value) : .text(value.description)
    }
}
