extension PatternReader {
    private static let escapedControls: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "r": "\r", "t": "\t", "f": "\u{C}", "v": "\u{B}", "e": "\u{1B}", "a": "\u{7}", "0": "\0",
    ]

    /// Reads what stands after a backslash outside brackets.
    mutating func escape() throws(PatternError) -> PatternNode {
        switch next {
        case "b": return skipping(.wordBoundary)
        case "B": return skipping(.noWordBoundary)
        case "A": return skipping(.textStart)
        case "Z": return skipping(.lastLineEnd)
        case "z": return skipping(.textEnd)
        default:
            let (members, isNegated) = try escapedMember()
            return .scalar(ScalarSet([members], isNegated: isNegated, ignoresCase: options.ignoresCase))
        }
    }

    private mutating func skipping(_ assertion: Pattern.Assertion) -> PatternNode {
        _ = take()
        return .assertion(assertion)
    }

    /// Reads a set in brackets, after the first.
    mutating func bracketed() throws(PatternError) -> ScalarSet {
        var set = ScalarSet([], isNegated: skip("^"), ignoresCase: options.ignoresCase)
        var isFirst = true
        while true {
            guard let scalar = take() else { throw PatternError("expected ']'") }
            if scalar == "]", !isFirst { return set }
            isFirst = false
            let (member, isNegated) = try bracketMember(scalar)
            set.members.append(isNegated ? .anyBut(ScalarSet([member])) : member)
        }
    }

    private mutating func bracketMember(_ scalar: Unicode.Scalar) throws(PatternError) -> (ScalarSet.Member, Bool) {
        if scalar == "[" { throw PatternError("'[' within brackets; as a character it is '\\['") }
        let (member, isNegated) = try scalar == "\\" ? escapedMember() : (.range(scalar.value...scalar.value), false)
        guard case .range(let first) = member, skip("-") else { return (member, isNegated) }
        guard let end = take() else { throw PatternError("expected ']'") }
        // The hyphen is text.
        if end == "]" {
            step(back: 2)
            return (member, isNegated)
        }
        let (last, _) = try end == "\\" ? escapedMember() : (.range(end.value...end.value), false)
        guard case .range(let last) = last else { throw PatternError("a range ends with one character") }
        guard first.lowerBound <= last.upperBound else { throw PatternError("a range ends before it begins") }
        return (.range(first.lowerBound...last.upperBound), false)
    }

    /// Reads what stands after a backslash and is one scalar or a class of them.
    private mutating func escapedMember() throws(PatternError) -> (ScalarSet.Member, isNegated: Bool) {
        guard let scalar = take() else { throw PatternError("nothing after '\\'") }
        if let control = Self.escapedControls[scalar] { return (.range(control.value...control.value), false) }
        switch scalar {
        case "d", "D": return (.digit, scalar == "D")
        case "w", "W": return (.word, scalar == "W")
        case "s", "S": return (.space, scalar == "S")
        case "p", "P": return (.category(try category()), scalar == "P")
        case "x": return (try number(digits: 2), false)
        case "u": return (try number(digits: 4), false)
        case "1"..."9": throw PatternError("back-references are not supported")
        case _ where ScalarSet.isWord(scalar): throw PatternError("'\\\(scalar)' is not supported")
        default: return (.range(scalar.value...scalar.value), false)
        }
    }

    private mutating func category() throws(PatternError) -> String {
        let name = skip("{") ? takeAll { $0 != "}" } : ""
        guard skip("}"), Unicode.GeneralCategory.hasName(name) else {
            throw PatternError("after '\\p' comes a general category of Unicode, such as {L} or {Lu}")
        }
        return name
    }

    /// A scalar by its number in hexadecimal digits: `count` of them, or any number in braces.
    private mutating func number(digits count: Int) throws(PatternError) -> ScalarSet.Member {
        let isBraced = skip("{")
        var left = isBraced ? 8 : count
        let digits = takeAll { scalar in
            left -= 1
            return left >= 0 && scalar.properties.isASCIIHexDigit
        }
        guard isBraced ? skip("}") : digits.count == count, let value = UInt32(digits, radix: 16),
            Unicode.Scalar(value) != nil
        else { throw PatternError("expected the hexadecimal number of a character") }
        return .range(value...value)
    }
}
