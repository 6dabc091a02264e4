import Platform
import Synchronization

@testable import HTTP

/// A clock that nothing moves on but waits and scripts.
final class ScriptedClock: Sendable {
    private let seconds = Mutex(1000.0)

    /// Seconds since some fixed moment.
    var now: Double { seconds.withLock(\.self) }

    /// The same for a process; half of what chance may add is added.
    var processClock: ProcessClock {
        ProcessClock(now: { self.now }, date: { 1_780_000_000 }, jitter: { 0.5 })
    }

    /// Lets time pass, to a moment that may be over.
    func advance(to time: Double) { seconds.withLock { $0 = max($0, time) } }
}

/// What a server does with a request, one after the other.
enum ServerAct: Sendable {
    /// Seconds pass.
    case pass(Double)
    /// The head of a response with these header lines.
    case head(Int, [String])
    /// A piece of the body.
    case body(String)
    /// The response is complete.
    case end
    /// The request fails.
    case fail(TransportError)
    /// No connection comes about.
    case unreachable
}

extension [ServerAct] {
    /// A whole response.
    static func whole(_ body: String, status: Int = 200, _ lines: String...) -> [ServerAct] {
        [.head(status, ["Content-Type: application/json"] + lines), .body(body), .end]
    }

    /// A completion, whole.
    static func text(_ text: String, finish: String = "stop") -> [ServerAct] {
        whole(#"{"choices":[{"index":0,"text":"\#(text)","finish_reason":"\#(finish)"}]}"#)
    }

    /// The beginning of a stream, in these pieces.
    static func stream(_ pieces: String..., lines: [String] = []) -> [ServerAct] {
        [.head(200, ["Content-Type: text/event-stream"] + lines)] + pieces.map { .body($0) }
    }
}

/// A transport without a network: each request meets the next script, on a clock that waits move on.
///
/// A request whose script ends while more is awaited stands still until its limit passes.
final class ScriptedTransport: Transport, Sendable {
    private let scripts: Mutex<[[ServerAct]]>
    private let sent = Mutex<[HTTPRequest]>([])
    private let waited = Mutex<[Double]>([])
    private let clock: ScriptedClock

    /// A server with a script for each request.
    init(_ scripts: [[ServerAct]], _ clock: ScriptedClock) {
        self.scripts = Mutex(scripts)
        self.clock = clock
    }

    /// What was sent.
    var requests: [HTTPRequest] { sent.withLock(\.self) }
    /// How long was waited before retries, in seconds.
    var waits: [Double] { waited.withLock(\.self) }

    func run<Source: RequestSource>(_ source: inout Source, limits: TimeLimits) -> TransportError? {
        while true {
            switch source.next(now: clock.now) {
            case .request(let id, let request):
                sent.withLock { $0.append(request) }
                guard let script = scripts.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
                    _ = source.take(.failure(.local("no script for this request")), of: id, now: clock.now)
                    continue
                }
                play(script, id, &source, limits)
            case .wait(let time?):
                waited.withLock { $0.append(time - clock.now) }
                clock.advance(to: time)
            case .wait(nil): return .stopped
            case .finished: return nil
            }
        }
    }

    private func play<Source: RequestSource>(
        _ script: [ServerAct], _ id: Int, _ source: inout Source, _ limits: TimeLimits
    ) {
        var control = TransferControl.proceed
        for act in script {
            let event: TransferEvent
            switch act {
            case .pass(let seconds):
                clock.advance(to: clock.now + seconds)
                continue
            case .head(let status, let lines):
                guard var head = ResponseHead(statusLine: "HTTP/1.1 \(status) X".utf8) else { return }
                for line in lines { head.add(line: line.utf8) }
                source.noteConnected(id, now: clock.now)
                event = .head(head)
            case .body(let text): event = .body(Array(text.utf8))
            case .end: event = .end
            case .fail(let error): event = .failure(error)
            case .unreachable:
                clock.advance(to: clock.now + limits.connect.inSeconds)
                event = .failure(.timeout(.connect))
            }
            control = source.take(event, of: id, now: clock.now)
            switch (event, control) {
            case (.end, _), (.failure, _), (_, .stop), (_, .drain): return
            default: break
            }
        }
        let limit = clock.now + limits.idle.inSeconds
        if case .proceedUntil(let time) = control {
            clock.advance(to: min(time, limit))
        } else {
            clock.advance(to: limit)
        }
        _ = source.take(.failure(.timeout(.idle)), of: id, now: clock.now)
    }
}
