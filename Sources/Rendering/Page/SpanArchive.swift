import API
import Logprobs
import Platform

/// The spans of a text, kept in few bytes until the page is written.
struct SpanArchive {
    /// In bytes: as much is kept together, and freed together.
    private static let blockSize = 64 << 10

    private var blocks: [[UInt8]] = []

    /// Keeps a span.
    ///
    /// - Parameters:
    ///   - tokens: those of the span, as weighed.
    ///   - number: its number in the page.
    mutating func add(_ span: TextSpan, _ tokens: [TokenStatistics], number: Int) {
        if (blocks.last?.count ?? Self.blockSize) >= Self.blockSize {
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(Self.blockSize + Self.blockSize / 16)
        }
        Self.append(span, tokens, number, to: &blocks[blocks.count - 1])
    }

    /// Gives all spans in the order in which they came, with their numbers, and forgets them.
    ///
    /// - Parameter take: takes a span; false for no more.
    /// - Returns: whether all were taken.
    mutating func drain(_ take: (TextSpan, Int) -> Bool) -> Bool {
        for place in blocks.indices {
            var reader = PackedReader(blocks[place])
            blocks[place] = []
            while !reader.isAtEnd {
                let number = reader.integer()
                guard take(Self.read(&reader), number) else { return false }
            }
        }
        blocks = []
        return true
    }

    private static func append(
        _ span: TextSpan, _ tokens: [TokenStatistics], _ number: Int, to block: inout [UInt8]
    ) {
        block.append(packed: number)
        block.append((span.placement == .outside ? 1 : 0) | (span.isPrompt ? 2 : 0))
        block.append(packed: span.text)
        block.append(packed: tokens.count)
        for token in tokens {
            // They are ranked again when they are read, and what is ranked already stays as it is.
            token.token.pack(into: &block, token.alternatives.isEmpty ? nil : token.alternatives)
        }
    }

    private static func read(_ reader: inout PackedReader) -> TextSpan {
        let marks = reader.byte()
        let text = reader.array()
        let tokens = (0..<reader.integer()).map { _ in TokenLogprob(&reader) }
        return TextSpan(
            text: text, tokens: tokens, placement: marks & 1 == 0 ? .text : .outside, isPrompt: marks & 2 != 0)
    }
}
