extension JSONView {
    /// The value laid out on several lines, two spaces a level; every key, string and number spelled as in the source.
    public var prettyBytes: [UInt8] {
        var output: [UInt8] = []
        writePretty(to: &output, indent: 0)
        return output
    }

    /// The value without white space between its tokens; every key, string and number spelled as in the source.
    public var compactBytes: [UInt8] {
        var output: [UInt8] = []
        writeCompact(to: &output)
        return output
    }

    private func writePretty(to output: inout [UInt8], indent: Int) {
        switch kind {
        case .array:
            writeLines(of: elements, between: ("[", "]"), to: &output, indent: indent) { element, output in
                element.writePretty(to: &output, indent: indent + 1)
            }
        case .object:
            writeLines(of: members, between: ("{", "}"), to: &output, indent: indent) { member, output in
                output += member.key.source
                output += ": ".utf8
                member.value.writePretty(to: &output, indent: indent + 1)
            }
        default: output += source
        }
    }

    private func writeLines<List: Sequence>(
        of list: List, between brackets: (Unicode.Scalar, Unicode.Scalar), to output: inout [UInt8], indent: Int,
        write: (List.Element, inout [UInt8]) -> Void
    ) {
        output.append(UInt8(ascii: brackets.0))
        var isEmpty = true
        for element in list {
            output += (isEmpty ? "\n" : ",\n").utf8
            output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * (indent + 1)))
            write(element, &output)
            isEmpty = false
        }
        if !isEmpty {
            output.append(UInt8(ascii: "\n"))
            output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
        }
        output.append(UInt8(ascii: brackets.1))
    }

    private func writeCompact(to output: inout [UInt8]) {
        switch kind {
        case .array:
            output.append(UInt8(ascii: "["))
            for (i, element) in elements.enumerated() {
                if i > 0 { output.append(UInt8(ascii: ",")) }
                element.writeCompact(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object:
            output.append(UInt8(ascii: "{"))
            for (i, member) in members.enumerated() {
                if i > 0 { output.append(UInt8(ascii: ",")) }
                output += member.key.source
                output.append(UInt8(ascii: ":"))
                member.value.writeCompact(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        default: output += source
        }
    }
}
