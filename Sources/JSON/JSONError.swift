/// Why a text is not JSON, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// What stands at the offset, or is missing there.
    public enum Problem: Equatable, Sendable {
        case unexpectedEnd
        case expectedValue
        case expectedKey
        case expectedColon
        case expectedCommaOrEnd
        case trailingBytes
        case invalidNumber
        case invalidEscape
        case controlCharacter
        case invalidUTF8
        case tooDeep
        case tooLarge
    }

    /// What is wrong.
    public let problem: Problem
    /// Bytes from the start of the text.
    public let offset: Int

    init(_ problem: Problem, at offset: Int) {
        self.problem = problem
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    /// One clause without a final period, such as `expected a value at byte 12`.
    public var description: String {
        problem == .tooLarge ? "the text is 4 GiB or more" : "\(words) at byte \(offset)"
    }

    private var words: String {
        switch problem {
        case .unexpectedEnd: "the text ends too early"
        case .expectedValue: "expected a value"
        case .expectedKey: "expected a key in quotes"
        case .expectedColon: "expected ':'"
        case .expectedCommaOrEnd: "expected ',' or the end of the array or object"
        case .trailingBytes: "more text after the value"
        case .invalidNumber: "not a JSON number"
        case .invalidEscape: "not a JSON escape"
        case .controlCharacter: "unescaped control character in a string"
        case .invalidUTF8: "not UTF-8"
        case .tooDeep: "arrays and objects nested too deep"
        case .tooLarge: "the text is too large"
        }
    }
}
