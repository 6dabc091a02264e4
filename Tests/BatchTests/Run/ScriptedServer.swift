import HTTP
import JSON
import Platform
import Synchronization

@testable import Batch
@testable import HTTP

/// A clock that only a test moves on.
final class ScriptedClock: Sendable {
    private let time = Mutex(1000.0)

    var now: Double {
        get { time.withLock { $0 } }
        set { time.withLock { $0 = newValue } }
    }

    /// The same for what takes a clock.
    var clock: ProcessClock { ProcessClock(now: { self.now }, date: { 0 }, jitter: { 0 }) }
}

/// A transport whose server answers each request after a time of a scripted clock.
final class ScriptedServer: Transport {
    /// What a request comes to.
    struct Response {
        var status = 200
        var headers: [String] = []
        var body = ScriptedServer.completion(of: "ok")
        /// In place of a response.
        var error: TransportError?
        /// Seconds from the request to the response.
        var latency = 1.0
    }

    /// A request as it was sent.
    struct Request {
        let prompt: String
        let time: Double
    }

    let clock: ScriptedClock
    private let respond: (_ prompt: String, _ attempt: Int) -> Response
    private(set) var requests: [Request] = []
    private(set) var mostInFlight = 0
    /// Called before each wait; a result ends the run.
    var atWait: (ScriptedServer) -> TransportError? = { _ in nil }

    /// - Parameter respond: what the n-th attempt at a prompt comes to, from 0.
    init(_ clock: ScriptedClock = ScriptedClock(), respond: @escaping (String, Int) -> Response) {
        (self.clock, self.respond) = (clock, respond)
    }

    /// How often a prompt was sent.
    func attempts(_ prompt: String) -> Int { requests.count { $0.prompt == prompt } }

    static func completion(of text: String, prompt: Int = 10, completion: Int = 5) -> String {
        #"{"choices":[{"index":0,"text":"\#(text)","finish_reason":"stop"}],"usage":{"prompt_tokens":\#(prompt),"#
            + #""completion_tokens":\#(completion)}}"#
    }

    func run<Source: RequestSource>(_ source: inout Source, limits: TimeLimits) -> TransportError? {
        var inFlight: [(time: Double, id: Int, response: Response)] = []
        while true {
            switch source.next(now: clock.now) {
            case .request(let id, let request):
                let prompt = prompt(of: request)
                let response = respond(prompt, attempts(prompt))
                requests.append(Request(prompt: prompt, time: clock.now))
                inFlight.append((clock.now + response.latency, id, response))
                mostInFlight = max(mostInFlight, inFlight.count)
            case .wait(let time):
                if let error = atWait(self) {
                    for request in inFlight { _ = source.take(.failure(error), of: request.id, now: clock.now) }
                    return error
                }
                let first = inFlight.indices.min { inFlight[$0].time < inFlight[$1].time }
                guard let first, inFlight[first].time <= time ?? .infinity else {
                    clock.now = max(clock.now, time ?? clock.now + 3600)
                    continue
                }
                let ended = inFlight.remove(at: first)
                clock.now = max(clock.now, ended.time)
                deliver(ended.response, of: ended.id, to: &source)
            case .finished:
                return nil
            }
        }
    }

    private func deliver<Source: RequestSource>(_ response: Response, of id: Int, to source: inout Source) {
        if let error = response.error {
            _ = source.take(.failure(error), of: id, now: clock.now)
            return
        }
        guard var head = ResponseHead(statusLine: "HTTP/1.1 \(response.status) X".utf8) else { return }
        for line in response.headers { head.add(line: line.utf8) }
        for event in [TransferEvent.head(head), .body(Array(response.body.utf8)), .end] {
            if source.take(event, of: id, now: clock.now) == .stop { return }
        }
    }

    private func prompt(of request: HTTPRequest) -> String {
        let document = try? JSONDocument(parsing: request.body ?? [])
        return document?.root["prompt"]?.string ?? ""
    }
}
