import API
import Testing

@testable import Evaluation

@Suite("Where the texts of a comparison diverge")
struct TextOffsetTests {
    private func choice(_ text: String, _ tokens: [String] = []) -> String {
        let names = tokens.map { "\"\($0)\"" }.joined(separator: ",")
        let values = tokens.map { _ in "-1" }.joined(separator: ",")
        let logprobs = tokens.isEmpty ? "null" : "{\"tokens\":[\(names)],\"token_logprobs\":[\(values)]}"
        return "{\"choices\":[{\"index\":0,\"text\":\"\(text)\",\"finish_reason\":\"stop\",\"logprobs\":\(logprobs)}]}"
    }

    private func compare(_ a: String, _ b: String) throws -> ChoiceComparison {
        func read(_ text: String) throws -> ComparedReply {
            var decoder = ReplyDecoder(.saved)
            for case .chunk(let chunk) in decoder.feed(Array(text.utf8)[...]) + decoder.finish() {
                return ComparedReply(chunk)
            }
            throw ReplyError.empty
        }
        return try #require(ReplyComparison(try read(a), try read(b)).choices.first)
    }

    @Test("of tokens, where the first that differs begins, with its size in both")
    func tokens() throws {
        let found = try compare(choice("a bcd", ["a", " bc", "d"]), choice("a bed", ["a", " be", "d"]))
        #expect(found.textOffset == 1 && found.tokenSizes.a == 3 && found.tokenSizes.b == 3)
    }

    @Test("of tokens that are not the text, the first character that differs")
    func otherSpelling() throws {
        let found = try compare(choice("a bc", ["a", "\u{120}bc"]), choice("a be", ["a", "\u{120}be"]))
        #expect(found.textOffset == 1, "the token before them is in the text")
        let special = try compare(choice("ab", ["<s>", "ab"]), choice("ac", ["<s>", "ac"]))
        #expect(special.textOffset == 1)
    }

    @Test("of texts, the beginning of the first character that differs")
    func characters() throws {
        #expect(try compare(choice("né"), choice("nè")).textOffset == 1)
        #expect(try compare(choice("ab"), choice("abc")).textOffset == 2)
        #expect(try compare(choice("ab"), choice("abc")).tokenSizes.a == nil)
        #expect(try compare(choice(""), choice("x")).textOffset == 0)
    }

    @Test("none where the texts are the same to their ends, or one response lacks the choice")
    func none() throws {
        #expect(try compare(choice("ab"), choice("ab")).textOffset == nil)
        #expect(try compare(choice("ab", ["ab"]), choice("ab", ["ab", "<eos>"])).textOffset == nil)
        #expect(try compare(choice("ab"), choice("ab").replacing("\"index\":0", with: "\"index\":1")).textOffset == nil)
    }

    @Test("the same text in other tokens diverges in the text where it does in the tokens")
    func sameText() throws {
        let found = try compare(choice("abcd", ["a", "bcd"]), choice("abcd", ["a", "b", "cd"]))
        #expect(found.textOffset == 1 && found.tokenSizes.a == 3 && found.tokenSizes.b == 1)
    }
}
