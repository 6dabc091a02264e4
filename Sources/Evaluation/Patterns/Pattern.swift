/// A regular expression, searched for in time that is linear in the text, whatever the expression.
///
/// It is matched by Unicode scalar value, as a machine that is in many states at once (Thompson's construction): nothing is
/// tried a second time. For the same reason there are no back-references and no look-around.
struct Pattern: Sendable {
    private let program: [Instruction]

    /// One step of the machine.
    enum Instruction: Sendable {
        /// Takes a scalar of the set and goes on.
        case take(ScalarSet)
        /// Goes on where this holds.
        case check(Assertion)
        /// Goes on at both places.
        case split(Int, Int)
        case jump(Int)
        case found
    }

    /// What must hold between two scalars.
    enum Assertion: Sendable {
        case textStart, textEnd, lastLineEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
    }

    /// Reads a regular expression.
    ///
    /// - Throws: ``PatternError`` for one that is none, or is too large.
    init(_ text: String) throws(PatternError) {
        var reader = PatternReader(text)
        let node = try reader.read()
        var builder = PatternBuilder()
        try builder.append(node)
        program = builder.program + [.found]
    }

    /// Whether it occurs somewhere; bytes that are not UTF-8 look like U+FFFD.
    func occurs(in bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
        var states = PatternStates(program)
        var previous: Unicode.Scalar?
        var place = text.startIndex
        while true {
            let next = place < text.endIndex ? text[place] : nil
            let isLast = next == "\n" && text.index(after: place) == text.endIndex
            if states.enter(between: previous, and: next, isLast: isLast) { return true }
            guard let next else { return false }
            states.take(next)
            previous = next
            text.formIndex(after: &place)
        }
    }
}

/// Why a regular expression can't be read.
struct PatternError: Error, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
