import API
import Flags
import HTTP
import Logprobs
import Platform

extension Failure {
    /// How the program ends for a reply that did not come.
    static func status(of error: TransportError) -> ExitStatus {
        switch error {
        case .resolve, .connect, .notLoopback, .proxy, .tls, .certificate: .network
        case .interrupted(_, let afterHead): afterHead ? .server : .network
        case .timeout: .timeout
        case .malformed: .server
        case .local: .local
        case .stopped: .interrupted
        case .outputClosed: .closedPipe
        }
    }

    /// How a message begins when some of a stream had come; empty when none had.
    static func cutShort(after extent: StreamExtent?) -> Message {
        extent.map { "the answer was cut short after \(own: $0.description): " } ?? ""
    }

    /// A reply that is no answer, in words.
    static func words(of error: ReplyError) -> Message {
        switch error {
        case .empty: "the server sent an empty reply"
        case .html(let page):
            "the server sent a web page instead of an answer: "
                + (PlainWords.of(page).map { "\(plain: $0, limit: PlainWords.shownLength)" } ?? "(no words)")
        case .unreadable(let reason, let bytes): "the reply is not JSON (\(own: reason)): \(quoted: bytes)"
        case .notACompletion(let bytes): "the reply is not a completion: \(quoted: bytes)"
        case .noChoice(let bytes): "the reply holds no choice: \(quoted: bytes)"
        case .cutShort(let extent, let reason): "\(cutShort(after: extent))\(words(of: reason))"
        case .multipleReplies(let line): "line \(line) begins another reply; one at a time can be read"
        case .server(let error): "\(plain: error.message, limit: error.messageLimit)"
        }
    }

    /// Why an answer is truncated, in words.
    private static func words(of reason: Truncation) -> Message {
        switch reason {
        case .ended: "the stream ended before a finish reason"
        case .error(let error): "\(plain: error.message, limit: error.messageLimit)\(context(of: error, nil))"
        case .finishReason(let reason, let choice):
            "finish reason \(quoted: reason.utf8)" + (choice.map { " of choice \($0)" } ?? "")
        }
    }

    /// A saved reply that is no answer, in words.
    static func words(ofSaved error: ReplyError) -> Message {
        switch error {
        case .empty: "it is empty"
        case .server(let error): "\(plain: error.message, limit: error.messageLimit)\(context(of: error, nil))"
        default: words(of: error)
        }
    }

    /// A reply that did not come, in words.
    ///
    /// - Parameter place: what the words begin with: who was asked, or how much came.
    static func words(of error: TransportError, _ place: Message, _ limits: TimeLimits) -> Message {
        switch error {
        case .resolve(let reason), .connect(let reason), .tls(let reason), .certificate(let reason),
            .malformed(let reason), .interrupted(let reason, _):
            "\(place)\(plain: reason)"
        case .timeout(.connect): "\(place)no connection within \(seconds(limits.connect)) (--connect-timeout)"
        case .timeout(.idle): "\(place)nothing received for \(seconds(limits.idle)) (--idle-timeout)"
        case .notLoopback(let address):
            "\(place)refusing to send the key and prompt unencrypted to \(plain: address), which is not this machine"
        case .proxy(let refusal): "\(place)\(words(of: refusal))"
        case .local(let reason): "libcurl: \(plain: reason)"
        case .stopped, .outputClosed: ""
        }
    }

    /// What a proxy answered that gave no connection, in words.
    private static func words(of refusal: ProxyRefusal) -> Message {
        let proxy: Message = refusal.proxy.map { "proxy \(plain: $0.host) (\(own: $0.variable))" } ?? "the proxy"
        return "\(proxy) refused the connection: \(plain: refusal.statusLine, limit: PlainWords.shownLength)"
    }

    /// What to do about a reply that did not come; nil when there is nothing to say.
    static func advice(on error: TransportError) -> Message? {
        switch error {
        case .certificate: "to trust a certificate authority of your own, name its certificate with --cacert FILE"
        case .notLoopback: ConnectionOptions.encryptionAdvice
        case .proxy(let refusal) where [401, 407].contains(refusal.status):
            "put the proxy's user name and password into \(own: refusal.proxy?.variable ?? "HTTPS_PROXY"): "
                + "http://USER:PASSWORD@HOST:PORT"
        case .proxy: "the proxy may not allow this host; NO_PROXY names hosts to reach without it"
        default: nil
        }
    }

    /// What to do about a web page from the way, by its status.
    static func advice(onInterception status: Int) -> Message {
        status == 407
            ? "the proxy wants a user name and password: http://USER:PASSWORD@HOST:PORT in the proxy's variable"
            : "check the proxy variables, and whether this network allows the server"
    }

    /// What a server's error is about, in brackets: ` (HTTP 401, wrong_api_key, request ID 98b0...)`.
    ///
    /// - Parameter limits: those that came with it; of a 429 it is told which of them is used up, if the server's words don't.
    static func context(of error: APIError, _ requestID: String?, _ limits: [RateLimit] = []) -> Message {
        // Some servers give the status again as the code, or what their language prints for nothing.
        let idle = ["\(error.status)", "None", "null"]
        var parts: [Message] = []
        if let param = error.param, !idle.contains(param) {
            parts.append(isField(param) ? "field \(plain: param)" : "\(plain: param)")
        }
        if let code = error.code, !idle.contains(code) { parts.append("\(plain: code)") }
        if error.status == 429 {
            let names = limits.filter(\.isUsedUp).map(\.name).filter { !error.names($0) }
            // The type of every 429 speaks of requests.
            let isOfTokens = error.type?.contains("token") == true && !error.names("token")
            if let first = names.first {
                parts.append("limit: \(plain: names.dropFirst().reduce(first) { $0 + ", " + $1 })")
            } else if isOfTokens {
                parts.append("limit: tokens")
            }
        }
        if let requestID { parts.append("request ID \(plain: requestID)") }
        if error.isStatusStated { parts.insert("HTTP \(error.status)", at: 0) }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }

    /// Whether the API's `param` names a field: it also says `quota` or `validation_error` there.
    private static func isField(_ param: String) -> Bool {
        let fields =
            ["model", "prompt", "stream", "stream_options"] + Section.sampling.flags.compactMap(\.outline.field)
        return param.contains(".") || fields.contains(param)
    }

    /// Content that can't be decoded, in words.
    static func words(of problem: ContentDecoding.Problem, _ start: [UInt8]) -> Message {
        switch problem {
        case .unknown(let name):
            "the reply is encoded as \(quoted: name.utf8), which was not asked for and is not understood"
        case .damaged(let reason): "the reply's gzip is damaged (\(own: reason)): \(quoted: start)"
        }
    }

    /// What to do about a server's error.
    static func advice(on error: APIError, _ limits: [RateLimit]) -> Message? {
        if error.isTooLong { return "shorten the prompt, or ask for fewer tokens with --max-tokens" }
        return switch error.status {
        case 401: "check the key in CEREBRAS_API_KEY or --api-key-file"
        case 402: "check the account's billing at https://cloud.cerebras.ai"
        case 403: "the key may lack permission for this model or endpoint"
        case 407: advice(onInterception: 407)
        case 404: "check --model and --base-url; cerebras models lists what there is"
        case 429:
            usedUp(limits) ?? "wait, then try again; a tight --max-tokens counts less against the token limit"
        default: nil
        }
    }

    /// `nothing is left of 30 requests per minute; it resets in 12 s`; nil when no limit is used up.
    private static func usedUp(_ limits: [RateLimit]) -> Message? {
        let words = limits.filter(\.isUsedUp).map { limit -> Message in
            let amount: Message = limit.limit.map { "\(plain: $0) " } ?? ""
            let reset: Message =
                limit.reset.map { "; it resets in \(Int($0.clamped(to: 0...1e9).rounded(.up))) s" } ?? ""
            return "nothing is left of \(amount)\(plain: limit.name)\(reset)"
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// A time in seconds, such as `0.5 s`.
    static func seconds(_ duration: Duration) -> Message {
        let seconds = duration.inSeconds
        return Int(exactly: seconds).map { "\($0) s" } ?? "\(seconds) s"
    }
}

extension APIError {
    /// Whether the server's words hold the name of a limit.
    fileprivate func names(_ limit: String) -> Bool {
        let words = "\(message) \(code ?? "")".lowercased().split { " -_".contains($0) }.joined(separator: " ")
        return words.contains(limit.lowercased())
    }

    /// Whether the request was too much for the model or the server.
    fileprivate var isTooLong: Bool {
        let words = [code, message].compactMap { $0?.lowercased() }
        return status == 413 || words.contains { $0.contains("context_length") || $0.contains("context length") }
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
