import API
import Foundation
import Rendering

/// A recorded reply, and what was requested when it came.
struct RecordedReply: Sendable {
    let file: String
    /// What it holds when it is in no file.
    private var source: String?
    var context = RenderContext()

    init(_ file: String, topCount: Int? = nil, choices: Int = 1, showsTokenIDs: Bool = false) {
        self.file = file
        context.topCount = topCount
        context.choiceCount = choices
        context.choicesPerPrompt = 1
        context.showsTokenIDs = showsTokenIDs
    }

    /// One that is in no file.
    init(_ name: String, source: String, topCount: Int?) {
        self.init(name, topCount: topCount)
        self.source = source
    }

    func bytes() throws -> [UInt8] {
        if let source { return Array(source.utf8) }
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return [UInt8](try Data(contentsOf: folder.appending(path: "Golden/Replies/\(file)")))
    }

    /// What `complete` writes.
    func completed(as format: Format) throws -> [UInt8] {
        var (decoder, renderer, output) = (ReplyDecoder(), format.makeRenderer(context), [UInt8]())
        for event in try decoder.feed(bytes()[...]) + decoder.finish() {
            switch event {
            case .chunk(let chunk): renderer.render(chunk, to: &output)
            case .end: renderer.finish(isWhole: true, to: &output)
            case .failure: renderer.finish(isWhole: false, to: &output)
            }
        }
        return output
    }

    /// The same when another number of likely tokens was requested.
    func asking(_ topCount: Int?) -> RecordedReply {
        var other = self
        other.context.topCount = topCount
        return other
    }

    private static func odd(_ name: String, _ logprobs: String, topCount: Int? = 5, more: String = "") -> RecordedReply
    {
        RecordedReply(
            name,
            source: #"{"choices":[{"index":0,"text":"x","finish_reason":"stop","logprobs":\#(logprobs)\#(more)}]}"#,
            topCount: topCount)
    }

    private static let five = #"{"a":-1,"b":-2,"c":-3,"d":-4,"x":-5}"#

    /// Whole ones whose lists are odd.
    static let oddities = [
        odd("lone", #"{"tokens":["x"],"token_logprobs":[-4],"top_logprobs":[{"x":-4}]}"#, topCount: nil),
        odd("nulls", #"{"tokens":["x"],"token_logprobs":[-4],"top_logprobs":[{"a":null,"b":null}]}"#, topCount: nil),
        odd("unlisted", #"{"tokens":["y"],"token_logprobs":[-9],"top_logprobs":[\#(five)]}"#),
        odd("fifth", #"{"tokens":["x"],"token_logprobs":[-5],"top_logprobs":[\#(five)]}"#),
        odd("positive", #"{"tokens":["x"],"token_logprobs":[0.7]}"#, topCount: nil),
        odd("unnamed", #"{"tokens":[7],"token_logprobs":[-1],"top_logprobs":[{"7":-1,"8":-2}]}"#, topCount: 2),
        odd(
            "special", #"{"content":[{"token":"<|x|>","bytes":[],"logprob":-1,"top_logprobs":[]}],"tokens":[]}"#,
            topCount: nil),
        odd("arrays", #"{"content":[],"tokens":["x"],"token_logprobs":[-1e999]}"#, topCount: nil),
        odd(
            "reasoning", #"{"tokens":["x"],"token_logprobs":[-1]}"#, topCount: nil,
            more: #","reasoning_logprobs":{"tokens":["a","\u00f0"],"token_logprobs":[-1,null]}"#),
    ]
    /// Whole ones.
    static let whole = [
        RecordedReply("sample.json", topCount: 5), RecordedReply("cjk-emoji.json", topCount: 5),
        RecordedReply("right-to-left.json", topCount: 5), RecordedReply("twenty-alternatives.json", topCount: 20),
        RecordedReply("echo.json", topCount: 5), RecordedReply("raw-tokens-alone.json", showsTokenIDs: true),
        RecordedReply("unlikely.json", topCount: 3),
    ]
    /// Streams: three with log probabilities, one without, one that is cut short.
    static let streams = [
        RecordedReply("stream-without-done.sse", topCount: 5),
        RecordedReply("four-prompts.sse", topCount: 3, choices: 4),
        RecordedReply("chat-shape.sse", topCount: 3), RecordedReply("ignored.sse"),
        RecordedReply("cut-short.sse", topCount: 5),
    ]
}
