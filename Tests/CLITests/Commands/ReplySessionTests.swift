import Foundation
import Flags
import Platform
import Testing

@testable import CLI
@testable import HTTP

@Suite("A stream as it comes")
struct ReplySessionTests {
    private final class Clock {
        var now = 100.0
    }

    private static let comment = ": keepalive\n\n"
    private static let last = #"data: {"choices":[{"index":0,"text":"hi","finish_reason":"stop"}]}"# + "\n\n"

    private let clock = Clock()

    /// A session that has the head of a stream.
    private func begin(_ flags: String...) throws -> ReplySession {
        let context = ProcessContext(arguments: [], input: -1, output: -1, error: -1)
        var invocation = Invocation()
        let arguments = ["x", "--base-url", "http://127.0.0.1:1", "--no-config"] + flags
        let outcome = try Command.parse(
            arguments.map { Array($0.utf8) }, by: CompleteCommand.sections, context, into: &invocation)
        let sources = try invocation.sources(of: outcome.operands, context)
        let output = Output(standardOutput: open("/dev/null", O_WRONLY))
        let plan = try Plan(invocation, sources, context, output: output, errorIsTerminal: false)
        let clock = clock
        var session = ReplySession(
            plan, output: output, notes: Notes(context), isVerbose: false, clock: { clock.now })
        let head = try #require(ResponseHead(statusLine: "HTTP/1.1 200 OK"))
        #expect(session.take(.head(head)) == .proceed)
        return session
    }

    private func take(_ text: String, _ session: inout ReplySession) -> TransferControl {
        session.take(.body(Array(text.utf8)))
    }

    @Test("what holds it open after its last finish reason is waited for 2 s", arguments: ["--stream", "--no-stream"])
    func heldOpen(flag: String) throws {
        var session = try begin(flag)
        #expect(take(Self.comment, &session) == .proceed)
        clock.now = 110
        #expect(take(Self.last, &session) == .proceedUntil(112))
        clock.now = 111.5
        #expect(take(Self.comment, &session) == .proceedUntil(112))
        #expect(take(#"data: {"choices":[],"usage":{"total_tokens":1}}"# + "\n\n", &session) == .proceedUntil(112))
        clock.now = 112
        #expect(take(Self.comment, &session) == .stop)
        #expect(session.failure == nil && session.summary.usage != nil)
    }

    @Test("a further choice that begins is waited for as long as it takes")
    func furtherChoice() throws {
        var session = try begin("--stream")
        #expect(take(Self.last, &session) == .proceedUntil(102))
        clock.now = 101
        let other = #"data: {"choices":[{"index":1,"text":"a","finish_reason":null}]}"# + "\n\n"
        #expect(take(other, &session) == .proceed)
        clock.now = 200
        #expect(take(other.replacing("null", with: #""stop""#), &session) == .proceedUntil(202))
        #expect(session.take(.failure(.timeout(.idle))) == .stop)
        #expect(session.failure == nil)
    }

    @Test("before anything of the answer has come another attempt may be made, and not after")
    func retries() throws {
        let empty = #"data: {"choices":[{"index":0,"text":"","finish_reason":null}]}"# + "\n\n"
        var session = try begin("--stream", "--format", "jsonl")
        _ = take(empty, &session)
        _ = session.take(.end)
        #expect(session.failure?.status == .cutShort && session.cause != nil)
        session = try begin("--stream")
        _ = take(empty + #"data: {"status_code":503,"error":"busy"}"# + "\n\n", &session)
        guard case .reply(let head)? = session.cause else {
            Issue.record("no cause")
            return
        }
        #expect(head.status == 503 && session.failure?.status == .server)
        session = try begin("--stream")
        _ = take(Self.last.replacing("\"stop\"", with: "null"), &session)
        _ = session.take(.failure(.interrupted("reset", afterHead: true)))
        #expect(session.failure?.status == .cutShort && session.cause == nil)
    }
}
