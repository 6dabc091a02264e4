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

    /// What is to be removed at the end.
    private static let folder = Mutex<SocketFolder?>(nil)

    /// Runs as the process; to be called on the main thread before there is any other.
    public static func main() -> Never {
        HandledSignals.hold()
        // Before Dispatch opens some of its own, without which it ends the process.
        guard DescriptorBudget.needed <= DescriptorBudget.limit else {
            say("ulimit -n is \(DescriptorBudget.limit); at least \(DescriptorBudget.needed) are needed")
            exit(1)
        }
        let descriptors = OpenDescriptors()
        let (signals, signal) = AsyncStream<Int32>.makeStream()
        Task.detached {
            let status = await run(signals, inheriting: descriptors)
            removeFolder()
            exit(status)
        }
        HandledSignals.take { number in
            if endsAtOnce.load(ordering: .relaxed) {
                removeFolder()
                _exit(0)
            }
            signal.yield(number)
        }
    }

    private static func removeFolder() {
        folder.withLock { folder in
            folder?.remove()
            folder = nil
        }
    }

    /// Runs with the process's own arguments.
    ///
    /// - Returns: the exit status: 0, also when ended by a signal, 1 when it can't serve, 2 for a wrong command
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
        let handler = APIHandler(
            LanguageModel(corpus: try corpus(options)), requiredKey: options.requiredKey, quota: Quota(options.limits))
        let socket = try makeFolder().socket
        let relay = try listen(options, passingOnTo: socket)
        let server = SandboxServer(
            handler, faults: FaultPlan(options.faults), latency: options.latency, path: socket)
        let serving = try await start(server)
        relay.start { say($0) }
        let url = "http://" + (options.host.contains(":") ? "[\(options.host)]" : options.host) + ":\(relay.port)"
        guard !command.isEmpty else { return try await serve(serving, at: url, until: signals) }
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
        _ serving: Task<Void, any Error>, at url: String, until signals: AsyncStream<Int32>
    ) async throws(Failure) -> Int32 {
        let (ends, end) = AsyncStream<Result<Void, any Error>>.makeStream()
        Task { for await _ in signals { end.yield(.success(())) } }
        Task { end.yield(await serving.result.flatMap { .failure(CancellationError()) }) }
        print(url)
        fflush(nil)
        endsAtOnce.store(true, ordering: .relaxed)
        guard case .failure(let error)? = await ends.first(where: { _ in true }) else { return 0 }
        throw Failure(message: "the server ended: \(plain: "\(error)")", status: 1)
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

    private static func makeFolder() throws(Failure) -> SocketFolder {
        do throws(ErrorNumber) {
            let new = try SocketFolder()
            folder.withLock { $0 = new }
            return new
        } catch {
            throw Failure(message: "can't make a temporary folder: \(own: error.words)", status: 1)
        }
    }

    private static func listen(_ options: SandboxOptions, passingOnTo socket: String) throws(Failure) -> Relay {
        do throws(Relay.Problem) {
            return try Relay(host: options.host, port: UInt16(options.port), to: socket)
        } catch {
            switch error {
            case .noAddress:
                throw Failure(message: "--host: \(quoted: options.host) is not an IP address", status: 2)
            case .system(let words):
                throw Failure(
                    message: "can't listen on \(plain: options.host) port \(options.port): \(own: words)", status: 1)
            }
        }
    }

    /// Starts the server behind the relay and waits until it listens.
    private static func start(_ server: SandboxServer) async throws(Failure) -> Task<Void, any Error> {
        let serving = Task { try await server.run() }
        // Whichever comes first: the server listens, or it can't.
        let (outcomes, outcome) = AsyncStream<Result<Void, any Error>>.makeStream()
        Task { if (try? await server.waitUntilListening()) != nil { outcome.yield(.success(())) } }
        Task { outcome.yield(await serving.result) }
        guard case .failure(let error)? = await outcomes.first(where: { _ in true }) else { return serving }
        throw Failure(message: "can't serve: \(plain: "\(error)")", status: 1)
    }
}
