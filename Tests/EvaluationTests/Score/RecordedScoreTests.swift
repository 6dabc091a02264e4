import JSON
import Testing

@testable import Evaluation

@Suite("Scores read from records")
struct RecordedScoreTests {
    private static func read(_ members: [JSONMember], by unit: Normalization = .sum) -> RecordedScore? {
        RecordedScore(JSONValue.object(members).jsonBytes, by: unit)
    }

    private static func score(_ input: ScoreInput, _ logprob: Double, isBound: Bool = false) -> ContinuationScore {
        var score = ContinuationScore(input, text: Array(" \u{FC}".utf8), logprob: logprob, tokens: 2)
        (score.isBound, score.straddles) = (isBound, !isBound)
        return score
    }

    @Test("continuations are what was recorded, also impossible and bounded ones, and token IDs")
    func continuations() throws {
        let scores = [
            Self.score(.text(Array(" \u{FC}".utf8)), -0.1), Self.score(.tokens([1, 2]), -.infinity),
            Self.score(.text([0x20]), -7.25, isBound: true),
        ]
        let record = ScoreComparison(scores, by: .byte).record(answer: 2, startToken: nil)
        guard case .continuations(let comparison, let answer) = Self.read(record, by: .byte) else {
            Issue.record("not read as continuations")
            return
        }
        #expect(comparison.scores == scores && comparison.normalization == .byte && answer == 2)
    }

    @Test("a text's figures are what was recorded")
    func text() throws {
        let echo = try EchoedPrompt(
            EchoReply([("One", nil), (" day", -1.1), (".", -1)]).chunk(), of: .text(Array("One day".utf8)))
        let score = try TextScore(echo, leastLikely: 0)
        guard case .text(let read) = Self.read([JSONMember("score", score.record)]) else {
            Issue.record("not read as a text")
            return
        }
        #expect(read.logprob == score.logprob && read.tokens == 1 && read.bytes == score.bytes)
        #expect(read.perplexity == score.perplexity && read.bitsPerByte == score.bitsPerByte)
        #expect(read.isFirstScored == score.isFirstScored && read.startToken == nil)
    }

    @Test(
        "anything else is no score",
        arguments: [
            "", "[]", "{}", #"{"scores":null}"#, #"{"scores":[]}"#, #"{"scores":[{"continuation":" a"}]}"#,
            #"{"score":{"logprob":"low","tokens":1,"bytes":1}}"#, #"{"score":{"logprob":-1,"tokens":0,"bytes":1}}"#,
        ])
    func other(line: String) {
        let isNone = RecordedScore(Array(line.utf8), by: .sum).map { _ in false } ?? true
        #expect(isNone)
    }
}
