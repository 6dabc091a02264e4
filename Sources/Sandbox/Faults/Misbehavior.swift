/// What is wrong with the response to one request; as it begins, nothing is.
struct Misbehavior: Sendable {
    /// What a body can be instead of the completion.
    enum Disguise: Sendable {
        /// A web page.
        case html
        /// Nothing.
        case empty
        /// What is not JSON.
        case garbage
        /// An error inside a member `error`.
        case nestedError
    }

    /// The HTTP status of the response.
    var status: Int?
    /// The value of a `retry-after` header, which only a response that is no success gets.
    var retryAfter: String?
    /// Where a redirect leads.
    var target: String?
    /// What the body is instead of the completion.
    var disguise: Disguise?
    /// After so many chunks there is no further one.
    var cutAfter: Int?
    /// After so many chunks an error comes.
    var errorAfter: Int?
    /// After so many chunks nothing comes any more, not even the end.
    var stallAfter: Int?
    /// Whether a stream lacks its `[DONE]`.
    var omitsDone = false
    /// Whether padding and keep-alives stand around a stream's chunks.
    var pads = false
    /// Whether a stream goes on with comments after its last chunk.
    var holdsOpen = false
    /// Whether the error inside a stream stands on a line of its own.
    var errorIsBare = false
    /// What is wrong with an echoed prompt.
    var echoFault: EchoFault?
    /// The wait before each chunk, or before a whole body.
    var pace: Duration?

    /// What breaks the body off: whatever comes first.
    var breakOff: BreakOff? {
        let all = [(BreakOff.Rest.nothing, cutAfter), (.error, errorAfter), (.silence, stallAfter)]
        return all.compactMap { rest, chunks in chunks.map { BreakOff(rest: rest, chunks: $0) } }
            .min { $0.chunks < $1.chunks }
    }
}
