import API

extension ChoiceComparison {
    /// The byte of both texts at which the divergence begins: at a token where the tokens before it are the beginning of the
    /// text, else at the first character that differs; nil where neither text shows it.
    ///
    /// It is an offset into ``ComparedReply/Choice/exactText``.
    public var textOffset: Int? {
        guard let a = sides.a?.exactText, let b = sides.b?.exactText, let divergence else { return nil }
        let shared = Self.sharedCount(a, b)
        if unit == .token, let offset = offset(ofToken: divergence), offset <= shared {
            return offset < a.count || offset < b.count ? offset : nil
        }
        guard shared < a.count || shared < b.count else { return nil }
        // Not in the midst of a character.
        var start = shared
        while start > 0, [a, b].contains(where: { start < $0.count && $0[start] & 0xC0 == 0x80 }) { start -= 1 }
        return start
    }

    /// How many bytes of each text are the token at the divergence; nil where that is not known.
    public var tokenSizes: Pair<Int?> {
        let size = { (choice: ComparedReply.Choice?) -> Int? in
            guard unit == .token, let divergence, let tokens = choice?.tokens, divergence < tokens.count else {
                return nil
            }
            return tokens[divergence].exactText?.count
        }
        return Pair(a: size(sides.a), b: size(sides.b))
    }

    /// Where a token that is the same in both begins in the text, if the tokens up to there are its beginning.
    private func offset(ofToken place: Int) -> Int? {
        guard let choice = sides.a else { return nil }
        let text = choice.exactText
        var offset = 0
        for token in choice.tokens.prefix(place) {
            guard let bytes = token.exactText, bytes.count <= text.count - offset,
                text[offset..<offset + bytes.count].elementsEqual(bytes)
            else { return nil }
            offset += bytes.count
        }
        return offset
    }

    private static func sharedCount(_ a: [UInt8], _ b: [UInt8]) -> Int {
        zip(a, b).prefix { $0 == $1 }.reduce(0) { count, _ in count + 1 }
    }
}
