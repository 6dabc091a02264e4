import JSON

/// Whether two values say the same: numbers by what they are worth, not by how they are spelled.
func isSame(_ one: JSONValue, _ other: JSONValue) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): isSame(one, other)
    case (.string(let one), .string(let other)): one == other
    case (.array(let one), .array(let other)): one.count == other.count && zip(one, other).allSatisfy(isSame)
    case (.object(let one), .object(let other)):
        one.count == other.count && zip(one, other).allSatisfy { $0.key == $1.key && isSame($0.value, $1.value) }
    default: false
    }
}

private func isSame(_ one: JSONNumber, _ other: JSONNumber) -> Bool {
    // What is spelled with a fraction or an exponent is the nearest Double.
    let isWhole = [one, other].allSatisfy { $0.digits.utf8.allSatisfy { !".eE".utf8.contains($0) } }
    if isWhole, let one = one.integer, let other = other.integer { return one == other }
    guard let one = one.double, let other = other.double else { return false }
    // Zero keeps its sign.
    return one == other && one.sign == other.sign
}
