import API
import Client
import Evaluation
import JSON
import Platform

/// Asks a server for what the scores of one question are taken from, a request at a time.
struct ScoreSession {
    private let options: ScoreOptions
    private let connection: Connection
    private let exchange: Exchange

    /// A session of a run.
    init(_ options: ScoreOptions, _ connection: Connection, _ exchange: Exchange) {
        (self.options, self.connection, self.exchange) = (options, connection, exchange)
    }

    /// Scores a question.
    ///
    /// - Parameter placeCount: how many of a text's least likely tokens are kept.
    /// - Throws: ``Failure`` also when what the server says can't be trusted.
    func score(_ question: ScoreQuestion, placeCount: Int) throws(Failure) -> Scoring.Outcome {
        var scoring = Scoring(question, by: options.method, topCount: options.topCount, placeCount: placeCount)
        var prompts = scoring.prompts
        var index = 0
        while index < prompts.count {
            let chunk = try ask(prompts[index])
            do throws(ScoreProblem) {
                prompts += try scoring.take(chunk, of: index)
            } catch {
                throw .unscored(error)
            }
            index += 1
        }
        guard let outcome = scoring.outcome else { throw Failure(.stopped()) }
        return outcome
    }

    private func ask(_ input: ScoreInput) throws(Failure) -> CompletionChunk {
        let prompt: CompletionRequest.Prompt =
            switch input {
            case .text(let text): .text(text)
            case .tokens(let ids): .tokens(ids)
            }
        var request = options.request.request(prompt, streams: false, impliedLogprobs: nil)
        for field in Scoring.fields(by: options.method, topCount: options.topCount) {
            request.set(field.name, to: field.value)
        }
        let payload = try options.request.payload(request.body, for: connection.baseURL)
        let expectation = ReplyExpectation(connection, choiceCount: 1, streams: false)
        let reply = try exchange.run(connection.completion(payload), remark: "* \(own: payload.summary)") { now in
            ReplyCollector(expectation, into: ReplyKeeper(), now: now)
        }
        do throws(ReplyError) {
            return try reply.sink.reply()
        } catch {
            throw .request(.reply(error, requestID: reply.head?.requestID))
        }
    }
}

/// Keeps a response, whole or gathered from a stream.
private struct ReplyKeeper: ReplySink {
    private var whole: CompletionChunk?
    private var gatherer = StreamGatherer()

    var isClosed: Bool { false }

    mutating func take(_ chunk: CompletionChunk) {
        if chunk.isWholeReply { whole = chunk } else { gatherer.add(chunk) }
    }

    mutating func pause(hasOutput: Bool) {}
    mutating func finish(isWhole: Bool, _ progress: ReplyProgress) {}
    func mayRestart(hasOutput: Bool) -> Bool { true }
    func keepsStream(_ progress: ReplyProgress) -> Bool { true }

    func reply() throws(ReplyError) -> CompletionChunk {
        if let whole { return whole }
        return try gatherer.wholeReply()
    }
}
