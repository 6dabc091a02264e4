import API
import Testing

@Suite("Log probabilities of tokens")
struct TokenLogprobTests {
    private func tokens(_ logprobs: String) -> [TokenLogprob] {
        Chunks.ofReply(#"{"choices":[{"text":"","logprobs":\#(logprobs)}]}"#).first?.choices.first?.tokens ?? []
    }

    private func texts(_ tokens: [TokenLogprob]) -> [String?] {
        tokens.map { $0.text.map { String(decoding: $0, as: UTF8.self) } }
    }

    private func alternatives(_ token: TokenLogprob) -> [String]? {
        token.alternatives?.map { "\(String(decoding: $0.text, as: UTF8.self)) \($0.logprob.map { "\($0)" } ?? "-")" }
    }

    @Test("the four arrays are read side by side")
    func parallel() {
        let read = tokens(
            #"{"text_offset":[30,34],"token_logprobs":[-3.3912997245788574,-4],"tokens":[" and"," \u0074here"],"top_logprobs":[{".":-1,",":-2},{}]}"#
        )
        #expect(texts(read) == [" and", " there"])
        #expect(read.map(\.offset) == [30, 34] && read.map(\.logprob) == [-3.3912997245788574, -4])
        #expect(read.map(alternatives) == [[". -1.0", ", -2.0"], []])
    }

    @Test("null entries, as of an echoed prompt's first token")
    func nulls() {
        let read = tokens(
            #"{"tokens":["a",null],"token_logprobs":[null,-1],"text_offset":[null,1],"top_logprobs":[null,{"b":null}]}"#
        )
        #expect(texts(read) == ["a", nil] && read.map(\.logprob) == [nil, -1] && read.map(\.offset) == [nil, 1])
        #expect(read.map(alternatives) == [nil, ["b -"]])
    }

    @Test("arrays that are null, missing or shorter than the others")
    func uneven() {
        let read = tokens(#"{"tokens":["a","b","c"],"token_logprobs":[-1,-2],"text_offset":[0],"top_logprobs":null}"#)
        #expect(
            texts(read) == ["a", "b", "c"] && read.map(\.logprob) == [-1, -2, nil]
                && read.map(\.offset) == [0, nil, nil])
        #expect(texts(tokens(#"{"tokens":["a"]}"#)) == ["a"])
        #expect(tokens(#"{"token_logprobs":[-1,-2]}"#).map(\.logprob) == [-1, -2])
        #expect(tokens("{}").isEmpty && tokens("null").isEmpty && tokens("[]").isEmpty)
    }

    @Test("keys that decode alike are all there, in the server's order")
    func duplicates() {
        let read = tokens(#"{"tokens":[""],"top_logprobs":[{"":-1,"\ufffd":-2,"":-3,"�":-4}]}"#)
        #expect(read.map(alternatives) == [[" -1.0", "\u{FFFD} -2.0", " -3.0", "\u{FFFD} -4.0"]])
    }

    @Test("the chat shape tells a token's real bytes")
    func chatShape() {
        let read = tokens(
            #"{"content":[{"id":1,"token":"�","bytes":[240,159],"logprob":-0.5,"top_logprobs":[{"token":"x","bytes":[120],"logprob":-2},{"token":"y","bytes":null,"logprob":-3}]},{"token":"z","logprob":-1}]}"#
        )
        #expect(read.map(\.text) == [[240, 159], Array("z".utf8)] && read.map(\.logprob) == [-0.5, -1])
        #expect(read.map(alternatives) == [["x -2.0", "y -3.0"], nil] && read.map(\.offset) == [nil, nil])
    }

    @Test("a chunk says whether it brings any")
    func presence() {
        func has(_ choice: String) -> Bool? {
            Chunks.ofReply(#"{"choices":[{"text":""\#(choice)}]}"#).first?.choices.first?.hasLogprobs
        }
        #expect(has("") == false && has(#","logprobs":null"#) == false && has(#","logprobs":{}"#) == true)
    }
}
