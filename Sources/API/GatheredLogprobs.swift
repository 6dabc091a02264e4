import JSON

/// The `logprobs` of one choice, gathered over chunks. Its arrays are parallel: where a chunk has one and not another, the
/// other has `null` for each of the chunk's tokens, so that what is said of a token stays at its place.
struct GatheredLogprobs: Sendable {
    private struct Column {
        var elements: [UInt8] = []
        var count = 0

        mutating func pad(to count: Int) {
            while self.count < count { append("null".utf8) }
        }

        mutating func append(_ element: some Sequence<UInt8>) {
            if count > 0 { elements.append(UInt8(ascii: ",")) }
            elements += element
            count += 1
        }
    }

    private var members = MergedMembers()
    /// The arrays, by their key's source.
    private var columns: [ArraySlice<UInt8>: Column] = [:]
    /// How many tokens the parallel arrays tell of.
    private var rows = 0

    var isEmpty: Bool { members.isEmpty }

    /// Takes the `logprobs` of the next chunk.
    mutating func add(_ value: JSONView) {
        // Of a key that a chunk has twice the last value counts, as for every reader of the document.
        var additions: [ArraySlice<UInt8>: JSONView] = [:]
        for member in value.members {
            let key = MergedMembers.spelling(
                of: member.key, plain: ["tokens", "token_logprobs", "top_logprobs", "text_offset", "content"])
            members.merge(key, member.value.source, prefer: .last)
            additions[key] = member.value
        }
        let before = rows
        for (key, value) in additions where value.kind == .array {
            var column = columns.removeValue(forKey: key) ?? Column()
            let isParallel = !key.elementsEqual("\"content\"".utf8)
            if isParallel, value.elements.first(where: { _ in true }) != nil { column.pad(to: before) }
            for element in value.elements { column.append(element.source) }
            if isParallel { rows = max(rows, column.count) }
            columns[key] = column
        }
    }

    /// The object so far, compact.
    var bytes: [UInt8] {
        members.bytes { key in
            columns[key].map { column in
                var column = column
                if column.count > 0, !key.elementsEqual("\"content\"".utf8) { column.pad(to: rows) }
                return [UInt8(ascii: "[")] + column.elements + [UInt8(ascii: "]")]
            }
        }
    }

    /// Appends the elements of an array, as they are spelled.
    static func chain(_ array: JSONView, onto elements: inout [UInt8]) {
        for element in array.elements {
            if !elements.isEmpty { elements.append(UInt8(ascii: ",")) }
            elements += element.source
        }
    }
}
