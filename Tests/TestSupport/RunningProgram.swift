import Dispatch
import Foundation
import Synchronization

/// A program under way.
public final class RunningProgram: Sendable {
    private struct State {
        var pid: pid_t = 0
        var isReaped = false
        var starting: CheckedContinuation<TestFault?, Never>?
        var wasKilled = false
        var result: Result<TestProgram.Outcome, TestFault>?
        var waiting: [CheckedContinuation<Result<TestProgram.Outcome, TestFault>, Never>] = []
    }

    /// What it has written to standard output.
    public let output = Transcript()
    /// What it has written to standard error.
    public let error = Transcript()
    private let path: String
    private let feed: WritingEnd?
    private let state = Mutex(State())

    /// Starts a program.
    ///
    /// - Throws: ``TestFault`` when it can't be started.
    static func start(_ program: TestProgram) async throws(TestFault) -> RunningProgram {
        // The shell that becomes the program could only exit with 127.
        guard access(program.path, X_OK) == 0 else { throw .system(program.path) }
        let ends = try ProgramEnds(program)
        let running = RunningProgram(program, ends)
        let problem = await withCheckedContinuation { continuation in
            running.state.withLock { $0.starting = continuation }
            Task.detached { await running.carryOut(program, ends) }
        }
        if let problem { throw problem }
        if let rest = ends.rest { rest.end.writeAll(rest.bytes) }
        let patience = Int(program.patience / .milliseconds(1))
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(patience)) { [weak running] in
            running?.kill()
        }
        return running
    }

    private init(_ program: TestProgram, _ ends: ProgramEnds) {
        path = program.path
        feed = ends.feed
        Self.read(ends.output, into: output)
        Self.read(ends.error, into: error)
    }

    /// Runs the program to its end and tells whoever waits.
    private func carryOut(_ program: TestProgram, _ ends: ProgramEnds) async {
        defer { for descriptor in ends.held { close(descriptor) } }
        do {
            let status = try await ProgramLaunch.run(program, ends) { [self] pid in
                state.withLock { state in
                    state.pid = pid
                    state.starting?.resume(returning: nil)
                    state.starting = nil
                }
            }
            state.withLock { $0.isReaped = true }
            Thread.detachNewThread { [self] in collect(status) }
        } catch {
            let fault = TestFault.notStarted(path: path, reason: "\(error)")
            state.withLock { state in
                state.starting?.resume(returning: fault)
                state.starting = nil
                state.isReaped = true
            }
        }
    }

    /// Waits for its end.
    ///
    /// - Throws: ``TestFault/hung(path:output:error:)`` when it had to be killed.
    public func outcome() async throws(TestFault) -> TestProgram.Outcome {
        let result = await withCheckedContinuation { continuation in
            let result = state.withLock { state in
                if state.result == nil { state.waiting.append(continuation) }
                return state.result
            }
            if let result { continuation.resume(returning: result) }
        }
        return try result.get()
    }

    /// Sends a signal to it alone; to a program that has ended nothing is sent.
    public func signal(_ number: Int32) {
        state.withLock { state in
            if !state.isReaped { _ = Foundation.kill(state.pid, number) }
        }
    }

    /// Types at its terminal, or writes to its open pipe.
    public func type(_ bytes: [UInt8]) {
        feed?.write(bytes)
    }

    /// Ends it, and all that it started, by force; its outcome is then a fault.
    public func kill() {
        state.withLock { state in
            guard state.result == nil else { return }
            state.wasKilled = true
            // Its group outlives it while a child of it does.
            _ = Foundation.kill(-state.pid, SIGKILL)
        }
    }

    private func collect(_ status: Int32) {
        output.waitForEnd()
        error.waitForEnd()
        feed?.close()
        let outcome = TestProgram.Outcome(status: status, output: output.bytes, error: error.bytes)
        let (waiting, result) = state.withLock { state in
            let result: Result<TestProgram.Outcome, TestFault> =
                state.wasKilled
                ? .failure(.hung(path: path, output: outcome.output, error: outcome.error)) : .success(outcome)
            state.result = result
            return (state.waiting, result)
        }
        for continuation in waiting { continuation.resume(returning: result) }
    }

    private static func read(_ descriptor: Int32?, into transcript: Transcript) {
        guard let descriptor else { return transcript.finish() }
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = Foundation.read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                // A terminal whose other end is closed gives an error where a pipe gives the end.
                guard count > 0 else { break }
                transcript.append(buffer[..<count])
            }
            close(descriptor)
            transcript.finish()
        }
    }
}
