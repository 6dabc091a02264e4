/// What one line of an event stream is.
enum StreamLine {
    /// The end of an event.
    case blank
    /// A line of an event's data.
    case data(ArraySlice<UInt8>)
    /// An event's name.
    case event(ArraySlice<UInt8>)
    /// The value of a field that only servers in trouble send.
    case error(ArraySlice<UInt8>)
    /// The beginning of a JSON array or object without a field's name.
    case document
    /// Words without a field's name.
    case text(ArraySlice<UInt8>)
    /// A comment.
    case comment
    /// A field that says nothing here.
    case ignored

    private static let openings = ["data:", "event:"]

    /// Reads a line without its end.
    ///
    /// - Parameter isTerminated: false when the stream ended in the line, so that its words may be half a field's name.
    init(_ line: ArraySlice<UInt8>, isTerminated: Bool) {
        guard let first = line.first else {
            self = .blank
            return
        }
        // What nearly every line is.
        if Self.begins(line, "data: ") {
            self = .data(line.dropFirst(6))
            return
        }
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
        let name = line[..<(colon ?? line.endIndex)]
        var value = line[min((colon ?? line.endIndex) + 1, line.endIndex)...]
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        if first == UInt8(ascii: ":") {
            self = .comment
        } else if name.elementsEqual("data".utf8) {
            self = .data(value)
        } else if name.elementsEqual("event".utf8) {
            self = .event(value)
        } else if name.count == 5, Self.lowercased(name).elementsEqual("error".utf8) {
            self = .error(value)
        } else if Self.beginsDocument(line) {
            self = .document
        } else if Self.isText(name, hasColon: colon != nil, isTerminated: isTerminated) {
            self = .text(line)
        } else {
            self = .ignored
        }
    }

    private static func begins(_ line: ArraySlice<UInt8>, _ opening: StaticString) -> Bool {
        guard line.count >= opening.utf8CodeUnitCount else { return false }
        for place in 0..<opening.utf8CodeUnitCount where line[line.startIndex + place] != opening.utf8Start[place] {
            return false
        }
        return true
    }

    /// Whether only event streams have such a line.
    var isOfEvents: Bool {
        switch self {
        case .data, .event, .error, .comment: true
        case .blank, .document, .text, .ignored: false
        }
    }

    /// Whether a line begins with a JSON array or object.
    static func beginsDocument(_ line: ArraySlice<UInt8>) -> Bool {
        let first = line.first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    /// Whether a line is one of an event's own, as none inside a JSON value is.
    static func beginsEvent(_ line: ArraySlice<UInt8>) -> Bool {
        openings.contains { line.starts(with: $0.utf8) }
    }

    /// Whether a line that has not come to its end may yet be one.
    static func mayBeginEvent(_ line: ArraySlice<UInt8>) -> Bool {
        openings.contains { $0.utf8.starts(with: line) }
    }

    /// Whether what stands before the first colon, or a line without one, is words: several, or one that is neither a field
    /// of the standard nor a number.
    private static func isText(_ name: ArraySlice<UInt8>, hasColon: Bool, isTerminated: Bool) -> Bool {
        let words = name.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard words.count == 1, let word = words.first else { return !words.isEmpty }
        guard !hasColon, isTerminated, !["id", "retry"].contains(where: { word.elementsEqual($0.utf8) }) else {
            return false
        }
        // The sizes of a chunked transfer that was chunked twice are hexadecimal.
        return word.contains { (0x67...0x7A).contains($0 | 0x20) }
    }

    /// The bytes with ASCII's capital letters made small.
    static func lowercased(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
}
