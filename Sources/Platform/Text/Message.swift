/// A line for a person: the program's own words, and text from outside, which is masked before anyone sees it.
///
/// Own words are literals and numbers. Outside text (a server's, a file's, an argument's) comes in only by a labeled
/// interpolation, and becomes a string only in ``text(masking:)``: it is masked first, then shortened, then escaped, so that
/// no cut and no escape can hide a part of a secret from the mask.
public struct Message: Equatable, Sendable, ExpressibleByStringInterpolation {
    /// How outside text is shown.
    struct Style: Equatable, Sendable {
        /// Whether it stands between single quotes.
        var isQuoted = false
        /// More characters than these are cut off, for an ellipsis; nil for all of them.
        var limit: Int?
        /// Whether characters that a terminal would act on, or that can't be seen, are spelled out.
        var isEscaped = true
    }

    enum Part: Sendable {
        case own(String)
        case outside([UInt8], Style)
    }

    private(set) var parts: [Part] = []

    /// The program's own words.
    public init(stringLiteral words: String) {
        parts = [.own(words)]
    }

    /// The program's own words, out of a table; never text from outside.
    public init(own words: String) {
        parts = [.own(words)]
    }

    /// What an interpolation put together.
    public init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// Whether there is nothing to report.
    public var isEmpty: Bool {
        parts.allSatisfy { part in
            switch part {
            case .own(let words): words.isEmpty
            case .outside(let bytes, let style): bytes.isEmpty && !style.isQuoted
            }
        }
    }

    /// The program's own words alone, such as the flags that it names.
    public var ownWords: String {
        parts.map { if case .own(let words) = $0 { words } else { "" } }.joined()
    }

    /// Whether both show the same.
    public static func == (a: Message, b: Message) -> Bool {
        a.text(masking: Secrets()).utf8.elementsEqual(b.text(masking: Secrets()).utf8)
    }

    /// One after the other.
    public static func + (a: Message, b: Message) -> Message {
        var both = a
        both.parts += b.parts
        return both
    }

    /// The parts of a message as they come.
    public struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        /// Nothing yet.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// The program's own words.
        public mutating func appendLiteral(_ words: String) {
            if !words.isEmpty { parts.append(.own(words)) }
        }

        /// A message inside another.
        public mutating func appendInterpolation(_ message: Message) {
            parts += message.parts
        }

        /// A number that the program counted.
        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            parts.append(.own(String(number)))
        }

        /// How many there are of something: `1 row`, `2 rows`.
        ///
        /// - Parameter plural: what several are called; nil where an `s` makes it.
        public mutating func appendInterpolation(
            count number: some BinaryInteger, _ noun: String, plural: String? = nil
        ) {
            parts.append(.own("\(number) \(number == 1 ? noun : plural ?? noun + "s")"))
        }

        /// A number that the program worked out.
        public mutating func appendInterpolation(_ number: Double) {
            parts.append(.own(number.description))
        }

        /// The program's own words, out of a table; never text from outside.
        public mutating func appendInterpolation(own words: some StringProtocol) {
            parts.append(.own(String(words)))
        }

        /// Outside text between single quotes, shortened.
        public mutating func appendInterpolation(quoted bytes: some Collection<UInt8>, limit: Int = 60) {
            append(bytes, Style(isQuoted: true, limit: limit))
        }

        /// Outside text between single quotes, shortened.
        public mutating func appendInterpolation(quoted text: some StringProtocol, limit: Int = 60) {
            append(text.utf8, Style(isQuoted: true, limit: limit))
        }

        /// Outside text as it is, but for what a terminal would act on.
        ///
        /// - Parameter limit: more characters are cut off; nil for all.
        public mutating func appendInterpolation(plain bytes: some Collection<UInt8>, limit: Int? = nil) {
            append(bytes, Style(limit: limit))
        }

        /// Outside text as it is, but for what a terminal would act on.
        ///
        /// - Parameter limit: more characters are cut off; nil for all.
        public mutating func appendInterpolation(plain text: some StringProtocol, limit: Int? = nil) {
            append(text.utf8, Style(limit: limit))
        }

        /// Outside text for a document that escapes by rules of its own, such as JSON.
        public mutating func appendInterpolation(raw text: some StringProtocol) {
            append(text.utf8, Style(isEscaped: false))
        }

        private mutating func append(_ bytes: some Collection<UInt8>, _ style: Style) {
            // What is far behind the cut is not looked at: a body may be huge.
            let reach = style.limit.map { 64 * 1024 + 4 * $0 } ?? bytes.count
            parts.append(.outside(Array(bytes.prefix(reach)), style))
        }
    }
}

extension Sequence where Element == Message {
    /// All of them, with the program's words in between.
    public func joined(separator: Message = "") -> Message {
        var result: Message?
        for message in self { result = result.map { $0 + separator + message } ?? message }
        return result ?? ""
    }
}
