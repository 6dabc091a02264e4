import JSON
import Synchronization
import Testing

@testable import Sandbox

@Suite("Rate limits")
struct QuotaTests {
    /// A clock that goes on only when it is told to.
    private final class Clock: Sendable {
        private let seconds = Mutex(1000.0)

        func now() -> Double { seconds.withLock { $0 } }

        func advance(_ time: Double) { seconds.withLock { $0 += time } }
    }

    private let clock = Clock()

    private func handler(rpm: Int? = nil, tpm: Int? = nil) -> APIHandler {
        let limits = Quota.Limits(requestsPerMinute: rpm, tokensPerMinute: tpm)
        return APIHandler(ModelTests.model, requiredKey: nil, quota: Quota(limits, now: { [clock] in clock.now() }))
    }

    private func post(_ handler: APIHandler, _ fields: String, model: String = "gpt-oss-120b") -> SandboxReply {
        let body = #"{"model":"\#(model)",\#(fields)}"#
        return handler.answer(
            SandboxRequest(method: "POST", path: "/v1/completions", headers: [:], body: Array(body.utf8)))
    }

    private func error(_ reply: SandboxReply) throws -> [String?] {
        guard case .whole(let bytes) = reply.body else { return [] }
        let body = try JSONDocument(parsing: bytes).root
        return ["message", "type", "param", "code"].map { name in
            body.members.first { $0.key.hasString(name) }?.value.string
        }
    }

    @Test("As many requests as the limit are admitted at once, then one each time its share of the minute has passed")
    func requests() throws {
        let handler = handler(rpm: 6)
        let ask = #""prompt":"x","max_tokens":1"#
        for left in (0..<6).reversed() {
            let reply = post(handler, ask)
            #expect(reply.status == 200 && reply.headers["x-ratelimit-remaining-requests-minute"] == "\(left)")
        }
        clock.advance(1)
        let refused = post(handler, ask)
        #expect(refused.status == 429)
        #expect(
            try error(refused) == [
                "Requests per minute limit exceeded", "too_many_requests_error", "quota", "request_quota_exceeded",
            ])
        #expect(refused.headers["retry-after"] == "9" && refused.headers["retry-after-ms"] == "9000")
        #expect(refused.headers["x-ratelimit-limit-requests-minute"] == "6")
        let reset = refused.headers["x-ratelimit-reset-requests-minute"].flatMap { Double($0) }
        #expect(reset.map { abs($0 - 59) < 0.001 } == true)
        clock.advance(9)
        #expect(post(handler, ask).status == 200)
        #expect(post(handler, ask).status == 429)
    }

    @Test("A completion is charged its prompt's tokens and its limit, of each choice, before it is made")
    func tokens() throws {
        let handler = handler(tpm: 600)
        // Two tokens, and three times a hundred.
        let ask = #""prompt":"It was","max_tokens":100,"stop":" the","n":3"#
        let first = post(handler, ask)
        #expect(first.status == 200 && first.headers["x-ratelimit-remaining-tokens-minute"] == "298")
        let refused = post(handler, ask)
        #expect(refused.status == 429)
        #expect(
            try error(refused) == [
                "Tokens per minute limit exceeded", "too_many_tokens_error", "quota", "token_quota_exceeded",
            ])
        #expect(refused.headers["retry-after"] == "1" && refused.headers["retry-after-ms"] == "400")
        #expect(refused.headers["x-ratelimit-remaining-tokens-minute"] == "298")
        clock.advance(0.4)
        #expect(post(handler, ask).status == 200)
    }

    @Test("What was refused for its tokens is not counted as a request, and the other way around")
    func whole() {
        let handler = handler(rpm: 2, tpm: 100)
        #expect(post(handler, #""prompt":"x","max_tokens":90"#).status == 200)
        let refused = post(handler, #""prompt":"x","max_tokens":90"#)
        #expect(refused.status == 429 && refused.headers["x-ratelimit-remaining-requests-minute"] == "1")
        #expect(post(handler, #""prompt":"x","max_tokens":1"#).status == 200)
        let last = post(handler, #""prompt":"x","max_tokens":1"#)
        #expect(last.status == 429 && last.headers["x-ratelimit-remaining-tokens-minute"] == "7")
    }

    @Test("Without max_tokens the rest of the context is charged; more than the limit is never admitted")
    func unbounded() {
        let handler = handler(tpm: 5000)
        let refused = post(handler, #""prompt":"x""#)
        #expect(refused.status == 429 && refused.headers["x-should-retry"] == "false")
        #expect(refused.headers["retry-after"] == nil && refused.headers["retry-after-ms"] == nil)
        #expect(post(handler, #""prompt":"x","max_tokens":10"#).status == 200)
    }

    @Test("Each model has limits of its own; a request that is wrong or of an unknown model is not charged")
    func models() {
        let handler = handler(rpm: 1)
        #expect(post(handler, #""prompt":"x","max_tokens":-9"#).status == 400)
        #expect(post(handler, #""prompt":"x""#, model: "none").status == 404)
        for model in APIHandler.models {
            let statuses = (0..<2).map { _ in post(handler, #""prompt":"x","max_tokens":1"#, model: model).status }
            #expect(statuses == [200, 429])
        }
    }

    @Test("A full minute later as much is admitted as at first, and no more")
    func full() {
        let handler = handler(rpm: 3)
        for wait in [0.0, 60, 3600] {
            clock.advance(wait)
            let statuses = (0..<4).map { _ in post(handler, #""prompt":"x","max_tokens":1"#).status }
            #expect(statuses == [200, 200, 200, 429])
        }
    }

    @Test("By default nothing is refused, and the headers say what is left")
    func unlimited() {
        let handler = handler()
        for _ in 0..<140 {
            #expect(post(handler, #""prompt":"x","max_tokens":8000,"stop":[" "," the","a","e"]"#).status == 200)
        }
        let reply = post(handler, #""prompt":"x","max_tokens":1"#)
        #expect(reply.status == 200 && reply.headers["x-ratelimit-remaining-tokens-minute"] == "0")
        #expect(reply.headers["x-ratelimit-limit-requests-minute"] == nil)
        #expect(reply.headers["x-ratelimit-remaining-requests-day"] == "1439859")
    }
}
