import JSON

/// Gathers the chunks of a stream into the document that the server would have sent unstreamed.
///
/// Members are merged as source text, so numbers, strings and duplicate keys keep their spelling: a choice's texts are
/// joined between their quotes, the arrays of its `tokens` and `logprobs` are chained, each token at its place in all of
/// them, and each other member stands where
/// its key first came: an object (`usage`, `time_info`) and a choice's member with its last value, what names the response
/// with its first, `null` never in place of a value.
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
            members.merge(
                MergedMembers.spelling(of: member.key, plain: ["choices"]),
                isChoices ? Array("[]".utf8)[...] : member.value.source,
                prefer: member.value.kind == .object ? .last : .first)
        }
        for choice in chunk.choices {
            choices[choice.index, default: GatheredChoice()].add(choice.source)
        }
    }

    /// The document so far as a complete response.
    ///
    /// - Throws: ``ReplyError`` when nothing came that could be one.
    public func wholeReply() throws(ReplyError) -> CompletionChunk {
        let chunk = try CompletionChunk(ReplyDecoder.parse(bytes), isWholeReply: true)
        guard !chunk.choices.isEmpty else { throw .noChoice(bytes) }
        return chunk
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
