import Foundation

/// The descriptors that a program is started with, and this side's ends of them.
struct ProgramEnds {
    /// What the program finds under a descriptor's number.
    enum Origin {
        case descriptor(Int32)
        case path(String, Mode)
        case closed
    }

    /// How a path is opened, as a shell spells it.
    enum Mode: String {
        case read = "<"
        case append = ">>"
        case readAndWrite = "<>"
    }

    /// For the program's descriptors 0, 1 and 2.
    private(set) var origins: [Origin] = []
    /// The pipes' ends for the program, closed once it has started.
    private var lent: [Int32] = []
    /// To be closed once the program has ended: the terminals, which it opens itself and may not have opened yet, and the
    /// ends of pipes from which no one reads.
    private(set) var held: [Int32] = []
    /// The end at which more can be written while it runs; to be closed once it has ended.
    private(set) var feed: WritingEnd?
    /// What is still to be written to its standard input, and where; what fits is there before it starts.
    private(set) var rest: (end: WritingEnd, bytes: [UInt8])?
    /// The end from which its standard output is read; nil when that is neither pipe nor terminal.
    private(set) var output: Int32?
    /// The end from which its standard error is read; nil when that is neither pipe nor terminal.
    private(set) var error: Int32?

    /// Makes them.
    ///
    /// - Throws: ``TestFault`` when the system refuses; nothing is then left open.
    init(_ program: TestProgram) throws(TestFault) {
        do throws(TestFault) {
            try addInput(program.input, program.size)
            output = try addStream(program.output, program.size)
            error = try addStream(program.error, program.size)
        } catch {
            closeAll()
            throw error
        }
    }

    /// Closes every descriptor, for a program that did not start.
    func closeAll() {
        let ends = lent + held + [feed?.descriptor, rest?.end.descriptor, output, error].compactMap(\.self)
        for descriptor in Set(ends) { close(descriptor) }
    }

    private mutating func addInput(_ input: TestProgram.Input, _ size: TerminalSize) throws(TestFault) {
        switch input {
        case .nullDevice: origins.append(.path("/dev/null", .read))
        case .file(let path): origins.append(.path(path, .read))
        case .closed: origins.append(.closed)
        case .bytes(let bytes):
            let pipe = try Self.pipe()
            let end = WritingEnd(descriptor: pipe.write)
            lend(pipe.read)
            if bytes.count <= WritingEnd.pipeCapacity {
                end.write(bytes)
                end.close()
            } else {
                rest = (end, bytes)
            }
        case .openPipe(let bytes):
            let pipe = try Self.pipe()
            lend(pipe.read)
            feed = WritingEnd(descriptor: pipe.write)
            feed?.write(bytes)
        case .terminal(let bytes):
            let terminal = try PseudoTerminal(size)
            lend(terminal)
            feed = WritingEnd(descriptor: terminal.own)
            feed?.write(bytes)
        }
    }

    private mutating func addStream(_ stream: TestProgram.Stream, _ size: TerminalSize) throws(TestFault) -> Int32? {
        switch stream {
        case .pipe:
            let pipe = try Self.pipe()
            lend(pipe.write)
            return pipe.read
        case .terminal:
            let terminal = try PseudoTerminal(size)
            lend(terminal)
            return terminal.own
        case .brokenPipe:
            let pipe = try Self.pipe()
            lend(pipe.write)
            close(pipe.read)
            return nil
        case .stalledPipe:
            let pipe = try Self.pipe()
            WritingEnd(descriptor: pipe.write).write([UInt8](repeating: 0, count: WritingEnd.pipeCapacity))
            var room = [UInt8](repeating: 0, count: Int(PIPE_BUF))
            read(pipe.read, &room, room.count)
            held.append(pipe.read)
            lend(pipe.write)
            return nil
        case .file(let path):
            origins.append(.path(path, .append))
            return nil
        case .closed:
            origins.append(.closed)
            return nil
        }
    }

    private mutating func lend(_ descriptor: Int32) {
        lent.append(descriptor)
        origins.append(.descriptor(descriptor))
    }

    private mutating func lend(_ terminal: PseudoTerminal) {
        held.append(terminal.held)
        // By its path: what a session's leader opens first becomes its controlling terminal.
        origins.append(.path(terminal.path, .readAndWrite))
    }

    private static func pipe() throws(TestFault) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard Foundation.pipe(&ends) == 0 else { throw .system("pipe") }
        return (ends[0], ends[1])
    }
}
