import JSON
public import Platform

/// Something that scores must be, such as `winner=" Paris"` or `perplexity<20`.
public struct ScoreExpectation {
    /// What is looked at.
    public enum Subject: String, CaseIterable, Sendable {
        /// The continuation that wins, as text.
        case winner
        /// How far the winner is ahead of the next, in nats of the normalization that decides.
        case margin
        /// That of a text.
        case perplexity
        /// The bits per byte of a text.
        case bitsPerByte = "bits_per_byte"
        /// The share of answers that win, of a file of rows.
        case accuracy

        /// What it is found in.
        public var scope: Scope {
            switch self {
            case .winner, .margin: .continuations
            case .perplexity, .bitsPerByte: .text
            case .accuracy: .rows
            }
        }
    }

    /// What has a subject.
    public enum Scope: Sendable {
        case continuations, text, rows
    }

    /// The words it was given in.
    public let words: Message
    /// What is looked at.
    public let subject: Subject
    private let relation: Expectation.Relation
    /// A number, or the text that the winner must be, or must not be.
    private let number: Double
    private let text: [UInt8]

    /// Reads a specification.
    ///
    /// - Throws: ``InvalidExpectation`` that names what is wrong with it.
    public init(parsing bytes: [UInt8]) throws(InvalidExpectation) {
        words = "\(plain: bytes)"
        let head = bytes.prefix { !"=!<>".utf8.contains($0) }
        guard let subject = Subject(rawValue: String(decoding: head, as: UTF8.self)) else {
            let names = Subject.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidExpectation("\(quoted: head) is not one of \(own: names)")
        }
        let rest = bytes[head.endIndex...]
        let relations: [Expectation.Relation] =
            subject == .winner ? [.notEqual, .equal] : Expectation.Relation.allCases
        guard let relation = relations.first(where: { rest.starts(with: $0.rawValue.utf8) }) else {
            let signs = relations.map(\.rawValue).joined(separator: " ")
            throw InvalidExpectation("\(quoted: bytes): \(plain: head) is followed by one of \(own: signs)")
        }
        let value = Array(rest.dropFirst(relation.rawValue.utf8.count))
        (self.subject, self.relation) = (subject, relation)
        text = subject == .winner ? try Expectation.text(value) : []
        number = subject == .winner ? 0 : try Expectation.number(value)
    }

    /// What was found instead of the winner or the margin that is expected; nil when it is as expected, or of a text.
    public func problem(with comparison: ScoreComparison) -> Message? {
        switch subject {
        case .winner:
            guard let winner = comparison.winner else { return "no winner" }
            guard case .text(let found) = comparison.scores[winner].continuation else { return "token IDs" }
            return (found == text) == (relation == .equal) ? nil : "\(quoted: found)"
        case .margin: return judge(comparison.margin, isLeast: comparison.isMarginOpen, else: "no margin")
        case .perplexity, .bitsPerByte, .accuracy: return nil
        }
    }

    /// What was found instead of the figure that is expected; nil when it is as expected, or of continuations.
    public func problem(with score: TextScore) -> Message? {
        switch subject {
        case .winner, .margin, .accuracy: nil
        case .perplexity: judge(score.perplexity, else: "")
        case .bitsPerByte: judge(score.bitsPerByte, else: "no bytes")
        }
    }

    /// What was found instead in a row's scores; nil when they are as expected, or when it is not of such scores.
    public func problem(with score: RecordedScore) -> Message? {
        switch score {
        case .continuations(let comparison, _): problem(with: comparison)
        case .text(let text): problem(with: text)
        }
    }

    /// What was found instead of the accuracy that is expected; nil when it is as expected, or of something else.
    ///
    /// - Parameter accuracy: nil when no row has an answer.
    public func problem(withAccuracy accuracy: Double?) -> Message? {
        subject == .accuracy ? judge(accuracy, else: "no answers") : nil
    }

    /// The continuation that must win, or must not; nil for other subjects.
    public var winner: [UInt8]? { subject == .winner ? text : nil }

    /// - Parameter isLeast: whether the value may be any that is not below what was found.
    private func judge(_ found: Double?, isLeast: Bool = false, else nothing: Message) -> Message? {
        guard let found else { return nothing }
        // What holds for the least value and for all above it; nothing else is certain.
        let isCertain =
            switch relation {
            case .greater, .atLeast: true
            case .notEqual: !isLeast || found > number
            case .equal, .less, .atMost: !isLeast
            }
        if isCertain, relation.holds(found, number) { return nil }
        let figure: Message = "\(own: JSONNumber(found)?.digits ?? found.description)"
        return isLeast ? "at least \(figure)" : figure
    }
}
