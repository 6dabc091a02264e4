/// What a response may be, by the bytes that it begins with after white space.
enum Opening {
    /// The status line of an HTTP head.
    case head
    /// A field or comment of an event stream.
    case field
    /// A JSON array or object.
    case document
    /// HTML or XML.
    case page
    /// Anything else.
    case words

    /// A byte order mark in UTF-8.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private static let fields = ["data", "event", "id", "retry", "error"]
    private static let statusLine = "HTTP/"

    /// Reads the first bytes; nil while they may be one or the other.
    ///
    /// - Parameter isSaved: whether a head may come before the response.
    init?(_ text: ArraySlice<UInt8>, isSaved: Bool) {
        switch text.first {
        case nil: return nil
        case UInt8(ascii: "{"), UInt8(ascii: "["): self = .document
        case UInt8(ascii: "<"): self = .page
        case UInt8(ascii: ":"): self = .field
        default:
            if isSaved, text.starts(with: Self.statusLine.utf8) {
                self = .head
            } else if Self.fields.contains(where: { Self.begins(text, $0) }) {
                self = .field
            } else if Self.mayBecomeField(text) || (isSaved && Self.statusLine.utf8.starts(with: text)) {
                return nil
            } else {
                self = .words
            }
        }
    }

    /// Whether a line begins with `data:` or another field of an event, after words.
    ///
    /// - Parameter place: how far the body was searched, which is moved on.
    static func hasEventLine(_ body: [UInt8], from place: inout Int) -> Bool {
        while let end = body[place...].firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
            place = end + 1
            if StreamLine.beginsEvent(body[place...]) { return true }
            if StreamLine.mayBeginEvent(body[place...]) {
                // The line's beginning is searched for anew once more of it has come.
                place = end
                return false
            }
        }
        place = body.count
        return false
    }

    private static func begins(_ text: ArraySlice<UInt8>, _ field: String) -> Bool {
        guard text.starts(with: field.utf8), let next = text.dropFirst(field.utf8.count).first else { return false }
        return [UInt8(ascii: ":"), 0x0A, 0x0D].contains(next)
    }

    private static func mayBecomeField(_ text: ArraySlice<UInt8>) -> Bool {
        fields.contains { $0.utf8.starts(with: text) }
    }
}
