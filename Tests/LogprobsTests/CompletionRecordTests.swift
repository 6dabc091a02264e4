import API
import Testing

@testable import Logprobs

@Suite("What is kept of a completion")
struct CompletionRecordTests {
    private static let reply = #"""
        {"choices":[{"index":0,"text":"ab","tokens":[1,2],"logprobs":{"tokens":["a","b"],"token_logprobs":[-1,-2]}},
        {"index":2,"text":"c"}]}
        """#

    private func record(
        _ details: CompletionRecord.Details, places: Set<Int> = [], _ reply: String = reply
    ) -> CompletionRecord {
        var record = CompletionRecord(keeping: details, places: places)
        var decoder = ReplyDecoder(.saved)
        for case .chunk(let chunk) in decoder.feed(Array(reply.utf8)[...]) + decoder.finish() { record.note(chunk) }
        return record
    }

    @Test("nothing is, where nobody asks")
    func nothing() {
        #expect(record([]).choices.isEmpty)
    }

    @Test("a detail is kept without the others")
    func details() {
        let text = record(.text).choices
        #expect(text[0]?.text == Array("ab".utf8) && text[2]?.text == Array("c".utf8) && text[1] == nil)
        #expect(text[0]?.statistics.tokens == 0 && text[0]?.tokenIDCount == 0)
        let statistics = record(.statistics, places: [1, 7]).choices[0]
        #expect(statistics?.statistics.tokens == 2 && statistics?.text.isEmpty == true)
        #expect(statistics?.tokens.mapValues(\.logprob) == [1: -2])
        #expect(record(.tokenIDs).choices[0]?.tokenIDCount == 2)
    }

    @Test("a beginning does not grow with the text")
    func beginning() {
        let chunk = #"{"choices":[{"index":0,"text":"\#(String(repeating: "x", count: 3000))"}]}"# + "\n"
        let choice = record(.beginning, String(repeating: chunk, count: 4)).choices[0]
        #expect(choice?.text.count == CompletionRecord.beginning && choice?.tellsText == true)
    }

    @Test("token IDs in place of text have no text")
    func tokenIDs() {
        let choice = record(.beginning, #"{"choices":[{"text":"","tokens":[1]}]}"#).choices[0]
        #expect(choice?.tellsText == false && choice?.hasText == false)
    }
}
