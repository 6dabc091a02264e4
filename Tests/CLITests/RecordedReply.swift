import API
import Foundation
import Rendering

/// A recorded reply, and what was asked for when it came.
struct RecordedReply: Sendable {
    let file: String
    var context = RenderContext()

    init(_ file: String, topCount: Int? = nil, choices: Int = 1, showsTokenIDs: Bool = false) {
        self.file = file
        context.topCount = topCount
        context.choiceCount = choices
        context.choicesPerPrompt = 1
        context.showsTokenIDs = showsTokenIDs
    }

    func bytes() throws -> [UInt8] {
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
