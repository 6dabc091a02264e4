import JSON
public import Platform

/// Why a specification of an expectation can't be read.
public struct InvalidExpectation: Error, Equatable {
    /// What is wrong with it.
    public let problem: Message

    init(_ problem: Message) {
        self.problem = problem
    }
}

extension Expectation {
    private static let textOperators = ["!=", "!~", "=", "~"]

    /// Reads a specification.
    ///
    /// - Throws: ``InvalidExpectation`` that names what is wrong with it.
    public init(parsing bytes: [UInt8]) throws(InvalidExpectation) {
        words = "\(plain: bytes)"
        let head = bytes.prefix { !"=!~<>".utf8.contains($0) }
        guard let subject = Self.subject(head) else {
            throw InvalidExpectation(
                "\(quoted: head) is not one of \(own: Expectation.Subject.names.joined(separator: ", "))")
        }
        let rest = bytes[head.endIndex...]
        let operators = subject.isText ? Self.textOperators : Relation.allCases.map(\.rawValue)
        guard let found = operators.first(where: { rest.starts(with: $0.utf8) }) else {
            throw InvalidExpectation(
                "\(quoted: bytes): \(plain: head) is followed by one of \(own: operators.joined(separator: " "))")
        }
        var value = Array(rest.dropFirst(found.utf8.count))
        // As programmers spell it; a text may begin with the sign.
        if found == "=", !subject.isText, value.first == UInt8(ascii: "=") { value.removeFirst() }
        self.subject = subject
        if let relation = Relation(rawValue: found), !subject.isText {
            condition = .number(relation, try Self.number(value))
        } else if found.hasSuffix("~") {
            condition = .pattern(try Self.pattern(value), isNegated: found == "!~")
        } else {
            condition = .text(try Self.text(value), isNegated: found == "!=")
        }
    }

    /// A name, or a name and a place in brackets.
    private static func subject(_ head: ArraySlice<UInt8>) -> Subject? {
        let text = String(decoding: head, as: UTF8.self)
        guard text.hasSuffix("]"), let open = text.firstIndex(of: "[") else { return Subject(text, place: nil) }
        let digits = text[text.index(after: open)...].dropLast()
        guard !digits.isEmpty, digits.allSatisfy({ "0"..."9" ~= $0 }), let place = Int(digits) else { return nil }
        return Subject(String(text[..<open]), place: place)
    }

    static func number(_ value: [UInt8]) throws(InvalidExpectation) -> Double {
        let isDecimal = value.allSatisfy { "+-.eE0123456789".utf8.contains($0) }
        guard isDecimal, let number = Double(String(decoding: value, as: UTF8.self)), number.isFinite else {
            throw InvalidExpectation("\(quoted: value) is not a number")
        }
        return number
    }

    /// A JSON string, when it begins like one, else the bytes as they are.
    static func text(_ value: [UInt8]) throws(InvalidExpectation) -> [UInt8] {
        guard value.first == UInt8(ascii: "\"") else { return value }
        guard let text = (try? JSONDocument(parsing: value))?.root.stringBytes else {
            throw InvalidExpectation("\(quoted: value) begins with a quotation mark and is not a JSON string")
        }
        return text
    }

    private static func pattern(_ value: [UInt8]) throws(InvalidExpectation) -> Pattern {
        if let offset = UTF8Sequence.firstInvalidOffset(in: value) {
            throw InvalidExpectation("the pattern is not UTF-8 at byte \(offset)")
        }
        guard !value.isEmpty else { throw InvalidExpectation("the pattern is empty") }
        do {
            return try Pattern(String(decoding: value, as: UTF8.self))
        } catch {
            throw InvalidExpectation("\(quoted: value) is not a regular expression: \(plain: error.description)")
        }
    }
}
