import API
import Client
import JSON
import Rendering

/// What is sent: the request for completions, with everything looked up that the command line leaves open.
struct RequestPlan {
    /// The prompt and the fields.
    let request: CompletionRequest
    /// Whether the completion is requested, and written, as it comes.
    let streams: Bool
    private let options: RequestOptions

    /// A plan for a prompt.
    ///
    /// - Parameter isWatched: whether a person watches the output.
    init(_ options: CompleteOptions, _ prompt: CompletionRequest.Prompt, isWatched: Bool) {
        let format = options.output.format
        streams = options.request.streams ?? (isWatched && format.streamsToTerminal && options.request.mayStream)
        let implied = [format.impliedLogprobs, options.checks.impliedLogprobs].compactMap(\.self).max()
        request = options.request.request(prompt, streams: streams, impliedLogprobs: implied)
        self.options = options.request
    }

    /// The body as it goes over the wire.
    ///
    /// - Parameter body: another to send in its place; nil for the request's own.
    /// - Throws: ``Failure`` when it can't be encoded as requested.
    func payload(of body: JSONValue? = nil, for server: BaseURL) throws(Failure) -> Payload {
        try options.payload(body ?? request.body, for: server)
    }
}
