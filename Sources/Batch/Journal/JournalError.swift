public import Platform

/// Why result files can't be written, continued or read. Nothing was changed or sent then.
public enum JournalError: Error {
    /// A row of a result file, for messages: its id, and its line there.
    public struct Place: Equatable, Sendable {
        /// UTF-8.
        public let id: [UInt8]
        /// From 1.
        public let line: Int
    }

    /// Another run has the file.
    case inUse(Message)
    /// Two flags name the same file.
    case sameFile(Message, Message)
    /// A line that is not a record, and why not.
    case foreignLine(Message, RecordKind, line: Int, reason: Message)
    /// Two records of one row's success.
    case repeated(Message, Place, firstLine: Int)
    /// Records of success under ids of the input, but of other requests: how many, and the first.
    case changed(Message, count: Int, first: [Place])
    /// Records of rows that are not in the input, or in another shard: how many, and the first.
    case foreignRows(Message, count: Int, inOtherShards: Int, first: [Place])
    /// Records of success in a file for failed rows.
    case notErrors(Message, Place)
    /// A file that would have to be replaced and can't be: what for, as in "sort it", and why it can't.
    case notReplaceable(Message, purpose: Message, obstacle: Message)
    /// What the system, or a signal, says.
    case system(SystemError)

    /// How many rows an error names.
    public static let mostNamed = 5

    /// Whether the command line is at fault, or the file that it names, so that the exit status is 2.
    public var isUsage: Bool { if case .system = self { false } else { true } }

    /// What is wrong, in one line; empty for an error of the system's.
    public var message: Message {
        switch self {
        case .inUse(let label): "\(label): another run is writing to it"
        case .sameFile(let a, let b): "\(a) and \(b) are the same file"
        case .foreignLine(let label, let kind, let line, let reason):
            "\(label): line \(line) was not written by \(own: kind.command): \(reason); the file is unchanged"
        case .repeated(let label, let place, let firstLine):
            "\(label): row \(quoted: place.id) is complete on line \(firstLine) and again on line \(place.line)"
        case .changed(let label, let count, let first):
            "\(label): \(Self.rows(count)) complete, but \(own: count == 1 ? "its request has" : "their requests have") "
                + "changed: \(Self.list(first, of: count))"
        case .foreignRows(let label, let count, let elsewhere, let first):
            "\(label): \(Self.rows(count)) not in \(own: elsewhere > 0 ? "this shard" : "this input"): "
                + Self.list(first, of: count)
        case .notErrors(let label, let place):
            "\(label): line \(place.line) is the completion of row \(quoted: place.id); this file is for failed rows"
        case .notReplaceable(let label, let purpose, let obstacle):
            "\(label) must be replaced to \(purpose), but \(obstacle)"
        case .system: ""
        }
    }

    /// What to do about it; nil when the message says so.
    public var hint: Message? {
        switch self {
        case .inUse: "wait for it to end, or give each run a file of its own, as with {shard}"
        case .sameFile: "give each a file of its own"
        case .foreignLine: "name a new file, or one that an earlier run wrote"
        case .repeated: "remove one of the two lines"
        case .changed:
            "were flags or the input changed? restore them, name another output file, or let results of the present requests replace these with --redo-changed"
        case .foreignRows: "name another output file, or keep these rows with --keep-foreign"
        case .notErrors: "name another file"
        case .notReplaceable: "copy it to a new file and name that"
        case .system: nil
        }
    }

    private static func rows(_ count: Int) -> Message { count == 1 ? "1 row is" : "\(count) rows are" }

    private static func list(_ first: [Place], of count: Int) -> Message {
        let named = first.map { "\(quoted: $0.id) (line \($0.line))" as Message }.joined(separator: ", ")
        return count > first.count ? "\(named) and \(count - first.count) more" : named
    }
}

/// Counts the rows that something is wrong with, and keeps the first.
struct NamedRows {
    private(set) var count = 0
    private(set) var first: [JournalError.Place] = []

    mutating func add(_ id: [UInt8], line: Int) {
        count += 1
        if first.count < JournalError.mostNamed { first.append(JournalError.Place(id: id, line: line)) }
    }
}
