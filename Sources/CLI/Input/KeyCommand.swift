import Platform

/// A program that prints the key, such as `pass`, `secret-tool` or `op`; it is run without a shell.
enum KeyCommand {
    /// What the program prints.
    ///
    /// - Parameter words: its name and its arguments.
    /// - Throws: ``Failure/keyCommand(_:problem:)`` when it can't be run or fails; never with anything that it printed.
    static func read(_ words: [[UInt8]], _ surroundings: Surroundings) throws(Failure) -> [UInt8] {
        let thing: Message = "api-key-command \(quoted: words.first ?? [])"
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system(thing) }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        // A prompt that is piped in is not the program's to read.
        let isTerminal = Descriptor.isTerminal(surroundings.input)
        let null = Platform.open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard null >= 0 else {
            let failure = Failure.system(thing)
            close(ends[1])
            throw failure
        }
        defer { close(null) }
        let started = ChildProgram.start(words, input: isTerminal ? surroundings.input : null, output: ends[1])
        close(ends[1])
        switch started {
        case .failure(let error): throw .keyCommand(thing, problem: "can't be run: \(own: error.words)")
        case .success(let process): return try output(of: process, ends[0], thing)
        }
    }

    private static func output(of process: pid_t, _ end: Int32, _ thing: Message) throws(Failure) -> [UInt8] {
        let bytes: [UInt8]
        do throws(Failure) {
            bytes = try Descriptor.readAll(end, thing, upTo: KeyReader.limit)
        } catch {
            kill(process, SIGTERM)
            throw error
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1, errno == EINTR { try StopSignals.check() }
        // A key that interrupts goes to the program, too, which may have ended first.
        try StopSignals.check()
        // The status's low seven bits are the signal that ended it, the next byte is its exit status.
        guard status & 0x7F == 0 else { throw .keyCommand(thing, problem: "was ended by signal \(status & 0x7F)") }
        guard status == 0 else { throw .keyCommand(thing, problem: "ended with status \(status >> 8 & 0xFF)") }
        return bytes
    }
}
