import HTTP
import Platform
import Testing

@testable import CLI

@Suite("A request and its retries")
struct ExchangeTests {
    /// Answers every attempt with the next of its failures, and then with a reply.
    private final class Script: Transport {
        var failures: [TransportError]
        private(set) var attempts = 0

        init(_ failures: [TransportError]) { self.failures = failures }

        func run(_ requests: [HTTPRequest], limits: TimeLimits, handle: (Int, TransferEvent) -> TransferControl) {
            attempts += 1
            _ = handle(0, failures.isEmpty ? .end : .failure(failures.removeFirst()))
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

    private final class Waits {
        var durations: [Duration] = []
    }

    /// Runs a script with waits that take no time.
    private func run(
        _ script: Script, isRendered: Bool = false, stopsAtWait: Int = .max
    ) -> (failure: Failure?, waits: [Duration], notes: String) {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        let waits = Waits()
        let pace = Pace(now: { 0 }, dice: { 0.5 }) { duration throws(Failure) in
            waits.durations.append(duration)
            if waits.durations.count == stopsAtWait { throw .signal(SIGINT) }
        }
        let surroundings = Surroundings(arguments: [], input: -1, output: -1, error: ends[1])
        let exchange = Exchange(
            transport: script, policy: RetryPolicy(), limits: TimeLimits(), pace: pace,
            notes: Notes(surroundings))
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
        return (failure, waits.durations, String(decoding: notes, as: UTF8.self))
    }

    @Test("each retry is a line that says what, why and how long")
    func retries() {
        let script = Script([.connect("refused"), .timeout(.idle)])
        let result = run(script)
        #expect(result.failure == nil && script.attempts == 3)
        #expect(result.waits == [.milliseconds(438), .milliseconds(875)])
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
        #expect(result.failure != nil && script.attempts == 1 && result.waits.isEmpty)
    }

    @Test("a signal ends the wait")
    func signal() {
        let script = Script([.connect("a"), .connect("b")])
        #expect(run(script, stopsAtWait: 1).failure?.status == .interrupted && script.attempts == 1)
    }
}
