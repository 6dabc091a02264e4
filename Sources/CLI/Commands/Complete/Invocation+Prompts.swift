import Flags
import Platform

extension Invocation {
    /// Where the prompts come from: the operand, the flags, or else standard input, escapes read where that was asked
    /// for. Nothing else is read yet.
    ///
    /// - Throws: ``Failure`` when there is no prompt, or more than can be meant.
    mutating func sources(
        of outcome: Parser<Invocation>.Outcome, _ context: ProcessContext
    ) throws(Failure) -> [PromptSource] {
        var sources =
            joinsPrompts ? try parts(outcome) : try prompts + Self.operand(outcome.operands, besides: prompts)
        if sources.isEmpty {
            guard !ignoresInput, !Descriptor.isTerminal(context.input) else {
                throw .usage(
                    UsageError(
                        "no prompt", hint: "give one as in: cerebras complete 'Once upon a time', or pipe one in"))
            }
            sources = [.standardInput]
        } else {
            try checkKinds(sources)
            try checkInput(&sources, context)
        }
        do throws(UsageError) {
            return try readEscapes(in: sources)
        } catch {
            throw .usage(error)
        }
    }

    /// Refuses prompts of text beside prompts of token IDs, and to join the latter.
    private func checkKinds(_ sources: [PromptSource]) throws(Failure) {
        guard sources.contains(where: \.isTokens) else { return }
        if joinsPrompts { throw .usage(UsageError("--prompt-join joins text, not token IDs")) }
        guard sources.allSatisfy(\.isTokens) else {
            throw .usage(UsageError("a request has prompts of text or of token IDs, not of both"))
        }
    }

    /// The parts of one prompt, in the order given.
    private func parts(_ outcome: Parser<Invocation>.Outcome) throws(Failure) -> [PromptSource] {
        let names = Section.prompt.flags.filter { $0.outline.maxOccurrences != nil }.map(\.name)
        var parts = prompts
        for (operand, counts) in zip(outcome.operands, outcome.countsBefore).reversed() {
            parts.insert(try Self.source(operand), at: names.reduce(0) { $0 + (counts[$1] ?? 0) })
        }
        return parts
    }

    /// Decides what becomes of standard input beside prompts: it is joined to them, or must not hold what would be lost.
    private func checkInput(_ sources: inout [PromptSource], _ context: ProcessContext) throws(Failure) {
        let readers = sources.count(where: \.readsInput) + (connection.key?.readsInput == true ? 1 : 0)
        if readers > 1 {
            throw .usage(UsageError("standard input can be read only once, but '-' is given more than once"))
        }
        if ignoresInput {
            guard readers == 0 else { throw .usage(UsageError("--ignore-stdin does not go with '-'")) }
        } else if readers == 0, joinsPrompts {
            if !Descriptor.isTerminal(context.input) { sources.append(.standardInput) }
        } else if readers == 0, Descriptor.isUnreadFile(context.input) {
            throw .usage(
                UsageError(
                    "standard input is a file, but a prompt was given, too",
                    hint: "--prompt-join appends the file to the prompt, --ignore-stdin leaves it unread"))
        }
    }

    private static func operand(
        _ operands: [[UInt8]], besides flags: [PromptSource]
    ) throws(Failure) -> [PromptSource] {
        guard let operand = operands.first else { return [] }
        if operands.count > 1 {
            throw .usage(
                UsageError(
                    "unexpected argument \(quoted: operands[1])",
                    hint: "a prompt with spaces is one argument in quotes; for several prompts repeat --prompt; "
                        + "--prompt-join makes one of them"))
        }
        guard flags.isEmpty else {
            throw .usage(
                UsageError(
                    "unexpected argument \(quoted: operand)",
                    hint: "give the prompt as an argument or with --prompt, not both; for several prompts repeat "
                        + "--prompt; --prompt-join makes one of them"))
        }
        return [try source(operand)]
    }

    private static func source(_ operand: [UInt8]) throws(Failure) -> PromptSource {
        if operand.elementsEqual("-".utf8) { return .standardInput }
        if let offset = UTF8Sequence.firstInvalidOffset(in: operand) {
            throw .usage(UsageError("PROMPT: the text is not UTF-8 at byte \(offset)"))
        }
        return .argument(operand)
    }
}
