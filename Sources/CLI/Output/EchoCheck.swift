import API
import Logprobs
import Rendering

/// Finds out whether a server gives the prompts back before the completions, as it was asked to. Prompts of token IDs can't
/// be looked for.
struct EchoCheck {
    /// As much of a prompt is looked for, and so much may stand before it.
    private static let longest = (prompt: 4096, before: 64)

    private let prompts: EchoedPrompts
    private var joiner = SurrogateJoiner()
    /// The beginnings of the choices' texts.
    private var texts: [Int: [UInt8]] = [:]

    /// - Parameter prompts: those that were asked for.
    init(_ prompts: EchoedPrompts) {
        self.prompts = prompts
    }

    /// Takes note of what a chunk says of a choice.
    mutating func note(_ choice: ChoiceDelta) {
        guard prompts.text(ofChoice: choice.index) != nil else { return }
        // IDs in place of the text say nothing of it.
        if choice.text.isEmpty, choice.tokenIDs?.isEmpty == false { return }
        let text = joiner.text(of: choice)
        let room = Self.longest.prompt + Self.longest.before - (texts[choice.index]?.count ?? 0)
        texts[choice.index, default: []] += text.prefix(max(0, room))
    }

    /// The choices without their prompts, in order.
    var missing: [Int] {
        texts.keys.sorted().filter { index in
            prompts.text(ofChoice: index).map { !Self.isThere($0, in: texts[index] ?? []) } ?? false
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
