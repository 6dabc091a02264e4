import Foundation
import TestSupport

/// What something in a case waits for.
enum Moment {
    /// The program has written this to standard output.
    case output([UInt8])
    /// The program has written this to standard error.
    case error([UInt8])
    /// So many requests have come in.
    case requests(Int)

    /// Of the words after `once`; nil when they name none.
    init?(_ words: [String]) {
        switch words[0] {
        case "stdout": self = .output(Array(words[1].utf8))
        case "stderr": self = .error(Array(words[1].utf8))
        case "requests":
            guard let count = Int(words[1]) else { return nil }
            self = .requests(count)
        default: return nil
        }
    }

    /// Opens a gate when it comes; gives it up when it can't come any more.
    func open(_ gate: Gate, program: RunningProgram, server: LoopbackServer) {
        switch self {
        case .output(let text): program.output.open(gate, after: text)
        case .error(let text): program.error.open(gate, after: text)
        case .requests(let count): server.open(gate, afterRequests: count)
        }
    }
}

/// The signals that a case can send.
enum CaseSignal {
    static let numbers = [
        "INT": SIGINT, "TERM": SIGTERM, "HUP": SIGHUP, "PIPE": SIGPIPE, "QUIT": SIGQUIT, "ALRM": SIGALRM,
    ]
}

/// What a `terminal` heading says.
enum CaseTerminal {
    static let streams: Set<String> = ["stdin", "stdout", "stderr"]

    /// Of a word such as `80x24`; nil when it is none.
    static func size(_ word: String) -> TerminalSize? {
        let parts = word.split(separator: "x", omittingEmptySubsequences: false).map { UInt16($0) }
        guard parts.count == 2, let columns = parts[0], let rows = parts[1] else { return nil }
        return TerminalSize(columns: columns, rows: rows)
    }
}
