public import JSON

/// A row of the input that can be sent.
public struct Row: Sendable {
    /// Which line of the input it stands on, from 1; with input ended by NUL, which record it is.
    public let number: Int
    /// What its record is found by: its `custom_id`, or else its number; UTF-8.
    public let id: [UInt8]
    /// What is asked: the request body, the row's own fields over those of the flags, or a question that takes several
    /// requests. It holds no field of a stream's.
    public let body: JSONValue
    /// Shows whether a record is the result of this very body.
    public let digest: RequestDigest
    /// Whether the row itself asks for a stream; nil when it does not say.
    public let wantsStream: Bool?
    /// How large its prompts are, for an estimate of their tokens.
    public let promptSize: PromptSize
    /// Whether its prompt is a line of plain text that ends in a carriage return.
    public let endsInCarriageReturn: Bool
    /// How many requests it takes, as far as that is known before the first.
    public let requestCount: Int

    /// A row.
    public init(
        number: Int, id: [UInt8], body: JSONValue, digest: RequestDigest, wantsStream: Bool? = nil,
        promptSize: PromptSize = PromptSize(), endsInCarriageReturn: Bool = false, requestCount: Int = 1
    ) {
        (self.number, self.id, self.body, self.digest) = (number, id, body, digest)
        (self.wantsStream, self.promptSize, self.requestCount) = (wantsStream, promptSize, requestCount)
        self.endsInCarriageReturn = endsInCarriageReturn
    }

    /// How many tokens each completion may have at most; nil when nobody says, or when there is no limit (-1).
    public var maxTokens: Int? { body.member("max_tokens")?.wholeNumber.flatMap { $0 < 0 ? nil : $0 } }

    /// What a request that sets no limit is counted as for each completion: the most that the API is known to assume.
    public static let assumedTokens = 16_384

    /// As many tokens as its request is counted as before it is sent: those of its prompts and the most of its completions.
    public func countedTokens(promptTokens: Int) -> Double {
        Self.countedTokens(promptSize, promptTokens, of: maxTokens, times: completionsPerPrompt)
    }

    /// The same of one request: the tokens of its prompts, and the most of each completion.
    static func countedTokens(
        _ size: PromptSize, _ promptTokens: Int, of maxTokens: Int?, times completionsPerPrompt: Int
    ) -> Double {
        let completions = Double(size.promptCount) * Double(completionsPerPrompt)
        return Double(promptTokens) + Double(maxTokens ?? assumedTokens) * completions
    }

    /// How many completions are generated for each prompt: `n`, or `best_of` where that is more.
    public var completionsPerPrompt: Int {
        max(1, body.member("n")?.wholeNumber ?? 1, body.member("best_of")?.wholeNumber ?? 1)
    }

    /// How many choices the response should hold: one for each prompt, times `n`.
    public var choiceCount: Int {
        let choices = max(1, body.member("n")?.wholeNumber ?? 1)
        let (count, isTooMany) = promptSize.promptCount.multipliedReportingOverflow(by: choices)
        return isTooMany ? .max : count
    }
}

/// A row of the input that can't be sent.
public struct RowError: Error, Equatable, Sendable {
    /// Which line of the input it stands on, from 1.
    public let number: Int
    /// What its record is found by, where that could be read; otherwise its number.
    public let id: [UInt8]
    /// What is wrong with it, for a person; it holds no control characters, and of the row at most a few names.
    public let reason: String
    /// The field of a template that it lacks; nil for any other error.
    public let missingField: MissingField?

    /// An error of a row.
    public init(number: Int, id: [UInt8], reason: String, missingField: MissingField? = nil) {
        (self.number, self.id, self.reason, self.missingField) = (number, id, reason, missingField)
    }
}

extension JSONValue {
    /// An object's member by its name; nil when there is none.
    func member(_ name: StaticString) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        let key = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return members.last { $0.key.elementsEqual(key) }?.value
    }

    /// A number that is whole and fits; nil for everything else.
    var wholeNumber: Int? {
        if case .number(let number) = self { number.integer } else { nil }
    }
}
