import Foundation
import Synchronization

/// A running child, to which signals are passed on until it has ended.
final class ChildProcess: Sendable {
    private enum State {
        /// Not started; these signals wait for it.
        case expected([Int32])
        case running(pid_t)
        case over
    }

    private let state = Mutex(State.expected([]))

    /// Notes that the child runs.
    func begin(_ process: pid_t) {
        state.withLock { state in
            if case .expected(let signals) = state { for number in signals { kill(process, number) } }
            state = .running(process)
        }
    }

    /// Sends the child a signal that this process got, unless the terminal has sent it to both.
    func pass(on number: Int32) {
        guard ![SIGINT, SIGQUIT].contains(number) || !Self.isInForeground else { return }
        state.withLock { state in
            switch state {
            case .expected(let signals): state = .expected(signals + [number])
            case .running(let process): kill(process, number)
            case .over: break
            }
        }
    }

    /// Waits for the child's end.
    ///
    /// - Returns: its exit status; 128 and the signal's number when a signal ended it.
    func wait() -> Int32 {
        guard case .running(let process) = state.withLock({ $0 }) else { return 0 }
        // The number stays the child's until it is collected, so it is marked as over before that.
        var info = siginfo_t()
        while waitid(P_PID, id_t(process), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        state.withLock { $0 = .over }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signalNumber = status & 0x7F
        return signalNumber == 0 ? (status >> 8) & 0xFF : 128 + signalNumber
    }

    /// Whether the terminal's interrupts come to this process.
    private static var isInForeground: Bool {
        let terminal = open("/dev/tty", O_RDONLY | O_CLOEXEC)
        guard terminal >= 0 else { return false }
        defer { close(terminal) }
        return tcgetpgrp(terminal) == getpgrp()
    }
}
