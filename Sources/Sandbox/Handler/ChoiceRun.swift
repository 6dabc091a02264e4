import Foundation

/// Generates one choice, token by token.
struct ChoiceRun: Sendable {
    /// A token that was drawn or echoed.
    struct Token: Sendable {
        let id: Int
        /// Natural logarithm under the model's own distribution, before temperature; nil for the first of a prompt.
        let logprob: Double?
        /// The likeliest tokens, best first, and the sampled one; nil when not requested.
        let top: [(id: Int, logprob: Double)]?
        /// Whole characters (code points) before it, the prompt's included; so the tokens of one character share one.
        let offset: Int
    }

    /// What a step adds to the choice.
    struct Step: Sendable {
        var text: [UInt8] = []
        var tokens: [Token] = []
        /// Set by the last step.
        var finishReason: String?
    }

    private let model: LanguageModel
    private let parameters: Parameters
    /// How many tokens may be drawn.
    let limit: Int
    private var sampler: Sampler
    private var assembler: TextAssembler
    private var context: [Int]
    /// The tokens of the prompt so far, while it is echoed; nil otherwise.
    private var echo: [Token]?
    private var echoedCharacters = CharacterCount()
    /// Tokens whose text is still held back, each with the place of its first byte.
    private var waiting: [(token: Token, start: Int)] = []
    private var generatedBytes = 0
    private var characters: CharacterCount
    private var isOver = false
    /// How many tokens were drawn.
    private(set) var drawn = 0
    /// The sum of the drawn tokens' log probabilities.
    private(set) var totalLogprob = 0.0

    /// A run.
    ///
    /// - Parameters:
    ///   - limit: how many tokens may be drawn.
    init(_ model: LanguageModel, _ parameters: Parameters, prompt: [Int], limit: Int, generator: SeededGenerator) {
        self.model = model
        self.parameters = parameters
        self.limit = limit
        sampler = Sampler(parameters, generator: generator)
        assembler = TextAssembler(stops: parameters.stops)
        context = prompt
        echo = parameters.echoes ? [] : nil
        characters = CharacterCount(from: CharacterCount.of(model.tokenizer.decode(prompt)))
    }

    /// The next step; nil after the last.
    mutating func next() -> Step? {
        guard !isOver else { return nil }
        if echo != nil { return echoStep() }
        guard drawn < limit else { return finish("length") }
        let distribution = model.distribution(after: context)
        let mayEnd = parameters.minTokens >= 0 && drawn >= parameters.minTokens
        let end = model.tokenizer.endOfText
        let id = sampler.draw(from: distribution, excluding: mayEnd ? nil : end)
        guard id != end else { return finish("stop") }
        return step(id, distribution)
    }

    private mutating func step(_ id: Int, _ distribution: [Double]) -> Step {
        let token = token(id, distribution, offset: characters.whole)
        let bytes = model.tokenizer.pieces[id]
        waiting.append((token, generatedBytes))
        context.append(id)
        drawn += 1
        totalLogprob += token.logprob ?? 0
        generatedBytes += bytes.count
        characters.add(bytes)
        let text = assembler.add(bytes)
        if assembler.isStopped { return finish("stop", text: text) }
        let isAllSent = assembler.sentBytes == generatedBytes
        return Step(text: text, tokens: isAllSent ? takeWaiting() : [])
    }

    private mutating func finish(_ reason: String, text: [UInt8] = []) -> Step {
        isOver = true
        let rest = text + assembler.finish()
        // A token that a stop sequence cut away whole is not part of the completion.
        waiting.removeAll { $0.start >= assembler.sentBytes }
        return Step(text: rest, tokens: takeWaiting(), finishReason: reason)
    }

    private mutating func takeWaiting() -> [Token] {
        defer { waiting = [] }
        return waiting.map(\.token)
    }

    /// A further token of the prompt, which is all there is in `context` yet; after the last, all of it.
    private mutating func echoStep() -> Step {
        let position = echo?.count ?? 0
        guard position < context.count else {
            defer { echo = nil }
            let text = String(decoding: model.tokenizer.decode(context), as: UTF8.self)
            return Step(text: Array(text.utf8), tokens: echo ?? [])
        }
        let (id, offset) = (context[position], echoedCharacters.whole)
        let isJudged = position > 0 && parameters.logprobs != nil
        let next =
            isJudged
            ? token(id, model.distribution(after: context[..<position]), offset: offset)
            : Token(id: id, logprob: nil, top: nil, offset: offset)
        echo?.append(next)
        echoedCharacters.add(model.tokenizer.pieces[id])
        return Step()
    }

    private func token(_ id: Int, _ distribution: [Double], offset: Int) -> Token {
        var top: [(id: Int, logprob: Double)]?
        if let count = parameters.logprobs, count > 0 {
            let best = Self.likeliest(count, of: distribution)
            let listed = best.contains(id) ? best : best + [id]
            top = listed.map { ($0, log(distribution[$0])) }
        }
        return Token(id: id, logprob: log(distribution[id]), top: top, offset: offset)
    }

    /// The likeliest tokens, best first, of equals the lowest ID first. In one pass: a sort of the whole vocabulary for
    /// every token would take most of the time there is.
    private static func likeliest(_ count: Int, of distribution: [Double]) -> [Int] {
        var best: [Int] = []
        for (token, probability) in distribution.enumerated() {
            if best.count == count, let last = best.last, probability <= distribution[last] { continue }
            let place = best.firstIndex { distribution[$0] < probability } ?? best.count
            best.insert(token, at: place)
            if best.count > count { best.removeLast() }
        }
        return best
    }
}
