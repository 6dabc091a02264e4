/// The words of a body that is not JSON.
public enum PlainWords {
    /// How many characters of them are worth showing.
    public static let shownLength = 200

    /// The words of its first 64 KiB, tags dropped from a page and white space folded; nil when nothing is left.
    public static func of(_ body: [UInt8]) -> String? {
        let text = String(decoding: body.prefix(64 * 1024), as: UTF8.self)
        let words = (isPage(body) ? withoutTags(text) : text).split(whereSeparator: \.isWhitespace)
        guard !words.isEmpty else { return nil }
        return words.joined(separator: " ")
    }

    /// Whether the body begins like HTML or XML.
    public static func isPage(_ body: [UInt8]) -> Bool {
        body.first { !$0.isBlank } == UInt8(ascii: "<")
    }

    private static func withoutTags(_ page: String) -> String {
        var text = ""
        var rest = page[...]
        while let open = rest.firstIndex(of: "<") {
            text += rest[..<open] + " "
            let tag = rest[open...]
            rest = afterElement(tag) ?? (tag.firstIndex(of: ">").map { tag[tag.index(after: $0)...] } ?? "")
        }
        return text + rest
    }

    /// What follows a style or script element, whose content is not words; nil at any other tag.
    private static func afterElement(_ tag: Substring) -> Substring? {
        for name in ["style", "script"] where tag.dropFirst().lowercased().hasPrefix(name) {
            let close = "</\(name)"
            var rest = tag
            while let next = rest.dropFirst().firstIndex(of: "<") {
                rest = rest[next...]
                if rest.prefix(close.count).lowercased() == close {
                    return rest.firstIndex(of: ">").map { rest[rest.index(after: $0)...] } ?? ""
                }
            }
        }
        return nil
    }
}
