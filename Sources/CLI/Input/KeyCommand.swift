import Platform

/// A program that prints the key, such as `pass`, `secret-tool` or `op`; it is run without a shell.
enum KeyCommand {
    /// What the program prints.
    ///
    /// - Parameter words: its name and its arguments.
    /// - Throws: ``Failure/keyCommand(_:problem:)`` when it can't be run or fails; never with anything that it printed.
    static func read(_ words: [[UInt8]], _ context: ProcessContext) throws(Failure) -> [UInt8] {
        let label: Message = "api-key-command \(quoted: words.first ?? [])"
        // A prompt that is piped in is not the program's to read.
        let input = Descriptor.isTerminal(context.input) ? context.input : nil
        switch try system(ChildOutput.read(words, input: input, label, upTo: KeyReader.limit)) {
        case .failure(let error): throw .keyCommand(label, problem: "can't be run: \(own: error.words)")
        case .success(let output):
            switch output.end {
            case .signal(let number): throw .keyCommand(label, problem: "was ended by signal \(number)")
            case .exited(0): return output.bytes
            case .exited(let status): throw .keyCommand(label, problem: "ended with status \(status)")
            }
        }
    }
}
