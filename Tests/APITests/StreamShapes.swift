import Testing

/// Streams with every shape that servers were seen to send, and what each one says.
struct StreamShape: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// The text of each choice, by index.
    let texts: [Int: String]
    /// `end`, or the failure's name.
    let ending: String

    var testDescription: String { name }

    private init(_ name: String, _ text: String, _ texts: [Int: String], ending: String = "end") {
        self.name = name
        bytes = Array(text.utf8)
        self.texts = texts
        self.ending = ending
    }

    private static func chunk(_ text: String, _ reason: String = "null", index: Int = 0, more: String = "") -> String {
        #"data: {"id":"s","choices":[{"index":\#(index),"text":"\#(text)","finish_reason":\#(reason)\#(more)}]}"#
            + "\n\n"
    }

    private static let stop = #""stop""#

    static let all: [StreamShape] = [
        StreamShape("without [DONE]", chunk(" a") + chunk("é夜😀", stop), [0: " aé夜😀"]),
        StreamShape("with [DONE]", chunk(" a", stop) + "data: [DONE]\n\n", [0: " a"]),
        StreamShape("[DONE] without a finish reason", chunk(" a") + "data: [DONE]\n\n", [0: " a"]),
        StreamShape("no last blank line", String(chunk("a") + chunk("b", stop).dropLast(2)), [0: "ab"]),
        StreamShape("no last line end after [DONE]", chunk("a", stop) + "data: [DONE]", [0: "a"]),
        StreamShape("CRLF", (chunk("a") + chunk("b", stop)).replacing("\n", with: "\r\n"), [0: "ab"]),
        StreamShape("bare CR", (chunk("a") + chunk("b", stop)).replacing("\n", with: "\r"), [0: "ab"]),
        StreamShape("byte order mark", "\u{FEFF}" + chunk("a", stop), [0: "a"]),
        StreamShape(
            "comments and other fields", ": ping\n\nretry: 10\nid: 7\nevent: message\n" + chunk("a", stop) + ":\n\n",
            [0: "a"]),
        StreamShape(
            "data on several lines",
            "data: {\"choices\":[{\"index\":0,\ndata:\"text\":\"a b\",\ndata: \"finish_reason\":\"stop\"}]}\n\n",
            [0: "a b"]),
        StreamShape("empty finish reasons", chunk("a", #""""#) + chunk("b", stop), [0: "ab"]),
        StreamShape(
            "finish reason absent", #"data: {"choices":[{"index":0,"text":"a"}]}"# + "\n\n" + chunk("", stop), [0: "a"]),
        StreamShape("an empty chunk after the finish", chunk("a", stop) + chunk("", stop), [0: "a"]),
        StreamShape(
            "usage in a further chunk",
            chunk("a", stop) + #"data: {"choices":[],"usage":{"total_tokens":123456789012345678901}}"# + "\n\n",
            [0: "a"]),
        StreamShape(
            "interleaved choices", chunk("b", index: 1) + chunk("a") + chunk("B", stop, index: 1) + chunk("A", stop),
            [0: "aA", 1: "bB"]),
        StreamShape(
            "several choices in a chunk",
            #"data: {"choices":[{"index":1,"text":"b","finish_reason":"stop"},{"index":0,"text":"a","finish_reason":"stop"}]}"#
                + "\n\n", [0: "a", 1: "b"]),
        StreamShape(
            "log probabilities with duplicate keys and nulls",
            chunk(
                "a", stop,
                more:
                    #","logprobs":{"tokens":["a",null],"token_logprobs":[null,-1],"top_logprobs":[null,{"":-1,"":-2}]}"#
            ),
            [0: "a"]),
        StreamShape("special tokens", chunk("a<|eot_id|>", stop), [0: "a<|eot_id|>"]),
        StreamShape(
            "text null", #"data: {"choices":[{"index":0,"text":null,"finish_reason":"stop"}]}"# + "\n\n", [0: ""]),
        StreamShape("cut short", chunk("a") + chunk("b"), [0: "ab"], ending: "cutShort"),
        StreamShape(
            "one of two choices cut short", chunk("a", stop) + chunk("b", index: 1), [0: "a", 1: "b"],
            ending: "cutShort"),
        StreamShape("cut inside a chunk", chunk("a") + #"data: {"choices":[{"in"#, [0: "a"], ending: "cutShort"),
        StreamShape(
            "an error inside",
            chunk("a") + #"data: {"status_code":503,"error":{"message":"busy"}}"# + "\n\n" + chunk("b"),
            [0: "a"], ending: "server 503 busy"),
        StreamShape("an error event", "event: error\ndata: too busy\n\n", [:], ending: "server 500 too busy"),
        StreamShape("not JSON", chunk("a") + "data: {oops}\n\n" + chunk("b", stop), [0: "a"], ending: "unreadable"),
        StreamShape(
            "another endpoint", #"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n", [:], ending: "foreign"),
        StreamShape("[DONE] and nothing else", "data: [DONE]\n\n", [:], ending: "noChoice"),
        StreamShape("comments only", ": ping\n\n", [:], ending: "cutShort"),
        StreamShape(
            "a whole reply", #" {"choices":[{"index":0,"text":"a\n","finish_reason":"stop"}]}"# + "\n", [0: "a\n"]),
        StreamShape("a page", "\n<html><body>Sorry</body></html>", [:], ending: "html"),
        StreamShape("nothing", "", [:], ending: "empty"),
        StreamShape("white space", " \r\n", [:], ending: "empty"),
        StreamShape("half a whole reply", #"{"choices":[{"index":0,"text":"a"#, [:], ending: "unreadable"),
        StreamShape("words", "internal error", [:], ending: "unreadable"),
        StreamShape("a whole error", #"{"error":{"message":"no"}}"#, [:], ending: "server 500 no"),
    ]
}

extension String {
    fileprivate func replacing(_ target: Character, with text: String) -> String {
        map { $0 == target ? text : String($0) }.joined()
    }
}
