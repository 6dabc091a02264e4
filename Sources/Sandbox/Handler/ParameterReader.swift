import JSON

/// Checks a request body and makes parameters of it.
struct ParameterReader {
    /// What the API allows for `grammar_root`; the sandbox checks the name and does not constrain its text by it.
    static let grammarRoots = [
        "root", "fcall", "nofcall", "insidevalue", "value", "object", "array", "string", "number", "funcarray", "func",
        "ws",
    ]
    /// What the API allows for `reasoning_format`; the sandbox's model does not reason.
    static let reasoningFormats = ["none", "parsed", "text_parsed", "raw", "hidden"]

    private let tokenizer: Tokenizer
    private var fields: FieldReader
    private var parameters = Parameters()

    /// Reads a body.
    ///
    /// - Throws: ``APIProblem`` with every problem, a line each.
    static func read(_ body: JSONView, _ tokenizer: Tokenizer) throws(APIProblem) -> Parameters {
        guard body.kind == .object else { throw .invalid("body: must be an object") }
        var reader = ParameterReader(tokenizer: tokenizer, fields: FieldReader(body))
        reader.readPrompt()
        reader.readSampling()
        reader.readLengths()
        reader.readOutput()
        reader.readTexts()
        return try reader.finish()
    }

    private init(tokenizer: Tokenizer, fields: FieldReader) {
        self.tokenizer = tokenizer
        self.fields = fields
    }

    private func finish() throws(APIProblem) -> Parameters {
        let unknown = fields.unknownNames.map { "body.\($0): property 'body.\($0)' is unsupported" }
        guard (fields.problems + unknown).isEmpty else {
            let message = (fields.problems + unknown).joined(separator: "\n")
            throw .invalid(message)
        }
        return parameters
    }

    private mutating func readPrompt() {
        guard let prompt = fields.value("prompt") else { return }
        if let text = prompt.stringBytes {
            parameters.prompts = [tokenizer.encode(text)]
        } else if prompt.kind == .array, prompt.elements.allSatisfy({ $0.kind == .string }) {
            parameters.prompts = prompt.elements.map { tokenizer.encode($0.stringBytes ?? []) }
        } else if let tokens = tokens(prompt) {
            parameters.prompts = [tokens]
        } else if prompt.kind == .array {
            let lists = prompt.elements.map(tokens)
            guard !lists.contains(nil) else {
                return fields.report(
                    "prompt", "must be text, texts, token IDs below \(tokenizer.endOfText), or lists of them")
            }
            parameters.prompts = lists.compactMap(\.self)
        } else {
            fields.report("prompt", "must be a string or an array")
        }
        if parameters.prompts.isEmpty { fields.report("prompt", "must not be an empty array") }
    }

    private func tokens(_ value: JSONView) -> [Int]? {
        guard value.kind == .array else { return nil }
        let ids = value.elements.map { $0.kind == .number ? $0.integer : nil }
        let isValid = ids.allSatisfy { $0.map { (0..<tokenizer.endOfText).contains($0) } ?? false }
        return isValid && !ids.isEmpty ? ids.compactMap(\.self) : nil
    }

    private mutating func readSampling() {
        parameters.seed = fields.integer("seed", in: .min ... .max)
        parameters.temperature = fields.number("temperature", in: 0...2) ?? 1
        parameters.topP = fields.number("top_p", in: 0...1) ?? 1
        parameters.frequencyPenalty = fields.number("frequency_penalty", in: -2...2) ?? 0
        parameters.presencePenalty = fields.number("presence_penalty", in: -2...2) ?? 0
        guard let bias = fields.value("logit_bias") else { return }
        guard bias.kind == .object else { return fields.report("logit_bias", "must be an object") }
        for member in bias.members {
            guard let id = member.key.string.flatMap({ Int($0) }), tokenizer.pieces.indices.contains(id),
                let value = member.value.double, abs(value) <= 100
            else {
                return fields.report(
                    "logit_bias", "must map token IDs up to \(tokenizer.endOfText) to numbers from -100 to 100")
            }
            parameters.logitBias[id] = value
        }
    }

    private mutating func readLengths() {
        parameters.maxTokens = fields.integer("max_tokens", in: -1 ... .max).flatMap { $0 < 0 ? nil : $0 }
        parameters.minTokens = fields.integer("min_tokens", in: -1 ... .max) ?? 0
        parameters.choices = fields.integer("n", in: 1...128) ?? 1
        let candidates = fields.integer("best_of", in: 0...20) ?? 0
        parameters.candidates = candidates == 0 ? parameters.choices : candidates
        if parameters.candidates < parameters.choices { fields.report("best_of", "must not be less than n") }
        guard let stop = fields.value("stop") else { return }
        let stops = stop.kind == .array ? stop.elements.map(\.stringBytes) : [stop.stringBytes]
        if stops.contains(nil) { fields.report("stop", "must be a string or an array of strings") }
        if stops.count > 4 { fields.report("stop", "must have at most 4 elements") }
        if stops.contains([]) { fields.report("stop", "must not be empty") }
        parameters.stops = stops.compactMap(\.self)
    }

    private mutating func readOutput() {
        parameters.streams = fields.flag("stream")
        parameters.echoes = fields.flag("echo")
        parameters.returnsRawTokens = fields.flag("return_raw_tokens")
        parameters.logprobs = fields.integer("logprobs", in: 0...20)
        if parameters.echoes, parameters.returnsRawTokens {
            fields.report("echo", "can't be used with return_raw_tokens")
        }
        if parameters.streams, parameters.candidates > parameters.choices {
            fields.report("best_of", "can't be used with stream")
        }
        readStreamOptions()
    }

    private mutating func readStreamOptions() {
        guard let options = fields.value("stream_options") else { return }
        if !parameters.streams { fields.report("stream_options", "needs stream") }
        let others = options.members.filter { !$0.key.hasString("include_usage") }
        let choice = options["include_usage"]
        guard options.kind == .object, others.isEmpty, choice.map({ $0.kind == .bool }) ?? true else {
            return fields.report("stream_options", "must be an object with include_usage, true or false")
        }
        parameters.includesUsageChunk = choice?.bool ?? false
    }

    private mutating func readTexts() {
        if fields.value("model") == nil { fields.report("model", "is required") }
        parameters.model = fields.text("model", length: 1...Int.max) ?? ""
        _ = fields.text("user")
        _ = fields.text("prompt_cache_key", length: 1...1024)
        readWord("grammar_root", of: Self.grammarRoots)
        readWord("reasoning_format", of: Self.reasoningFormats)
    }

    /// Checks a field that changes nothing here.
    private mutating func readWord(_ name: StaticString, of words: [String]) {
        guard let word = fields.text(name), !words.contains(word) else { return }
        fields.report("\(name)", "must be one of \(words.joined(separator: ", "))")
    }
}
