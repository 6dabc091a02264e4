import Testing

@testable import API

@Suite("How much of a stream has come")
struct StreamExtentTests {
    private func extent(_ choices: String...) -> StreamExtent {
        var decoder = ReplyDecoder()
        for choice in choices { _ = decoder.feed(Array("data: {\"choices\":[\(choice)]}\n\n".utf8)[...]) }
        return decoder.extent
    }

    @Test("tokens are counted where each chunk has them")
    func tokens() {
        #expect(extent().description == "0 tokens")
        #expect(extent(#"{"text":" a b","logprobs":{"tokens":[" a"," b"]}}"#).description == "2 tokens")
        #expect(extent(#"{"text":"a","logprobs":{"content":[{"token":"a"}]}}"#).description == "1 token")
        #expect(extent(#"{"text":"","tokens":[1,2,3]}"#, #"{"text":""}"#).description == "3 tokens")
        let two = extent(#"{"index":0,"text":"","tokens":[1]},{"index":1,"text":"","tokens":[2]}"#)
        #expect(two == StreamExtent(chunks: 1, tokens: 2, characters: 0))
    }

    @Test("else chunks and characters are")
    func chunks() {
        #expect(extent(#"{"text":"é"}"#).description == "1 chunk, 1 character of text")
        let mixed = extent(#"{"text":"漢字","tokens":[1]}"#, #"{"text":"x"}"#)
        #expect(mixed.description == "2 chunks, 3 characters of text")
    }
}
