import Testing

@testable import Evaluation

@Suite("Scores of continuations")
struct ContinuationScoreTests {
    private static func echo(_ tokens: [(String, Double?)], _ text: String) throws -> EchoedPrompt {
        try EchoedPrompt(EchoReply(tokens).chunk(), of: .text(Array(text.utf8)))
    }

    private static func text(_ text: String) -> ScoreInput { .text(Array(text.utf8)) }

    @Test("the tokens after the prompt count, and characters and bytes are those given")
    func boundary() throws {
        let tokens: [(String, Double?)] = [("The", nil), (" caf", -4), ("\u{E9}", -0.5), (" is", -0.25), (".", -1)]
        let echo = try Self.echo(tokens, "The caf\u{E9} is")
        let score = try #require(try echo.score(of: Self.text(" caf\u{E9} is"), after: Self.text("The")))
        #expect(score.logprob == -4.75 && score.tokens == 3 && score.chars == 8 && score.bytes == 9)
        #expect(score.value(.sum) == -4.75 && score.value(.token) == -4.75 / 3)
        #expect(score.value(.char) == -4.75 / 8 && score.value(.byte) == -4.75 / 9)
        #expect(abs((score.perplexity ?? 0) - 4.871_165_999) < 1e-6)
        #expect(!score.straddles && !score.isBound)
        let last = try #require(try echo.score(of: Self.text(" is"), after: Self.text("The caf\u{E9}")))
        #expect(last.logprob == -0.25 && last.tokens == 1)
    }

    @Test("a start token counts neither as prompt nor as continuation, and makes an empty prompt possible")
    func start() throws {
        let tokens: [(String, Double?)] = [("<s>", nil), ("The", -3), (" sky", -2), (".", -1)]
        var reply = EchoReply(tokens)
        reply.text = "The sky."
        let echo = try EchoedPrompt(reply.chunk(), of: Self.text("The sky"))
        #expect(try echo.score(of: Self.text(" sky"), after: Self.text("The"))?.logprob == -2)
        #expect(try echo.score(of: Self.text("The sky"), after: Self.text(""))?.logprob == -5)
        let bare = try Self.echo([("The", nil), (" sky", -2), (".", -1)], "The sky")
        #expect(throws: EchoProblem.nothingBefore) { try bare.score(of: Self.text("The sky"), after: Self.text("")) }
    }

    @Test("a token of prompt and continuation is scored by the difference to the prompt alone")
    func straddling() throws {
        let whole = try Self.echo([("In", nil), (" the", -1), ("rmo", -6), ("meter", -2), ("!", -1)], "In thermometer")
        let (prompt, continuation) = (Self.text("In the"), Self.text("rmometer"))
        #expect(try whole.score(of: continuation, after: prompt)?.logprob == -8)
        let other = try Self.echo([("In", nil), (" ther", -5), ("mometer", -0.5), ("!", -1)], "In thermometer")
        #expect(try other.score(of: continuation, after: prompt) == nil)
        let alone = try Self.echo([("In", nil), (" the", -1.5), (".", -1)], "In the")
        let score = try other.score(of: continuation, less: alone)
        #expect(score.logprob == -4 && score.tokens == 2 && score.straddles && score.chars == 8)
        let changed = try Self.echo([("I", nil), ("n", -1), (" the", -1.5), (".", -1)], "In the")
        #expect(throws: EchoProblem.retokenized(token: 0)) { try other.score(of: continuation, less: changed) }
        let unlikely = try Self.echo([("In", nil), (" the", -6), (".", -1)], "In the")
        #expect(throws: EchoProblem.likelierThanPrompt) { try other.score(of: continuation, less: unlikely) }
        // Nothing tells how likely a first token is.
        let first = try Self.echo([("ther", nil), ("mometer", -0.5), ("!", -1)], "thermometer")
        let the = try Self.echo([("the", nil), (".", -1)], "the")
        #expect(throws: EchoProblem.nothingBefore) { try first.score(of: continuation, less: the) }
    }

    @Test("of token IDs the boundary is a count, and the names tell characters")
    func tokenIDs() throws {
        var reply = EchoReply([("a", nil), ("b", -1), ("\u{E9}d", -2), ("e", -3)])
        reply.offsets = nil
        let echo = try EchoedPrompt(reply.chunk(), of: .tokens([1, 2, 3]))
        let score = try #require(try echo.score(of: .tokens([3]), after: .tokens([1, 2])))
        #expect(score.logprob == -2 && score.tokens == 1 && score.chars == 2 && score.bytes == 3)
        #expect(throws: EchoProblem.nothingBefore) { try echo.score(of: .tokens([1, 2, 3]), after: .tokens([])) }
    }
}

@Suite("Continuations compared")
struct ScoreComparisonTests {
    private static func score(_ text: String, _ logprob: Double, _ tokens: Int, isBound: Bool = false)
        -> ContinuationScore
    {
        var score = ContinuationScore(.text(Array(text.utf8)), text: Array(text.utf8), logprob: logprob, tokens: tokens)
        score.isBound = isBound
        return score
    }

    /// As lm-evaluation-harness picks for `acc` and `acc_norm`: `np.argmax(lls)`, and of the log-likelihoods divided by the
    /// lengths of the choices.
    private static func argmax(_ values: [Double]) -> Int {
        values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
    }

    @Test("each normalization has its winner, as evaluation harnesses have it where their units agree")
    func winners() {
        let scores = [
            Self.score("no", -3, 1), Self.score("possibly", -7, 4), Self.score("\u{E9}\u{E9}\u{E9}\u{E9}\u{E9}", -5, 2),
        ]
        let comparison = ScoreComparison(scores, by: .char)
        #expect(comparison.winner(by: .sum) == Self.argmax([-3, -7, -5]))
        #expect(comparison.winner(by: .char) == Self.argmax([-3 / 2, -7 / 8, -5 / 5]))
        #expect(comparison.winner(by: .byte) == Self.argmax([-3 / 2, -7 / 8, -5 / 10]))
        #expect(comparison.winner(by: .token) == Self.argmax([-3, -7 / 4, -5 / 2]))
        #expect([.sum, .token, .char, .byte].map { comparison.winner(by: $0) } == [0, 1, 1, 2])
        #expect(comparison.winner == 1 && comparison.margin == -7.0 / 8 + 1)
    }

    @Test("shares are the softmax of what decides; the first of equal ones wins")
    func shares() throws {
        let comparison = ScoreComparison([Self.score("a", -1000, 1), Self.score("b", -1001, 1)], by: .sum)
        let shares = try #require(comparison.shares)
        #expect(abs(shares[0] - 0.731_058_578_630_004_9) < 1e-15 && abs(shares[0] + shares[1] - 1) < 1e-15)
        let even = ScoreComparison([Self.score("a", -1, 1), Self.score("b", -1, 1)], by: .sum)
        #expect(even.winner == 0 && even.margin == 0 && even.shares == [0.5, 0.5])
        let impossible = ScoreComparison([Self.score("a", -.infinity, 1), Self.score("b", -.infinity, 1)], by: .sum)
        #expect(impossible.winner == 0 && impossible.margin == 0 && impossible.shares == nil)
        let one = ScoreComparison([Self.score("a", -1, 1), Self.score("b", -.infinity, 1)], by: .sum)
        #expect(one.winner == 0 && one.margin == .infinity && one.shares == [1, 0])
    }

    @Test("a bound can lose, and can leave open who wins")
    func bounds() {
        let lost = ScoreComparison([Self.score("a", -1, 1), Self.score("b", -2, 1, isBound: true)], by: .sum)
        #expect(lost.winner == 0 && lost.margin == 1 && lost.shares == nil)
        let open = ScoreComparison([Self.score("aaaa", -1, 1), Self.score("b", -2, 1, isBound: true)], by: .sum)
        #expect(open.winner(by: .sum) == 0)
        for scores in [[-2.0, -1], [-1, -1]] {
            let open = ScoreComparison(
                [Self.score("a", scores[0], 1), Self.score("b", scores[1], 1, isBound: true)], by: .sum)
            #expect(open.winner == nil && open.margin == nil)
        }
        let bounds = ScoreComparison(
            [Self.score("a", -3, 1, isBound: true), Self.score("b", -4, 1, isBound: true)], by: .sum)
        #expect(bounds.winner == nil)
    }
}
