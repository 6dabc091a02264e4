import API
import Rendering

/// What a renderer makes of chunks.
struct Rendered {
    /// After each chunk, what was written by then.
    private(set) var progress: [String] = []
    /// All of it.
    private(set) var text = ""

    /// Renders a stream of chunks, or one whole response.
    init(
        _ format: Format, _ chunks: [String], isWholeReply: Bool = false, isWhole: Bool = true,
        _ change: (inout RenderContext) -> Void = { _ in }
    ) {
        var context = RenderContext()
        change(&context)
        var renderer = format.makeRenderer(context)
        var output: [UInt8] = []
        var decoder = ReplyDecoder()
        for chunk in chunks {
            let bytes = Array((isWholeReply ? chunk : "data: \(chunk)\n\n").utf8)
            for event in decoder.feed(bytes[...]) + (isWholeReply ? decoder.finish() : []) {
                if case .chunk(let chunk) = event { renderer.render(chunk, to: &output) }
            }
            progress.append(String(decoding: output, as: UTF8.self))
        }
        renderer.finish(isWhole: isWhole, to: &output)
        text = String(decoding: output, as: UTF8.self)
    }

    /// A chunk of one choice.
    static func chunk(_ text: String, _ index: Int = 0, end: Bool = false) -> String {
        #"{"choices":[{"index":\#(index),"text":"\#(text)","finish_reason":\#(end ? "\"stop\"" : "null")}]}"#
    }
}
