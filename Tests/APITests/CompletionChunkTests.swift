import API
import JSON
import Testing

@Suite("Chunks")
struct CompletionChunkTests {
    private func choice(_ members: String) -> ChoiceDelta? {
        Chunks.ofReply(#"{"choices":[{\#(members)}]}"#).first?.choices.first
    }

    @Test("a finish reason that is absent, null or empty is none")
    func finishReasons() {
        #expect(choice(#""text":"a""#)?.finishReason == nil)
        #expect(choice(#""text":"a","finish_reason":null"#)?.finishReason == nil)
        #expect(choice(#""text":"a","finish_reason":"""#)?.finishReason == nil)
        #expect(choice(#""text":"a","finish_reason":"content_filter""#)?.finishReason == "content_filter")
    }

    @Test("text is bytes, its escapes resolved; null and none are empty")
    func text() {
        #expect(choice(#""text":"\u00e9\n""#)?.text == Array("é\n".utf8))
        #expect(choice("\"text\":\"e\u{301}\"")?.text == Array("e\u{301}".utf8))
        #expect(choice(#""text":null"#)?.text == [] && choice(#""index":0"#)?.text == [])
    }

    @Test("a choice without an index has its place's")
    func indices() {
        let choices = Chunks.ofReply(#"{"choices":[{"text":"a"},{"text":"b","index":7},{"text":"c","index":null}]}"#)
            .first?.choices
        #expect(choices?.map(\.index) == [0, 7, 2])
    }

    @Test("token IDs are whole numbers, or unknown")
    func tokenIDs() {
        #expect(choice(#""tokens":[1,22]"#)?.tokenIDs == [1, 22] && choice(#""tokens":[]"#)?.tokenIDs == [])
        #expect(choice(#""tokens":null"#)?.tokenIDs == nil && choice(#""text":"a""#)?.tokenIDs == nil)
    }

    @Test("usage that is null is none")
    func usage() {
        func usage(_ text: String) -> String? {
            Chunks.ofReply(#"{"choices":[{"text":"a"}]\#(text)}"#).first?.usage.map {
                String(decoding: $0.source, as: UTF8.self)
            }
        }
        #expect(usage("") == nil && usage(#","usage":null"#) == nil)
        #expect(
            usage(#","usage":{"total_tokens":123456789012345678901}"#) == #"{"total_tokens":123456789012345678901}"#)
    }
}
