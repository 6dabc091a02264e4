import API
import Platform

/// Keeps what a renderer writes from steering the terminal it is shown on, also where a character comes in pieces.
struct TerminalGuard: Renderer {
    private var renderer: any Renderer
    private let escapes: TerminalEscapes
    /// The beginning of a character whose end has not come.
    private var open: [UInt8] = []

    /// Guards a renderer.
    init(_ renderer: any Renderer, _ escapes: TerminalEscapes) {
        self.renderer = renderer
        self.escapes = escapes
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        var bytes = open
        renderer.render(chunk, to: &bytes)
        let end = bytes.count - UTF8Sequence.openLength(atEndOf: bytes)
        open = Array(bytes[end...])
        escapes.append(bytes[..<end], to: &output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        finish(isWhole: isWhole, to: &output) { _ in true }
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8], flush: OutputFlush) {
        var bytes = open
        let escapes = escapes
        renderer.finish(isWhole: isWhole, to: &bytes) { bytes in
            let end = bytes.count - UTF8Sequence.openLength(atEndOf: bytes)
            escapes.append(bytes[..<end], to: &output)
            bytes.removeFirst(end)
            return flush(&output)
        }
        open = []
        escapes.append(bytes[...], to: &output)
    }
}
