extension ReplyShape {
    /// Streams that are not a whole answer.
    static let brokenStreams = [
        ReplyShape("cut short", chunk("a") + chunk("b"), [0: "ab"], ending: "cutShort after 2"),
        ReplyShape(
            "one of two choices cut short", chunk("a", stop) + chunk("b", index: 1), [0: "a", 1: "b"],
            ending: "cutShort after 2"),
        ReplyShape(
            "usage, yet no finish reason", chunk("a") + event(#"{"choices":[],"usage":{}}"#), [0: "a"],
            ending: "cutShort after 1"),
        ReplyShape("cut inside a chunk", chunk("a") + #"data: {"choices":[{"in"#, [0: "a"], ending: "cutShort after 1"),
        ReplyShape(
            "cut inside a string", chunk("a") + #"data: {"choices":[{"text":"b"#, [0: "a"], ending: "cutShort after 1"),
        ReplyShape("cut inside a field's name", chunk("a") + "da", [0: "a"], ending: "cutShort after 1"),
        ReplyShape("cut inside [DONE]", chunk("a") + "data: [DO", [0: "a"], ending: "cutShort after 1"),
        ReplyShape(
            "an error inside",
            chunk("a") + event(#"{"status_code":503,"error":{"message":"busy","type":"server_error"}}"#) + chunk("b"),
            [0: "a"], ending: "server 503 busy"),
        ReplyShape(
            "an error in words inside", chunk("a") + event(#"{"error":"busy"}"#), [0: "a"],
            ending: "cutShort after 1: busy"),
        ReplyShape(
            "an error event in words", "event: error\ndata: too busy\n\n", [:], ending: "server 500 too busy"),
        ReplyShape(
            "an error event in JSON", chunk("a") + "event: error\n" + event(#"{"status_code":429,"message":"slow"}"#),
            [0: "a"], ending: "server 429 slow"),
        ReplyShape(
            "an error after the finish", chunk("a", stop) + event(#"{"error":{"message":"late"}}"#), [0: "a"],
            ending: "cutShort after 1: late"),
        ReplyShape(
            "a finish reason of failure", chunk("a") + chunk("", #""error""#) + done, [0: "a"],
            ending: "cutShort after 2: error"),
        ReplyShape(
            "one of two choices given up", chunk("a", #""Abort""#) + chunk("b", stop, index: 1), [0: "a", 1: "b"],
            ending: "cutShort after 2: Abort"),
        ReplyShape(
            "one newline between events, and cut", chunk("a").dropLast() + chunk("b").dropLast() + "data: {\"ch",
            [0: "ab"],
            ending: "cutShort after 2"),
        ReplyShape(
            "documents, and cut", chunk("a").dropFirst(6) + chunk("b").dropFirst(6) + "{\"ch", [0: "ab"],
            ending: "cutShort after 2"),
        ReplyShape("not JSON", chunk("a") + event("{oops}") + chunk("b", stop), [0: "a"], ending: "unreadable"),
        ReplyShape("not UTF-8 escapes", event(#"{"choices":[{"text":"\x"}]}"#), [:], ending: "unreadable"),
        ReplyShape("an array for a chunk", event("[1]"), [:], ending: "foreign"),
        ReplyShape("a chat stream", event(#"{"choices":[{"delta":{"content":"a"}}]}"#), [:], ending: "foreign"),
        ReplyShape("a choice that is no object", event(#"{"choices":["a"]}"#), [:], ending: "foreign"),
        ReplyShape("[DONE] and nothing else", done, [:], ending: "noChoice"),
        ReplyShape("usage and nothing else", event(#"{"choices":[],"usage":{}}"#) + done, [:], ending: "noChoice"),
        ReplyShape("comments only", ": ping\n\n", [:], ending: "cutShort after 0"),
        ReplyShape("a field's name only", "data", [:], ending: "cutShort after 0"),
    ]

    /// Replies that are no stream, some of them no answer.
    static let wholeReplies = [
        ReplyShape("a whole reply", #"{"choices":[{"index":0,"text":"a\n","finish_reason":"stop"}]}"#, [0: "a\n"]),
        ReplyShape(
            "white space around a whole reply", " \r\n{\"choices\":[{\"text\":\"a\",\"finish_reason\":null}]}\n\n",
            [0: "a"]),
        ReplyShape(
            "several choices in a whole reply, out of order",
            #"{"choices":[{"index":2,"text":"c"},{"index":0,"text":"a"},{"index":1,"text":"b"}]}"#,
            [0: "a", 1: "b", 2: "c"]),
        ReplyShape("error null", #"{"error":null,"choices":[{"text":"a"}]}"#, [0: "a"]),
        ReplyShape(
            "a byte order mark before a whole reply",
            "\u{FEFF}" + #"{"choices":[{"text":"a","finish_reason":"stop"}]}"#, [0: "a"]),
        ReplyShape(
            "two choices with one number",
            #"{"choices":[{"index":0,"text":"a","finish_reason":"stop"},{"index":0,"text":"b"}]}"#, [0: "a", 1: "b"]),
        ReplyShape(
            "a finish reason of failure in a whole reply", #"{"choices":[{"text":"a","finish_reason":"abort"}]}"#,
            [0: "a"], ending: "cutShort after 1: abort"),
        ReplyShape(
            "log probabilities that JSON has no numbers for",
            #"{"choices":[{"text":"a","finish_reason":"stop","logprobs":{"token_logprobs":[NaN,-Infinity],"top_logprobs":[{"a":Infinity}],"content":[{"logprob":NaN,"top_logprobs":[{"logprob":-Infinity}]}]}}]}"#,
            [0: "a"]),
        ReplyShape(
            "no number elsewhere", #"{"choices":[{"text":"a","finish_reason":"stop"}],"usage":{"n":NaN}}"#, [:],
            ending: "unreadable"),
        ReplyShape(
            "no number among the offsets",
            #"{"choices":[{"text":"a","logprobs":{"token_logprobs":[NaN],"text_offset":[NaN]}}]}"#, [:],
            ending: "unreadable"),
        ReplyShape("words that begin like a longer field", "database connection lost", [:], ending: "unreadable"),
        ReplyShape(
            "an error in an array", #"[{"error":{"code":503,"message":"busy"}}]"#, [:], ending: "server 503 busy"),
        ReplyShape("a page", "\n<html><body>Sorry</body></html>", [:], ending: "html"),
        ReplyShape("a page after a byte order mark", "\u{FEFF}<!DOCTYPE html><p>Sorry", [:], ending: "html"),
        ReplyShape("nothing", "", [:], ending: "empty"),
        ReplyShape("white space", " \r\n", [:], ending: "empty"),
        ReplyShape("half a whole reply", #"{"choices":[{"index":0,"text":"a"#, [:], ending: "unreadable"),
        ReplyShape("words", "internal error", [:], ending: "unreadable"),
        ReplyShape("words that begin like a field", "date: today", [:], ending: "unreadable"),
        ReplyShape("a whole error", #"{"error":{"message":"no"}}"#, [:], ending: "server 500 no"),
        ReplyShape("a list of models", #"{"object":"list","data":[]}"#, [:], ending: "foreign"),
        ReplyShape("a whole chat reply", #"{"choices":[{"message":{"content":"a"}}]}"#, [:], ending: "foreign"),
        ReplyShape("a string", #""a""#, [:], ending: "foreign"),
        ReplyShape("no choices", #"{"choices":[]}"#, [:], ending: "noChoice"),
        ReplyShape("choices null", #"{"choices":null}"#, [:], ending: "noChoice"),
    ]
}
