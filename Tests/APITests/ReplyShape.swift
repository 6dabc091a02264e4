import Testing

/// A reply in one of the shapes that servers were seen to send, and what it says.
struct ReplyShape: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// The text of each choice, by index.
    let texts: [Int: String]
    /// `end`, or the failure's name.
    let ending: String

    var testDescription: String { name }

    init(_ name: String, _ text: String, _ texts: [Int: String], ending: String = "end") {
        self.name = name
        bytes = Array(text.utf8)
        self.texts = texts
        self.ending = ending
    }

    static let all = streams + unusualStreams + liberalStreams + brokenStreams + errorStreams + wholeReplies

    /// An event of one choice.
    static func chunk(_ text: String, _ reason: String = "null", index: Int = 0, more: String = "") -> String {
        event(#"{"id":"s","choices":[{"index":\#(index),"text":"\#(text)","finish_reason":\#(reason)\#(more)}]}"#)
    }

    /// An event of any data.
    static func event(_ data: String) -> String { "data: \(data)\n\n" }

    static let stop = #""stop""#
    static let done = event("[DONE]")
}

extension ReplyShape {
    /// Streams that differ in how they are framed and how they end.
    static let streams = [
        ReplyShape("without [DONE]", chunk(" a") + chunk("é夜😀", stop), [0: " aé夜😀"]),
        ReplyShape("with [DONE]", chunk(" a", stop) + done, [0: " a"]),
        ReplyShape("[DONE] without a finish reason", chunk(" a") + done, [0: " a"]),
        ReplyShape("chunks after [DONE] are not read", chunk("a", stop) + done + chunk("b"), [0: "a"]),
        ReplyShape("no last blank line", String(chunk("a") + chunk("b", stop).dropLast()), [0: "ab"]),
        ReplyShape("no last line end", String(chunk("a") + chunk("b", stop).dropLast(2)), [0: "ab"]),
        ReplyShape("cut inside the usage after the finish", chunk("a", stop) + #"data: {"usage":{"tot"#, [0: "a"]),
        ReplyShape("cut inside [DONE] after the finish", chunk("a", stop) + "data: [DO", [0: "a"]),
        ReplyShape("no line end after [DONE]", chunk("a", stop) + "data: [DONE]", [0: "a"]),
        ReplyShape("CRLF", (chunk("a") + chunk("b", stop)).withLineEnds("\r\n"), [0: "ab"]),
        ReplyShape("bare CR", (chunk("a") + chunk("b", stop)).withLineEnds("\r"), [0: "ab"]),
        ReplyShape("byte order mark", "\u{FEFF}" + chunk("a", stop), [0: "a"]),
        ReplyShape("blank lines before the first event", "\r\n\n" + chunk("a", stop), [0: "a"]),
        ReplyShape(
            "no space after the colon", "data:{\"choices\":[{\"text\":\"a\",\"finish_reason\":\"stop\"}]}\n\n", [0: "a"]
        ),
        ReplyShape(
            "comments and other fields", ": ping\n\nretry: 10\nid: 7\nevent: message\n" + chunk("a", stop) + ":\n\n",
            [0: "a"]),
        ReplyShape(
            "data on several lines",
            "data: {\"choices\":[{\"index\":0,\ndata:\"text\":\"a b\",\ndata: \"finish_reason\":\"stop\"}]}\n\n",
            [0: "a b"]),
        ReplyShape("empty events in between", chunk("a") + "data:\n\ndata:  \n\n" + chunk("b", stop), [0: "ab"]),
    ]

    /// Streams whose chunks differ from the page's.
    static let unusualStreams = [
        ReplyShape("empty finish reasons", chunk("a", #""""#) + chunk("b", stop), [0: "ab"]),
        ReplyShape(
            "finish reason absent", event(#"{"choices":[{"index":0,"text":"a"}]}"#) + chunk("", stop), [0: "a"]),
        ReplyShape("an empty chunk after the finish", chunk("a", stop) + chunk("", stop), [0: "a"]),
        ReplyShape("an empty chunk without reason after the finish", chunk("a", stop) + chunk(""), [0: "a"]),
        ReplyShape(
            "usage in a further chunk",
            chunk("a", stop) + event(#"{"choices":[],"usage":{"total_tokens":123456789012345678901}}"#), [0: "a"]),
        ReplyShape("a further chunk without choices", chunk("a", stop) + event(#"{"usage":{}}"#), [0: "a"]),
        ReplyShape("choices null in a further chunk", chunk("a", stop) + event(#"{"choices":null}"#), [0: "a"]),
        ReplyShape(
            "error null in every chunk", event(#"{"error":null,"choices":[{"text":"a","finish_reason":"stop"}]}"#),
            [0: "a"]),
        ReplyShape(
            "interleaved choices", chunk("b", index: 1) + chunk("a") + chunk("B", stop, index: 1) + chunk("A", stop),
            [0: "aA", 1: "bB"]),
        ReplyShape(
            "several choices in a chunk, out of order",
            event(
                #"{"choices":[{"index":1,"text":"b","finish_reason":"stop"},{"index":0,"text":"a","finish_reason":"length"}]}"#
            ),
            [0: "a", 1: "b"]),
        ReplyShape(
            "no index",
            event(#"{"choices":[{"text":"a","finish_reason":"stop"},{"text":"b","finish_reason":"stop"}]}"#),
            [0: "a", 1: "b"]),
        ReplyShape("log probabilities null", chunk("a", stop, more: #","logprobs":null,"tokens":null"#), [0: "a"]),
        ReplyShape(
            "log probabilities with duplicate keys and nulls",
            chunk(
                "a", stop,
                more:
                    #","logprobs":{"tokens":["a",null],"token_logprobs":[null,-1],"top_logprobs":[null,{"":-1,"":-2}]}"#
            ),
            [0: "a"]),
        ReplyShape(
            "log probabilities in the chat shape",
            chunk(
                "夜", stop,
                more: #","logprobs":{"content":[{"token":"�","bytes":[229],"logprob":-1,"top_logprobs":[]}]}"#),
            [0: "夜"]),
        ReplyShape("special tokens", chunk("a<|eot_id|>", stop), [0: "a<|eot_id|>"]),
        ReplyShape("escapes in the text", chunk(#"\n\u00e9\ud83d\ude00\u0000"#, stop), [0: "\né😀\u{0}"]),
        ReplyShape("text null", event(#"{"choices":[{"index":0,"text":null,"finish_reason":"stop"}]}"#), [0: ""]),
        ReplyShape("text absent", event(#"{"choices":[{"index":0,"tokens":[1,2],"finish_reason":"stop"}]}"#), [0: ""]),
        ReplyShape(
            "extra keys, and numbers beyond every type",
            event(
                #"{"object":"chunk","created":1.5e400,"x":{"y":[[]]},"choices":[{"text":"a","finish_reason":"stop","index":0,"stop_reason":99999999999999999999}]}"#
            ),
            [0: "a"]),
    ]
}

extension String {
    fileprivate func withLineEnds(_ lineEnd: String) -> String {
        map { $0 == "\n" ? lineEnd : String($0) }.joined()
    }
}
