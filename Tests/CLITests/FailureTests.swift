import API
import Flags
import HTTP
import Testing

@testable import CLI

@Suite("Failures in words")
struct FailureTests {
    private func api(_ status: Int, _ body: String, requestID: String? = nil) -> Failure {
        .api(APIError(status: status, body: Array(body.utf8)), requestID: requestID)
    }

    private func transport(_ error: TransportError, total: Duration? = nil) -> Failure {
        .transport(error, url: "https://h/v1/completions", limits: TimeLimits(total: total))
    }

    private func reply(_ error: ReplyError) -> Failure { .reply(error, requestID: nil) }

    @Test("a server's error shows its words, its status, and what it is about")
    func serverError() {
        let failure = api(
            401, #"{"message":"Wrong API Key","type":"t","param":"api_key","code":"wrong_api_key"}"#, requestID: "98b0")
        #expect(failure.status == .key)
        #expect(failure.message == "Wrong API Key (HTTP 401, field api_key, wrong_api_key, request ID 98b0)")
        #expect(failure.hint?.contains("CEREBRAS_API_KEY") == true && failure.requestID == "98b0")
        #expect(api(500, "").message == "the server sent no explanation (HTTP 500)")
        #expect(api(500, "").hint == nil)
    }

    @Test("what a server says cannot steer the terminal")
    func escaped() {
        #expect(api(400, "{\"message\":\"a\u{9b}31m\\u001b[0m\"}").message == #"a\u{9b}31m\x1b[0m (HTTP 400)"#)
        #expect(reply(.foreign(Array("\u{1b}[2J".utf8))).message == #"the reply is not a completion: '\x1b[2J'"#)
        #expect(reply(.html(Array("<p>\u{1b}[2J".utf8))).message.hasSuffix(#"\x1b[2J"#))
        #expect(Failure.redirect(302, target: "\u{1b}", requestID: nil).message.contains(#"'\x1b'"#))
        #expect(Failure.streamBroken("\u{1b}", chunks: 1, requestID: nil).message.hasSuffix(#"\x1b"#))
        #expect(transport(.connect("\u{1b}")).message.hasSuffix(#"\x1b"#))
    }

    @Test(
        "a reply that is no answer says what it is instead",
        arguments: [
            (.empty, .server, "the server sent an empty reply"),
            (.html(Array("<h1>Sorry</h1>".utf8)), .server, "the server sent a web page instead of an answer: Sorry"),
            (.html(Array("<p>".utf8)), .server, "the server sent a web page instead of an answer: (no words)"),
            (.unreadable("why", Array("x".utf8)), .server, "the reply is not JSON (why): 'x'"),
            (.foreign(Array("[1]".utf8)), .server, "the reply is not a completion: '[1]'"),
            (.noChoice(Array("{}".utf8)), .server, "the reply holds no choice: '{}'"),
            (
                .cutShort(chunks: 1), .cutShort,
                "the answer was cut short: the stream ended after 1 chunk, before a finish reason"
            ),
            (
                .cutShort(chunks: 2), .cutShort,
                "the answer was cut short: the stream ended after 2 chunks, before a finish reason"
            ),
            (.server(APIError(status: 429, body: Array("slow".utf8))), .rateLimited, "slow (HTTP 429)"),
        ] as [(ReplyError, CLI.ExitStatus, String)])
    func replies(error: ReplyError, status: CLI.ExitStatus, message: String) {
        #expect(reply(error).status == status && reply(error).message == message)
    }

    @Test(
        "a request without a reply says where it failed",
        arguments: [
            (.resolve("no such host"), .network, "https://h/v1/completions: no such host"),
            (.connect("refused"), .network, "https://h/v1/completions: refused"),
            (.tls("expired"), .network, "https://h/v1/completions: expired"),
            (.interrupted("reset", afterHead: false), .network, "https://h/v1/completions: reset"),
            (.interrupted("reset", afterHead: true), .server, "https://h/v1/completions: reset"),
            (.malformed("not HTTP"), .server, "https://h/v1/completions: not HTTP"),
            (.timeout(.connect), .timeout, "https://h/v1/completions: no connection within 5 s"),
            (.timeout(.idle), .timeout, "https://h/v1/completions: nothing received for 60 s"),
            (.timeout(.total), .timeout, "https://h/v1/completions: no whole answer within 1.5 s (--timeout)"),
            (.local("no memory"), .local, "libcurl: no memory"), (.stopped, .interrupted, ""),
        ] as [(TransportError, CLI.ExitStatus, String)])
    func transports(error: TransportError, status: CLI.ExitStatus, message: String) {
        let failure = transport(error, total: .milliseconds(1500))
        #expect(failure.status == status && failure.message == message)
    }

    @Test("the other failures")
    func others() {
        #expect(Failure.usage(UsageError("m", hint: "h")).status == .usage)
        #expect(Failure.usage(UsageError("m", hint: "h")).hint == "h")
        #expect(Failure.local("output file 'x'", reason: "full").message == "output file 'x': full")
        #expect(Failure.key("no key").status == .key && Failure.key("no key").hint?.contains("export") == true)
        let redirect = Failure.redirect(301, target: "https://e", requestID: nil)
        #expect(redirect.message == "the server redirects to 'https://e' (HTTP 301), which is not followed")
        #expect(redirect.status == .server)
        #expect(
            Failure.streamBroken("reset", chunks: 3, requestID: nil).message
                == "the answer was cut short after 3 chunks: reset")
        #expect(Failure.streamBroken("reset", chunks: 3, requestID: nil).status == .cutShort)
        #expect(Failure.closedPipe.status == .closedPipe && Failure.closedPipe.message.isEmpty)
        #expect(Failure.signal(2).status == .interrupted && Failure.signal(15).status == .terminated)
    }
}
