import API
import Logprobs

/// Tokens laid on the text that they must join up to, byte for byte.
///
/// A token's name may spell its bytes in another way, or be no more than a sign for a part of a character; such tokens share
/// the characters that they make. Unlike a ``Logprobs/SpanReader``, it takes nothing that does not fit.
struct TokenAlignment {
    /// Tokens and the bytes that they make together: several of both where tokens are parts of one character.
    struct Span: Equatable {
        let bytes: Range<Int>
        let tokens: Range<Int>
    }

    /// As many bytes as a character can have.
    private static let longestCharacter = 4

    private let text: [UInt8]
    private let tokens: [TokenLogprob]
    /// Up to where tokens were laid on the text.
    private var cursor = 0
    private var next: Int
    /// Where the span begins that is not at a character's end yet.
    private var open: (byte: Int, token: Int)
    /// Without gaps, from the first token and the first byte on.
    private(set) var spans: [Span] = []

    /// The first token that is none of the text's.
    var end: Int { spans.last?.tokens.upperBound ?? next }

    /// Lays tokens on all of a text.
    ///
    /// - Parameters:
    ///   - first: the token that begins the text.
    /// - Throws: ``EchoProblem/tokenNotInText(token:at:)`` or ``EchoProblem/textWithoutToken(at:)``.
    init(_ tokens: [TokenLogprob], from first: Int, on text: [UInt8]) throws(EchoProblem) {
        self.text = text
        self.tokens = tokens
        next = first
        open = (0, first)
        while cursor < text.count {
            guard next < tokens.count else { throw .textWithoutToken(at: cursor) }
            if let length = match(next, at: cursor) {
                advance(length, tokens: 1)
            } else {
                let parts = try parts()
                advance(parts.length, tokens: parts.count)
            }
        }
    }

    private mutating func advance(_ length: Int, tokens count: Int) {
        cursor += length
        next += count
        guard isBoundary(cursor) else { return }
        spans.append(Span(bytes: open.byte..<cursor, tokens: open.token..<next))
        open = (cursor, next)
    }

    /// The tokens from the next one on that are parts of characters, and how many bytes these have.
    private func parts() throws(EchoProblem) -> (length: Int, count: Int) {
        let count = tokens[next...].prefix { $0.text.map(TokenSpelling.isLossy) ?? false }.count
        let mostBytes = min(text.count - cursor, Self.longestCharacter * count)
        guard count > 0 else { throw .tokenNotInText(token: next, at: cursor) }
        let after = next + count
        // The last part may bear all of the character.
        let isSilent = tokens[next..<after].allSatisfy { $0.text?.isEmpty ?? true }
        if isSilent, after < tokens.count, let length = match(after, at: cursor) { return (length, count + 1) }
        if mostBytes > 0 {
            for length in 1...mostBytes where isBoundary(cursor + length) {
                let isEnd = cursor + length == text.count
                if isEnd || after < tokens.count && match(after, at: cursor + length) != nil { return (length, count) }
            }
        }
        throw .tokenNotInText(token: next, at: cursor)
    }

    /// How many bytes the text has of a token at a place, in any spelling; nil when it has others there.
    private func match(_ index: Int, at place: Int) -> Int? {
        guard let name = tokens[index].text, !name.isEmpty, !TokenSpelling.isID(name) else { return nil }
        let readings = [name] + TokenSpelling.readings(of: name, isFirst: place == 0)
        return readings.first { bytes in
            !bytes.isEmpty && bytes.count <= text.count - place
                && text[place..<place + bytes.count].elementsEqual(bytes)
        }?.count
    }

    private func isBoundary(_ place: Int) -> Bool { place >= text.count || text[place] & 0xC0 != 0x80 }
}
