import API
import Testing

@Suite("Stream gatherer")
struct StreamGathererTests {
    private func gather(_ chunks: [String]) -> String {
        var decoder = ReplyDecoder()
        var gatherer = StreamGatherer()
        for chunk in chunks {
            for case .chunk(let chunk) in decoder.feed(Array("data: \(chunk)\n\n".utf8)[...]) { gatherer.add(chunk) }
        }
        return String(decoding: gatherer.bytes, as: UTF8.self)
    }

    @Test func textsAreJoinedAsSpelled() {
        let document = gather([
            #"{"id":"a","choices":[{"index":0,"text":"\u0041\ud83d","finish_reason":null}],"usage":null}"#,
            #"{"id":"b","choices":[{"index":0,"text":"\ude00\n","finish_reason":"stop"}],"usage":{"n":1.50},"time_info":{"t":4.673e-05}}"#,
        ])
        #expect(
            document
                == #"{"id":"a","choices":[{"index":0,"text":"\u0041\ud83d\ude00\n","finish_reason":"stop"}],"usage":{"n":1.50},"time_info":{"t":4.673e-05}}"#
        )
    }

    @Test func choicesAreSortedAndArraysChained() {
        let document = gather([
            #"{"choices":[{"index":1,"text":"b","tokens":null,"logprobs":null}]}"#,
            #"{"choices":[{"index":0,"text":"a","tokens":[1],"logprobs":{"tokens":["a"],"top_logprobs":[{"x":-1,"x":-2}]}}]}"#,
            #"{"choices":[{"index":0,"text":"c","tokens":[2,3],"logprobs":{"tokens":["c"],"top_logprobs":[{}]}},{"index":1,"text":"d"}]}"#,
        ])
        #expect(
            document
                == #"{"choices":[{"index":0,"text":"ac","tokens":[1,2,3],"logprobs":{"tokens":["a","c"],"top_logprobs":[{"x":-1,"x":-2},{}]}},{"index":1,"text":"bd","tokens":null,"logprobs":null}]}"#
        )
    }

    @Test func arraysThatComeLateAreKept() {
        let document = gather([
            #"{"choices":[{"index":0,"text":"a","logprobs":null}]}"#,
            #"{"choices":[{"index":0,"text":"b","logprobs":{"content":[{"token":"b","logprob":-0.10}]},"finish_reason":"stop"}]}"#,
        ])
        #expect(
            document
                == #"{"choices":[{"index":0,"text":"ab","logprobs":{"content":[{"token":"b","logprob":-0.10}]},"finish_reason":"stop"}]}"#
        )
    }
}
