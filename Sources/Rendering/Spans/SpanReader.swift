import API
import Platform

/// Lays the tokens of one choice on its text, as both come.
///
/// The text is what the model said, the tokens are what is known of it, and they do not always agree: a character split over
/// tokens is empty, U+FFFD or bare bytes in them; special tokens and stop sequences may be missing from the text; the text
/// may lag behind. Where the tokens can't be laid on the text at all, their own text is shown from there on.
struct SpanReader {
    /// How far into the text a token is looked for after parts of a character, or text that no token tells of.
    private static let reach = 64

    /// What came and has no token yet, from `textStart` on.
    private var text: [UInt8] = []
    private var textStart = 0
    /// Tokens that are not placed yet, from `tokenStart` on.
    private var tokens: [TokenLogprob] = []
    private var tokenStart = 0
    /// The parts of a character that wait for its text.
    private var parts: [TokenLogprob] = []
    private var isLost = false
    private var spans: [TextSpan] = []

    /// Takes what a chunk says of the choice, and gives the spans that it completes; where only IDs are known of the tokens,
    /// and those are what was asked for, each as `#12 `.
    mutating func read(
        _ choice: ChoiceDelta, _ joiner: inout SurrogateJoiner, _ context: RenderContext
    ) -> [TextSpan] {
        let tokens = choice.tokens
        if context.showsTokenIDs, let ids = choice.tokenIDs, !ids.isEmpty,
            tokens.isEmpty || tokens.count == ids.count, tokens.allSatisfy({ $0.text == nil })
        {
            return ids.enumerated().map { place, id in
                TextSpan(text: Array("#\(id) ".utf8), tokens: tokens.isEmpty ? [] : [tokens[place]])
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
    mutating func read(_ text: [UInt8]?, _ tokens: [TokenLogprob], isLast: Bool) -> [TextSpan] {
        let comesWithTokens = !tokens.isEmpty
        self.text += text ?? []
        self.tokens += tokens
        let mayWait = !isLast && text != nil
        while tokenStart < self.tokens.count, place(self.tokens[tokenStart], mayWait: mayWait) { tokenStart += 1 }
        if tokenStart == self.tokens.count { settleText(isTold: comesWithTokens) }
        if isLast { giveParts() }
        defer { spans = [] }
        drop()
        return spans
    }

    /// Lays one token; false when the text it belongs to has yet to come.
    private mutating func place(_ token: TokenLogprob, mayWait: Bool) -> Bool {
        let bytes = token.text ?? []
        if isLost {
            giveOwn(token)
            return true
        }
        giveWholeParts()
        if text[textStart...].starts(with: bytes), Self.isWhole(bytes) || isText(bytes) {
            give(bytes.count, token)
        } else if !Self.isWhole(bytes) {
            parts.append(token)
        } else if let distance = parts.isEmpty ? nil : distance(to: bytes) {
            giveText(distance, parts)
            parts = []
            give(bytes.count, token)
        } else if bytes.starts(with: text[textStart...]) {
            if mayWait { return false }
            giveRest(token)
        } else if isFollowed {
            // Not in the text, as a special token that the server leaves out.
            giveParts()
            spans.append(TextSpan(text: bytes, tokens: [token]))
        } else if let distance = distance(to: bytes) {
            giveText(distance, [])
            give(bytes.count, token)
        } else {
            isLost = true
            textStart = text.count
            giveOwn(token)
        }
        return true
    }

    /// Whether the text itself has these bytes of U+FFFD here, and no earlier part waits for them.
    private func isText(_ bytes: [UInt8]) -> Bool {
        parts.isEmpty && !bytes.isEmpty && UTF8Sequence.firstInvalidOffset(in: bytes) == nil
    }

    /// Whether the next token continues the text.
    private var isFollowed: Bool {
        guard tokenStart + 1 < tokens.count, let next = tokens[tokenStart + 1].text, !next.isEmpty else { return false }
        return text[textStart...].starts(with: next)
    }

    /// How many bytes of text there are before these.
    private func distance(to bytes: [UInt8]) -> Int? {
        let rest = text[textStart...].prefix(Self.reach + bytes.count)
        guard rest.count > bytes.count else { return nil }
        return (1...rest.count - bytes.count).first { rest.dropFirst($0).starts(with: bytes) }
    }

    /// Parts that are bare bytes, once they are the character that the text has here.
    private mutating func giveWholeParts() {
        let own = parts.flatMap { $0.text ?? [] }
        guard Self.isWhole(own), text[textStart...].starts(with: own) else { return }
        giveText(own.count, parts)
        parts = []
    }

    /// The token's text, with parts before it that left none.
    private mutating func give(_ count: Int, _ token: TokenLogprob) {
        if !parts.allSatisfy({ ($0.text ?? []).isEmpty }) { giveParts() }
        giveText(count, parts + [token])
        parts = []
    }

    /// The last token when the text ends in its midst, as a stop sequence makes it.
    private mutating func giveRest(_ token: TokenLogprob) {
        giveParts()
        if textStart < text.count {
            giveText(text.count - textStart, [token])
        } else {
            spans.append(TextSpan(text: token.text ?? [], tokens: [token]))
        }
    }

    private mutating func giveText(_ count: Int, _ tokens: [TokenLogprob]) {
        let piece = Array(text[textStart..<textStart + count])
        textStart += count
        // Of a character that the text has as U+FFFD, the tokens may know the real bytes.
        let own = tokens.flatMap { $0.text ?? [] }
        let isBetter = !Self.isWhole(piece) && Self.isWhole(own)
        spans.append(TextSpan(text: isBetter ? own : piece, tokens: tokens))
    }

    /// The text after the last token: that of the parts that wait, or text of which nothing is told.
    private mutating func settleText(isTold: Bool) {
        guard textStart < text.count else { return }
        if isLost, isTold {
            textStart = text.count
        } else {
            giveText(text.count - textStart, parts)
            parts = []
        }
    }

    /// The token's own bytes; of a character's parts, once they are whole.
    private mutating func giveOwn(_ token: TokenLogprob) {
        let bytes = token.text ?? []
        if UTF8Sequence.firstInvalidOffset(in: bytes) == nil {
            giveParts()
            spans.append(TextSpan(text: bytes, tokens: [token]))
            return
        }
        parts.append(token)
        let whole = parts.flatMap { $0.text ?? [] }
        if UTF8Sequence.firstInvalidOffset(in: whole) == nil || whole.count > 4 { giveParts() }
    }

    /// Parts whose text never came, by their own bytes.
    private mutating func giveParts() {
        guard !parts.isEmpty else { return }
        spans.append(TextSpan(text: parts.flatMap { $0.text ?? [] }, tokens: parts))
        parts = []
    }

    /// Forgets what is placed.
    private mutating func drop() {
        text.removeFirst(textStart)
        tokens.removeFirst(tokenStart)
        (textStart, tokenStart) = (0, 0)
    }

    /// Whether a token's text is all that it was: not a part of a character, which is empty, U+FFFD or bare bytes.
    private static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard !bytes.isEmpty, UTF8Sequence.firstInvalidOffset(in: bytes) == nil else { return false }
        return !String(decoding: bytes, as: UTF8.self).unicodeScalars.contains("\u{FFFD}")
    }
}
