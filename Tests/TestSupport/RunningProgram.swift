import Dispatch
import Foundation
import Synchronization

/// A program under way.
public final class RunningProgram: Sendable {
    private struct State {
        var isReaped = false
        var wasKilled = false
        var result: Result<TestProgram.Outcome, TestFault>?
        var waiting: [CheckedContinuation<Result<TestProgram.Outcome, TestFault>, Never>] = []
    }

    /// What it has written to standard output.
    public let output = Transcript()
    /// What it has written to standard error.
    public let error = Transcript()
    private let path: String
    private let pid: pid_t
    private let feed: WritingEnd?
    private let state = Mutex(State())

    /// Starts a program.
    init(_ program: TestProgram) throws(TestFault) {
        let ends = try ProgramEnds(program)
        do throws(TestFault) {
            pid = try ProgramLaunch.start(program, ends)
        } catch {
            ends.closeAll()
            throw error
        }
        path = program.path
        for descriptor in ends.lent { close(descriptor) }
        feed = ends.feed
        if let rest = ends.rest { rest.end.writeAll(rest.bytes) }
        Self.read(ends.output, into: output)
        Self.read(ends.error, into: error)
        let patience = Int(program.patience / .milliseconds(1))
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(patience)) { [weak self] in self?.kill() }
        Thread.detachNewThread { [self] in collect() }
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
            if !state.isReaped { _ = Foundation.kill(pid, number) }
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
            _ = Foundation.kill(-pid, SIGKILL)
        }
    }

    private func collect() {
        var info = siginfo_t()
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        var raw: Int32 = 0
        state.withLock { state in
            while waitpid(pid, &raw, 0) < 0, errno == EINTR {}
            state.isReaped = true
        }
        output.waitForEnd()
        error.waitForEnd()
        feed?.close()
        let signal = raw & 0x7F
        let outcome = TestProgram.Outcome(
            status: signal == 0 ? (raw >> 8) & 0xFF : 128 + signal, output: output.bytes, error: error.bytes)
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
