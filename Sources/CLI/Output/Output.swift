import Platform

/// Where the answer goes: standard output, a device, or a file that is replaced only once the answer is whole.
struct Output {
    private let descriptor: Int32
    private let thing: Message
    /// The file being written and the one it will replace; nil for what is written directly.
    private let replacement: Replacement?

    /// Standard output.
    init(standardOutput descriptor: Int32) {
        self.descriptor = descriptor
        thing = "standard output"
        replacement = nil
    }

    /// A file by its path.
    ///
    /// - Throws: ``Failure`` when it can't be written; nothing has changed then.
    init(path: [UInt8], standardOutput: Int32) throws(Failure) {
        let target = OutputTarget(path, standardOutput: standardOutput)
        thing = "output file \(quoted: path)"
        switch target {
        case .descriptor(let number):
            descriptor = number
            replacement = nil
        case .device:
            descriptor = try Descriptor.open(path, O_WRONLY, thing)
            replacement = nil
        case .file(let resolved):
            let replacement = try Replacement(of: resolved, thing)
            descriptor = replacement.descriptor
            self.replacement = replacement
        }
        if descriptor < 0 { throw .system(thing) }
    }

    /// Whether a person watches.
    var isTerminal: Bool { Descriptor.isTerminal(descriptor) }

    /// A terminal's columns; nil when it is none.
    var columns: Int? { Terminal.columns(descriptor) }

    /// Writes all of the bytes and forgets them.
    func flush(_ bytes: inout [UInt8]) throws(Failure) {
        guard !bytes.isEmpty else { return }
        try Descriptor.write(bytes, to: descriptor, thing)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Puts a finished file in its place.
    func commit() throws(Failure) {
        try replacement?.commit(thing)
    }

    /// Drops an unfinished file.
    ///
    /// - Returns: what to say of it; nil when nothing had been written to it.
    func discard() -> Message? {
        guard let replacement else { return nil }
        defer { replacement.discard() }
        return lseek(descriptor, 0, SEEK_CUR) > 0 ? "what came is dropped; \(thing) is as it was" : nil
    }
}

extension Output {
    /// The path that was given, or standard output.
    init(_ path: [UInt8]?, _ surroundings: Surroundings) throws(Failure) {
        if let path {
            self = try Output(path: path, standardOutput: surroundings.output)
        } else {
            self.init(standardOutput: surroundings.output)
        }
    }
}
