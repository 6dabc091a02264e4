import Platform

/// A program that prints the key, such as `pass`, `secret-tool` or `op`; it is run without a shell.
enum KeyCommand {
    /// What the program prints.
    ///
    /// - Parameter words: its name and its arguments.
    /// - Throws: ``Failure/keyCommand(_:problem:)`` when it can't be run or fails; never with anything that it printed.
    static func read(_ words: [[UInt8]], _ context: ProcessContext) throws(Failure) -> [UInt8] {
        let label: Message = "api-key-command \(quoted: words.first ?? [])"
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(label) }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A prompt that is piped in is not the program's to read.
        let isTerminal = Descriptor.isTerminal(context.input)
        let null = Platform.open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard null >= 0 else {
            let failure = Failure.system(label)
            close(ends[1])
            throw failure
        }
        defer { close(null) }
        let started = ChildProgram.start(words, input: isTerminal ? context.input : null, output: ends[1])
        close(ends[1])
        switch started {
        case .failure(let error): throw .keyCommand(label, problem: "can't be run: \(own: error.words)")
        case .success(let process): return try output(of: process, ends[0], label)
        }
    }

    private static func output(of process: pid_t, _ end: Int32, _ label: Message) throws(Failure) -> [UInt8] {
        let bytes: [UInt8]
        var exitStatus: Int32?
        do throws(Failure) {
            bytes = try read(end, until: { Self.exit(of: process, WNOHANG).map { exitStatus = $0 } != nil }, label)
            // It may have closed its output long before.
            while exitStatus == nil {
                try StopSignals.check()
                exitStatus = Self.exit(of: process, 0)
            }
        } catch {
            if exitStatus == nil { kill(process, SIGTERM) }
            throw error
        }
        let status = exitStatus ?? 0
        // A key that interrupts goes to the program, too, which may have ended first.
        try StopSignals.check()
        // The status's low seven bits are the signal that ended it, the next byte is its exit status.
        guard status & 0x7F == 0 else { throw .keyCommand(label, problem: "was ended by signal \(status & 0x7F)") }
        guard status == 0 else { throw .keyCommand(label, problem: "ended with status \(status >> 8 & 0xFF)") }
        return bytes
    }

    /// How the program ended; nil while it runs, or when a signal came.
    private static func exit(of process: pid_t, _ options: Int32) -> Int32? {
        var status: Int32 = 0
        let result = waitpid(process, &status, options)
        // Whoever ignores the end of his children is not told of it, and neither are the programs that he starts.
        if result == -1, errno == ECHILD { return 0 }
        return result == process ? status : nil
    }

    /// Reads to the end, or to what the program wrote: what it leaves behind may hold its pipe for as long as it runs.
    ///
    /// - Parameter isOver: whether the program has ended.
    private static func read(
        _ end: Int32, until isOver: () -> Bool, _ label: Message
    ) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        var isEnding = false
        while true {
            var ready = pollfd(fd: end, events: Int16(POLLIN), revents: 0)
            let count = poll(&ready, 1, isEnding ? 0 : 20)
            if count < 0 { try StopSignals.check() }
            guard count > 0 else {
                if isEnding { return bytes }
                // What it wrote is in the pipe by the time that it has ended.
                isEnding = isOver()
                continue
            }
            let read = buffer.withUnsafeMutableBytes { Platform.read(end, $0.baseAddress, $0.count) }
            if read == 0 { return bytes }
            guard read > 0 else {
                guard errno == EINTR || errno == EAGAIN else { throw .system(label) }
                try StopSignals.check()
                continue
            }
            bytes += buffer[..<read]
            if bytes.count > KeyReader.limit {
                throw .local(label, reason: "gives more than \(KeyReader.limit >> 10) KiB")
            }
        }
    }
}
