import API
import Platform
import Testing

@Suite("Tokens in few bytes")
struct TokenPackingTests {
    /// All that is known of a token, in words.
    private func describe(_ token: TokenLogprob) -> String {
        let alternatives = token.alternatives?.map { "\($0.text) \($0.logprob ?? .nan) \($0.id ?? -1) \($0.isNamed)" }
        return "\(token.text ?? [0]) \(token.offset ?? -9) \(token.logprob ?? .nan) \(token.id ?? -9) "
            + "\(token.brokenText ?? [0]) \(alternatives ?? ["none"])"
    }

    @Test(
        "they come back as they were",
        arguments: [
            #"{"tokens":[" a"],"token_logprobs":[-0.25],"text_offset":[300],"top_logprobs":[{" a":-0.25,"\n":-1.1}]}"#,
            #"{"tokens":["x","y"],"token_logprobs":[null,-3.3912997245788574],"top_logprobs":[null,{}]}"#,
            #"{"tokens":["\ud83d"],"token_logprobs":[-Infinity],"top_logprobs":[{"":null,"z":-1e-9}]}"#,
            #"{"tokens":[5,9],"token_logprobs":[-1,-0.0],"top_logprobs":[{"5":-1,"77":-2},{"9":0}],"text_offset":[-1,70000]}"#,
            #"{"content":[{"token":"é","id":123456,"bytes":[195],"logprob":-1,"top_logprobs":[{"token":"e","id":-4,"logprob":-2}]}]}"#,
        ])
    func packed(logprobs: String) {
        let text = #"{"choices":[{"text":"","logprobs":\#(logprobs)}]}"#
        let tokens = Chunks.ofReply(text).first?.choices.first?.tokens ?? []
        #expect(!tokens.isEmpty)
        var bytes: [UInt8] = []
        for token in tokens { token.pack(into: &bytes) }
        var reader = PackedReader(bytes)
        let read = tokens.map { _ in TokenLogprob(&reader) }
        #expect(reader.isAtEnd && read.map(describe) == tokens.map(describe))
        #expect(read.map(\.alternativeCount) == tokens.map(\.alternativeCount))
    }

    @Test("whole numbers of any size", arguments: [0, 1, -1, 63, 64, -64, -65, 8191, 1 << 40, .max, .min])
    func integers(number: Int) {
        var bytes: [UInt8] = []
        bytes.append(packed: number)
        var reader = PackedReader(bytes)
        #expect(reader.integer() == number && reader.isAtEnd && (number.magnitude > 63 || bytes.count == 1))
    }
}
