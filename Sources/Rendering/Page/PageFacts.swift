import API
import JSON

/// What the server says of its answer besides the choices, as a table.
struct PageFacts {
    /// Longer values are cut short, at about this many bytes.
    static let longest = 4000

    /// By name in the order they came; a later chunk's value is the one that counts.
    private var reply: [(name: [UInt8], value: [UInt8])] = []
    /// Where each name stands in ``reply``.
    private var places: [[UInt8]: Int] = [:]
    /// The model's name; nil until the server has told it.
    private(set) var model: [UInt8]?

    /// Takes what a chunk says.
    mutating func add(_ chunk: CompletionChunk) {
        for member in chunk.document.root.members {
            let name = member.key.stringBytes ?? []
            if name.elementsEqual("choices".utf8) { continue }
            if name.elementsEqual("model".utf8) { model = member.value.stringBytes ?? model }
            add(member.value, name)
        }
    }

    private mutating func add(_ value: JSONView, _ name: [UInt8]) {
        if value.kind == .object {
            for member in value.members {
                add(member.value, name + [UInt8(ascii: ".")] + (member.key.stringBytes ?? []))
            }
        } else if !value.isNull {
            let source = Array(value.source.prefix(Self.longest + 1))
            if let place = places[name] {
                reply[place].value = source
            } else {
                places[name] = reply.count
                reply.append((name, source))
            }
        }
    }

    /// The section of the page; empty when nothing came.
    var html: String {
        guard !reply.isEmpty else { return "" }
        let rows = reply.map { name, value in
            let isLong = value.count > Self.longest
            let shown = isLong ? Self.beginning(of: value) : value[...]
            return (HTMLText.plain(name), "<code>\(HTMLText.plain(shown))</code>" + (isLong ? " \u{2026}" : ""))
        }
        return "<section aria-labelledby=\"reply\">\n<h2 id=\"reply\">Reply</h2>\n" + PageTable(rows: rows).html
            + "</section>\n"
    }

    /// As much as is shown, to the end of a character.
    static func beginning(of value: [UInt8]) -> ArraySlice<UInt8> {
        var end = longest
        while end > longest - 4, value[end] & 0xC0 == 0x80 { end -= 1 }
        return value[..<end]
    }
}
