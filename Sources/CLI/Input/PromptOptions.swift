import Flags
import Platform

/// Where the prompts come from, and how they are read.
struct PromptOptions {
    /// A positional argument, and how often each repeatable flag had been given before it.
    struct Operand {
        let text: [UInt8]
        let countsBefore: [String: Int]
    }

    /// At least one, once the operands were taken.
    var sources: [PromptSource] = []
    /// Whether all of them are parts of one prompt.
    var joins = false
    /// Whether standard input is left alone, without a note.
    var ignoresInput = false
    var allowsEmpty = false
    var dropsFinalNewline = false
    /// Whether prompts and stops on the command line hold escapes.
    var readsEscapes = false

    /// Adds what the arguments say of prompts: an operand, or else standard input. Nothing is read yet.
    ///
    /// - Parameter keyReadsInput: whether the key is read from standard input.
    /// - Throws: ``Failure`` when there is no prompt, or more than can be meant.
    mutating func takeOperands(
        _ operands: [Operand], keyReadsInput: Bool, _ context: ProcessContext
    ) throws(Failure) {
        if joins { try insertParts(operands) } else { sources += try Self.operand(operands, besides: sources) }
        guard !sources.isEmpty else {
            guard !ignoresInput, !Descriptor.isTerminal(context.input) else {
                throw .usage(
                    UsageError(
                        "no prompt", hint: "give one as in: cerebras complete 'Once upon a time', or pipe one in"))
            }
            sources = [.standardInput]
            return
        }
        try checkKinds()
        try checkInput(keyReadsInput: keyReadsInput, context)
    }

    /// Reads the escapes in prompts of the command line.
    ///
    /// - Throws: ``UsageError`` for an escape there is not.
    mutating func readEscapes() throws(UsageError) {
        for (place, source) in sources.enumerated() {
            guard case .argument(let text) = source else { continue }
            sources[place] = .argument(try Escapes.read(text, of: "the prompt"))
        }
    }

    /// Refuses prompts of text beside prompts of token IDs, and to join the latter.
    private func checkKinds() throws(Failure) {
        guard sources.contains(where: \.isTokens) else { return }
        if joins { throw .usage(UsageError("--prompt-join joins text, not token IDs")) }
        guard sources.allSatisfy(\.isTokens) else {
            throw .usage(UsageError("a request has prompts of text or of token IDs, not of both"))
        }
    }

    /// Puts operands between the parts that flags gave, in the order given.
    private mutating func insertParts(_ operands: [Operand]) throws(Failure) {
        let names = Section.prompt.flags.filter { $0.outline.maxOccurrences != nil }.map(\.name)
        for operand in operands.reversed() {
            let place = names.reduce(0) { $0 + (operand.countsBefore[$1] ?? 0) }
            sources.insert(try Self.source(operand.text), at: place)
        }
    }

    /// Decides what becomes of standard input beside prompts: it is joined to them, or must not hold what would be lost.
    private mutating func checkInput(keyReadsInput: Bool, _ context: ProcessContext) throws(Failure) {
        let readers = sources.count(where: \.readsInput) + (keyReadsInput ? 1 : 0)
        if readers > 1 {
            throw .usage(UsageError("standard input can be read only once, but '-' is given more than once"))
        }
        if ignoresInput {
            guard readers == 0 else { throw .usage(UsageError("--ignore-stdin does not go with '-'")) }
        } else if readers == 0, joins {
            if !Descriptor.isTerminal(context.input) { sources.append(.standardInput) }
        } else if readers == 0, Descriptor.isUnreadFile(context.input) {
            throw .usage(
                UsageError(
                    "standard input is a file, but a prompt was given, too",
                    hint: "--prompt-join appends the file to the prompt, --ignore-stdin leaves it unread"))
        }
    }

    private static func operand(
        _ operands: [Operand], besides flags: [PromptSource]
    ) throws(Failure) -> [PromptSource] {
        guard let operand = operands.first else { return [] }
        if operands.count > 1 {
            throw .usage(
                UsageError(
                    "unexpected argument \(quoted: operands[1].text)",
                    hint: "a prompt with spaces is one argument in quotes; for several prompts repeat --prompt; "
                        + "--prompt-join makes one of them"))
        }
        guard flags.isEmpty else {
            throw .usage(
                UsageError(
                    "unexpected argument \(quoted: operand.text)",
                    hint: "give the prompt as an argument or with --prompt, not both; for several prompts repeat "
                        + "--prompt; --prompt-join makes one of them"))
        }
        return [try source(operand.text)]
    }

    private static func source(_ operand: [UInt8]) throws(Failure) -> PromptSource {
        if operand.elementsEqual("-".utf8) { return .standardInput }
        if let offset = UTF8Sequence.firstInvalidOffset(in: operand) {
            throw .usage(UsageError("PROMPT: the text is not UTF-8 at byte \(offset)"))
        }
        return .argument(operand)
    }
}
