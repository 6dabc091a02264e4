import JSON

/// One choice, gathered over chunks.
struct GatheredChoice: Sendable {
    private var members = MergedMembers()
    private var logprobs = MergedMembers()
    /// What stands between the brackets or quotes of the members that grow, by their key's source.
    private var grown: [ArraySlice<UInt8>: [UInt8]] = [:]
    private var grownLogprobs: [ArraySlice<UInt8>: [UInt8]] = [:]

    mutating func add(_ choice: JSONView) {
        for member in choice.members {
            let key = member.key.source
            members.merge(member.key, member.value.source, prefer: .last)
            if member.key.hasString("text"), let text = member.value.stringSource {
                grown[key, default: []] += text
            } else if member.key.hasString("tokens"), member.value.kind == .array {
                Self.chain(member.value, onto: &grown[key, default: []])
            } else if member.key.hasString("logprobs") {
                addLogprobs(member.value)
            }
        }
    }

    private mutating func addLogprobs(_ value: JSONView) {
        for member in value.members {
            logprobs.merge(member.key, member.value.source, prefer: .last)
            guard member.value.kind == .array else { continue }
            Self.chain(member.value, onto: &grownLogprobs[member.key.source, default: []])
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
