import JSON
import Testing

@testable import Sandbox

@Suite("Characters split over tokens")
struct SplitCharacterTests {
    /// A text with a character that comes only once, so that the model spells it byte by byte.
    private let api = AskedAPI(LanguageModel(corpus: Array("one 🙂 two".utf8)))
    private let ask = #""prompt":"one","temperature":0,"logprobs":1"#

    @Test("The text is whole, and each part shows as U+FFFD with the offset of the character")
    func shown() throws {
        let choice = try api.choice(ask)
        let logprobs = try #require(choice["logprobs"])
        #expect(choice["text"]?.stringBytes == Array(" 🙂 two".utf8))
        let part = "\u{FFFD}"
        #expect(logprobs.list("tokens").map(\.string) == [" ", part, part, part, part, " two"])
        #expect(logprobs.list("text_offset").map(\.integer) == [3, 4, 4, 4, 4, 5])
        #expect(logprobs.list("top_logprobs").dropFirst().first?.members.map(\.key.string) == [part])
    }

    @Test("A stream holds the parts back until they are a character")
    func streamed() throws {
        let chunks = try api.documents(ask + #","stream":true"#)
        let choices = chunks.flatMap { $0.list("choices") }
        #expect(choices.map { $0["text"]?.string } == [" ", "🙂", " two", ""])
        #expect(choices.map { $0["logprobs"]?.list("tokens").count } == [1, 4, 1, 0])
        #expect(choices.map { $0["finish_reason"]?.string } == [nil, nil, nil, "stop"])
    }

    @Test("What is cut off inside a character ends in U+FFFD", arguments: 2...4)
    func cut(count: Int) throws {
        let choice = try api.choice(ask + #","max_tokens":\#(count)"#)
        #expect(choice["text"]?.string == " \u{FFFD}" && choice["finish_reason"]?.string == "length")
        #expect(choice["logprobs"]?.list("tokens").count == count)
    }

    @Test("The prompt's offsets count characters too, and those after it go on from them")
    func echoed() throws {
        let choice = try api.choice(#""prompt":"é🙂","echo":true,"max_tokens":1,"logprobs":0,"temperature":0"#)
        #expect(choice["logprobs"]?.list("text_offset").map(\.integer) == [0, 0, 1, 1, 1, 1, 2])
    }

    @Test("Tokens that are no text at all have a text and offsets nonetheless")
    func invalid() throws {
        let choice = try api.choice(#""prompt":[128,255,65],"echo":true,"max_tokens":0,"logprobs":0"#)
        #expect(choice["text"]?.string == "\u{FFFD}\u{FFFD}A")
        #expect(choice["logprobs"]?.list("text_offset").map(\.integer) == [0, 1, 2])
    }

    @Test("Bytes become characters wherever they are cut", arguments: 0...10)
    func counted(cut: Int) {
        let bytes = Array("aé夜🙂".utf8)
        var count = CharacterCount(from: 5)
        count.add(Array(bytes[..<cut]))
        count.add(Array(bytes[cut...]))
        #expect(count.whole == 9)
    }
}
