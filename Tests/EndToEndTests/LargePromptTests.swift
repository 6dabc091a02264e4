import TestSupport
import Testing

@Suite("Large prompts")
struct LargePromptTests {
    @Test("A prompt of some megabytes arrives whole, whether or not the client waits to be asked to go on")
    func megabytes() async throws {
        let reply = #"{"choices":[{"index":0,"text":"ok","finish_reason":"stop"}]}"#
        let server = try LoopbackServer([CannedReply(body: Array(reply.utf8))])
        defer { server.stop() }
        let prompt = [UInt8](repeating: UInt8(ascii: "a"), count: 3 << 20)
        var program = TestProgram("cerebras", ["complete"])
        program.setVariable("CEREBRAS_BASE_URL", server.url)
        program.input = .bytes(prompt)
        let outcome = try await program.run()
        #expect(outcome.status == 0)
        #expect(outcome.output == Array("ok".utf8))
        let body = Array(#"{"model":"gpt-oss-120b","prompt":""#.utf8) + prompt + Array("\"}".utf8)
        // Not compared by the macro itself, which would print megabytes.
        let isSame = server.requests.map(\.payload) == [body]
        #expect(isSame)
    }
}
