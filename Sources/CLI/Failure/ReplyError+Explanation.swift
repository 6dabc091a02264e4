import API
import Platform

extension ReplyError {
    /// The exit status for a server's response that is not a complete completion.
    var status: ExitStatus {
        switch self {
        case .server(let error): .forHTTP(error.status)
        case .cutShort: .cutShort
        case .empty, .html, .unreadable, .notACompletion, .noChoice, .multipleReplies: .server
        }
    }

    /// The explanation for a saved response that is not a complete completion.
    ///
    /// - Parameter label: what was read.
    func explanation(ofSaved label: Message) -> Explanation {
        switch self {
        case .empty: Explanation(.local, "\(label): it is empty")
        case .multipleReplies: Explanation(.local, "\(label): \(description)")
        case .server(let error): Explanation(status, "\(label): \(error.line())")
        default: Explanation(status, "\(label): \(description)")
        }
    }

    /// What is wrong with the response, as a clause.
    var description: Message {
        switch self {
        case .empty: "the server sent an empty response"
        case .html(let page):
            "the server sent a web page instead of a completion: "
                + (PlainWords.of(page).map { "\(plain: $0, limit: PlainWords.shownLength)" } ?? "(no words)")
        case .unreadable(let reason, let bytes): "the response is not JSON (\(own: reason)): \(quoted: bytes)"
        case .notACompletion(let bytes): "the response is not a completion: \(quoted: bytes)"
        case .noChoice(let bytes): "the response has no choices: \(quoted: bytes)"
        case .cutShort(let extent, let reason): "\(cutShortAfter: extent)\(Self.describe(reason))"
        case .multipleReplies(let line): "line \(line) begins a second response; a file may hold only one"
        case .server(let error): "\(plain: error.message, limit: error.messageLimit)"
        }
    }

    private static func describe(_ reason: Truncation) -> Message {
        switch reason {
        case .ended: "the stream ended without a finish reason"
        case .error(let error): error.line()
        case .finishReason(let reason, let choice):
            "finish reason \(quoted: reason.utf8)" + (choice.map { " of choice \($0)" } ?? "")
        }
    }
}

extension Message.StringInterpolation {
    /// How a message begins when some of a stream had come; nothing for nil.
    mutating func appendInterpolation(cutShortAfter extent: StreamExtent?) {
        guard let extent else { return }
        appendInterpolation("response truncated after \(own: extent.description): " as Message)
    }
}
