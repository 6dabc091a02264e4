import JSON

/// The members of an object in the order their keys first came, each with its latest value that is not `null`.
struct MergedMembers: Sendable {
    private var entries: [(key: [UInt8], value: [UInt8])] = []

    var isEmpty: Bool { entries.isEmpty }

    mutating func merge(_ key: JSONView, _ value: ArraySlice<UInt8>) {
        guard let index = entries.firstIndex(where: { $0.key.elementsEqual(key.source) }) else {
            entries.append((Array(key.source), Array(value)))
            return
        }
        let isSilent = value.elementsEqual("null".utf8) || value.elementsEqual("\"\"".utf8)
        if !isSilent { entries[index].value = Array(value) }
    }

    /// The object, with the values that `replacement` gives for a key's source in place of its own.
    func bytes(replacement: (ArraySlice<UInt8>) -> [UInt8]?) -> [UInt8] {
        var output: [UInt8] = [UInt8(ascii: "{")]
        for (position, entry) in entries.enumerated() {
            if position > 0 { output.append(UInt8(ascii: ",")) }
            output += entry.key
            output.append(UInt8(ascii: ":"))
            output += replacement(entry.key[...]) ?? entry.value
        }
        output.append(UInt8(ascii: "}"))
        return output
    }
}
