import API
import Batch
import Client
import Evaluation
import JSON
import Platform

/// The task of `score --rows`: a row is a question, with a request for each continuation, and its record the scores.
struct ScoreTask: RowTask {
    let connection: Connection
    let model: [UInt8]
    /// What rows come to together, those of earlier runs among them.
    let tally: ScoreTally
    private let options: ScoreOptions
    private let secrets: Secrets

    /// - Parameter secrets: what no record of a failure may show.
    init(_ options: ScoreOptions, _ connection: Connection, _ secrets: Secrets) {
        (self.options, self.connection, self.secrets) = (options, options.pace.adapt(connection), secrets)
        model = options.request.model
        tally = ScoreTally()
    }

    var kind: RecordKind { .scores }

    var countComplete: ((UnsafeBufferPointer<UInt8>) -> Void)? {
        { [tally, unit = options.normalization] line in
            RecordedScore(Array(line), by: unit).map(tally.add)
        }
    }

    var isUnexpected: ((_ content: [UInt8]) -> Bool)? { options.isUnexpected }

    func begin(_ row: Row) throws(ClientError) -> (work: Work, requests: [RowRequest]) {
        let question = RowQuestion(row.body)
        let scoring = Scoring(question.question, by: options.method, topCount: options.topCount, placeCount: 0)
        let work = Work(task: self, question: question, scoring: scoring)
        return (work, try requests(for: scoring.prompts, question))
    }

    private func requests(
        for prompts: [ScoreInput], _ question: RowQuestion
    ) throws(ClientError) -> [RowRequest] {
        try prompts.map { prompt throws(ClientError) in
            let payload = try Payload(
                question.body(of: prompt), encoding: options.request.encoding,
                compression: options.request.compression, isVendor: connection.baseURL.isVendor)
            let expectation = ReplyExpectation(connection, choiceCount: 1, streams: false)
            return RowRequest(
                connection.completion(payload), expectation, size: PromptSize(of: prompt), maxTokens: 1)
        }
    }

    /// A question on its way to its scores.
    struct Work: RowWork {
        let task: ScoreTask
        let question: RowQuestion
        var scoring: Scoring

        mutating func take(_ reply: RowCollector, of request: Int) throws(ClientError) -> RowProgress {
            let further: [ScoreInput]
            do throws(Failure) { further = try score(reply, of: request) } catch { return .failed(task.failure(error)) }
            if !further.isEmpty { return .requests(try task.requests(for: further, question)) }
            guard let outcome = scoring.outcome else { return .waiting }
            return task.result(of: outcome, question)
        }

        private mutating func score(_ reply: RowCollector, of request: Int) throws(Failure) -> [ScoreInput] {
            let chunk = try Self.chunk(of: reply)
            do throws(ScoreProblem) {
                return try scoring.take(chunk, of: request)
            } catch {
                throw .unscored(error)
            }
        }

        private static func chunk(of reply: RowCollector) throws(Failure) -> CompletionChunk {
            var decoder = ReplyDecoder(.saved)
            let content = reply.completion ?? []
            for case .chunk(let chunk) in decoder.feed(content[...]) + decoder.finish() { return chunk }
            throw .request(.reply(.empty, requestID: reply.head?.requestID))
        }
    }

    private func failure(_ failure: Failure) -> RowFailure {
        let isOfServer: Bool = if case .unscored(let problem) = failure { problem.isOfServer } else { false }
        return RowFailure(
            kind: failure.status.kind, reason: failure.message,
            error: failure.errorReport(hint: failure.hint).value(masking: secrets), ending: isOfServer ? failure : nil)
    }

    private func result(of outcome: Scoring.Outcome, _ question: RowQuestion) -> RowProgress {
        let members: [JSONMember]
        let score: RecordedScore
        switch outcome {
        case .continuations(let scores, let startToken):
            let comparison = ScoreComparison(scores, by: options.normalization)
            members = comparison.record(answer: question.answer, startToken: startToken)
            score = .continuations(comparison, answer: question.answer)
        case .text(let text, _, _):
            members = [JSONMember("score", text.record)]
            score = .text(text)
        }
        tally.add(score)
        // Without the braces.
        let record = Array(JSONValue.object(members).jsonBytes.dropFirst().dropLast())
        return .done(.scores(record), isUnexpected: options.isUnexpected(score))
    }
}

/// The question that a row's body holds, as ``ScoreRowParser`` wrote it.
struct RowQuestion {
    let question: ScoreQuestion
    /// The index of the right continuation; nil where the row does not say.
    let answer: Int?
    private let model: JSONMember
    /// What each request has besides.
    private var fields: [JSONMember] = []

    /// - Parameter body: a row's.
    init(_ body: JSONValue) {
        var (prompt, continuations, text) = (ScoreInput.text([]), [ScoreInput](), ScoreInput?.none)
        var (model, answer) = (JSONMember("model", .null), Int?.none)
        if case .object(let members) = body {
            for member in members {
                switch String(decoding: member.key, as: UTF8.self) {
                case "model": model = member
                case "prompt": prompt = ScoreInput(member.value)
                case "text": text = ScoreInput(member.value)
                case "continuations":
                    if case .array(let values) = member.value { continuations = values.map(ScoreInput.init) }
                case "answer": if case .number(let number) = member.value { answer = number.integer }
                default: fields.append(member)
                }
            }
        }
        (self.model, self.answer) = (model, answer)
        question = text.map(ScoreQuestion.text) ?? .continuations(continuations, of: prompt)
    }

    /// The body of a request for a prompt.
    func body(of prompt: ScoreInput) -> JSONValue {
        .object([model, JSONMember("prompt", prompt.json)] + fields)
    }
}

extension ScoreInput {
    /// A text or token IDs, as a row's body has them.
    fileprivate init(_ value: JSONValue) {
        switch value {
        case .string(let text): self = .text(text)
        case .array(let ids):
            self = .tokens(ids.compactMap { if case .number(let number) = $0 { number.integer } else { nil } })
        default: self = .text([])
        }
    }
}

extension PromptSize {
    /// The size of one prompt.
    fileprivate init(of prompt: ScoreInput) {
        switch prompt {
        case .text(let text): self.init(text: text)
        case .tokens(let ids): self.init(tokenCount: ids.count)
        }
    }
}
