public import API

/// What was seen of a completion: of its choices' texts and tokens, gathered as chunks come, only what somebody needs, so
/// that it costs nothing where nobody does; of the rest what the decoder of its response noted.
public struct CompletionRecord: Sendable {
    /// What is kept of each choice.
    public struct Details: OptionSet, Sendable {
        /// The bits.
        public let rawValue: Int

        /// What these bits say.
        public init(rawValue: Int) {
            self.rawValue = rawValue
        }

        /// The whole text.
        public static let text = Details(rawValue: 1)
        /// The text's first ``CompletionRecord/beginning`` bytes.
        public static let beginning = Details(rawValue: 2)
        /// How many token IDs came.
        public static let tokenIDs = Details(rawValue: 4)
        /// The figures of the tokens, and those that are named by their places.
        public static let statistics = Details(rawValue: 8)
        /// How many alternatives the tokens have.
        public static let alternatives = Details(rawValue: 16)
    }

    /// One choice.
    public struct Choice: Sendable {
        /// The text, or its beginning, or nothing, as it was requested.
        public fileprivate(set) var text: [UInt8] = []
        /// Whether any text has come.
        public fileprivate(set) var hasText = false
        /// Whether a chunk has come that had anything but token IDs in place of text.
        public fileprivate(set) var tellsText = false
        /// How many token IDs came.
        public fileprivate(set) var tokenIDCount = 0
        /// The figures of the tokens.
        public fileprivate(set) var statistics = ChoiceStatistics()
        /// The tokens at the places that were named.
        public fileprivate(set) var tokens: [Int: TokenLogprob] = [:]
    }

    /// How much of a text counts as its beginning.
    public static let beginning = 4096 + 64

    private let details: Details
    private let places: Set<Int>
    private var joiner = SurrogateJoiner()
    /// By index; none while nothing is kept.
    public private(set) var choices: [Int: Choice] = [:]
    /// How many alternatives the tokens of all choices have.
    private(set) var alternatives = AlternativeCounts()
    /// Finish reasons, usage and extent, as the response's decoder has them; to be set when the response has ended.
    public var progress = ReplyProgress()

    /// A record before the first chunk.
    ///
    /// - Parameters:
    ///   - details: what is kept.
    ///   - places: of which tokens more is kept than their figures, from 0.
    public init(keeping details: Details, places: Set<Int> = []) {
        self.details = details
        self.places = places
    }

    /// Takes note of a chunk.
    public mutating func note(_ chunk: CompletionChunk) {
        guard !details.isEmpty else { return }
        for choice in chunk.choices {
            // Taken out, since what is in two places is copied when it changes.
            var record = choices.removeValue(forKey: choice.index) ?? Choice()
            note(choice, &record)
            choices[choice.index] = record
        }
    }

    private mutating func note(_ choice: ChoiceDelta, _ record: inout Choice) {
        record.hasText = record.hasText || !choice.text.isEmpty
        if !details.isDisjoint(with: [.tokenIDs, .beginning]) {
            let count = choice.tokenIDs?.count ?? 0
            record.tokenIDCount += count
            record.tellsText = record.tellsText || count == 0 || !choice.text.isEmpty
        }
        if !details.isDisjoint(with: [.text, .beginning]) {
            let text = joiner.text(of: choice)
            let room = details.contains(.text) ? text.count : max(0, Self.beginning - record.text.count)
            record.text += text.prefix(room)
        }
        guard !details.isDisjoint(with: [.statistics, .alternatives]) else { return }
        for token in choice.tokens {
            if details.contains(.alternatives) { alternatives.add(token) }
            guard details.contains(.statistics) else { continue }
            let statistics = TokenStatistics(token, topCount: nil)
            if places.contains(record.statistics.tokens) { record.tokens[record.statistics.tokens] = token }
            record.statistics.add(statistics)
        }
    }
}

/// How many alternatives the tokens of a response have.
struct AlternativeCounts: Sendable {
    /// The most of a token after which others are listed.
    private(set) var mostFollowed = 0
    /// The most of a token that is the last of them.
    private(set) var mostLast = 0
    /// The fewest of a token that has any.
    private(set) var fewest = Int.max

    /// Takes note of a token.
    mutating func add(_ token: TokenLogprob) {
        let count = token.alternativeCount
        // Most have as many as others before them: what is inferred does not depend on where the sampled one stands then.
        guard count > 0, count > mostFollowed || count < fewest else { return }
        let ranking = TokenRanking(token, topCount: nil)
        guard ranking.best.contains(where: { $0.logprob != nil }) else { return }
        fewest = min(fewest, count)
        if ranking.sampledPlace == count - 1 {
            mostLast = max(mostLast, count)
        } else {
            mostFollowed = max(mostFollowed, count)
        }
    }
}
