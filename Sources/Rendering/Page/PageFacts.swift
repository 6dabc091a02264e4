import API
import JSON

/// The fields of the response besides the choices, as a table.
struct PageFacts {
    /// Longer values are cut short, at about this many bytes.
    static let longest = 4000

    /// By name in the order they came; a later chunk's value is the one that counts.
    private var fields: [(name: [UInt8], value: [UInt8])] = []
    /// Where each name stands in ``fields``.
    private var places: [[UInt8]: Int] = [:]
    /// Where the next name is looked for first, since chunks say the same in the same order.
    private var expected = 0
    /// The model's name; nil until it has come.
    private(set) var model: [UInt8]?

    /// Takes what a chunk says.
    mutating func add(_ chunk: CompletionChunk) {
        expected = 0
        for member in chunk.document.root.members {
            if isKnown(member) { continue }
            let name = member.key.stringBytes ?? []
            if name.elementsEqual("choices".utf8) { continue }
            if name.elementsEqual("model".utf8) { model = member.value.stringBytes ?? model }
            add(member.value, name)
        }
    }

    /// Whether a member says what was said before, as nearly all do.
    private mutating func isKnown(_ member: (key: JSONView, value: JSONView)) -> Bool {
        guard expected < fields.count, let key = member.key.stringSource, key == fields[expected].name[...],
            !key.contains(UInt8(ascii: "\\")), member.value.source == fields[expected].value[...]
        else { return false }
        expected += 1
        return true
    }

    private mutating func add(_ value: JSONView, _ name: [UInt8]) {
        if value.kind == .object {
            for member in value.members {
                add(member.value, name + [UInt8(ascii: ".")] + (member.key.stringBytes ?? []))
            }
        } else if !value.isNull {
            let source = Array(value.source.prefix(Self.longest + 1))
            if let place = places[name] {
                fields[place].value = source
                expected = place + 1
            } else {
                places[name] = fields.count
                fields.append((name, source))
                expected = fields.count
            }
        }
    }

    /// The section of the page; empty when nothing came.
    var html: String {
        guard !fields.isEmpty else { return "" }
        let rows = fields.map { name, value in
            let isLong = value.count > Self.longest
            let shown = isLong ? Self.beginning(of: value) : value[...]
            return (HTMLText.plain(name), "<code>\(HTMLText.plain(shown))</code>" + (isLong ? " \u{2026}" : ""))
        }
        return "<section aria-labelledby=\"response\">\n<h2 id=\"response\">Response</h2>\n"
            + PageTable(rows: rows).html + "</section>\n"
    }

    /// As much as is shown, to the end of a character.
    static func beginning(of value: [UInt8]) -> ArraySlice<UInt8> {
        var end = longest
        while end > longest - 4, value[end] & 0xC0 == 0x80 { end -= 1 }
        return value[..<end]
    }
}
