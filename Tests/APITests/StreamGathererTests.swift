import API
import JSON
import Testing

@Suite("Stream gatherer")
struct StreamGathererTests {
    private func gather(_ chunks: [String]) -> String {
        var gatherer = StreamGatherer()
        for chunk in Chunks.ofStream(chunks) { gatherer.add(chunk) }
        return String(decoding: gatherer.bytes, as: UTF8.self)
    }

    @Test("a single chunk is gathered into itself, without white space between its tokens")
    func single() {
        let chunk =
            #"{"id":"a","choices":[{"index":0,"text":"\u0041","logprobs":{"tokens":["A"],"top_logprobs":[{"":-1.0,"":-2}]},"tokens":[7],"finish_reason":"stop"}],"created":17E8,"usage":{"n":1.50}}"#
        #expect(gather([chunk]) == chunk)
        #expect(
            gather([#"{ "choices" : [ {"index" : 0, "text": "a" } ], "x" : 1.0 }"#])
                == #"{"choices":[{"index":0,"text":"a"}],"x":1.0}"#)
    }

    @Test("texts are joined between their quotes, as spelled")
    func texts() {
        let document = gather([
            #"{"choices":[{"index":0,"text":"\u0041\n"}]}"#, #"{"choices":[{"index":0,"text":"é\""}]}"#,
            #"{"choices":[{"index":0,"text":""}]}"#,
        ])
        #expect(document == #"{"choices":[{"index":0,"text":"\u0041\né\""}]}"#)
    }

    @Test("a surrogate pair that is split over chunks is whole again")
    func surrogates() throws {
        let document = gather([
            #"{"choices":[{"index":0,"text":"a\ud83d"}]}"#, #"{"choices":[{"index":0,"text":"\ude00b"}]}"#,
        ])
        #expect(document == #"{"choices":[{"index":0,"text":"a\ud83d\ude00b"}]}"#)
        let root = try JSONDocument(parsing: Array(document.utf8)).root
        #expect(root["choices"]?.elements.first { _ in true }?["text"]?.string == "a😀b")
    }

    @Test("a key that is spelled with an escape is gathered like any other")
    func escapedKeys() {
        let document = gather([
            #"{"choices":[{"index":0,"te\u0078t":"a","token\u0073":[1],"logpr\u006fbs":{"token\u0073":["a"]},"\u00e9":1}]}"#,
            #"{"choice\u0073":[{"index":0,"text":"b","tokens":[2],"logprobs":{"tokens":["b"]},"\u00e9":2}]}"#,
        ])
        #expect(
            document
                == #"{"choices":[{"index":0,"text":"ab","tokens":[1,2],"logprobs":{"tokens":["a","b"]},"\u00e9":2}]}"#)
    }

    @Test("of a key that a chunk has twice the last value counts")
    func doubledKeys() {
        let document = gather([
            #"{"choices":[{"index":0,"text":"a","text":"b","tokens":[1],"tokens":[2]}]}"#,
            #"{"choices":[{"index":0,"text":"c","tokens":[3]}]}"#,
        ])
        #expect(document == #"{"choices":[{"index":0,"text":"bc","tokens":[2,3]}]}"#)
    }

    @Test("numbers keep their digits")
    func digits() {
        let first =
            #"{"created":1769297019.2632425,"x":123456789012345678901234567890,"choices":[{"index":0,"logprobs":{"token_logprobs":[-3.3912997245788574]}}]}"#
        let last = #"{"choices":[{"index":0,"logprobs":{"token_logprobs":[-0.0,4.673e-05,-1.50]}}]}"#
        #expect(
            gather([first, last])
                == #"{"created":1769297019.2632425,"x":123456789012345678901234567890,"choices":[{"index":0,"logprobs":{"token_logprobs":[-3.3912997245788574,-0.0,4.673e-05,-1.50]}}]}"#
        )
    }

    @Test("what names the response stands as it first came, what counts it as it last came")
    func firstAndLast() {
        let document = gather([
            #"{"id":null,"model":"m","usage":null,"choices":[{"index":0,"text":"a","finish_reason":null}]}"#,
            #"{"id":"1","model":"n","usage":{"total_tokens":1},"choices":[{"index":0,"text":"b","finish_reason":"length"}]}"#,
            #"{"id":"2","model":null,"usage":{"total_tokens":2},"time_info":{"t":1},"choices":[]}"#,
            #"{"usage":null}"#,
        ])
        #expect(
            document
                == #"{"id":"1","model":"m","usage":{"total_tokens":2},"choices":[{"index":0,"text":"ab","finish_reason":"length"}],"time_info":{"t":1}}"#
        )
    }

    @Test("a finish reason stands, whatever empty one comes after it")
    func finishReasons() {
        for empty in ["null", #""""#] {
            let document = gather([
                #"{"choices":[{"index":0,"text":"a","finish_reason":\#(empty)}]}"#,
                #"{"choices":[{"index":0,"text":"","finish_reason":"stop"}]}"#,
                #"{"choices":[{"index":0,"text":"","finish_reason":\#(empty)}]}"#,
            ])
            #expect(document == #"{"choices":[{"index":0,"text":"a","finish_reason":"stop"}]}"#)
        }
    }

    @Test("interleaved choices are sorted by their index")
    func sorting() {
        let document = gather([
            #"{"choices":[{"index":10,"text":"x"},{"index":2,"text":"c"}]}"#, #"{"choices":[{"index":0,"text":"a"}]}"#,
            #"{"choices":[{"index":2,"text":"C"},{"index":0,"text":"A"}]}"#,
        ])
        #expect(document == #"{"choices":[{"index":0,"text":"aA"},{"index":2,"text":"cC"},{"index":10,"text":"x"}]}"#)
    }

    @Test("choices without an index are kept apart by their place")
    func noIndex() {
        #expect(
            gather([#"{"choices":[{"text":"a"},{"text":"b"}]}"#, #"{"choices":[{"text":"A"}]}"#])
                == #"{"choices":[{"text":"aA"},{"text":"b"}]}"#)
    }

    @Test("no chunk at all makes an empty object")
    func nothing() {
        #expect(gather([]) == "{}")
    }
}
