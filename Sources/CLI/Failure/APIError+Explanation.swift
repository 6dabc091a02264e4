import API
import Flags
import Platform

extension APIError {
    /// The server's words, and what they are about: `No such model (HTTP 404, request ID 98b0...)`.
    ///
    /// - Parameters:
    ///   - requestID: the ID to give to the server's owners; nil for none.
    ///   - limits: those that came with it; of a 429 the line names the one that is used up, if the server's words don't.
    func line(_ requestID: String? = nil, _ limits: [RateLimit] = []) -> Message {
        "\(plain: message, limit: messageLimit)\(context(requestID, limits))"
    }

    /// What to do about it; nil when there is nothing to say.
    func advice(_ limits: [RateLimit]) -> Message? {
        if isTooLong { return "shorten the prompt, or ask for fewer tokens with --max-tokens" }
        return switch status {
        case 401: "check the key in CEREBRAS_API_KEY or --api-key-file"
        case 402: "check the account's billing at https://cloud.cerebras.ai"
        case 403: "the key may lack permission for this model or endpoint"
        case 407: Self.interceptionAdvice(407)
        case 404: "check --model and --base-url; cerebras models lists those available"
        case 429:
            Self.usedUp(limits) ?? "wait, then try again; a tight --max-tokens counts less against the token limit"
        default: nil
        }
    }

    /// What to do about a web page from the way, by its status.
    static func interceptionAdvice(_ status: Int) -> Message {
        status == 407
            ? "the proxy wants a user name and password: http://USER:PASSWORD@HOST:PORT in the proxy's variable"
            : "check the proxy variables, and whether this network allows the server"
    }

    /// What it is about, in brackets.
    private func context(_ requestID: String?, _ limits: [RateLimit]) -> Message {
        // Some servers give the status again as the code, or what their language prints for nothing.
        let idle = ["\(status)", "None", "null"]
        var parts: [Message] = []
        if let param, !idle.contains(param) {
            parts.append(Self.isField(param) ? "field \(plain: param)" : "\(plain: param)")
        }
        if let code, !idle.contains(code) { parts.append("\(plain: code)") }
        if status == 429 {
            let unnamed = limits.filter(\.isUsedUp).map(\.name).filter { !names($0) }
            // The type of every 429 speaks of requests.
            let isOfTokens = type?.includes("token") == true && !names("token")
            if let first = unnamed.first {
                parts.append("limit: \(plain: unnamed.dropFirst().reduce(first) { $0 + ", " + $1 })")
            } else if isOfTokens {
                parts.append("limit: tokens")
            }
        }
        if let requestID { parts.append("request ID \(plain: requestID)") }
        if isStatusStated { parts.insert("HTTP \(status)", at: 0) }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }

    /// Whether the API's `param` names a field: it also says `quota` or `validation_error` there.
    private static func isField(_ param: String) -> Bool {
        let fields =
            ["model", "prompt", "stream", "stream_options"] + Section.sampling.flags.compactMap(\.outline.field)
        return param.contains(".") || fields.contains(param)
    }

    /// `used up: 30 requests per minute; resets in 12 s`; nil when no limit is used up.
    private static func usedUp(_ limits: [RateLimit]) -> Message? {
        let words = limits.filter(\.isUsedUp).map { limit -> Message in
            let amount: Message = limit.limit.map { "\(plain: $0) " } ?? ""
            let reset: Message =
                limit.reset.map { "; resets in \(Int($0.clamped(to: 0...1e9).rounded(.up))) s" } ?? ""
            return "used up: \(amount)\(plain: limit.name)\(reset)"
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }

    /// Whether the server's words hold the name of a limit.
    private func names(_ limit: String) -> Bool {
        let words = "\(message) \(code ?? "")".lowercased().split { " -_".contains($0) }.joined(separator: " ")
        return words.includes(limit.lowercased())
    }

    /// Whether the request was too much for the model or the server.
    private var isTooLong: Bool {
        let words = [code, message].compactMap { $0?.lowercased() }
        return status == 413 || words.contains { $0.includes("context_length") || $0.includes("context length") }
    }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
