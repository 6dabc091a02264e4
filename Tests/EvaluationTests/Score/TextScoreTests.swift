import Platform
import Testing

@testable import Evaluation

@Suite("Scores of texts")
struct TextScoreTests {
    private static func score(
        _ tokens: [(String, Double?)], _ text: String, count: Int = 3
    ) throws -> TextScore {
        var reply = EchoReply(tokens)
        reply.text = text + (tokens.last?.0 ?? "")
        return try TextScore(EchoedPrompt(reply.chunk(), of: .text(Array(text.utf8))), leastLikely: count)
    }

    @Test("perplexity and bits per byte are of the tokens that have a log probability")
    func figures() throws {
        let tokens: [(String, Double?)] = [("One", nil), (" two", -1), (" \u{E9}", -3), ("!", -9)]
        let score = try Self.score(tokens, "One two \u{E9}")
        #expect(score.logprob == -4 && score.tokens == 2 && score.bytes == 7 && !score.isFirstScored)
        #expect(abs(score.perplexity - 7.389_056_098_930_65) < 1e-12)
        #expect(abs((score.bitsPerByte ?? 0) - 0.824_397_166_222_832_3) < 1e-12)
        let whole = try Self.score([("One", -2)] + tokens.dropFirst(), "One two \u{E9}")
        #expect(whole.logprob == -6 && whole.tokens == 3 && whole.bytes == 10 && whole.isFirstScored)
        let started = try Self.score([("<s>", nil), ("One", -2)] + tokens.dropFirst(), "One two \u{E9}")
        #expect(started.logprob == -6 && started.startToken == Array("<s>".utf8))
    }

    @Test("the least likely tokens come in order, with their places")
    func places() throws {
        let tokens: [(String, Double?)] = [
            ("a", nil), ("\u{E9}\n", -5), ("bc", -1), ("", -2), ("\u{1F600}", -7), (" d", -5), (".", -9),
        ]
        let score = try Self.score(tokens, "a\u{E9}\nbc\u{1F600} d")
        let places = score.leastLikely
        #expect(places.map(\.logprob) == [-7, -5, -5])
        #expect(places.map(\.position) == [4, 1, 5])
        #expect(places.map(\.byte) == [6, 1, 10])
        #expect(places.map(\.line) == [2, 1, 2])
        #expect(places.map(\.column) == [3, 2, 4])
        #expect(try Self.score(tokens, "a\u{E9}\nbc\u{1F600} d", count: 0).leastLikely.isEmpty)
        #expect(try Self.score(tokens, "a\u{E9}\nbc\u{1F600} d", count: 99).leastLikely.count == 5)
    }

    @Test("a text of one token that nothing comes before has no score")
    func single() {
        #expect(throws: EchoProblem.nothingBefore) { try Self.score([("One", nil), ("!", -9)], "One") }
    }
}

@Suite("Scores from the next token")
struct NextTokenScoreTests {
    private static func read(_ top: String, sampled: String = #"" Paris""#, logprob: String = "-0.5") throws
        -> NextTokenScore
    {
        let logprobs =
            #"{"tokens":[\#(sampled)],"token_logprobs":[\#(logprob)],"text_offset":[0],"top_logprobs":[\#(top)]}"#
        let reply =
            #"{"object":"text_completion","choices":[{"text":" Paris","index":0,"finish_reason":"length","logprobs":\#(logprobs)}]}"#
        return try NextTokenScore(try EchoReply.read(Array(reply.utf8)), topCount: 3)
    }

    @Test("a listed continuation is exact, also when different tokens decode alike")
    func listed() throws {
        let score = try Self.read(#"{" Paris":-0.5," a":-2," the":-3}"#).score(of: Array(" a".utf8))
        #expect(score.logprob == -2 && !score.isBound && score.tokens == 1 && score.chars == 2)
        let twice = try Self.read(#"{" Paris":-0.5," a":-2," a":-2}"#).score(of: Array(" a".utf8))
        #expect(abs(twice.logprob - (-2 + 0.693_147_180_559_945_3)) < 1e-12)
    }

    @Test("one that is not listed is bounded by the least of the likeliest, and by what is missing of 1")
    func bounds() throws {
        let many = try Self.read(#"{" Paris":-0.5," a":-2," the":-3}"#).score(of: Array(" Lyon".utf8))
        #expect(many.isBound && abs(many.logprob + 3) < 1e-12)
        let few = try Self.read(#"{" Paris":-0.01," a":-5," the":-6}"#).score(of: Array(" Lyon".utf8))
        #expect(few.isBound && few.logprob < -6.5)
        // The sampled token is listed beside the likeliest.
        let sampled = try Self.read(#"{" Paris":-1," a":-2," the":-3," Nice":-9}"#, sampled: #"" Nice""#, logprob: "-9")
        #expect(abs(sampled.score(of: Array(" Lyon".utf8)).logprob + 3) < 1e-12)
        #expect(sampled.score(of: Array(" Nice".utf8)).logprob == -9)
    }

    @Test("one that begins with a listed token may be as likely as that, and with part of a character, too")
    func beginnings() throws {
        let score = try Self.read(#"{" Paris":-0.5," a":-2," the":-3}"#).score(of: Array(" Parisian".utf8))
        #expect(score.isBound && score.logprob == -0.5)
        let part = try Self.read(#"{" Paris":-0.5,"\#u{FFFD}":-1," the":-3}"#).score(of: Array("\u{1F600}".utf8))
        #expect(part.isBound && part.logprob == -1)
    }

    @Test("without alternatives, or with the prompt before the completion, nothing is told")
    func problems() {
        #expect(throws: NextTokenScore.Problem.noAlternatives) { try Self.read("null") }
        #expect(throws: NextTokenScore.Problem.noAlternatives) { try Self.read("{}") }
        #expect(throws: NextTokenScore.Problem.echoed) {
            try Self.read("null", sampled: #""The"," Paris""#, logprob: "null,-1")
        }
    }
}

@Suite("Expected scores")
struct ScoreExpectationTests {
    private static func expectation(_ words: String) throws -> ScoreExpectation {
        try ScoreExpectation(parsing: Array(words.utf8))
    }

    private static let comparison = ScoreComparison(
        [(" Paris", -1.0), (" Lyon", -2.5)].map { text, logprob in
            ContinuationScore(.text(Array(text.utf8)), text: Array(text.utf8), logprob: logprob, tokens: 1)
        }, by: .sum)

    @Test(
        "a winner and a margin are compared",
        arguments: [
            (#"winner=" Paris""#, true), ("winner= Paris", true), ("winner=Paris", false), (#"winner!=" Lyon""#, true),
            ("margin>1", true), ("margin>=1.5", true), ("margin<1", false), ("margin!=1.5", false),
        ])
    func compared(words: String, holds: Bool) throws {
        let expectation = try Self.expectation(words)
        #expect((expectation.problem(with: Self.comparison) == nil) == holds)
        #expect(expectation.subject.scope == .continuations)
    }

    @Test("an unknown winner fails the check")
    func open() throws {
        var score = Self.comparison.scores[1]
        score.isBound = true
        let comparison = ScoreComparison([score], by: .sum)
        #expect(try Self.expectation("winner!=x").problem(with: comparison) == "no winner")
        #expect(try Self.expectation("margin>0").problem(with: comparison) == "no margin")
    }

    @Test(
        "what can't be read says what would be right",
        arguments: [
            ("", "'' is not one of winner, margin, perplexity, bits_per_byte, accuracy"),
            ("text=x", "'text' is not one of winner, margin, perplexity, bits_per_byte, accuracy"),
            ("winner>1", "'winner>1': winner is followed by one of != ="),
            ("margin", "'margin': margin is followed by one of != <= >= < > ="), ("margin>x", "'x' is not a number"),
            (#"winner="x"#, #"'"x' begins with a quotation mark and is not a JSON string"#),
        ])
    func invalid(words: String, problem: String) {
        #expect {
            try Self.expectation(words)
        } throws: {
            ($0 as? InvalidExpectation)?.problem.text(masking: Secrets()) == problem
        }
    }
}
