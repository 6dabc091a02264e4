import JSON

/// One choice, gathered over chunks.
struct GatheredChoice: Sendable {
    private static let logprobKeys: [StaticString] = ["logprobs", "reasoning_logprobs"]

    private var members = MergedMembers()
    /// What stands between the quotes of `text` and the brackets of `tokens`, by their key's source.
    private var grown: [ArraySlice<UInt8>: [UInt8]] = [:]
    private var logprobs: [ArraySlice<UInt8>: GatheredLogprobs] = [:]

    mutating func add(_ choice: JSONView) {
        // Of a key that a chunk has twice the last value counts, as for every reader of the document.
        var additions: [ArraySlice<UInt8>: JSONView] = [:]
        for member in choice.members {
            let key = MergedMembers.spelling(of: member.key, plain: ["text", "tokens"] + Self.logprobKeys)
            members.merge(key, member.value.source, prefer: .last)
            additions[key] = member.value
        }
        for (key, value) in additions {
            if key.elementsEqual("\"text\"".utf8), let text = value.stringSource {
                grown[key, default: []] += text
            } else if key.elementsEqual("\"tokens\"".utf8), value.kind == .array {
                GatheredLogprobs.chain(value, onto: &grown[key, default: []])
            } else if value.kind == .object, Self.logprobKeys.contains(where: { Self.isKey(key, $0) }) {
                logprobs[key, default: GatheredLogprobs()].add(value)
            }
        }
    }

    var bytes: [UInt8] {
        members.bytes { key in
            if let logprobs = logprobs[key], !logprobs.isEmpty { return logprobs.bytes }
            let isText = key.elementsEqual("\"text\"".utf8)
            return grown[key].map { isText ? [UInt8(ascii: "\"")] + $0 + [UInt8(ascii: "\"")] : [0x5B] + $0 + [0x5D] }
        }
    }

    private static func isKey(_ source: ArraySlice<UInt8>, _ name: StaticString) -> Bool {
        source.dropFirst().dropLast()
            .elementsEqual(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
}
