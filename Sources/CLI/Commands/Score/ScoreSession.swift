import API
import Client
import Evaluation
import JSON
import Platform

/// Asks a server for what scores are taken from, a request at a time.
struct ScoreSession {
    private let options: ScoreOptions
    private let connection: Connection
    private let exchange: Exchange

    /// A session of a run.
    init(_ options: ScoreOptions, _ connection: Connection, _ exchange: Exchange) {
        (self.options, self.connection, self.exchange) = (options, connection, exchange)
    }

    /// A text or prompt, echoed.
    ///
    /// - Parameter label: what it is, for the failure.
    /// - Throws: ``Failure`` also when the echo can't be trusted.
    func echo(_ input: ScoreInput, _ label: Message) throws(Failure) -> (prompt: EchoedPrompt, chunk: CompletionChunk) {
        // No tokens at all are refused by some servers, and no limit for others.
        let chunk = try ask(input, [("max_tokens", 1), ("echo", true), ("logprobs", 1)])
        return try scored(label) { () throws(EchoProblem) in (try EchoedPrompt(chunk, of: input), chunk) }
    }

    /// The likeliest tokens after a prompt.
    func nextToken(after prompt: ScoreInput) throws(Failure) -> NextTokenScore {
        let chunk = try ask(prompt, [("max_tokens", 1), ("logprobs", .integer(options.topCount))])
        do throws(NextTokenScore.Problem) {
            return try NextTokenScore(chunk, topCount: options.topCount)
        } catch {
            throw .unscored("the prompt: \(error.message)", advice: nil)
        }
    }

    /// Carries out what finds problems of an echo.
    func scored<Result>(
        _ label: Message, _ body: () throws(EchoProblem) -> Result
    ) throws(Failure) -> Result {
        do throws(EchoProblem) {
            return try body()
        } catch {
            let usual: Message =
                options.isOfText
                ? "no score of this server's can be trusted" : "for single tokens there is --method next-token"
            throw .unscored("\(label): \(error.message)", advice: error.advice ?? usual)
        }
    }

    private func ask(_ input: ScoreInput, _ fields: [(String, JSONValue)]) throws(Failure) -> CompletionChunk {
        let prompt: CompletionRequest.Prompt =
            switch input {
            case .text(let text): .text(text)
            case .tokens(let ids): .tokens(ids)
            }
        var request = options.request.request(prompt, streams: false, impliedLogprobs: nil)
        for (name, value) in fields { request.set(name, to: value) }
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

extension NextTokenScore.Problem {
    /// What is wrong, for a message.
    fileprivate var message: Message {
        switch self {
        case .choices(let count): "expected one choice, got \(count)"
        case .echoed: "the server echoed the prompt, which was not asked for"
        case .noAlternatives: "the server listed no next tokens"
        }
    }
}
