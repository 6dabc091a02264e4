import Testing

@testable import Evaluation

@Suite("The way from a question to its scores")
struct ScoringTests {
    private static let parts = ["rmometer", " end", "rmos"].map { ScoreInput.text(Array($0.utf8)) }
    private static let prompt = ScoreInput.text(Array("In the".utf8))
    private static let replies = [
        EchoReply([("In", nil), (" ther", -5), ("mometer", -0.5), ("!", -1)]),
        EchoReply([("In", nil), (" the", -1.5), (" end", -2.25), ("!", -1)]),
        EchoReply([("In", nil), (" thermos", -9.5), ("!", -1)]),
        EchoReply([("In", nil), (" the", -1.5), (".", -1)]),
    ]

    @Test(
        "asks once for the prompt alone, and comes to the same in whatever order responses come",
        arguments: [[0, 1, 2, 3], [2, 1, 0, 3], [0, 3, 1, 2], [1, 2, 3, 0]])
    func order(order: [Int]) throws {
        let question = ScoreQuestion.continuations(Self.parts, of: Self.prompt)
        var scoring = Scoring(question, by: .echo, topCount: 20, placeCount: 0)
        var asked = scoring.prompts.count
        for index in order {
            #expect(scoring.outcome == nil && index < asked)
            asked += try scoring.take(Self.replies[index].chunk(), of: index).count
        }
        guard case .continuations(let scores, _)? = scoring.outcome else {
            Issue.record("no outcome")
            return
        }
        #expect(asked == 4 && scores.map(\.logprob) == [-4, -2.25, -8])
        #expect(scores.map(\.straddles) == [true, false, true])
    }

    @Test("a problem names what it is found in, and whether the server is to blame whatever is asked")
    func problems() throws {
        let question = ScoreQuestion.continuations(Self.parts, of: Self.prompt)
        var scoring = Scoring(question, by: .echo, topCount: 20, placeCount: 0)
        #expect {
            _ = try scoring.take(EchoReply([("!", -1)]).chunk(), of: 1)
        } throws: {
            let problem = $0 as? ScoreProblem
            return problem?.part == .continuation(Self.parts[1]) && problem?.isOfServer == true
        }
        #expect(!ScoreProblem(part: .text, reason: .echo(.nothingBefore)).isOfServer)
    }
}
