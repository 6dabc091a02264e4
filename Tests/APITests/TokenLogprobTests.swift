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

    @Test("the chat shape has a token's real bytes")
    func chatShape() {
        let read = tokens(
            #"{"content":[{"id":1,"token":"�","bytes":[240,159],"logprob":-0.5,"top_logprobs":[{"token":"x","bytes":[120],"logprob":-2},{"token":"y","bytes":null,"logprob":-3}]},{"token":"z","logprob":-1}]}"#
        )
        #expect(read.map(\.text) == [[240, 159], Array("z".utf8)] && read.map(\.logprob) == [-0.5, -1])
        #expect(read.map(alternatives) == [["x -2.0", "y -3.0"], nil] && read.map(\.offset) == [nil, nil])
    }

    @Test("the IDs are read wherever a server puts them")
    func ids() {
        func ids(_ logprobs: String) -> [Int?] { tokens(logprobs).map(\.id) }
        #expect(ids(#"{"tokens":["a","b"],"token_logprobs":[-1,-2],"token_ids":[7,8]}"#) == [7, 8])
        #expect(ids(#"{"tokens":["a"],"token_id":[7]}"#) == [7])
        #expect(ids(#"{"token_ids":[7],"token_logprobs":[-1]}"#) == [7])
        #expect(
            ids(#"{"content":[{"token":"a","id":7},{"token":"b","token_id":8},{"token":9},{"token":"c"}]}"#) == [
                7, 8, 9, nil,
            ])
        #expect(ids(#"{"tokens":["token_id:12","token_id:","token_id:x"]}"#) == [12, nil, nil])
        let bare = tokens(
            #"{"tokens":[5,6],"token_logprobs":[-1,-2],"top_logprobs":[{"5":-1,"9":-3},[{"id":6,"logprob":-2}]]}"#)
        #expect(bare.map(\.id) == [5, 6] && texts(bare) == [nil, nil])
        #expect(bare.map { $0.alternatives?.map(\.id) } == [[5, 9], [6]])
        #expect(bare.allSatisfy { $0.alternatives?.allSatisfy { !$0.isNamed && $0.text.isEmpty } == true })
        #expect(tokens(#"{"tokens":["5"],"top_logprobs":[{"5":-1}]}"#).first?.alternatives?.first?.isNamed == true)
    }

    @Test("a special token has a name although it has no bytes, and bytes that are none don't hide the text")
    func emptyBytes() {
        let read = tokens(
            #"{"content":[{"token":"<|eot_id|>","bytes":[],"logprob":-1,"top_logprobs":[{"token":"<|eot_id|>","bytes":[],"logprob":-1}]},{"token":"x","bytes":[120,256]},{"token":"","bytes":[]}]}"#
        )
        #expect(texts(read) == ["<|eot_id|>", "x", ""] && read.map(alternatives) == [["<|eot_id|> -1.0"], nil, nil])
    }

    @Test("an empty list of the chat shape doesn't hide the arrays, nor empty arrays the list")
    func bothShapes() {
        #expect(texts(tokens(#"{"content":[],"tokens":["a"],"token_logprobs":[-1]}"#)) == ["a"])
        #expect(texts(tokens(#"{"content":null,"tokens":["a"]}"#)) == ["a"])
        #expect(texts(tokens(#"{"content":[{"token":"a","logprob":-1}],"tokens":[],"token_logprobs":[]}"#)) == ["a"])
    }

    @Test("a surrogate without its partner is kept beside the text")
    func brokenText() {
        let read = tokens(#"{"tokens":["\ud83d","\ude00x","\ud83d\ude00","\ufffd","a"]}"#)
        #expect(read.map(\.brokenText) == [[0xED, 0xA0, 0xBD], [0xED, 0xB8, 0x80, 0x78], nil, nil, nil])
        #expect(texts(read) == ["\u{FFFD}", "\u{FFFD}x", "😀", "\u{FFFD}", "a"])
    }

    @Test("reasoning has tokens of its own")
    func reasoning() {
        let choice = Chunks.ofReply(
            #"{"choices":[{"text":"x","logprobs":{"tokens":["x"]},"reasoning_logprobs":{"tokens":["a","b"]}}]}"#
        ).first?.choices.first
        #expect(choice.map { texts($0.tokens) } == ["x"] && choice.map { texts($0.reasoningTokens) } == ["a", "b"])
    }

    @Test("a chunk says whether it brings any")
    func presence() {
        func has(_ choice: String) -> Bool? {
            Chunks.ofReply(#"{"choices":[{"text":""\#(choice)}]}"#).first?.choices.first?.hasLogprobs
        }
        #expect(has("") == false && has(#","logprobs":null"#) == false && has(#","logprobs":{}"#) == true)
    }
}
