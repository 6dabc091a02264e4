import API
import JSON

/// What was asked and what the server says of its answer, besides the choices, as tables.
struct PageFacts {
    /// Longer values are cut short, at about this many bytes.
    private static let longest = 4000

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

    /// The sections of the page.
    func html(_ request: CompletionRequest?) -> String {
        var result = ""
        if let request, case .object(let members) = request.body {
            result += section("Request", members.map { ($0.key, $0.value.jsonBytes) })
        }
        return result + section("Reply", reply.map { ($0.name, $0.value) })
    }

    private func section(_ title: String, _ facts: [([UInt8], [UInt8])]) -> String {
        guard !facts.isEmpty else { return "" }
        let rows = facts.map { name, value in
            let isLong = value.count > Self.longest
            let shown = isLong ? Self.beginning(of: value) : value[...]
            return (HTMLText.plain(name), "<code>\(HTMLText.plain(shown))</code>" + (isLong ? " \u{2026}" : ""))
        }
        return "<section aria-labelledby=\"\(title)\">\n<h2 id=\"\(title)\">\(title)</h2>\n"
            + PageTable(rows: rows).html + "</section>\n"
    }

    /// As much as is shown, to the end of a character.
    private static func beginning(of value: [UInt8]) -> ArraySlice<UInt8> {
        var end = longest
        while end > longest - 4, value[end] & 0xC0 == 0x80 { end -= 1 }
        return value[..<end]
    }
}
