import Flags
import Platform

extension Invocation {
    /// Where the prompts come from: the operand, the flags, or else standard input, escapes read where that was asked
    /// for. Nothing else is read yet.
    ///
    /// - Throws: ``Failure`` when there is no prompt, or more than can be meant.
    mutating func sources(
        of operands: [[UInt8]], _ context: ProcessContext
    ) throws(Failure) -> [PromptSource] {
        let sources = try prompts + Self.operand(operands, besides: prompts)
        if sources.isEmpty {
            guard !Descriptor.isTerminal(context.input) else {
                throw .usage(
                    UsageError(
                        "no prompt", hint: "give one as in: cerebras complete 'Once upon a time', or pipe one in"))
            }
            return [.standardInput]
        }
        if sources.contains(where: \.isTokens), !sources.allSatisfy(\.isTokens) {
            throw .usage(UsageError("a request has prompts of text or of token IDs, not of both"))
        }
        let readers = sources.count(where: \.readsInput)
        if readers + (connection.key?.readsInput == true ? 1 : 0) > 1 {
            throw .usage(UsageError("standard input can be read only once, but '-' is given more than once"))
        }
        do throws(UsageError) {
            return try readEscapes(in: sources)
        } catch {
            throw .usage(error)
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
                    hint: "a prompt with spaces is one argument in quotes; for several prompts repeat --prompt"))
        }
        guard flags.isEmpty else {
            throw .usage(
                UsageError(
                    "unexpected argument \(quoted: operand)",
                    hint:
                        "give the prompt as an argument or with --prompt, not both; for several prompts repeat --prompt"
                ))
        }
        if operand.elementsEqual("-".utf8) { return [.standardInput] }
        if let offset = UTF8Sequence.firstInvalidOffset(in: operand) {
            throw .usage(UsageError("PROMPT: the text is not UTF-8 at byte \(offset)"))
        }
        return [.argument(operand)]
    }
}
