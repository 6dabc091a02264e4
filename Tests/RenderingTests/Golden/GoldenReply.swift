import API
import Foundation
import JSON
import Logprobs
import Rendering

/// A response in `Tests/Golden/Replies`, and what was asked for when it came.
struct GoldenReply: Sendable, CustomStringConvertible {
    /// The file's name without its ending.
    let name: String
    /// `json` for a whole response, `sse` for a stream.
    let kind: String
    let ask: @Sendable (inout RenderContext) -> Void

    private init(_ name: String, _ kind: String, _ ask: @escaping @Sendable (inout RenderContext) -> Void = { _ in }) {
        (self.name, self.kind, self.ask) = (name, kind, ask)
    }

    var description: String { name }

    /// Every response.
    static let all: [GoldenReply] = [
        GoldenReply("sample", "json") { $0.vocabularySize = 201_088 },
        GoldenReply("stream-without-done", "sse"),
        GoldenReply("stream-of-another-server", "sse") { $0.topCount = 2 },
        GoldenReply("cjk-emoji", "json") { $0.vocabularySize = 128_000 },
        GoldenReply("right-to-left", "json"),
        GoldenReply("twenty-alternatives", "json") { ($0.topCount, $0.vocabularySize) = (20, 128_000) },
        GoldenReply("four-prompts", "sse") { ($0.choiceCount, $0.topCount) = (4, 3) },
        GoldenReply("echo", "json") { $0.echoedPrompts = EchoedPrompts(echoing("It was a")) },
        GoldenReply("duplicates", "json"),
        GoldenReply("raw-tokens", "json") { $0.showsTokenIDs = true },
        GoldenReply("raw-tokens-alone", "json") { $0.showsTokenIDs = true },
        GoldenReply("chat-shape", "sse") { $0.topCount = 3 },
        GoldenReply("missing-entries", "json") { $0.topCount = 2 },
        GoldenReply("ignored", "sse"),
        GoldenReply("cut-short", "sse") { $0.topCount = 4 },
        GoldenReply("unlikely", "json") { ($0.topCount, $0.vocabularySize) = (3, 50_257) },
    ]

    /// A request for a prompt to come back.
    private static func echoing(_ prompt: String) -> CompletionRequest {
        var request = CompletionRequest(model: [], prompt: .text(Array(prompt.utf8)))
        request.set("echo", to: true)
        return request
    }

    /// What a format makes of the response.
    func rendered(as format: Format, _ change: (inout RenderContext) -> Void) throws -> [UInt8] {
        var context = RenderContext()
        context.topCount = 5
        ask(&context)
        change(&context)
        let file = GoldenFile.folder.appending(path: "Replies/\(name).\(kind)")
        let source = [UInt8](try Data(contentsOf: file))
        var renderer = format.makeRenderer(context)
        var decoder = ReplyDecoder()
        var output: [UInt8] = []
        for event in decoder.feed(source[...]) + decoder.finish() {
            switch event {
            case .chunk(let chunk): renderer.render(chunk, to: &output)
            case .end: renderer.finish(isWhole: true, to: &output)
            case .failure: renderer.finish(isWhole: false, to: &output)
            }
        }
        return output
    }
}
