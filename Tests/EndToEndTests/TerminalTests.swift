import TestSupport
import Testing

/// What a person sees, on a real screen.
@Suite("Terminal")
struct TerminalTests {
    private static let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"

    @Test("Text appears as it arrives, and the prompt of the shell gets a line of its own")
    func text() async throws {
        let gate = Gate()
        var reply = CannedReply([Array(Self.head.utf8), Self.event(" It was", "null")])
        reply.steps += [.wait(gate), .send(Self.event(" dark 夜", "\"stop\""))]
        let server = try LoopbackServer([reply])
        defer { server.stop() }
        try await show(["complete", "x"], server) { screen in
            let before = try await screen.text { $0.contains("It was") }
            #expect(!before.contains("dark"))
            gate.open()
            #expect(try await screen.status() == 0)
            #expect(try await screen.text().split(separator: "\n") == [" It was dark 夜"])
        }
    }

    @Test("A table fits the screen and stays aligned with wide characters")
    func table() async throws {
        let logprobs = """
            {"text_offset":[0,3,4],"token_logprobs":[-0.1,-0.2,-0.3],"tokens":[" It","夜","😀"],\
            "top_logprobs":[{" It":-0.1},{"夜":-0.2},{"😀":-0.3}]}
            """
        let choice = #"{"index":0,"text":" It夜😀","finish_reason":"stop","logprobs":\#(logprobs)}"#
        let server = try LoopbackServer([CannedReply(body: Array(#"{"choices":[\#(choice)]}"#.utf8))])
        defer { server.stop() }
        try await show(["complete", "x", "--format", "table", "--logprobs", "1"], server) { screen in
            #expect(try await screen.status() == 0)
            let lines = try await screen.text().split(separator: "\n")
            let rows = lines.filter { $0.contains("*\"") }
            #expect(rows.count == 3)
            // The columns that the screen uses up to the figures, where wide characters take two.
            let columns = rows.map { row in
                row.prefix { $0 != "%" }.reduce(0) { $0 + ("夜😀".contains($1) ? 2 : 1) }
            }
            #expect(Set(columns).count == 1, "\(rows)")
        }
    }

    @Test("Control-C ends a silent answer with status 130")
    func controlC() async throws {
        let server = try LoopbackServer([.silence])
        defer { server.stop() }
        let arrived = Gate()
        server.open(arrived, afterRequests: 1)
        try await show(["complete", "x"], server) { screen in
            // The gate is looked at, not waited for: tmux must not be held up by it.
            _ = try await screen.text { _ in arrived.isOpen }
            try await screen.press("C-c")
            #expect(try await screen.status() == 130)
        }
    }

    private static func event(_ text: String, _ reason: String) -> [UInt8] {
        Array("data: {\"choices\":[{\"index\":0,\"text\":\"\(text)\",\"finish_reason\":\(reason)}]}\n\n".utf8)
    }

    private func show(
        _ arguments: [String], _ server: LoopbackServer, _ body: (Screen) async throws -> Void
    ) async throws {
        var program = TestProgram("cerebras", arguments)
        program.setVariable("CEREBRAS_BASE_URL", server.url)
        program.setVariable("LC_ALL", "C.UTF-8")
        let screen = try await Screen(program)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(screen))
        } catch {
            result = .failure(error)
        }
        await screen.close()
        try result.get()
    }
}
