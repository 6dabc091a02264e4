/// Characters of which nothing can be seen, by the properties that Unicode gives them.
enum HiddenCharacters {
    /// Blank in every font though no property says so: an empty Braille cell, a notehead that is none, two blanks of
    /// Egyptian and the filler of Khitan writing.
    private static let blanks: Set<UInt32> = [0x2800, 0x1D159, 0x13441, 0x13442, 0x16FE4]

    /// Whether a character would not be seen where it stands, or shapes nothing that is.
    ///
    /// - Parameters:
    ///   - before: what stands before it; nil when nothing does, or nothing it could combine with.
    ///   - isLast: whether nothing follows.
    static func contain(_ scalar: Unicode.Scalar, after before: Unicode.Scalar?, isLast: Bool) -> Bool {
        if isLetter(scalar.value) { return false }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: return true
        // A joiner inside a cluster shapes it; elsewhere it can't be seen.
        case .format: return scalar.value != 0x200D || isLast || before?.isASCII ?? true
        case .nonspacingMark, .enclosingMark, .spacingMark:
            guard let before else { return true }
            if blanks.contains(scalar.value) { return true }
            return properties.isDefaultIgnorableCodePoint && !isSelector(scalar, of: before)
        default: return properties.isDefaultIgnorableCodePoint || blanks.contains(scalar.value)
        }
    }

    /// Whether a character is of those ranges that hold most of the world's text and nothing but letters and signs that are
    /// seen, for which the properties need not be looked up.
    private static func isLetter(_ value: UInt32) -> Bool {
        switch value {
        // Latin, Cyrillic, Hiragana, Katakana, Han, Hangul.
        case 0xC0...0x24F, 0x400...0x47F, 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF, 0xAC00...0xD7A3: true
        default: false
        }
    }

    /// Whether a variation selector chooses a form of the character before it.
    private static func isSelector(_ scalar: Unicode.Scalar, of before: Unicode.Scalar) -> Bool {
        guard scalar.properties.isVariationSelector else { return false }
        switch scalar.value {
        case 0xFE0E, 0xFE0F: return before.properties.isEmoji
        case 0x180B...0x180F: return (0x1820...0x18AA).contains(before.value)
        default: return before.properties.isIdeographic
        }
    }
}
