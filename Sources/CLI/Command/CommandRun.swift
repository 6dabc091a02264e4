import API
import Client
import Flags
import HTTP
import Platform

/// One run of a command, and the skeleton of every one: its options are read and completed, its notes written, its body run,
/// its failure reported and its unfinished output discarded.
struct CommandRun<Options: CommandOptions> {
    /// What the command line says; complete when the body runs.
    private(set) var options = Options()
    /// Descriptors, environment and clock.
    let context: ProcessContext
    /// What is written to standard error.
    private(set) var notes: Notes
    private let transports: TransportFactory
    /// The output that was opened and is not complete.
    private var output: Output?
    private var hasKey = false

    /// A run that has not begun.
    init(_ context: ProcessContext, _ transports: TransportFactory) {
        self.context = context
        self.transports = transports
        notes = Notes(context)
    }

    /// Carries the command out, from its arguments to its exit status.
    ///
    /// - Parameter arguments: without the command's name.
    mutating func perform(
        _ command: Command, _ arguments: [[UInt8]], _ sections: [Section<Options>],
        _ body: (inout CommandRun) throws(Failure) -> ExitStatus
    ) -> ExitStatus {
        do throws(Failure) {
            let outcome = try options.read(arguments, by: sections, context)
            guard outcome.request == .run else {
                try Command.print(outcome.request, of: command, context)
                return .done
            }
            try begin(outcome)
            return try body(&self)
        } catch {
            report(error)
            return error.status
        }
    }

    private mutating func begin(_ outcome: Parser<Options>.Outcome) throws(Failure) {
        notes.isQuiet = options.isQuiet
        notes.isForPrograms = options.reportsErrorsAsJSON
        Watchdog.report(to: notes)
        if options.sendsRequests { transports.prepare() }
        let found = try options.prepare(outcome)
        options.addSecrets(to: &notes.secrets)
        for note in found { notes.note(note) }
        try options.takeOperands(outcome, context)
    }

    private mutating func report(_ failure: Failure) {
        let loss = output?.discard()
        StopSignals.unlimit()
        options.addSecrets(to: &notes.secrets)
        // The options may have failed before all of them were read.
        notes.isForPrograms = options.reportsErrorsAsJSON
        notes.report(failure, hint: options.hint(on: failure, hasKey: hasKey, context))
        if let loss, !failure.message.isEmpty { notes.note(loss) }
    }

    /// Opens the output, which is discarded if the run fails before it is committed.
    ///
    /// - Parameter path: nil for standard output.
    mutating func openOutput(_ path: [UInt8]? = nil) throws(Failure) -> Output {
        let opened = try Output(path, context)
        output = opened
        opened.noteWay(to: notes)
        return opened
    }

    /// Completes the output, putting a finished file in its place.
    ///
    /// - Throws: ``Failure`` also when the program was asked to stop before.
    mutating func commitOutput() throws(Failure) {
        try output?.commit(notes)
        output = nil
    }

    /// Writes to standard output.
    func print(_ bytes: [UInt8]) throws(Failure) {
        var bytes = bytes
        try Output(standardOutput: context.output).flush(&bytes)
    }
}

extension CommandRun where Options: ServerOptions {
    /// Reads the key to send, which standard error then never shows.
    ///
    /// - Parameter isShown: whether it is only to be shown as there; then none is needed.
    /// - Throws: ``Failure`` when there is none and one is needed.
    mutating func readKey(isShown: Bool = false) throws(Failure) -> KeyReader.Reading {
        let reading = try options.connection.readKey(isShown: isShown, context)
        if let key = reading.key { notes.secrets.add(key.utf8) }
        hasKey = reading.key != nil
        return reading
    }

    /// The transport for requests by a connection.
    ///
    /// - Parameter output: when it goes away, the requests end.
    func transport(for connection: Connection, _ output: OutputReader) -> any Transport {
        transports.make(!connection.baseURL.isUnencrypted, output)
    }

    /// What sends one request, with its retries, by a connection.
    ///
    /// - Parameters:
    ///   - output: when it goes away, the request ends.
    ///   - isVerbose: whether requests and the heads of responses are shown.
    func exchange(by connection: Connection, for output: OutputReader, isVerbose: Bool) -> Exchange {
        Exchange(
            transport: transport(for: connection, output), connection: connection, context, notes, isVerbose: isVerbose)
    }
}
