import JSON

/// Gathers the chunks of a stream into the document that the server would have sent unstreamed.
///
/// Members are merged as source text, so numbers, strings and duplicate keys keep their spelling: a choice's texts are
/// joined between their quotes, the arrays of its `tokens` and `logprobs` are chained, and of any other member the last
/// value that is not `null` stands, at the place where its key first came.
public struct StreamGatherer: Sendable {
    private var members = MergedMembers()
    private var choices: [Int: GatheredChoice] = [:]

    /// A gatherer before the first chunk.
    public init() {}

    /// Takes the next chunk.
    public mutating func add(_ chunk: CompletionChunk) {
        for member in chunk.document.root.members {
            // The key keeps its place; the choices' own text is put there at the end.
            let isChoices = member.key.hasString("choices")
            members.merge(member.key, isChoices ? Array("[]".utf8)[...] : member.value.source)
        }
        for choice in chunk.choices {
            choices[choice.index, default: GatheredChoice()].add(choice.source)
        }
    }

    /// The document so far, compact.
    public var bytes: [UInt8] {
        var list: [UInt8] = [UInt8(ascii: "[")]
        for (position, choice) in choices.sorted(by: { $0.key < $1.key }).enumerated() {
            if position > 0 { list.append(UInt8(ascii: ",")) }
            list += choice.value.bytes
        }
        list.append(UInt8(ascii: "]"))
        return members.bytes { key in key.elementsEqual("\"choices\"".utf8) ? list : nil }
    }
}
