import Flags
import Platform

/// What the command line of a command says, its arguments among it: plain data, filled by the command's flags.
///
/// The skeleton calls the methods in the order in which they stand here; each but ``takeOperands(_:_:)`` has a default that
/// suits a command without a server.
protocol CommandOptions: SendableMetatype {
    /// As they are before any flag was read.
    init()

    /// Fills the options from defaults, configuration, variables and arguments.
    ///
    /// - Returns: its request is for help or the version when those were requested; the options then mean nothing.
    /// - Throws: ``Failure`` for the first thing that is wrong.
    mutating func read(
        _ arguments: [[UInt8]], by sections: [Section<Self>], _ context: ProcessContext
    ) throws(Failure) -> Parser<Self>.Outcome

    /// Refuses flags that do not go together.
    func check() throws(UsageError)

    /// Whether notes are left out.
    var isQuiet: Bool { get }

    /// Whether the command's output is for programs, so that standard error is, too.
    var reportsErrorsAsJSON: Bool { get }

    /// Whether the command will send requests, if nothing is wrong.
    var sendsRequests: Bool { get }

    /// Starts the clock of the whole command, and reads the files that options are in.
    ///
    /// - Returns: what is to be noted of them.
    mutating func prepare(_ outcome: Parser<Self>.Outcome) throws(Failure) -> [Message]

    /// Takes the arguments that are not flags.
    ///
    /// - Throws: ``Failure`` for one too many, one that is missing, or one that can't be meant.
    mutating func takeOperands(_ outcome: Parser<Self>.Outcome, _ context: ProcessContext) throws(Failure)

    /// Adds what no line on standard error may show.
    func addSecrets(to secrets: inout Secrets)

    /// What to do about a failure of the command; nil when there is nothing to say.
    ///
    /// - Parameter hasKey: whether a key was sent.
    func hint(on failure: Failure, hasKey: Bool, _ context: ProcessContext) -> Message?
}

extension CommandOptions {
    func check() throws(UsageError) {}
    var isQuiet: Bool { false }
    var reportsErrorsAsJSON: Bool { false }
    var sendsRequests: Bool { false }
    mutating func prepare(_ outcome: Parser<Self>.Outcome) throws(Failure) -> [Message] { outcome.notes }
    func addSecrets(to secrets: inout Secrets) {}
    func hint(on failure: Failure, hasKey: Bool, _ context: ProcessContext) -> Message? { failure.hint }
}

/// The options of a command that uses a server.
protocol ServerOptions: CommandOptions {
    /// Which server, and how.
    var connection: ConnectionOptions { get set }
    /// What is requested, for hints.
    var subject: Failure.Subject { get }
}

extension ServerOptions {
    var sendsRequests: Bool { true }

    mutating func prepare(_ outcome: Parser<Self>.Outcome) throws(Failure) -> [Message] {
        try outcome.notes + connection.prepare(profile: outcome.profile(deciding: "base-url"))
    }

    func addSecrets(to secrets: inout Secrets) { secrets.add(connection) }

    func hint(on failure: Failure, hasKey: Bool, _ context: ProcessContext) -> Message? {
        failure.hint(on: subject, by: connection, hasKey: hasKey, context)
    }
}
