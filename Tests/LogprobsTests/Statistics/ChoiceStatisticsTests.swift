import API
import Testing

@testable import Logprobs

@Suite("Statistics of a choice")
struct ChoiceStatisticsTests {
    private func figures(_ logprobs: String, topCount: Int? = nil) -> ChoiceStatistics {
        var figures = ChoiceStatistics()
        for token in Tokens.read(logprobs) { figures.add(TokenStatistics(token, topCount: topCount)) }
        return figures
    }

    @Test("no token has no mean, no perplexity and no least likely one")
    func empty() {
        let none = ChoiceStatistics()
        #expect(none.tokens == 0 && none.totalLogprob == 0 && none.meanLogprob == nil && none.perplexity == nil)
        #expect(none.leastLikely == nil && none.finishReason == nil)
    }

    @Test("null entries count as tokens, and not in the mean")
    func nulls() {
        let echoed = figures(#"{"tokens":["It"," was"," dark"],"token_logprobs":[null,-1,-3]}"#)
        #expect(echoed.tokens == 3 && echoed.nulls == 1 && echoed.totalLogprob == -4 && echoed.meanLogprob == -2)
        #expect(echoed.perplexity.map { abs($0 - 7.38905609893065) < 1e-12 } == true)
        #expect(figures(#"{"tokens":["It"],"token_logprobs":[null]}"#).meanLogprob == nil)
    }

    @Test("the least likely token is the first of them, with its place in tokens, bytes and characters")
    func leastLikely() {
        let found = figures(#"{"tokens":["夜","a","é","b"],"token_logprobs":[-1,-2,-5,-5],"text_offset":[9,10,11,12]}"#)
            .leastLikely
        #expect(found?.position == 2 && found?.byteOffset == 4 && found?.characterOffset == 2)
        #expect(found?.logprob == -5 && found?.token.offset == 11)
        #expect(found?.token.text == Array("é".utf8))
    }

    @Test("what was flagged is counted")
    func flags() {
        let flagged = figures(
            #"{"tokens":["\ufffd","a","b"],"token_logprobs":[-1,-1,null],"top_logprobs":[{"":-1,"":-2},{"a":-1},null]}"#,
            topCount: 2)
        #expect(flagged.partials == 1 && flagged.repeats == 1 && flagged.shortLists == 1 && flagged.shortest == 1)
    }

    @Test("the finish reason stays once it came")
    func finish() {
        var figures = ChoiceStatistics()
        figures.end("length")
        figures.end(nil)
        #expect(figures.finishReason == "length")
    }

    @Test("a long sum loses nothing")
    func longSum() {
        var sum = CompensatedSum()
        sum.add(-1e16)
        for _ in 0..<10_000 { sum.add(-0.1) }
        sum.add(1e16)
        #expect(abs(sum.value + 1000) < 1e-9)
        sum.add(-.infinity)
        #expect(sum.value == -.infinity)
    }
}
