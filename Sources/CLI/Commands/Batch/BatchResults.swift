import Batch
import Flags
import Platform

/// Where the results of a run go: files that it continues, or a stream.
struct BatchResults {
    private enum Target {
        case file(JournalPath)
        case stream(Int32, Message)
    }

    /// How many rows a stream may be ahead of the oldest that is open.
    private static let window = 4096

    /// What takes the records.
    let sink: any RecordSink
    /// The files; nil for a stream.
    let journal: Journal?
    /// Whoever reads a stream.
    let reader: OutputReader
    /// What is written of a record to a stream.
    let form: RecordForm
    /// Whether results go to a terminal.
    let isTerminal: Bool

    /// Opens them.
    ///
    /// - Parameter task: is given the record of each row that an earlier run has completed.
    /// - Throws: ``Failure`` when they can't be continued or written; nothing has changed then.
    init(
        _ options: ResultOptions, _ rows: BatchRows, _ task: some RowTask, _ context: ProcessContext
    ) throws(Failure) {
        let target = try Self.target(options.file, "output file", rows, context)
        form = options.form
        switch target {
        case .stream(let descriptor, let label):
            try Self.checkStream(options, label)
            journal = nil
            isTerminal = Descriptor.isTerminal(descriptor)
            reader = OutputReader(of: descriptor)
            sink = OrderedSink(descriptor, label, options.form, window: Self.window)
        case .file(let output):
            var errors: JournalPath?
            if let file = options.errorFile {
                guard case .file(let path) = try Self.target(file, "error file", rows, context) else {
                    throw .usage(UsageError("--errors: \(quoted: file) is not a regular file"))
                }
                errors = path
            }
            var journalOptions = options.journal
            journalOptions.countComplete = task.countComplete
            let journal = try Self.open(output, errors, by: task, rows, journalOptions, context)
            self.journal = journal
            isTerminal = false
            reader = OutputReader(of: -1)
            sink = JournalSink(journal)
        }
    }

    private static func open(
        _ output: JournalPath, _ errors: JournalPath?, by task: some RowTask, _ rows: BatchRows,
        _ options: JournalOptions, _ context: ProcessContext
    ) throws(Failure) -> Journal {
        do throws(JournalError) {
            return try Journal(
                output: output, errors: errors, of: task.kind, rows: rows.scan?.table, options, context,
                isUnexpected: task.isUnexpected)
        } catch {
            throw Failure(error)
        }
    }

    /// - Parameter file: nil for standard output.
    private static func target(
        _ file: [UInt8]?, _ kind: Message, _ rows: BatchRows, _ context: ProcessContext
    ) throws(Failure) -> Target {
        guard let file else { return .stream(context.output, "standard output") }
        let path = try rows.fill(file)
        let label: Message = "\(kind) \(quoted: path)"
        switch try system(OutputTarget(path, standardOutput: context.output, label)) {
        case .descriptor(let number): return .stream(number, label)
        case .device(let place): return .stream(try system(Descriptor.open(device: place, label)), label)
        case .file(let place): return .file(JournalPath(place, label))
        }
    }

    /// What stands in a stream can't be read again.
    private static func checkStream(_ options: ResultOptions, _ label: Message) throws(Failure) {
        guard let flag = options.flagsOfFiles.first else { return }
        throw .usage(UsageError("--\(own: flag) needs a regular file, and \(label) is none"))
    }
}
