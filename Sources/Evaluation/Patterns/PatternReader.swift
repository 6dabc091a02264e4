/// Reads a regular expression.
///
/// It is what Perl, Python and Swift have in common, by Unicode scalar value: `. [] () | ^ $ * + ? {n,m}`, lazy quantifiers,
/// `\d \w \s \b \A \z \Z \p{L}` and their opposites, escapes of characters, `(?:)`, named groups and the options i, m and s.
struct PatternReader {
    /// The options of `(?ims)`.
    struct Options {
        var ignoresCase = false
        var isMultiline = false
        var dotTakesLineEnds = false
    }

    /// How deep groups may nest: reading and building call themselves for each level.
    private static let depthLimit = 200

    private let text: [Unicode.Scalar]
    private var place = 0
    private var depth = 0
    /// Those that hold at this place.
    private(set) var options = Options()

    init(_ text: String) {
        self.text = Array(text.unicodeScalars)
    }

    /// Reads all of it.
    ///
    /// - Throws: ``PatternError`` that says what is wrong.
    mutating func read() throws(PatternError) -> PatternNode {
        let node = try choice()
        guard next == nil else { throw PatternError("')' without '('") }
        return node
    }

    /// The scalar at this place; nil at the end.
    var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

    /// Goes past a scalar, if it is the next.
    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        place += 1
        return true
    }

    /// Goes past the next scalar and returns it; nil at the end.
    mutating func take() -> Unicode.Scalar? {
        guard let scalar = next else { return nil }
        place += 1
        return scalar
    }

    /// Goes back by `count` scalars.
    mutating func step(back count: Int) { place -= count }

    /// Goes past the scalars before the first that is another, and returns them.
    mutating func takeAll(where belongs: (Unicode.Scalar) -> Bool) -> String {
        var taken = String.UnicodeScalarView()
        while let scalar = next, belongs(scalar) {
            taken.append(scalar)
            place += 1
        }
        return String(taken)
    }

    private mutating func choice() throws(PatternError) -> PatternNode {
        // Options that are set within a group hold to its end.
        let outer = options
        defer { options = outer }
        var branches = [try sequence()]
        while skip("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            guard let node = try item() else { continue }
            nodes.append(try quantified(node))
        }
        return .sequence(nodes)
    }

    /// One item; nil for one that only sets options.
    private mutating func item() throws(PatternError) -> PatternNode? {
        guard let scalar = take() else { return nil }
        switch scalar {
        case "(": return try group()
        case "[": return .scalar(try bracketed())
        case ".": return .scalar(options.dotTakesLineEnds ? .all : .line)
        case "^": return .assertion(options.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(options.isMultiline ? .lineEnd : .textEnd)
        case "*", "+", "?": throw PatternError("nothing before '\(scalar)' to repeat")
        case "\\": return try escape()
        default: return .scalar(ScalarSet(scalar, ignoresCase: options.ignoresCase))
        }
    }

    private mutating func group() throws(PatternError) -> PatternNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw PatternError("groups nest too deeply") }
        let outer = options
        if skip("?"), try !opening() { return nil }
        let node = try choice()
        options = outer
        guard skip(")") else { throw PatternError("expected ')'") }
        return node
    }

    /// Reads what stands after `(?`.
    ///
    /// - Returns: whether a group follows; options alone hold to the end of the group around them.
    private mutating func opening() throws(PatternError) -> Bool {
        if skip(":") { return true }
        _ = skip("P")
        if skip("<") {
            guard next != "=", next != "!" else { throw PatternError("look-around is not supported") }
            let name = takeAll { $0 != ">" }
            guard !name.isEmpty, skip(">") else { throw PatternError("expected a group's name and '>'") }
            return true
        }
        var isOn = true
        while let scalar = take() {
            switch scalar {
            case "i": options.ignoresCase = isOn
            case "m": options.isMultiline = isOn
            case "s": options.dotTakesLineEnds = isOn
            case "-" where isOn: isOn = false
            case ":": return true
            case ")": return false
            case "=", "!": throw PatternError("look-around is not supported")
            default: throw PatternError("a group that begins with '(?\(scalar)' is not supported")
            }
        }
        throw PatternError("expected ')'")
    }

    private mutating func quantified(_ node: PatternNode) throws(PatternError) -> PatternNode {
        let bounds: (least: Int, most: Int?)
        if skip("*") {
            bounds = (0, nil)
        } else if skip("+") {
            bounds = (1, nil)
        } else if skip("?") {
            bounds = (0, 1)
        } else if let counts = try counts() {
            bounds = counts
        } else {
            return node
        }
        // Whether a pattern occurs does not depend on how much a lazy quantifier takes.
        if !skip("?"), next == "+" { throw PatternError("possessive quantifiers are not supported") }
        if let next, "*+?".unicodeScalars.contains(next) { throw PatternError("nothing before '\(next)' to repeat") }
        return .repeated(node, bounds.least, bounds.most)
    }

    /// `{n}`, `{n,}`, `{,m}` or `{n,m}`; nil, and nothing read, for a brace that is text.
    private mutating func counts() throws(PatternError) -> (Int, Int?)? {
        let start = place
        guard skip("{") else { return nil }
        let least = takeAll { ("0"..."9").contains($0) }
        let isRange = skip(",")
        let most = isRange ? takeAll { ("0"..."9").contains($0) } : least
        guard skip("}"), !(least.isEmpty && most.isEmpty) else {
            place = start
            return nil
        }
        let bounds = (least.isEmpty ? 0 : Int(least), most.isEmpty ? .max : Int(most))
        guard let first = bounds.0, let last = bounds.1, first <= PatternBuilder.limit,
            most.isEmpty || last <= PatternBuilder.limit
        else { throw PatternError("too large") }
        guard first <= last else { throw PatternError("{\(first),\(last)}: \(first) is more than \(last)") }
        return (first, most.isEmpty ? nil : last)
    }
}
