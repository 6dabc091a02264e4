import Platform

/// Where the output goes: standard output, a device, or a file that is replaced only once the output is complete.
struct Output {
    private let descriptor: Int32
    private let label: Message
    /// The file being written and the one it will replace; nil for what is written directly.
    private let replacement: Replacement?
    /// What is erased before anything is written; nil for nothing.
    var sign: WaitingSign?

    /// Standard output.
    init(standardOutput descriptor: Int32) {
        self.descriptor = descriptor
        label = "standard output"
        replacement = nil
    }

    /// A file by its path.
    ///
    /// - Throws: ``Failure`` when it can't be written; nothing has changed then.
    init(path: [UInt8], _ context: ProcessContext) throws(Failure) {
        label = "output file \(quoted: path)"
        switch try system(OutputTarget(path, standardOutput: context.output, label)) {
        case .descriptor(let number):
            descriptor = number
            replacement = nil
        case .device(let place):
            descriptor = try system(Descriptor.open(device: place, label))
            replacement = nil
        case .file(let place):
            let replacement = try system(Replacement(at: place, label, context))
            descriptor = replacement.descriptor
            self.replacement = replacement
            Watchdog.setOutput((descriptor, label))
        }
    }

    /// Says so when a file is to be written over and not replaced.
    func noteWay(to notes: Notes) {
        note(replacement?.obstacle, to: notes)
    }

    private func note(_ obstacle: Message?, to notes: Notes) {
        if let obstacle { notes.note("\(label) is written in place, not replaced: \(obstacle)") }
    }

    /// Whoever reads what is written.
    var reader: OutputReader { OutputReader(of: descriptor) }

    /// Whether a person watches.
    var isTerminal: Bool { Descriptor.isTerminal(descriptor) }

    /// A terminal's columns; nil when it is none.
    var columns: Int? { Terminal.columns(descriptor) }

    /// Writes all of the bytes and forgets them.
    func flush(_ bytes: inout [UInt8]) throws(Failure) {
        guard !bytes.isEmpty else { return }
        sign?.end()
        try system(Descriptor.write(bytes, to: descriptor, label))
        bytes.removeAll(keepingCapacity: true)
    }

    /// Completes the output, putting a finished file in its place.
    ///
    /// - Throws: ``Failure`` also when the program was asked to stop before.
    func commit(_ notes: Notes) throws(Failure) {
        try system(replacement?.synchronize())
        var obstacle: Message?
        try system(Watchdog.conclude { () throws(SystemError) in obstacle = try replacement?.commit() })
        note(obstacle, to: notes)
    }

    /// Puts a finished file in its place, also while the program ends.
    func replace(_ notes: Notes) throws(Failure) {
        try system(replacement?.synchronize())
        note(try system(replacement?.commit(isEnding: true) ?? nil), to: notes)
        Watchdog.setOutput(nil)
    }

    /// What to say of an unfinished file that is dropped; nil when nothing had been written to it.
    ///
    /// - Parameter label: what it was to become.
    static func loss(of descriptor: Int32, _ label: Message) -> Message? {
        Descriptor.position(of: descriptor) ?? 0 > 0 ? "partial output discarded; \(label) is unchanged" : nil
    }

    /// Drops an unfinished file.
    ///
    /// - Returns: what to say of it; nil when nothing had been written to it.
    func discard() -> Message? {
        guard let replacement else { return nil }
        Watchdog.setOutput(nil)
        return replacement.discard() ? Self.loss(of: descriptor, label) : nil
    }
}

extension Output {
    /// The path that was given, or standard output.
    init(_ path: [UInt8]?, _ context: ProcessContext) throws(Failure) {
        if let path {
            self = try Output(path: path, context)
        } else {
            self.init(standardOutput: context.output)
        }
    }
}
