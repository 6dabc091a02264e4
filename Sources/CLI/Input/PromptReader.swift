import API
import Flags
import JSON
import Platform

/// Reads the prompts, byte for byte, from where the command line says.
struct PromptReader {
    /// What is longer, in bytes, is no prompt that a server would take, and may have no end.
    private static let limit = 256 << 20

    private let context: ProcessContext
    private let options: PromptOptions
    /// What a prompt is called in messages.
    private let noun: String
    /// Whether a prompt that did not come from the command line ends in a newline.
    private(set) var sawFinalNewline = false

    /// Reads from where the options say.
    ///
    /// - Parameter noun: what a prompt is called in messages.
    init(_ context: ProcessContext, _ options: PromptOptions, calling noun: String = "prompt") {
        self.context = context
        self.options = options
        self.noun = noun
    }

    /// Reads the prompts: all of them text, or all token IDs.
    ///
    /// - Throws: ``Failure`` when one can't be read, is not what it should be, or is empty unless that is allowed.
    mutating func read() throws(Failure) -> CompletionRequest.Prompt {
        let sources = options.sources
        if sources.contains(where: \.isTokens) { return try readTokens(sources) }
        var texts: [[UInt8]] = []
        for source in sources {
            if options.joins { sawFinalNewline = false }
            texts.append(try readText(source))
        }
        if options.joins { texts = [Array(texts.joined())] }
        try checkEmpty(texts)
        return texts.count == 1 ? .text(texts[0]) : .texts(texts)
    }

    private func checkEmpty<Element>(_ prompts: [[Element]]) throws(Failure) {
        guard !options.allowsEmpty, let place = prompts.firstIndex(where: \.isEmpty) else { return }
        throw .usage(
            UsageError(
                prompts.count == 1 ? "the prompt is empty" : "prompt \(place + 1) of \(prompts.count) is empty",
                hint: "--allow-empty-prompt sends it"))
    }

    private mutating func readText(_ source: PromptSource) throws(Failure) -> [UInt8] {
        if case .argument(let text) = source { return text }
        let (bytes, label) = try readBytes(source)
        return try check(bytes, label)
    }

    private func readTokens(_ sources: [PromptSource]) throws(Failure) -> CompletionRequest.Prompt {
        var lists: [[Int]] = []
        var isNested = sources.count > 1
        for source in sources {
            if case .tokens(let ids) = source {
                lists.append(ids)
                continue
            }
            let (bytes, label) = try readBytes(source)
            switch try TokenFile.parse(bytes, label) {
            case .one(let ids): lists.append(ids)
            case .several(let several):
                lists += several
                isNested = true
            }
        }
        try checkEmpty(lists)
        return isNested ? .tokenLists(lists) : .tokens(lists.first ?? [])
    }

    private func readBytes(_ source: PromptSource) throws(Failure) -> (bytes: [UInt8], label: Message) {
        switch source {
        case .file(let path), .tokensFile(let path):
            let name: Message = "\(own: noun) file \(quoted: path)"
            return (try system(InputFile.read(path, name, upTo: Self.limit)), name)
        default:
            let name: Message = "standard input"
            return (try system(Descriptor.readAll(context.input, name, upTo: Self.limit)), name)
        }
    }

    private mutating func check(_ bytes: [UInt8], _ label: Message) throws(Failure) -> [UInt8] {
        if let offset = UTF8Sequence.firstInvalidOffset(in: bytes) {
            throw .local(label, reason: "not UTF-8 at byte \(offset); a \(own: noun) must be UTF-8 text")
        }
        guard bytes.last == UInt8(ascii: "\n") else { return bytes }
        if options.dropsFinalNewline { return bytes.dropLast() }
        sawFinalNewline = true
        return bytes
    }
}
