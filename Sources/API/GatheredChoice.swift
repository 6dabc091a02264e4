import JSON

/// One choice, gathered over chunks.
struct GatheredChoice: Sendable {
    private var members = MergedMembers()
    private var logprobs = MergedMembers()
    /// What stands between the brackets or quotes of the members that grow, by their key's source.
    private var grown: [ArraySlice<UInt8>: [UInt8]] = [:]
    private var grownLogprobs: [ArraySlice<UInt8>: [UInt8]] = [:]

    mutating func add(_ choice: JSONView) {
        // Of a key that a chunk has twice the last value counts, as for every reader of the document.
        var additions: [ArraySlice<UInt8>: JSONView] = [:]
        for member in choice.members {
            let key = MergedMembers.spelling(of: member.key, plain: ["text", "tokens", "logprobs"])
            members.merge(key, member.value.source, prefer: .last)
            additions[key] = member.value
        }
        for (key, value) in additions {
            if key.elementsEqual("\"text\"".utf8), let text = value.stringSource {
                grown[key, default: []] += text
            } else if key.elementsEqual("\"tokens\"".utf8), value.kind == .array {
                Self.chain(value, onto: &grown[key, default: []])
            } else if key.elementsEqual("\"logprobs\"".utf8) {
                addLogprobs(value)
            }
        }
    }

    private mutating func addLogprobs(_ value: JSONView) {
        var additions: [ArraySlice<UInt8>: JSONView] = [:]
        for member in value.members {
            let key = MergedMembers.spelling(
                of: member.key, plain: ["tokens", "token_logprobs", "top_logprobs", "text_offset", "content"])
            logprobs.merge(key, member.value.source, prefer: .last)
            additions[key] = member.value
        }
        for (key, value) in additions where value.kind == .array {
            Self.chain(value, onto: &grownLogprobs[key, default: []])
        }
    }

    private static func chain(_ array: JSONView, onto elements: inout [UInt8]) {
        for element in array.elements {
            if !elements.isEmpty { elements.append(UInt8(ascii: ",")) }
            elements += element.source
        }
    }

    var bytes: [UInt8] {
        members.bytes { key in
            if key.elementsEqual("\"logprobs\"".utf8), !logprobs.isEmpty {
                return logprobs.bytes { grownLogprobs[$0].map { Self.wrap($0, "[", "]") } }
            }
            let isText = key.elementsEqual("\"text\"".utf8)
            return grown[key].map { Self.wrap($0, isText ? "\"" : "[", isText ? "\"" : "]") }
        }
    }

    private static func wrap(_ content: [UInt8], _ open: Unicode.Scalar, _ close: Unicode.Scalar) -> [UInt8] {
        [UInt8(ascii: open)] + content + [UInt8(ascii: close)]
    }
}
