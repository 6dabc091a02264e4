import JSON
import Testing

@testable import API

@Suite("What a response has shown so far")
struct ReplyProgressTests {
    private func progress(_ chunks: [String], expected: Int = 1) -> ReplyProgress {
        var decoder = ReplyDecoder(.server(choices: expected))
        for chunk in chunks { _ = decoder.feed(Array("data: \(chunk)\n\n".utf8)[...]) }
        return decoder.progress
    }

    @Test("every choice that began must end, and as many as were asked for")
    func whole() {
        let (begun, ended) = (
            #"{"choices":[{"index":0,"text":"a"}]}"#, #"{"choices":[{"index":0,"finish_reason":"stop"}]}"#
        )
        let other = #"{"choices":[{"index":1,"finish_reason":"length"}]}"#
        #expect(!progress([begun]).isWhole && progress([begun, ended]).isWhole)
        #expect(!progress([begun, ended], expected: 2).isWhole && progress([ended, other], expected: 2).isWhole)
        #expect(!progress([begun, other]).isWhole)
        #expect(progress([begun, other, ended]).choices.mapValues(\.finishReason) == [0: "stop", 1: "length"])
    }

    @Test("the last usage counts, and null is none")
    func usage() {
        let progress = progress([
            #"{"choices":[{"text":"a"}],"usage":{"completion_tokens":1}}"#,
            #"{"choices":[{"text":"b"}],"usage":{"completion_tokens":2},"time_info":{"total_time":1}}"#,
            #"{"choices":[{"text":"c"}],"usage":null}"#,
        ])
        #expect(progress.usage?["completion_tokens"]?.integer == 2 && progress.timeInfo?["total_time"]?.integer == 1)
    }

    @Test("log probabilities, and choices that wait for others, are noted")
    func kinds() {
        let plain = progress([#"{"choices":[{"index":0,"text":"a"}]}"#])
        #expect(!plain.hasLogprobs && !plain.hasLaterChoices && plain.hasOutput)
        let other = progress([#"{"choices":[{"index":1,"text":"","logprobs":{"tokens":[]}}]}"#])
        #expect(other.hasLogprobs && other.hasLaterChoices && !other.hasOutput)
    }
}
