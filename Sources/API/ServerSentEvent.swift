/// One event of a stream, as the WHATWG HTML standard (section 9.2, server-sent events) defines it, or what stands between
/// events without being a field.
public struct ServerSentEvent: Equatable, Sendable {
    /// What the event was read from.
    public enum Origin: Equatable, Sendable {
        /// The fields of the standard.
        case fields
        /// A JSON array or object without `data:` before it; the line it begins in, from 1.
        case document(line: Int)
        /// A line of words without a field's name.
        case text
    }

    /// The `event` field; empty when there was none.
    public var name: [UInt8] = []
    /// The `data` lines joined by newlines.
    public var data: [UInt8] = []
    /// False for an event that the stream ended in before its blank line, which the standard would drop.
    public var isTerminated = true
    /// What it was read from.
    public var origin = Origin.fields
}
