// Knows: the completions API: its requests, its replies whole and streamed, its errors.
// Must not know: how bytes travel, or how anything is shown.

/// One event of a stream, as the WHATWG HTML standard (section 9.2, server-sent events) defines it.
public struct ServerSentEvent: Equatable, Sendable {
    /// The `event` field; empty when there was none.
    public var name: [UInt8] = []
    /// The `data` lines joined by newlines.
    public var data: [UInt8] = []
    /// False for an event that the stream ended in before its blank line, which the standard would drop.
    public var isTerminated = true
}
