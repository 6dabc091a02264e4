public import Platform

/// Where the rows come from: a regular file, which can be read again and at any place, or a pipe, which is read once.
public final class BatchInput {
    /// What it is, for messages.
    public let label: Message
    /// The descriptor that rows come from; to be waited for while a reader has nothing.
    public let descriptor: Int32
    /// Where the rows of a regular file begin; nil for anything else.
    let start: Int?
    private let isOpened: Bool

    private init(_ descriptor: Int32, _ label: Message, isOpened: Bool) {
        (self.descriptor, self.label, self.isOpened) = (descriptor, label, isOpened)
        start = Descriptor.position(of: descriptor)
    }

    deinit { if isOpened { Descriptor.close(descriptor) } }

    /// An input that is open already and stays so.
    public convenience init(_ descriptor: Int32, _ label: Message) {
        self.init(descriptor, label, isOpened: false)
    }

    /// Opens a file by its path; `-` is standard input.
    ///
    /// - Throws: ``SystemError`` when it can't be opened, or for a signal while a named pipe has no other end.
    public static func open(_ path: [UInt8], _ context: ProcessContext) throws(SystemError) -> BatchInput {
        if path.elementsEqual("-".utf8) { return BatchInput(context.input, "standard input") }
        let label: Message = "input file \(quoted: path)"
        return BatchInput(try Descriptor.open(path, label), label, isOpened: true)
    }

    /// Whether it can be read more than once, so that it is scanned before anything is sent. Standard input from a file can.
    public var isFile: Bool { start != nil }
}
