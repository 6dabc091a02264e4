import Logprobs
import Rendering

/// Finds out whether a server returns the prompts before the completions, as requested. Prompts of token IDs can't
/// be looked for.
enum EchoCheck {
    /// As much of a prompt is looked for, and so much may stand before it.
    private static let longest = (prompt: 4096, before: CompletionRecord.beginning - 4096)

    /// The choices without their prompts, in order.
    ///
    /// - Parameters:
    ///   - prompts: those that were requested.
    ///   - record: one that keeps the texts or their beginnings.
    static func missing(of prompts: EchoedPrompts, in record: CompletionRecord) -> [Int] {
        record.choices.keys.sorted().filter { index in
            // IDs in place of the text say nothing of it.
            guard let choice = record.choices[index], choice.tellsText, let prompt = prompts.text(ofChoice: index)
            else {
                return false
            }
            return !isThere(prompt, in: choice.text)
        }
    }

    /// Whether a text begins with a prompt. Blanks before either don't count, nor does a token that begins every text.
    private static func isThere(_ prompt: [UInt8], in text: [UInt8]) -> Bool {
        let prompt = withoutBlanks(prompt[...].prefix(longest.prompt))
        var rest = withoutBlanks(text[...])
        for _ in 0..<3 {
            if rest.starts(with: prompt) { return true }
            guard rest.first == UInt8(ascii: "<"),
                let end = rest.prefix(longest.before).firstIndex(of: UInt8(ascii: ">"))
            else { return false }
            rest = withoutBlanks(rest[(end + 1)...])
        }
        return false
    }

    private static func withoutBlanks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        text.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }
}
