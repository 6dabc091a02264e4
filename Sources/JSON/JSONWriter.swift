extension JSONValue {
    /// The value as compact JSON: no white space, no needless escapes, numbers with their own digits.
    public var jsonBytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(256)
        write(to: &output)
        return output
    }

    /// Appends the value as compact JSON.
    public func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let number): output += number.digits.utf8
        case .string(let text): JSONString.append(text, to: &output)
        case .document(let document): output += document.bytes
        case .array(let elements):
            writeList(elements, between: ("[", "]"), to: &output) { $0.write(to: &$1) }
        case .object(let members):
            writeList(members, between: ("{", "}"), to: &output) { member, output in
                JSONString.append(member.key, to: &output)
                output.append(UInt8(ascii: ":"))
                member.value.write(to: &output)
            }
        }
    }

    private func writeList<Element>(
        _ list: [Element], between brackets: (Unicode.Scalar, Unicode.Scalar), to output: inout [UInt8],
        write: (Element, inout [UInt8]) -> Void
    ) {
        output.append(UInt8(ascii: brackets.0))
        for (i, element) in list.enumerated() {
            if i > 0 { output.append(UInt8(ascii: ",")) }
            write(element, &output)
        }
        output.append(UInt8(ascii: brackets.1))
    }
}
