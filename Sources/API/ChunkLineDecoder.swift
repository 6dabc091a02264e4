import JSON

/// Reads the chunks of one stream, each of which is a line.
struct ChunkLineDecoder: Sendable {
    private var progress = StreamProgress(expected: 1)
    private var line = 0
    private var id: [UInt8]?
    private(set) var isOver = false

    /// Takes a whole line and gives what it brings.
    mutating func take(_ bytes: [UInt8]) -> [ReplyEvent] {
        line += 1
        guard bytes.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return [] }
        if Self.isEnd(bytes), progress.hasChoices {
            isOver = true
            return [.end]
        }
        do throws(ReplyError) {
            let chunk = try CompletionChunk(ReplyDecoder.parse(bytes), isWholeReply: false)
            guard !isAnother(chunk) else { throw .several(line: line) }
            id = id ?? chunk.document.root["id"]?.stringBytes
            progress.note(chunk)
            return [.chunk(chunk)]
        } catch {
            isOver = true
            return [.failure(error)]
        }
    }

    /// Takes the last line, which has no end of its own, and gives what it brings, and how the stream ended.
    mutating func finish(_ bytes: ArraySlice<UInt8>) -> [ReplyEvent] {
        var events = take(Array(bytes))
        if case .failure(.unreadable)? = events.last { return [.failure(.cutShort(after: progress.extent))] }
        guard !isOver else { return events }
        isOver = true
        if !progress.isWhole {
            events.append(.failure(.cutShort(after: progress.extent)))
        } else {
            events.append(.end)
        }
        return events
    }

    /// Whether a line is what ends an event stream, from which the lines may have been cut.
    private static func isEnd(_ line: [UInt8]) -> Bool {
        line.starts(with: "[DONE]".utf8) && line.dropFirst(6).allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
    }

    /// Whether a chunk goes on where everything has ended, and so is of another reply.
    private func isAnother(_ chunk: CompletionChunk) -> Bool {
        guard progress.isWhole, !chunk.choices.isEmpty else { return false }
        if let id, let own = chunk.document.root["id"]?.stringBytes, own != id { return true }
        return chunk.choices.contains { choice in
            progress.hasEnded(choice.index) && (!choice.text.isEmpty || choice.tokenIDs?.isEmpty == false)
        }
    }
}
