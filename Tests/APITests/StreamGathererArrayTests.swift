import API
import Testing

@Suite("Gathered arrays")
struct StreamGathererArrayTests {
    /// The one choice of a gathered document, between its braces.
    private func gather(_ choices: [String]) -> String {
        var gatherer = StreamGatherer()
        for chunk in Chunks.ofStream(choices.map { #"{"choices":[{\#($0)}]}"# }) { gatherer.add(chunk) }
        return String(
            String(decoding: gatherer.bytes, as: UTF8.self).dropFirst(#"{"choices":[{"#.utf8.count).dropLast(3))
    }

    @Test("the four arrays of log probabilities are chained, element by element as spelled")
    func parallel() {
        #expect(
            gather([
                #""logprobs":{"text_offset":[1],"token_logprobs":[-1.0],"tokens":["\u0061"],"top_logprobs":[{ "a" : -1 }]}"#,
                #""logprobs":{"text_offset":[2,3],"token_logprobs":[null,-2],"tokens":["b","c"],"top_logprobs":[null,{}]}"#,
            ])
                == #""logprobs":{"text_offset":[1,2,3],"token_logprobs":[-1.0,null,-2],"tokens":["\u0061","b","c"],"top_logprobs":[{ "a" : -1 },null,{}]}"#
        )
    }

    @Test("duplicate keys of top_logprobs survive")
    func duplicates() {
        let top = #"{"":-1,"":-2,"\ufffd":-3,"�":-4}"#
        #expect(
            gather([#""logprobs":{"top_logprobs":[\#(top)]}"#, #""logprobs":{"top_logprobs":[\#(top)]}"#])
                == #""logprobs":{"top_logprobs":[\#(top),\#(top)]}"#)
    }

    @Test("arrays that come after null, before null, or with empty ones in between, are kept")
    func nulls() {
        let some = #""logprobs":{"tokens":["a"],"top_logprobs":null}"#
        let more = #""logprobs":{"tokens":["b"],"top_logprobs":[{}]}"#
        let all = #""logprobs":{"tokens":["a","b"],"top_logprobs":[null,{}]}"#
        let none = #""logprobs":null"#
        let empty = #""logprobs":{"tokens":[],"top_logprobs":[]}"#
        #expect(gather([none, some, more]) == all)
        #expect(gather([some, none, more]) == all)
        #expect(gather([some, more, none]) == all)
        #expect(gather([empty, some, empty, more, empty]) == all)
        #expect(gather([none, none]) == none)
        #expect(gather([empty, empty]) == empty)
    }

    @Test("what is said of a token stays at its place, whatever other chunks leave out")
    func alignment() {
        let plain = #""logprobs":{"tokens":["a","b"],"token_logprobs":[-1,-2]}"#
        let offset = #""logprobs":{"tokens":["c"],"token_logprobs":[-3],"text_offset":[2]}"#
        let top = #""logprobs":{"tokens":["d"],"top_logprobs":[{"d":-4}]}"#
        #expect(
            gather([plain, offset, top, plain])
                == #""logprobs":{"tokens":["a","b","c","d","a","b"],"token_logprobs":[-1,-2,-3,null,-1,-2],"text_offset":[null,null,2,null,null,null],"top_logprobs":[null,null,null,{"d":-4},null,null]}"#
        )
        #expect(
            gather([
                #""logprobs":{"tokens":["a"],"top_logprobs":[]}"#, #""logprobs":{"tokens":["b"],"top_logprobs":[]}"#,
            ])
                == #""logprobs":{"tokens":["a","b"],"top_logprobs":[]}"#)
        #expect(
            gather([
                #""reasoning_logprobs":{"tokens":["a"]}"#, #""reasoning_logprobs":{"tokens":["b"],"text_offset":[1]}"#,
            ])
                == #""reasoning_logprobs":{"tokens":["a","b"],"text_offset":[null,1]}"#)
    }

    @Test("token IDs are chained")
    func tokenIDs() {
        #expect(
            gather([#""tokens":[1]"#, #""tokens":null"#, #""tokens":[]"#, #""tokens":[22,3]"#]) == #""tokens":[1,22,3]"#
        )
        #expect(gather([#""tokens":null"#, #""tokens":null"#]) == #""tokens":null"#)
    }

    @Test("the chat shape is chained too")
    func chatShape() {
        #expect(
            gather([
                #""logprobs":{"content":[{"token":"a","logprob":-1.0}]}"#, #""logprobs":{"content":[{"token":"b"}]}"#,
            ])
                == #""logprobs":{"content":[{"token":"a","logprob":-1.0},{"token":"b"}]}"#)
    }

    @Test("a text that was null becomes a string when one comes")
    func texts() {
        #expect(gather([#""text":null"#, #""text":"a""#, #""text":null"#]) == #""text":"a""#)
        #expect(gather([#""text":null"#]) == #""text":null"#)
    }
}
