import Foundation
import HTTP
import Platform
import Testing

@testable import CLI

@Suite("A request and its retries")
struct ExchangeTests {
    /// Answers every attempt with the next of its failures, and then with a reply, by a clock that a wait moves on.
    private final class Script: Transport {
        var failures: [TransportError]
        /// Which wait a signal ends.
        var stopsAtWait = Int.max
        private(set) var attempts = 0
        private(set) var waits: [Double] = []

        init(_ failures: [TransportError]) { self.failures = failures }

        func run<Source: RequestSource>(_ source: inout Source, limits: TimeLimits) -> TransportError? {
            var now = 1000.0
            while true {
                switch source.next(now: now) {
                case .request(let id, _):
                    attempts += 1
                    let event = failures.isEmpty ? TransferEvent.end : .failure(failures.removeFirst())
                    _ = source.take(event, of: id, now: now)
                case .wait(let time):
                    waits.append((time ?? now) - now)
                    if waits.count == stopsAtWait { return .stopped }
                    now = time ?? now
                case .finished: return nil
                }
            }
        }
    }

    private struct Session: TransferSession {
        var isRendered = false
        var failure: Failure?
        var cause: AttemptCause?

        mutating func take(_ event: TransferEvent) -> TransferControl {
            if case .failure(let error) = event {
                failure = .transport(error, url: "u", limits: TimeLimits())
                cause = isRendered ? nil : .noReply(error)
            }
            return .proceed
        }
    }

    private func run(_ script: Script, isRendered: Bool = false) -> (failure: Failure?, notes: String) {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let context = ProcessContext(arguments: [], input: -1, output: -1, error: ends[1])
        let exchange = Exchange(
            transport: script, policy: RetryPolicy(), limits: TimeLimits(),
            clock: ProcessClock(now: { 0 }, date: { 0 }, jitter: { 0.5 }),
            notes: Notes(context))
        var failure: Failure?
        do throws(Failure) {
            _ = try exchange.run(HTTPRequest(method: "POST", url: "u", headers: [], body: nil)) {
                Session(isRendered: isRendered)
            }
        } catch {
            failure = error
        }
        close(ends[1])
        let notes = (try? Descriptor.readAll(ends[0], "pipe", upTo: 1 << 20)) ?? []
        close(ends[0])
        return (failure, String(decoding: notes, as: UTF8.self))
    }

    @Test("each retry is a line that says what, why and how long")
    func retries() {
        let script = Script([.connect("refused"), .timeout(.idle)])
        let result = run(script)
        #expect(result.failure == nil && script.attempts == 3)
        #expect(script.waits.map { ($0 * 1000).rounded() } == [438, 875])
        #expect(
            result.notes == """
                cerebras: note: retry 1 of 2 in 0.438 s: u: refused
                cerebras: note: retry 2 of 2 in 0.875 s: u: nothing received for 60 s (--idle-timeout)

                """)
    }

    @Test("the last failure is the one told")
    func exhausted() {
        let script = Script([.connect("a"), .connect("b"), .connect("c"), .connect("d")])
        #expect(run(script).failure?.message == "u: c" && script.attempts == 3)
    }

    @Test("nothing is asked again once something was rendered")
    func rendered() {
        let script = Script([.interrupted("reset", afterHead: true)])
        let result = run(script, isRendered: true)
        #expect(result.failure != nil && script.attempts == 1 && script.waits.isEmpty)
    }

    @Test("a signal ends the wait")
    func signal() {
        let script = Script([.connect("a"), .connect("b")])
        script.stopsAtWait = 1
        #expect(run(script).failure?.status == .terminated && script.attempts == 1)
    }
}
