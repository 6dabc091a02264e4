import HTTP
import Platform
import Testing

@testable import Client

@Suite("Jobs and their retries")
struct RetryQueueTests {
    /// Answers attempts at once by a clock that nothing but a wait moves on.
    private final class Script: Transport {
        /// What each attempt of a request comes to, the first one first; a response when there is none left.
        var failures: [Int: [TransportError]]
        /// How often a wait may be asked for before the program is asked to stop.
        var waitsLeft = Int.max
        private(set) var attempts: [Int] = []
        private(set) var waits: [Double] = []
        private(set) var mostInFlight = 0

        init(_ failures: [Int: [TransportError]]) { self.failures = failures }

        func run<Source: RequestSource>(_ source: inout Source, limits: TimeLimits) -> TransportError? {
            var (now, inFlight) = (1000.0, [Int]())
            while true {
                switch source.next(now: now) {
                case .request(let id, _):
                    attempts.append(id)
                    inFlight.append(id)
                    mostInFlight = max(mostInFlight, inFlight.count)
                case .wait(let time):
                    if !inFlight.isEmpty {
                        let id = inFlight.removeFirst()
                        let failure = failures[id]?.isEmpty == false ? failures[id]?.removeFirst() : nil
                        _ = source.take(failure.map { .failure($0) } ?? .end, of: id, now: now)
                        continue
                    }
                    waits.append((time ?? now) - now)
                    waitsLeft -= 1
                    if waitsLeft == 0 { return .stopped }
                    now = time ?? now
                case .finished: return nil
                }
            }
        }
    }

    private struct Collector: ResponseCollector {
        var isFinal = false
        var failure: AttemptFailure?
        var isComplete: Bool { false }
        var head: ResponseHead? { nil }

        mutating func take(_ event: TransferEvent, now: Double) -> TransferControl {
            if case .failure(let error) = event {
                failure = AttemptFailure(
                    .transport(error, url: "u", limits: TimeLimits()), cause: isFinal ? nil : .noResponse(error))
            }
            return .proceed
        }
    }

    private struct Jobs: JobSource {
        var left: [Int]
        var isFinal = false
        /// No retry is let through before this time.
        var retriesFrom = 0.0
        /// Whether retries are given up once a request has failed so often.
        var dropsRetriesAfter = Int.max
        private(set) var outcomes: [Int: JobOutcome<Collector>] = [:]
        private(set) var notes: [String] = []

        init(_ ids: some Sequence<Int>, isFinal: Bool = false) {
            left = ids.reversed()
            self.isFinal = isFinal
        }

        mutating func next(now: Double) -> JobStep<Collector> {
            guard let id = left.popLast() else { return .finished }
            let request = HTTPRequest(method: "POST", url: "u", headers: [], body: nil)
            return .job(Job(id, request) { [isFinal] _ in Collector(isFinal: isFinal) })
        }

        mutating func note(_ note: JobNote, of id: Int) {
            if case .retry(let number, let most, let wait, _) = note {
                notes.append("\(id): \(number) of \(most) after \(wait)")
            }
        }

        mutating func take(_ outcome: JobOutcome<Collector>) { outcomes[outcome.id] = outcome }

        mutating func acceptsCompleteAtStop() -> Bool { false }

        func admitRetry(of id: Int, now: Double) -> RetryAdmission {
            now < retriesFrom ? .wait(until: retriesFrom) : .now
        }

        var dropsRetries: Bool { notes.count >= dropsRetriesAfter }
    }

    private func run(_ script: Script, _ jobs: Jobs, maxOpen: Int = 1) -> Jobs {
        let clock = ProcessClock(now: { 0 }, date: { 0 }, jitter: { 0.5 })
        var queue = RetryQueue(jobs, RetryPolicy(), clock, maxOpen: maxOpen)
        queue.run(on: script, limits: TimeLimits())
        return queue.jobs
    }

    @Test("each retry is noted with its number and its wait")
    func retries() {
        let script = Script([7: [.connect("refused"), .timeout(.idle)]])
        let jobs = run(script, Jobs([7]))
        #expect(jobs.outcomes[7]?.error == nil && script.attempts == [7, 7, 7])
        #expect(script.waits.map { ($0 * 1000).rounded() } == [438, 875])
        #expect(jobs.notes == ["7: 1 of 2 after 0.438 seconds", "7: 2 of 2 after 0.875 seconds"])
    }

    @Test("the last failure is the outcome")
    func exhausted() {
        let script = Script([1: [.connect("a"), .connect("b"), .connect("c"), .connect("d")]])
        guard case .transport(.connect("c"), _, _, _)? = run(script, Jobs([1])).outcomes[1]?.error else {
            Issue.record("another failure")
            return
        }
        #expect(script.attempts.count == 3)
    }

    @Test("nothing is asked again that has no cause")
    func final() {
        let script = Script([1: [.interrupted("reset", afterHead: true)]])
        let jobs = run(script, Jobs([1], isFinal: true))
        #expect(jobs.outcomes[1]?.error != nil && script.attempts.count == 1 && script.waits.isEmpty)
    }

    @Test("a stop ends the wait")
    func stop() {
        let script = Script([1: [.connect("a"), .connect("b")]])
        script.waitsLeft = 1
        let outcome = run(script, Jobs([1])).outcomes[1]
        guard case .stopped(nil)? = outcome?.error else {
            Issue.record("no stop")
            return
        }
        #expect(outcome?.collector == nil && script.attempts.count == 1)
    }

    @Test("of many jobs no more are open than may be, others go on while one waits, and each ends once")
    func many() {
        let failing = Dictionary(
            uniqueKeysWithValues: stride(from: 0, to: 500, by: 7).map { ($0, [TransportError.connect("a")]) })
        let script = Script(failing)
        let jobs = run(script, Jobs(0..<500), maxOpen: 64)
        #expect(jobs.outcomes.count == 500 && jobs.outcomes.values.allSatisfy { $0.error == nil })
        #expect(script.attempts.count == 500 + failing.count && script.mostInFlight <= 64)
        #expect(script.waits.count < failing.count)
    }

    @Test("a source holds retries back, whose own waits are over")
    func admission() {
        let script = Script([1: [.connect("a")], 2: [.connect("b")]])
        var jobs = Jobs([1, 2])
        jobs.retriesFrom = 1030
        #expect(run(script, jobs, maxOpen: 2).outcomes.values.allSatisfy { $0.error == nil })
        #expect(script.attempts.sorted() == [1, 1, 2, 2] && script.waits.reduce(1000, +) == 1030)
    }

    @Test("a source gives up retries, and jobs that wait for one end as stopped")
    func dropping() {
        let script = Script([1: [.connect("a")], 2: [.connect("b")]])
        var jobs = Jobs([1, 2])
        jobs.dropsRetriesAfter = 2
        let outcomes = run(script, jobs, maxOpen: 2).outcomes
        #expect(script.attempts == [1, 2] && outcomes.count == 2)
        for outcome in outcomes.values {
            if case .stopped? = outcome.error { continue }
            Issue.record("another outcome")
        }
    }

    @Test("a refused connection on this machine is tried again only where that is asked for")
    func refusedConnection() {
        for retries in [false, true] {
            let script = Script([1: [.nothingListens]])
            let clock = ProcessClock(now: { 0 }, date: { 0 }, jitter: { 0.5 })
            var policy = RetryPolicy()
            policy.retriesRefusedConnection = retries
            var queue = RetryQueue(Jobs([1]), policy, clock)
            queue.run(on: script, limits: TimeLimits())
            #expect(script.attempts.count == (retries ? 2 : 1))
        }
    }

    @Test("what is due first comes first, and of the same time what was added first")
    func order() {
        var queue = DueQueue<Int>()
        let times = (0..<300).map { Double(($0 * 7919) % 101) }
        for (index, time) in times.enumerated() { queue.add(index, dueAt: time) }
        #expect(queue.first(dueAt: -1) == nil && queue.first(dueAt: 0) == 0 && queue.count == 300)
        var taken: [Int] = []
        while let index = queue.popFirst() { taken.append(index) }
        #expect(taken == times.indices.sorted { (times[$0], $0) < (times[$1], $1) } && queue.isEmpty)
    }
}
