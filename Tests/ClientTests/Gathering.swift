import API
@testable import HTTP

@testable import Client

/// A sink that keeps what it is given.
struct Gathering: ReplySink {
    private(set) var texts: [Int: String] = [:]
    /// How it ended: whether it was whole; nil before the end.
    private(set) var isWhole: Bool?
    private(set) var pauses = 0
    /// Whether a retry may take the place of what has been given out.
    var isFinal = false
    var isClosed = false

    mutating func take(_ chunk: CompletionChunk) {
        for choice in chunk.choices { texts[choice.index, default: ""] += String(decoding: choice.text, as: UTF8.self) }
    }

    mutating func pause(hasOutput: Bool) { pauses += 1 }

    mutating func finish(isWhole: Bool, _ progress: ReplyProgress) { self.isWhole = isWhole }

    func mayRestart(hasOutput: Bool) -> Bool { !isFinal && !hasOutput }

    func keepsStream(_ progress: ReplyProgress) -> Bool { true }
}

extension Connection {
    /// A server that no test reaches.
    static func test(maxResponseSize: Int = 1 << 20) -> Connection {
        var connection = Connection(.vendor, key: nil, headers: [], maxResponseSize: maxResponseSize)
        connection.retries.maxRetries = 2
        return connection
    }
}

extension ResponseHead {
    /// A head with these header lines.
    static func test(_ status: Int = 200, _ lines: String...) -> ResponseHead? {
        var head = ResponseHead(statusLine: "HTTP/1.1 \(status) X".utf8)
        for line in lines { head?.add(line: line.utf8) }
        return head
    }
}
