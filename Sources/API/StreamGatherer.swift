import JSON
public import Platform

/// Gathers the chunks of a stream into the document that the server would have sent unstreamed.
///
/// Members are merged as source text, so numbers, strings and duplicate keys keep their spelling: a choice's texts are
/// joined between their quotes, the arrays of its `tokens` and `logprobs` are chained, each token at its place in all of
/// them, and each other member stands where
/// its key first came: an object (`usage`, `time_info`) and a choice's member with its last value, what names the response
/// with its first, `null` never in place of a value.
public struct StreamGatherer: Sendable {
    private static let names: [StaticString] = ["choices"]

    private var members = MergedMembers()
    /// The place of the choices among the members; nil before the first.
    private var place: Int?
    private var choices = RecentMap<Int, GatheredChoice>()

    /// A gatherer before the first chunk.
    public init() {}

    /// Takes the next chunk.
    public mutating func add(_ chunk: CompletionChunk) {
        for member in chunk.document.root.members {
            let key = MergedMembers.spelling(of: member.key, plain: Self.names)
            let place = members.place(of: key)
            if member.key.hasString("choices") {
                // The key keeps its place; the choices' own text is put there at the end.
                if place == nil { members.add(key, []) }
                self.place = self.place ?? members.count - 1
            } else if let place {
                members.update(place, member.value.source, prefer: member.value.kind == .object ? .last : .first)
            } else {
                members.add(key, member.value.source)
            }
        }
        for choice in chunk.choices {
            // Taken out, since what is in two places is copied when it changes.
            var gathered = choices.removeValue(forKey: choice.index) ?? GatheredChoice()
            gathered.add(choice.source)
            choices[choice.index] = gathered
        }
    }

    /// The document so far as a complete response.
    ///
    /// - Throws: ``ReplyError`` when nothing came that could be one.
    public func wholeReply() throws(ReplyError) -> CompletionChunk {
        let chunk = try CompletionChunk(JSONDocument.of(response: bytes), isWholeReply: true)
        guard !chunk.choices.isEmpty else { throw .noChoice(bytes) }
        return chunk
    }

    /// The document so far, compact.
    public var bytes: [UInt8] {
        var (copy, output) = (self, [UInt8]())
        _ = copy.write(to: &output) { _ in true }
        return output
    }

    /// Appends the document so far, compact, to an output, and forgets it on the way, so that it is never in memory twice.
    ///
    /// - Parameter flush: takes what is in the output, now and then.
    /// - Returns: whether more is wanted.
    public mutating func write(to output: inout [UInt8], flush: OutputFlush) -> Bool {
        var choices = choices
        self.choices = RecentMap()
        return members.write(to: &output) { place, output in
            guard place == self.place else { return nil }
            output.append(UInt8(ascii: "["))
            for (number, index) in choices.keys.sorted().enumerated() {
                if number > 0 { output.append(UInt8(ascii: ",")) }
                guard var choice = choices.removeValue(forKey: index) else { continue }
                guard choice.write(to: &output, flush) else { return false }
            }
            output.append(UInt8(ascii: "]"))
            return true
        }
    }
}
