import Foundation
import HTTP
import Platform
import Synchronization
import Testing

@testable import CLI

@Suite("The sign of a wait")
struct WaitingSignTests {
    private final class Screen: Sendable {
        private let bytes = Mutex<[UInt8]>([])

        var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

        /// A line on it.
        func line() -> TerminalLine { TerminalLine { bytes in self.bytes.withLock { $0 += bytes } } }
    }

    private final class Source: RequestSource {
        var steps: [SourceStep]

        init(_ steps: [SourceStep]) { self.steps = steps }

        func next(now: Double) -> SourceStep { steps.isEmpty ? .wait(until: nil) : steps.removeFirst() }

        func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl { .proceed }
    }

    /// A transport that asks the source at these times, and tells it of what happens there.
    private final class Script: Transport {
        enum Moment {
            case ask
            case connected
            case event(TransferEvent)
        }

        let moments: [(time: Double, moment: Moment)]
        private(set) var waits: [Double?] = []

        init(_ moments: [(Double, Moment)]) { self.moments = moments.map { (time: $0.0, moment: $0.1) } }

        func run<Requests: RequestSource>(_ source: inout Requests, limits: TimeLimits) -> TransportError? {
            for (time, moment) in moments {
                switch moment {
                case .ask: if case .wait(let until) = source.next(now: time) { waits.append(until) }
                case .connected: source.noteConnected(0, now: time)
                case .event(let event): _ = source.take(event, of: 0, now: time)
                }
            }
            return nil
        }
    }

    private static let request = SourceStep.request(
        id: 0, HTTPRequest(method: "GET", url: "u", headers: [], body: nil))

    private func run(_ steps: [SourceStep], _ moments: [(Double, Script.Moment)]) -> (text: String, waits: [Double?]) {
        let screen = Screen()
        let sign = WaitingSign(on: screen.line())
        let script = Script(moments)
        var source = Source(steps)
        _ = WaitingTransport(script, sign).run(&source, limits: TimeLimits())
        return (screen.text.replacing("\r\u{1b}[K", with: "|"), script.waits)
    }

    @Test("nothing for a second; then what is waited for, and for how long")
    func phases() {
        let result = run(
            [Self.request],
            [
                (10, .ask), (10, .ask), (10.9, .ask), (11, .ask), (11.2, .connected), (12.1, .ask),
                (12.5, .event(.body([]))), (13, .ask),
            ])
        #expect(result.text == "|[1 s] connecting|[2 s] waiting for the server|[3 s] receiving|")
        #expect(result.waits == [11, 11, 12, 13, 14])
    }

    @Test("a retry is counted down")
    func retry() {
        let wait = SourceStep.wait(until: 14)
        let result = run(
            [Self.request, wait, wait, wait],
            [(10, .ask), (10.5, .event(.failure(.timeout(.connect)))), (10.5, .ask), (11.5, .ask), (13.2, .ask)])
        #expect(result.text == "|[1 s] retrying in 3 s|[3 s] retrying in 1 s|")
        #expect(result.waits == [11, 12, 14])
    }

    @Test("what is quick leaves no trace")
    func quick() {
        #expect(run([Self.request], [(0, .ask), (0.5, .connected), (0.9, .ask), (0.99, .event(.end))]).text == "")
    }

    @Test("erased, it comes back; ended, it does not")
    func ended() {
        let screen = Screen()
        let sign = WaitingSign(on: screen.line())
        sign.wait(for: .response, now: 0)
        #expect(sign.update(now: 1.5) == 2)
        sign.erase()
        sign.erase()
        #expect(sign.update(now: 1.6) == 2)
        sign.end()
        #expect(sign.update(now: 2) == nil)
        let line = "\r\u{1b}[K[1 s] waiting for the server\r\u{1b}[K"
        #expect(screen.text == line + line)
    }

    @Test("the watchdog, which ends the process on another thread, erases it, whether or not it reports anything")
    func watchdog() async throws {
        let causes: [Watchdog.Cause] = [.stopped(.signal(2)), .outOfMemory(1)]
        for cause in causes {
            let screen = Screen()
            let sign = WaitingSign(on: screen.line())
            var notes = Notes(ProcessContext(error: -1) { _ in nil })
            notes.sign = sign
            sign.wait(for: .rest, now: 0)
            _ = sign.update(now: 1)
            let report = Watchdog.reporter(to: notes.channel)
            await Task.detached { report(cause, nil) }.value
            #expect(screen.text == "\r\u{1b}[K[1 s] receiving\r\u{1b}[K")
            #expect(sign.update(now: 3) == nil, "it does not come back")
        }
    }

    @Test("a line that another thread is stuck in writing does not hold up the end")
    func stuck() {
        let (isWriting, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let line = TerminalLine { _ in
            isWriting.signal()
            mayEnd.wait()
        }
        let thread = Thread { line.show("a") }
        thread.start()
        isWriting.wait()
        line.endUnlessStuck()
        mayEnd.signal()
    }

    @Test("none without a terminal, with --quiet, or where nothing can be erased")
    func none() {
        let variables = ["TERM": "xterm"]
        let context = ProcessContext { variables[$0].map { Array($0.utf8) } }
        #expect(WaitingSign(Notes(context), context) == nil)
    }
}
