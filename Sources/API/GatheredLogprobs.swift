import JSON
import Platform

/// The `logprobs` of one choice, gathered over chunks. Its arrays are parallel: where a chunk has one and not another, the
/// other has `null` for each of the chunk's tokens, so that what is said of a token stays at its place.
struct GatheredLogprobs: Sendable {
    private struct Column: Sendable {
        var elements = ByteBlocks()
        var count = 0

        mutating func pad(to count: Int) {
            while self.count < count { append([UInt8]("null".utf8)[...]) }
        }

        mutating func append(_ element: ArraySlice<UInt8>) {
            if count > 0 { elements.append(UInt8(ascii: ",")) }
            elements.append(element)
            count += 1
        }
    }

    private static let names: [StaticString] = ["tokens", "token_logprobs", "top_logprobs", "text_offset", "content"]

    private var members = MergedMembers()
    /// The arrays, by the places of the members; nil for what never was one.
    private var columns: [Column?] = []
    /// Whether an array there is parallel to the others.
    private var parallels: [Bool] = []
    /// How many tokens the parallel arrays have.
    private var rows = 0
    /// What a chunk brings, while it is taken.
    private var additions: [(place: Int, value: JSONView)] = []

    var isEmpty: Bool { members.isEmpty }

    /// Takes the `logprobs` of the next chunk.
    mutating func add(_ value: JSONView) {
        for member in value.members {
            let key = MergedMembers.spelling(of: member.key, plain: Self.names)
            let place = merge(key, member.value.source)
            // Of a key that a chunk has twice the last value counts, as for every reader of the document.
            if let earlier = additions.firstIndex(where: { $0.place == place }) { additions.remove(at: earlier) }
            additions.append((place, member.value))
        }
        let before = rows
        for (place, value) in additions where value.kind == .array {
            var column = columns[place] ?? Column()
            // What is in two places is copied when it changes.
            columns[place] = nil
            if parallels[place], value.elementCount > 0 { column.pad(to: before) }
            for element in value.elements { column.append(element.source) }
            if parallels[place] { rows = max(rows, column.count) }
            columns[place] = column
        }
        additions.removeAll(keepingCapacity: true)
    }

    private mutating func merge(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Int {
        guard let place = members.place(of: key) else {
            members.add(key, value)
            columns.append(nil)
            parallels.append(!key.elementsEqual("\"content\"".utf8))
            return columns.count - 1
        }
        if columns[place] == nil { members.update(place, value, prefer: .last) }
        return place
    }

    /// Appends the object to an output, and forgets its arrays; false when no more is wanted.
    mutating func write(to output: inout [UInt8], _ flush: OutputFlush) -> Bool {
        var columns = columns
        self.columns = []
        return members.write(to: &output) { place, output in
            guard var column = columns[place] else { return nil }
            columns[place] = nil
            if column.count > 0, parallels[place] { column.pad(to: rows) }
            output.append(UInt8(ascii: "["))
            guard column.elements.drain(to: &output, flush) else { return false }
            output.append(UInt8(ascii: "]"))
            return true
        }
    }
}
