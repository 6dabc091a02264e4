import API
import JSON
import Platform

extension Format {
    /// Each chunk on a line.
    public static let jsonl = Format(
        name: "jsonl", summary: "JSON Lines: each chunk, or the response, as received",
        impliedLogprobs: nil,
        streamsToTerminal: true, reportsErrorsAsJSON: true, dependsOnRequest: false, spelling: .json,
        ownSequences: .colors
    ) { JSONLinesRenderer($0) }
}

/// Writes each chunk's source on one line; padding and keep-alives, which are no chunks, never come here. Line breaks in it, which in JSON stand only between tokens, are left out.
struct JSONLinesRenderer: Renderer {
    private let paint: JSONPaint?

    init(_ context: RenderContext) {
        paint = JSONPaint(context)
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        let line = chunk.document.bytes
        if let paint {
            output += paint.paint(line.filter { !Self.isLineBreak($0) })
        } else if line[...].firstPlace(of: UInt8(ascii: "\n")) != nil
            || line[...].firstPlace(of: UInt8(ascii: "\r")) != nil
        {
            output += line.lazy.filter { !Self.isLineBreak($0) }
        } else {
            output += line
        }
        output.append(UInt8(ascii: "\n"))
    }

    private static func isLineBreak(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {}
}
