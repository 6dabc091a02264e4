public import API
import Platform

/// Lays the tokens of one choice on its text, as both come.
///
/// The text is what the model said, the tokens are what is known of it, and they do not always agree: a character split over
/// tokens is empty, U+FFFD or bare bytes in them; their names are spelled otherwise, or are none; special tokens and what
/// ended the text may be missing from it; the text may lag behind. The bytes of the spans in the text, joined, are the text,
/// whatever the tokens are, and every token is in one span: where the text has its bytes, else where its offset says, else
/// outside the text or without a place.
public struct SpanReader {
    /// How far into the text a token is looked for.
    private static let reach = 64
    /// As many tokens in a row can be parts of one character, or of a few.
    private static let mostParts = 4
    /// With more text or more tokens than these, what could tell more of them is not waited for.
    private static let mostWaiting = 4096
    /// U+FFFD.
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// What came of the text, and how much of it is in spans, and covered by tokens: the same but within a character.
    private var text: [UInt8] = []
    private var start = 0
    private var cursor = 0
    /// Tokens whose bytes end within the character at `start`.
    private var group: [TokenLogprob] = []
    /// Tokens that came, and how many of them are dealt with.
    private var tokens: [TokenLogprob] = []
    private var head = 0
    /// How much text there must be before the next token is looked at again.
    private var wanted = 0
    /// Tokens that wait for the text they are part of: it begins at the cursor.
    private var parts: [TokenLogprob] = []
    private var scale = OffsetScale()
    /// Whether no token has been dealt with, and the offset of the last that was.
    private var isFirst = true
    private var lastOffset: Int?
    private var spans: [TextSpan] = []

    /// Before the first chunk.
    public init() {}

    /// Takes what a chunk says of the choice, and gives the spans that it completes.
    ///
    /// - Parameter showsTokenIDs: whether IDs were requested: where they came in place of text, each token is a span by its
    ///   name, or as `#12 `.
    public mutating func read(
        _ choice: ChoiceDelta, _ joiner: inout SurrogateJoiner, showsTokenIDs: Bool
    ) -> [TextSpan] {
        let tokens = choice.tokens
        if showsTokenIDs, choice.text.isEmpty, let ids = choice.tokenIDs, !ids.isEmpty,
            tokens.isEmpty || tokens.count == ids.count
        {
            return ids.enumerated().map { place, id in
                let token = tokens.isEmpty ? nil : tokens[place]
                return TextSpan(text: token?.text ?? Array("#\(id) ".utf8), tokens: token.map { [$0] } ?? [])
            }
        }
        let text = choice.textSource == nil ? nil : joiner.text(of: choice)
        return read(text, tokens, isLast: choice.finishReason != nil)
    }

    /// Takes what a chunk brings, and gives the spans that it completes.
    ///
    /// - Parameters:
    ///   - text: nil when the chunk has none at all, so that its tokens can't be waiting for it.
    ///   - isLast: whether nothing more is to come of the choice.
    public mutating func read(_ text: [UInt8]?, _ tokens: [TokenLogprob], isLast: Bool) -> [TextSpan] {
        self.text += text ?? []
        self.tokens += tokens
        scale.append(text ?? [])
        if isFirst, let offset = self.tokens.first?.offset {
            scale.begin(at: offset, last: isLast ? self.tokens.last?.offset : nil)
        }
        var isWaiting = false
        while head < self.tokens.count, !isWaiting {
            let token = self.tokens[head]
            let mayWait =
                !isLast && text != nil && self.tokens.count - head < Self.mostWaiting
                && self.text.count - start < Self.mostWaiting + (token.text?.count ?? 0)
            isWaiting = mayWait && self.text.count < wanted || !place(token, mayWait: mayWait)
            if !isWaiting { (head, wanted, isFirst, lastOffset) = (head + 1, 0, false, token.offset) }
        }
        if !isWaiting { settle(isLast: isLast) }
        drop()
        defer { spans = [] }
        return spans
    }

    /// Gives one token its place; false when what is still to come must tell it.
    private mutating func place(_ token: TokenLogprob, mayWait: Bool) -> Bool {
        guard let name = token.text, !Self.isUnnamed(token) else {
            closeGroup()
            return placeByOffset(token, mayWait: mayWait) ?? leave(token)
        }
        let isPart = TokenSpelling.isLossy(name)
        if let count = match(token, at: cursor), !isPart || parts.isEmpty && !name.isEmpty {
            if let offset = token.offset, start == cursor { scale.note(offset) }
            take(count, token)
            return true
        }
        closeGroup()
        if isPart { return wait(asPart: token) }
        if let needed = missing(of: token), needed > 0, mayWait {
            wanted = text.count + needed
            return false
        }
        if TokenSpelling.isPartial(name) { return wait(asPart: token) }
        if !parts.isEmpty, let distance = distance(to: token), isCharacter(distance, of: parts) {
            giveParts(distance)
        } else if missing(of: token) != nil {
            // The last token when the text ends in its midst, as a stop sequence makes it, or after the text.
            if cursor == text.count { return giveOutside(token) }
        } else if isNext(at: cursor) == true {
            return giveOutside(token)
        } else if mayWait, head + 1 == tokens.count {
            return false
        } else if let isPlaced = placeByOffset(token, mayWait: mayWait) {
            return isPlaced
        } else if let distance = distance(to: token, isConfirmed: true) {
            giveText(distance)
        } else {
            return leave(token)
        }
        take(match(token, at: cursor) ?? text.count - cursor, token)
        return true
    }

    /// The same by the server's offset; nil when that says nothing.
    private mutating func placeByOffset(_ token: TokenLogprob, mayWait: Bool) -> Bool? {
        guard let offset = token.offset else { return nil }
        switch scale.place(offset, in: text[cursor...]) {
        case .unknown: return nil
        case .beyond: return mayWait ? false : giveOutside(token)
        case .ahead(let distance):
            giveText(distance)
            guard cursor < text.count else { return mayWait ? false : giveOutside(token) }
            return place(token, from: offset, mayWait: mayWait)
        }
    }

    /// Covers the text from the cursor to the next token's offset.
    private mutating func place(_ token: TokenLogprob, from offset: Int, mayWait: Bool) -> Bool? {
        guard head + 1 < tokens.count else {
            if mayWait { return false }
            // Tokens at one place share it; those of a server that gives all the same have none.
            if offset == lastOffset { return Self.isUnnamed(token) ? wait(asPart: token) : nil }
            take(text.count - cursor, token)
            return true
        }
        guard let next = tokens[head + 1].offset else { return nil }
        if next == offset { return Self.isUnnamed(token) ? wait(asPart: token) : giveOutside(token) }
        // A copy, since what it asks reads the rest of the reader.
        var scale = scale
        let end = scale.place(next, in: text[cursor...]) { isNext(at: cursor + $0) ?? true }
        self.scale = scale
        switch end {
        case .ahead(let count): take(count, token)
        case .beyond where mayWait: return false
        case .beyond: take(text.count - cursor, token)
        case .unknown: return nil
        }
        return true
    }
}

// MARK: - Looking

extension SpanReader {
    /// Whether all that is known of a token's text is that it has one.
    private static func isUnnamed(_ token: TokenLogprob) -> Bool {
        token.text.map(TokenSpelling.isID) ?? true
    }

    /// How many bytes the text has of a token at a place, in any spelling; nil when it has others there.
    private func match(_ token: TokenLogprob, at place: Int) -> Int? {
        guard let name = token.text else { return nil }
        if hasText(name, at: place) { return name.count }
        return TokenSpelling.readings(of: name, isFirst: isFirst).first { hasText($0, at: place) }?.count
    }

    private func hasText(_ bytes: [UInt8], at place: Int) -> Bool {
        bytes.count <= text.count - place && text[place..<place + bytes.count].elementsEqual(bytes)
    }

    /// How many bytes more the text would need to be a token's, if it ends in its midst or before it; nil where it has others.
    private func missing(of token: TokenLogprob) -> Int? {
        guard let name = token.text else { return nil }
        let rest = text[cursor...]
        let names = [name] + (rest.isEmpty ? [] : TokenSpelling.readings(of: name, isFirst: isFirst))
        return names.first { $0.count > rest.count && $0.starts(with: rest) }.map {
            rest.isEmpty ? 1 : $0.count - rest.count
        }
    }

    /// How many bytes of text there are before those of a token, as far as is looked; at least one.
    private func distance(to token: TokenLogprob, isConfirmed: Bool = false) -> Int? {
        guard let name = token.text, cursor < text.count else { return nil }
        let names = [name] + TokenSpelling.readings(of: name, isFirst: false)
        for distance in 1...min(Self.reach, text.count - cursor) where isBoundary(cursor + distance) {
            for name in names where !name.isEmpty && hasText(name, at: cursor + distance) {
                if !isConfirmed || isNext(at: cursor + distance + name.count) ?? true { return distance }
            }
        }
        return nil
    }

    /// Whether the text has the next token at a place; nil when that can't be seen.
    private func isNext(at place: Int) -> Bool? {
        guard head + 1 < tokens.count else { return nil }
        let next = tokens[head + 1]
        guard let name = next.text, !Self.isUnnamed(next), !TokenSpelling.isLossy(name) else { return nil }
        if place == text.count { return nil }
        return hasText(name, at: place)
            || TokenSpelling.readings(of: name, isFirst: false).contains { hasText($0, at: place) }
    }

    private func isBoundary(_ place: Int) -> Bool { place >= text.count || text[place] & 0xC0 != 0x80 }

    /// Whether that many bytes of text can be what these tokens are parts of: a few characters, or as many U+FFFD.
    private func isCharacter(_ count: Int, of parts: [TokenLogprob]) -> Bool {
        guard count > 0, !parts.isEmpty else { return false }
        if isReplaced(count, by: parts.count) { return true }
        guard parts.count <= Self.mostParts else { return false }
        let characters = parts.reduce(0) {
            $0 + (Self.isUnnamed($1) ? 1 : max(1, Self.characters(($1.text ?? [])[...])))
        }
        return Self.characters(text[cursor..<cursor + count]) <= characters
    }

    /// Whether that many bytes of text are one U+FFFD for each of that many tokens.
    private func isReplaced(_ count: Int, by tokens: Int) -> Bool {
        count == 3 * tokens && (0..<tokens).allSatisfy { hasText(Self.replacement, at: cursor + 3 * $0) }
    }

    private static func characters(_ bytes: ArraySlice<UInt8>) -> Int { bytes.count { $0 & 0xC0 != 0x80 } }
}

// MARK: - Giving

extension SpanReader {
    /// Covers text with a token, and with parts before it that left none of their own.
    private mutating func take(_ count: Int, _ token: TokenLogprob) {
        let isSplit = count <= Self.reach && text[cursor..<cursor + count].contains { $0 >= 0x80 }
        let isSilent = parts.allSatisfy { $0.text?.isEmpty ?? true || Self.isUnnamed($0) }
        if start == cursor, isSplit, isSilent, parts.count < Self.mostParts {
            group += parts
            parts = []
        } else {
            dropParts()
        }
        group.append(token)
        cursor += count
        if isBoundary(cursor) { closeGroup() }
    }

    /// Gives the tokens that end within a character, or after one, all of it.
    private mutating func closeGroup() {
        guard !group.isEmpty else { return }
        while !isBoundary(cursor) { cursor += 1 }
        give(to: cursor, group)
        group = []
    }

    /// Text that no token covers.
    private mutating func giveText(_ count: Int) {
        dropParts()
        if count > 0 { give(to: cursor + count, []) }
    }

    private mutating func give(to end: Int, _ tokens: [TokenLogprob]) {
        spans.append(TextSpan(text: Array(text[start..<end]), tokens: tokens))
        scale.pass(text[start..<end])
        (start, cursor) = (end, end)
    }

    /// Holds a part of a character until its text comes.
    private mutating func wait(asPart token: TokenLogprob) -> Bool {
        parts.append(token)
        if parts.count >= Self.mostWaiting { dropParts() }
        return true
    }

    /// Gives the waiting parts this text.
    private mutating func giveParts(_ count: Int) {
        let tokens = parts
        parts = []
        if isReplaced(count, by: tokens.count) {
            for token in tokens { give(to: cursor + 3, [token]) }
        } else {
            give(to: cursor + count, tokens)
        }
    }

    /// Parts that the text does not have: a few by their own bytes, which may be a character.
    private mutating func dropParts() {
        if parts.isEmpty { return }
        let tokens = parts
        parts = []
        if tokens.count <= Self.mostParts {
            spans.append(TextSpan(text: tokens.flatMap(Self.name), tokens: tokens, placement: .outside))
        } else {
            for token in tokens { _ = giveOutside(token) }
        }
    }

    private static func name(_ token: TokenLogprob) -> [UInt8] {
        token.text ?? token.id.map { Array("#\($0)".utf8) } ?? []
    }

    private mutating func giveOutside(_ token: TokenLogprob) -> Bool {
        dropParts()
        spans.append(TextSpan(text: Self.name(token), tokens: [token], placement: .outside))
        return true
    }

    private mutating func leave(_ token: TokenLogprob) -> Bool {
        dropParts()
        spans.append(TextSpan(text: [], tokens: [token], placement: .unplaced))
        return true
    }

    /// What is left when every token has been dealt with: text of the parts that wait, or text of which nothing is known.
    private mutating func settle(isLast: Bool) {
        if !group.isEmpty, !isLast, text.count - start < Self.reach { return }
        closeGroup()
        let rest = text.count - cursor
        if isCharacter(rest, of: parts) {
            giveParts(rest)
        } else if rest > 0 {
            giveText(rest)
        }
        if isLast { dropParts() }
    }

    /// Forgets what is done with, once that is most of it.
    private mutating func drop() {
        if start > text.count / 2 {
            text.removeFirst(start)
            (cursor, wanted, start) = (cursor - start, wanted - start, 0)
        }
        if head > tokens.count / 2 {
            tokens.removeFirst(head)
            head = 0
        }
    }
}
