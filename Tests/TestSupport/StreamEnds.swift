import Foundation
import Synchronization

#if canImport(System)
import System
#else
import SystemPackage
#endif

/// The descriptors a program is started with, and this side's ends of them.
final class StreamEnds: Sendable {
    let childInput: FileDescriptor
    let childOutput: FileDescriptor
    let childError: FileDescriptor
    private let output: Reader?
    private let error: Reader?
    private let kept: [FileDescriptor]

    init(_ program: TestProgram) throws {
        var kept: [FileDescriptor] = []
        childInput = try Self.input(program, &kept)
        let output = try Self.stream(program.output, columns: program.columns)
        let error = try Self.stream(program.error, columns: program.columns)
        (childOutput, self.output) = (output.child, output.own.map(Reader.init))
        (childError, self.error) = (error.child, error.own.map(Reader.init))
        self.kept = kept
    }

    /// Starts collecting what the program writes; to be called once the program has its ends.
    func startReading() {
        output?.start()
        error?.start()
    }

    /// Everything the program wrote, once every copy of its ends is closed.
    func collected() async -> (output: [UInt8], error: [UInt8]) {
        await (output?.bytes() ?? [], error?.bytes() ?? [])
    }

    func close() {
        for descriptor in kept { try? descriptor.close() }
    }

    private static func input(_ program: TestProgram, _ kept: inout [FileDescriptor]) throws -> FileDescriptor {
        switch program.input {
        case .none: return try FileDescriptor.open("/dev/null", .readOnly)
        case .terminal:
            let terminal = try PseudoTerminal(columns: program.columns)
            kept.append(terminal.own)
            return terminal.child
        case .bytes(let bytes):
            // A file, so that any number of bytes can wait without a writer.
            let path = NSTemporaryDirectory() + "stdin-\(UUID().uuidString)"
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            defer { unlink(path) }
            return try FileDescriptor.open(FilePath(path), .readOnly)
        case .openPipe(let bytes):
            let pipe = try FileDescriptor.pipe()
            try pipe.writeEnd.writeAll(bytes)
            kept.append(pipe.writeEnd)
            return pipe.readEnd
        }
    }

    private static func stream(
        _ stream: TestProgram.Stream, columns: Int
    ) throws -> (child: FileDescriptor, own: FileDescriptor?) {
        switch stream {
        case .pipe:
            let pipe = try FileDescriptor.pipe()
            _ = fcntl(pipe.readEnd.rawValue, F_SETFD, FD_CLOEXEC)
            return (pipe.writeEnd, pipe.readEnd)
        case .terminal:
            let terminal = try PseudoTerminal(columns: columns)
            return (terminal.child, terminal.own)
        case .file(let path): return (try FileDescriptor.open(FilePath(path), .writeOnly), nil)
        case .closed: return (try FileDescriptor.open("/dev/null", .writeOnly), nil)
        }
    }
}

/// Collects what comes out of a descriptor on a thread of its own, and closes it at the end.
private final class Reader: Sendable {
    private let descriptor: FileDescriptor
    private let state = Mutex<[UInt8]>([])
    private let (ended, end) = AsyncStream<Void>.makeStream()

    init(_ descriptor: FileDescriptor) {
        self.descriptor = descriptor
    }

    func start() {
        Thread.detachNewThread { [self] in
            var buffer = [UInt8](repeating: 0, count: 65536)
            // A terminal whose other end closed gives an error where a pipe gives the end.
            while let count = try? buffer.withUnsafeMutableBytes({ try descriptor.read(into: $0) }), count > 0 {
                state.withLock { $0 += buffer[..<count] }
            }
            try? descriptor.close()
            end.finish()
        }
    }

    func bytes() async -> [UInt8] {
        for await _ in ended {}
        return state.withLock { $0 }
    }
}
