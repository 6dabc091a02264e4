import API
import Platform

extension ReplyError {
    /// How the program ends for a live reply that is no answer.
    var status: ExitStatus {
        switch self {
        case .server(let error): .forHTTP(error.status)
        case .cutShort: .cutShort
        case .empty, .html, .unreadable, .notACompletion, .noChoice, .multipleReplies: .server
        }
    }

    /// What is told of a saved reply that is no answer.
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

    /// A reply that is no answer, as a clause.
    var description: Message {
        switch self {
        case .empty: "the server sent an empty reply"
        case .html(let page):
            "the server sent a web page instead of an answer: "
                + (PlainWords.of(page).map { "\(plain: $0, limit: PlainWords.shownLength)" } ?? "(no words)")
        case .unreadable(let reason, let bytes): "the reply is not JSON (\(own: reason)): \(quoted: bytes)"
        case .notACompletion(let bytes): "the reply is not a completion: \(quoted: bytes)"
        case .noChoice(let bytes): "the reply holds no choice: \(quoted: bytes)"
        case .cutShort(let extent, let reason): "\(cutShortAfter: extent)\(Self.describe(reason))"
        case .multipleReplies(let line): "line \(line) begins another reply; one at a time can be read"
        case .server(let error): "\(plain: error.message, limit: error.messageLimit)"
        }
    }

    private static func describe(_ reason: Truncation) -> Message {
        switch reason {
        case .ended: "the stream ended before a finish reason"
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
        appendInterpolation("the answer was cut short after \(own: extent.description): " as Message)
    }
}
