import Foundation
import JSON

/// Makes the response to one checked request: all of its choices, as a whole or as chunks.
struct CompletionRun: Sendable {
    private let parameters: Parameters
    private let builder: ReplyBuilder
    private let arrival: Date
    private let start = Date()
    private let promptTime: TimeInterval
    private var runs: [ChoiceRun]
    /// Indices in `runs` of those that are not over, in the order they are served.
    private var turns: [Int]
    private var isUsageChunkDue: Bool
    /// How much of a complete response is made, a step for each of `runs`.
    private var made: [ChoiceRun.Step]

    /// Prepares the choices.
    ///
    /// - Parameters:
    ///   - arrival: when the request had come in whole.
    ///   - contextLength: how many tokens prompt and completion may have together.
    /// - Throws: ``APIProblem`` when a prompt leaves no room.
    init(
        _ parameters: Parameters, _ model: LanguageModel, id: String, arrival: Date, contextLength: Int
    ) throws(APIProblem) {
        self.parameters = parameters
        self.arrival = arrival
        builder = ReplyBuilder(
            id: id, created: Int(arrival.timeIntervalSince1970), model: parameters.model,
            fingerprint: model.fingerprint, tokenizer: model.tokenizer, parameters: parameters)
        runs = []
        var seeds = SeededGenerator(
            seed: parameters.seed.map { UInt64(bitPattern: Int64($0)) } ?? .random(in: 0 ... .max))
        for prompt in parameters.prompts {
            let room = contextLength - prompt.count
            guard room >= parameters.maxTokens ?? 0 else {
                let wish = parameters.maxTokens.map { " and max_tokens \($0)" } ?? ""
                throw .invalid(
                    "prompt: \(prompt.count) tokens\(wish) are over the context length of \(contextLength)")
            }
            let limit = parameters.maxTokens ?? room
            for _ in 0..<parameters.candidates {
                let generator = SeededGenerator(seed: seeds.next())
                runs.append(ChoiceRun(model, parameters, prompt: prompt, limit: limit, generator: generator))
            }
        }
        turns = Array(runs.indices)
        made = runs.map { _ in ChoiceRun.Step() }
        isUsageChunkDue = parameters.includesUsageChunk
        promptTime = Date().timeIntervalSince(start)
    }

    /// Makes a piece of a complete response, a token at most; false once all of it is made.
    mutating func advance() -> Bool {
        guard let index = turns.first else { return false }
        if let step = runs[index].next() {
            made[index].text += step.text
            made[index].tokens += step.tokens
            made[index].finishReason = step.finishReason
        } else {
            turns.removeFirst()
        }
        return !turns.isEmpty
    }

    /// The complete response; to be read once it is made.
    var wholeReply: [UInt8] {
        let choices = chosen.enumerated().map { builder.choice($0, made[$1]) }
        return builder.reply(choices, usage: usage, timeInfo: timeInfo).jsonBytes
    }

    /// The next chunk of a stream, empty while there is nothing to send; nil after the last. Choices take turns.
    mutating func nextChunk() -> [UInt8]? {
        if let index = turns.first {
            turns.removeFirst()
            guard let step = runs[index].next() else { return [] }
            if step.finishReason == nil { turns.append(index) }
            // Nothing to send while a token's text is held back, or a prompt is not echoed to its end.
            guard !step.tokens.isEmpty || !step.text.isEmpty || step.finishReason != nil else { return [] }
            return chunk(index, step)
        }
        guard isUsageChunkDue else { return nil }
        isUsageChunkDue = false
        return builder.reply([], usage: usage, timeInfo: timeInfo).jsonBytes
    }

    /// What the response may cost at most, in tokens; it is counted against the quota before it is made (API page).
    var largestCost: Int {
        tokenCount + runs.reduce(0) { $0 + $1.limit }
    }

    /// Prompt and completion tokens so far.
    var tokenCount: Int {
        parameters.prompts.reduce(0) { $0 + $1.count } + runs.reduce(0) { $0 + $1.drawn }
    }

    private func chunk(_ index: Int, _ step: ChoiceRun.Step) -> [UInt8] {
        let isLast = turns.isEmpty && !isUsageChunkDue
        return builder.reply(
            [builder.choice(index, step)], usage: isLast ? usage : nil, timeInfo: isLast ? timeInfo : nil
        ).jsonBytes
    }

    /// Of each prompt's candidates the best ones, by mean log probability.
    private var chosen: [Int] {
        parameters.prompts.indices.flatMap { prompt -> ArraySlice<Int> in
            let candidates = prompt * parameters.candidates..<(prompt + 1) * parameters.candidates
            guard parameters.candidates > parameters.choices else { return Array(candidates)[...] }
            return candidates.sorted { mean(runs[$0]) > mean(runs[$1]) }.prefix(parameters.choices)
        }
    }

    private func mean(_ run: ChoiceRun) -> Double {
        run.totalLogprob / Double(max(1, run.drawn))
    }

    private var usage: JSONValue {
        let prompt = parameters.prompts.reduce(0) { $0 + $1.count }
        return [
            "completion_tokens": .integer(tokenCount - prompt), "prompt_tokens": .integer(prompt),
            "prompt_tokens_details": ["cached_tokens": 0], "total_tokens": .integer(tokenCount),
        ]
    }

    private var timeInfo: JSONValue {
        let now = Date()
        return [
            "completion_time": .double(now.timeIntervalSince(start) - promptTime), "prompt_time": .double(promptTime),
            "queue_time": .double(start.timeIntervalSince(arrival)),
            "total_time": .double(now.timeIntervalSince(arrival)), "created": .double(arrival.timeIntervalSince1970),
        ]
    }
}
