import FlyingSocks
import Flags
import Foundation
import Platform
import Synchronization

/// The sandbox as a program.
public enum SandboxProgram {
    /// What goes wrong before anything is served.
    private struct Failure: Error {
        let message: Message
        let status: Int32
    }

    /// Whether it serves until a signal comes, which then need not wait for whatever it computes.
    private static let endsAtOnce = Atomic(false)

    /// Runs as the process; to be called on the main thread before there is any other.
    public static func main() -> Never {
        HandledSignals.hold()
        // Before Dispatch opens some of its own.
        let descriptors = OpenDescriptors()
        let (signals, signal) = AsyncStream<Int32>.makeStream()
        Task.detached { exit(await run(signals, inheriting: descriptors)) }
        HandledSignals.take { number in
            if endsAtOnce.load(ordering: .relaxed) { _exit(0) }
            signal.yield(number)
        }
    }

    /// Runs with the process's own arguments.
    ///
    /// - Returns: the exit status: 0, also when asked to end by a signal, 1 when it can't serve, 2 for a wrong command
    ///   line, or COMMAND's own.
    private static func run(_ signals: AsyncStream<Int32>, inheriting descriptors: OpenDescriptors) async -> Int32 {
        let arguments = Self.arguments
        let ownEnd = arguments.firstIndex(of: Array("--".utf8)) ?? arguments.endIndex
        let command = arguments[ownEnd...].dropFirst()
        do throws(Failure) {
            guard let options = try options(from: Array(arguments[..<ownEnd])) else { return 0 }
            guard ownEnd == arguments.endIndex || !command.isEmpty else {
                throw Failure(message: "no COMMAND after --", status: 2)
            }
            return try await serve(options, running: Array(command), inheriting: descriptors, signals)
        } catch {
            say(error.message)
            return error.status
        }
    }

    /// Says something on standard error, with nothing in it that a terminal would act on.
    private static func say(_ message: Message) {
        let line: Message = "cerebras-sandbox: \(message)"
        FileHandle.standardError.write(Data("\(line.text(masking: Secrets()))\n".utf8))
    }

    /// Without the program's name, byte for byte.
    private static var arguments: [[UInt8]] {
        UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)).dropFirst().map { argument in
            argument.map { UnsafeBufferPointer(start: $0, count: strlen($0)).map(UInt8.init(bitPattern:)) } ?? []
        }
    }

    /// The options; nil when help or the version was shown instead.
    private static func options(from arguments: [[UInt8]]) throws(Failure) -> SandboxOptions? {
        var options = SandboxOptions()
        let parser = Parser(SandboxOptions.sections)
        // For packagers and Scripts/regenerate, as with the client; not in the help.
        if arguments == [Array("--generate".utf8), Array("man".utf8)] {
            print(SandboxOptions.page, terminator: "")
            return nil
        }
        do throws(UsageError) {
            try parser.fillDefaults(of: &options)
            let outcome = try parser.parse(arguments, into: &options)
            switch outcome.request {
            case .help, .shortHelp:
                let help = HelpText.screen(
                    of: SandboxOptions.outline, named: "cerebras-sandbox", isFull: outcome.request == .help,
                    width: Terminal.helpWidth(STDOUT_FILENO))
                print(help, terminator: "")
            case .version: print("cerebras-sandbox \(version)")
            case .run:
                guard outcome.operands.isEmpty else { throw UsageError("unexpected argument; a COMMAND goes after --") }
                return options
            }
            return nil
        } catch {
            let message = error.hint.map { "\(error.message) (\($0))" } ?? error.message
            throw Failure(message: message, status: 2)
        }
    }

    private static let version = "0.1.0"

    private static func serve(
        _ options: SandboxOptions, running command: [[UInt8]], inheriting descriptors: OpenDescriptors,
        _ signals: AsyncStream<Int32>
    ) async throws(Failure) -> Int32 {
        let handler = APIHandler(LanguageModel(corpus: try corpus(options)), requiredKey: options.requiredKey)
        let (server, serving) = try start(handler, options)
        let url = try await url(of: server, serving, options)
        guard !command.isEmpty else { return await serve(with: server, serving, at: url, until: signals) }
        let key = options.requiredKey.map { Array($0.utf8) } ?? Array("sandbox-key".utf8)
        let child = ChildCommand(command, url: url, key: key)
        do throws(ChildCommand.Failure) {
            return try await child.run(inheriting: descriptors, signals: signals)
        } catch {
            throw Failure(message: error.message, status: error.status)
        }
    }

    /// Serves until a signal comes.
    private static func serve(
        with server: SandboxServer, _ serving: Task<Void, any Error>, at url: String, until signals: AsyncStream<Int32>
    ) async -> Int32 {
        let (stops, stop) = AsyncStream<Int32>.makeStream()
        Task { for await _ in signals { stop.yield(0) } }
        Task {
            _ = await serving.result
            stop.yield(1)
        }
        print(url)
        fflush(nil)
        endsAtOnce.store(true, ordering: .relaxed)
        let status = await stops.first { _ in true } ?? 1
        if status == 0 { await server.stop() }
        return status
    }

    private static func corpus(_ options: SandboxOptions) throws(Failure) -> [UInt8] {
        guard let path = options.corpus else { return PackageResources.Corpus_txt }
        let (name, label): (String, Message) = (String(decoding: path, as: UTF8.self), "corpus \(quoted: path)")
        guard let data = FileManager.default.contents(atPath: name) else {
            throw Failure(message: "\(label): can't be read", status: 1)
        }
        guard String(validating: data, as: UTF8.self) != nil, !data.isEmpty else {
            throw Failure(message: "\(label): must be UTF-8 text, and some", status: 1)
        }
        return Array(data)
    }

    private static func start(
        _ handler: APIHandler, _ options: SandboxOptions
    ) throws(Failure) -> (SandboxServer, Task<Void, any Error>) {
        do {
            let server = try SandboxServer(
                handler, faults: FaultPlan(options.faults), host: options.host, port: UInt16(options.port))
            return (server, Task { try await server.run() })
        } catch {
            throw Failure(message: "--host: \(quoted: options.host) is not an IP address", status: 2)
        }
    }

    private static func url(
        of server: SandboxServer, _ serving: Task<Void, any Error>, _ options: SandboxOptions
    ) async throws(Failure) -> String {
        let label: Message = "can't listen on \(plain: options.host) port \(options.port)"
        // Whichever comes first: the server listens, or it can't.
        let (outcomes, outcome) = AsyncStream<Result<UInt16, any Error>>.makeStream()
        Task {
            if let port = try? await server.port() { outcome.yield(.success(port)) }
        }
        Task { outcome.yield(await serving.result.map { 0 }) }
        switch await outcomes.first(where: { _ in true }) {
        case .success(let port)?:
            return "http://" + (options.host.contains(":") ? "[\(options.host)]" : options.host) + ":\(port)"
        case .failure(SocketError.failed(_, _, let reason))?:
            throw Failure(message: "\(label): \(own: reason)", status: 1)
        default:
            throw Failure(message: label, status: 1)
        }
    }
}
