import API
import Client
import Flags
import HTTP
import Platform
import Testing

@testable import CLI

@Suite("Failures as text")
struct FailureTests {
    private func api(_ status: Int, _ body: String, requestID: String? = nil) -> Failure {
        .request(.refused(APIError(status: status, body: Array(body.utf8)), requestID: requestID))
    }

    private func transport(_ error: TransportError) -> Failure {
        .request(.transport(error, url: "https://h/v1/completions", limits: TimeLimits()))
    }

    private func reply(_ error: ReplyError) -> Failure { .request(.reply(error, requestID: nil)) }

    @Test("a server's error shows its words, its status, and what it is about")
    func serverError() {
        let failure = api(
            401, #"{"message":"Wrong API Key","type":"t","param":"api_key","code":"wrong_api_key"}"#, requestID: "98b0")
        #expect(failure.status == .key)
        #expect(failure.message == "Wrong API Key (HTTP 401, api_key, wrong_api_key, request ID 98b0)")
        let bare = api(400, #"{"error":{"message":"no","type":"None","param":"None","code":"400"}}"#)
        #expect(bare.message == "no (HTTP 400)")
        #expect(failure.hint?.shown.contains("CEREBRAS_API_KEY") == true)
        #expect(api(500, "").message == "the server sent no explanation (HTTP 500)")
        #expect(api(500, "").hint == nil)
    }

    @Test("what a server says cannot steer the terminal")
    func escaped() {
        #expect(api(400, "{\"message\":\"a\u{9b}31m\\u001b[0m\"}").message == #"a\u{9b}31m\x1b[0m (HTTP 400)"#)
        #expect(
            reply(.notACompletion(Array("\u{1b}[2J".utf8))).message == #"the response is not a completion: '\x1b[2J'"#)
        #expect(reply(.html(Array("<p>\u{1b}[2J".utf8))).message.shown.hasSuffix(#"\x1b[2J"#))
        #expect(Failure.request(.redirect(302, target: "\u{1b}", requestID: nil)).message.shown.contains(#"'\x1b'"#))
        #expect(
            Failure.request(.streamBroken("\u{1b}", after: StreamExtent(), requestID: nil)).message.shown.hasSuffix(
                #"\x1b"#))
        #expect(transport(.connect("\u{1b}")).message.shown.hasSuffix(#"\x1b"#))
    }

    @Test("of a body that is not JSON 200 characters are shown")
    func excerpts() {
        let text = String(repeating: "é", count: 200)
        for (body, shown) in [(text, text), (text + "x", text + "…"), ("<p>" + text + "x", text + "…")] {
            #expect(api(500, body).message.shown == shown + " (HTTP 500)")
            let page = reply(.html(Array(body.utf8))).message.shown
            #expect(page == "the server sent a web page instead of a completion: " + shown)
        }
    }

    @Test(
        "a response that is no completion says what it is instead",
        arguments: [
            (.empty, .server, "the server sent an empty response"),
            (.html(Array("<h1>Sorry</h1>".utf8)), .server, "the server sent a web page instead of a completion: Sorry"),
            (.html(Array("<p>".utf8)), .server, "the server sent a web page instead of a completion: (no words)"),
            (.unreadable("why", Array("x".utf8)), .server, "the response is not JSON (why): 'x'"),
            (.notACompletion(Array("[1]".utf8)), .server, "the response is not a completion: '[1]'"),
            (.noChoice(Array("{}".utf8)), .server, "the response has no choices: '{}'"),
            (
                .cutShort(after: StreamExtent(chunks: 1, tokens: 1), .ended), .cutShort,
                "response truncated after 1 token: the stream ended without a finish reason"
            ),
            (
                .cutShort(after: StreamExtent(chunks: 2, tokens: nil, characters: 1), .ended), .cutShort,
                "response truncated after 2 chunks, 1 character of text: the stream ended without a finish reason"
            ),
            (.server(APIError(status: 429, body: Array("slow".utf8))), .rateLimited, "slow (HTTP 429)"),
        ] as [(ReplyError, CLI.ExitStatus, Message)])
    func replies(error: ReplyError, status: CLI.ExitStatus, message: Message) {
        #expect(reply(error).status == status && reply(error).message == message)
    }

    @Test(
        "a request without a response says where it failed",
        arguments: [
            (.resolve("no such host"), .network, "https://h/v1/completions: no such host"),
            (.connect("refused"), .network, "https://h/v1/completions: refused"),
            (.tls("no cipher"), .network, "https://h/v1/completions: no cipher"),
            (.certificate("expired"), .network, "https://h/v1/completions: expired"),
            (
                .notLoopback(address: "10.0.0.1"), .network,
                "https://h/v1/completions: refusing to send the key and prompt unencrypted to 10.0.0.1, "
                    + "which is not this machine"
            ),
            (
                .proxy(ProxyRefusal(status: 403, statusLine: "HTTP/1.1 403 No\u{7}", proxy: nil)), .network,
                "https://h/v1/completions: the proxy refused the connection: HTTP/1.1 403 No\\x07"
            ),
            (.outputClosed, .closedPipe, ""),
            (.interrupted("reset", afterHead: false), .network, "https://h/v1/completions: reset"),
            (.interrupted("reset", afterHead: true), .server, "https://h/v1/completions: reset"),
            (.malformed("not HTTP"), .server, "https://h/v1/completions: not HTTP"),
            (.timeout(.connect), .timeout, "https://h/v1/completions: no connection within 5 s (--connect-timeout)"),
            (.timeout(.idle), .timeout, "https://h/v1/completions: nothing received for 60 s (--idle-timeout)"),
            (.local("no memory"), .local, "libcurl: no memory"), (.stopped, .interrupted, ""),
        ] as [(TransportError, CLI.ExitStatus, Message)])
    func transports(error: TransportError, status: CLI.ExitStatus, message: Message) {
        let failure = transport(error)
        #expect(failure.status == status && failure.message == message)
    }

    @Test("advice on a request without a response")
    func transportAdvice() {
        #expect(transport(.certificate("expired")).hint?.shown.contains("--cacert FILE") == true)
        #expect(transport(.notLoopback(address: "10.0.0.1")).hint == "use https://, or allow it with --allow-http")
        let proxy = ProxySetting(
            isEncrypted: true, ProcessContext { $0 == "ALL_PROXY" ? Array("http://a:b@p:1".utf8) : nil })
        let refusal = ProxyRefusal(status: 407, statusLine: "HTTP/1.1 407 X", proxy: proxy)
        #expect(
            transport(.proxy(refusal)).message.shown.hasSuffix(
                ": proxy p:1 (ALL_PROXY) refused the connection: HTTP/1.1 407 X"))
        #expect(transport(.proxy(refusal)).hint?.shown.contains("into ALL_PROXY") == true)
        #expect([.tls(""), .connect(""), .resolve(""), .timeout(.idle)].allSatisfy { transport($0).hint == nil })
    }

    @Test("the other failures")
    func others() {
        #expect(Failure.usage(UsageError("m", hint: "h")).status == .usage)
        #expect(Failure.usage(UsageError("m", hint: "h")).hint == "h")
        #expect(Failure.local("output file 'x'", reason: "full").message == "output file 'x': full")
        #expect(Failure.key("no key").status == .key && Failure.key("no key").hint?.shown.contains("export") == true)
        let redirect = Failure.request(.redirect(301, target: "https://e", requestID: nil))
        #expect(redirect.message == "the server redirects to 'https://e' (HTTP 301); redirects are not followed")
        #expect(redirect.status == .server)
        let broken = Failure.request(.streamBroken("reset", after: StreamExtent(chunks: 3, tokens: 5), requestID: nil))
        #expect(broken.message == "response truncated after 5 tokens: reset" && broken.status == .cutShort)
        let half = Failure.request(.responseBroken("reset", start: Array("{\"id".utf8), requestID: "i"))
        #expect(
            half.message == #"connection lost during the response (reset): '{"id'"# && half.status == .server)
        #expect(Failure.closedPipe.status == .closedPipe && Failure.closedPipe.message.isEmpty)
        #expect(Failure.signal(2).status == .interrupted && Failure.signal(15).status == .terminated)
    }

    @Test("waits and times that were too long name their limits")
    func limits() {
        let wait = Failure.request(
            .retryAfterExceedsLimit(
                .seconds(90), limit: .milliseconds(500),
                after: .refused(APIError(status: 503, body: Array("busy".utf8)), requestID: nil)))
        #expect(
            wait.message == "busy (HTTP 503); the server asks to wait 90 s, longer than --max-retry-wait 0.5 s"
                && wait.status == .rateLimited)
        let late = Failure.outOfTime(.milliseconds(1500))
        #expect(late.message == "no complete response within 1.5 s (--timeout)" && late.status == .timeout)
    }

    @Test("content that can't be decoded")
    func content() {
        let damaged = Failure.request(.content(.damaged("it ends early"), start: [0x1F, 0x8B], requestID: nil))
        #expect(damaged.message == #"the response's gzip data is damaged (it ends early): '\x1f\x8b'"#)
        let unknown = Failure.request(.content(.unknown("br"), start: [], requestID: nil))
        #expect(unknown.message == "the response has the unsupported encoding 'br'")
        #expect(damaged.status == .server && unknown.status == .server)
    }

    @Test("advice on a used-up limit names it, and when it resets")
    func rateLimits() {
        let headers = [
            (name: "X-RateLimit-Limit-Requests-Minute", value: "30"),
            (name: "x-ratelimit-remaining-requests-minute", value: "0"),
            (name: "x-ratelimit-reset-requests-minute", value: "11.2"),
            (name: "x-ratelimit-remaining-tokens-day", value: "5"),
        ]
        let error = APIError(status: 429, body: Array("slow down".utf8))
        let failure = Failure.request(.refused(error, requestID: nil, limits: RateLimit.read(headers)))
        #expect(failure.hint == "used up: 30 requests per minute; resets in 12 s")
        #expect(Failure.request(.refused(error, requestID: nil)).hint?.shown.hasPrefix("wait") == true)
    }

    @Test(
        "a prompt that is too long is said to be",
        arguments: [
            (413, "x"), (400, "Please reduce the length: maximum context length is 8192"),
            (400, #"{"message":"too long","code":"context_length_exceeded"}"#),
        ])
    func tooLong(status: Int, body: String) {
        #expect(api(status, body).hint == "shorten the prompt, or ask for fewer tokens with --max-tokens")
    }
}
