/// What a reply brings, whole or streamed; the last one is an end or a failure.
public enum ReplyEvent: Sendable {
    /// A chunk; a whole reply is one.
    case chunk(CompletionChunk)
    /// The answer is whole.
    case end
    /// The answer is not whole, or no answer.
    case failure(ReplyError)
}
