/// What a response brings, whole or streamed; the last one is an end or a failure.
public enum ReplyEvent: Sendable {
    /// A chunk; a complete response is one.
    case chunk(CompletionChunk)
    /// The completion is complete.
    case end
    /// The completion is not complete, or no completion.
    case failure(ReplyError)
}
