import API
import JSON
import Platform

extension Format {
    /// One lossless document.
    public static let json = Format(
        name: "json", summary: "The response as one JSON document", impliedLogprobs: nil,
        streamsToTerminal: false, reportsErrorsAsJSON: true, keepsReply: true, dependsOnRequest: false, spelling: .json,
        ownSequences: .colors
    ) { JSONRenderer($0) }
}

/// Writes the document that was received, or gathers a stream into the one that would have been.
struct JSONRenderer: Renderer {
    private let layout: RenderContext.Layout
    private let paint: JSONPaint?
    private var gatherer = StreamGatherer()
    private var whole: JSONDocument?

    init(_ context: RenderContext) {
        layout = context.layout
        paint = JSONPaint(context)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        if chunk.isWholeReply { whole = chunk.document } else { gatherer.add(chunk) }
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        finish(isWhole: isWhole, to: &output) { _ in true }
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8], flush: OutputFlush) {
        // Half a document, closed as if it were one, would be a lie. One that came whole says itself that it is truncated.
        guard isWhole || whole != nil else { return }
        if whole == nil, layout == .received, paint == nil {
            guard gatherer.write(to: &output, flush: flush) else { return }
            output.append(UInt8(ascii: "\n"))
            return
        }
        let bytes = laidOut(whole?.bytes ?? gatherer.bytes)
        output += paint?.paint(bytes) ?? bytes
        if output.last != UInt8(ascii: "\n") { output.append(UInt8(ascii: "\n")) }
    }

    private func laidOut(_ bytes: [UInt8]) -> [UInt8] {
        guard layout != .received, let document = try? JSONDocument(parsing: bytes, allowsNonFinite: true) else {
            return bytes
        }
        return layout == .pretty ? document.root.prettyBytes : document.root.compactBytes
    }
}
