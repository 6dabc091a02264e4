/// A program to run, with everything it is started with.
public struct TestProgram: Sendable {
    /// What its standard input is.
    public enum Input: Sendable {
        /// The null device.
        case nullDevice
        /// A pipe with these bytes, then the end.
        case bytes([UInt8])
        /// A pipe that holds these bytes, at most 64 KiB, and never ends.
        case openPipe([UInt8])
        /// A file or device by its path.
        case file(String)
        /// A terminal, the program's controlling one, at which these bytes are typed.
        case terminal([UInt8])
        /// Nothing: the descriptor is closed.
        case closed
    }

    /// What a stream is that it writes to.
    public enum Stream: Sendable {
        /// A pipe.
        case pipe
        /// A terminal of its own, so that the two streams can be told apart.
        case terminal
        /// A pipe from which no one reads any more.
        case brokenPipe
        /// A pipe with room for ``PIPE_BUF`` bytes, from which no one reads.
        case stalledPipe
        /// A file or device by its path, opened for appending and made if need be.
        case file(String)
        /// Nothing: the descriptor is closed.
        case closed
    }

    /// How it ended and what it wrote.
    public struct Outcome: Sendable {
        /// The exit status; 128 and the signal's number when a signal ended it.
        public let status: Int32
        /// What it wrote to standard output, if that is a pipe or a terminal.
        public let output: [UInt8]
        /// What it wrote to standard error, if that is a pipe or a terminal.
        public let error: [UInt8]
    }

    /// The executable's path.
    public var path: String
    /// Without the program's name; any bytes but NUL.
    public var arguments: [[UInt8]]
    /// The whole environment, `NAME=VALUE`; nothing is inherited. Any bytes but NUL.
    public var environment: [[UInt8]] = []
    /// The folder it starts in; nil for the test's own.
    public var folder: String?
    /// Its standard input.
    public var input = Input.nullDevice
    /// Its standard output.
    public var output = Stream.pipe
    /// Its standard error.
    public var error = Stream.pipe
    /// The size of its terminals.
    public var size = TerminalSize()
    /// After so long it is killed, and the test fails: a hang is a failure, not a wait.
    public var patience = Duration.seconds(60)

    /// Any program, by its path.
    public init(path: String, _ arguments: [[UInt8]]) {
        self.path = path
        self.arguments = arguments
    }

    /// Any program, by its path.
    public init(path: String, _ arguments: [String]) {
        self.init(path: path, arguments.map { Array($0.utf8) })
    }

    /// A program of this package.
    public init(_ product: String, _ arguments: [[UInt8]]) {
        self.init(path: Products.path(of: product), arguments)
    }

    /// A program of this package.
    public init(_ product: String, _ arguments: [String]) {
        self.init(path: Products.path(of: product), arguments)
    }

    /// Adds to the environment, or replaces what is there under this name.
    public mutating func setVariable(_ name: String, _ value: String) {
        removeVariable(name)
        environment.append(Array("\(name)=\(value)".utf8))
    }

    /// Takes out of the environment.
    public mutating func removeVariable(_ name: String) {
        environment.removeAll { $0.starts(with: "\(name)=".utf8) }
    }

    /// Runs it to its end.
    ///
    /// - Throws: ``TestFault`` when it can't be started, or did not end by itself within ``patience``.
    public func run() async throws(TestFault) -> Outcome {
        try await start().outcome()
    }

    /// Starts it. It ends by itself or is killed after ``patience``, whether or not anyone waits for it.
    ///
    /// - Throws: ``TestFault`` when it can't be started.
    public func start() async throws(TestFault) -> RunningProgram {
        try await RunningProgram.start(self)
    }
}
