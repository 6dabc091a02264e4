import API
import Flags
import HTTP
import JSON
import Logprobs
import Platform
import Rendering

/// An invocation with everything looked up that it leaves open: plain data, ready to be carried out.
struct Plan {
    /// What is asked.
    let request: CompletionRequest
    let url: String
    /// Whether the server is on this machine.
    let isLoopback: Bool
    private let isVendor: Bool
    private let route: Route
    private let encoding: Payload.Encoding
    private let compression: Payload.Compression
    /// The API key; nil when none is sent.
    let key: String?
    let limits: TimeLimits
    let maxResponseSize: ByteCount
    /// Every header but those of the payload.
    let headers: [Header]
    /// Certificates to trust in place of the system's; nil for the system's.
    let trustFile: [UInt8]?
    /// That file when a flag names it; curl reads the variables itself.
    let namedTrustFile: [UInt8]?
    let format: Format
    let checks: AnswerChecks
    let context: RenderContext
    /// Whether the answer is asked for, and written, as it comes.
    let streams: Bool
    /// Things to tell before the request is sent.
    let notes: [Message]

    /// Reads prompts and key.
    ///
    /// - Parameters:
    ///   - sources: where the prompts come from.
    ///   - output: where the answer will go.
    ///   - errorIsTerminal: whether a person is likely to read the notes.
    /// - Throws: ``Failure`` when the prompt or the key can't be had.
    init(
        _ invocation: Invocation, _ sources: [Invocation.PromptSource], _ process: ProcessContext, output: Output,
        errorIsTerminal: Bool
    ) throws(Failure) {
        // The key first: reading a prompt may take a person's time.
        let reading = try invocation.connection.readKey(isShown: invocation.preview != nil, process)
        key = reading.key
        var reader = PromptReader(process, dropsFinalNewline: invocation.dropsFinalNewline)
        let prompt = try reader.read(sources)

        let toTerminal = output.isTerminal
        streams =
            invocation.streams ?? (toTerminal && invocation.output.format.streamsToTerminal && invocation.mayStream)
        request = Self.request(invocation, prompt, streams: streams)
        url = invocation.connection.baseURL.completions
        isLoopback = invocation.connection.baseURL.isLoopback
        isVendor = invocation.connection.baseURL.isVendor
        route = invocation.connection.route(process)
        (encoding, compression) = (invocation.encoding, invocation.compression)
        limits = invocation.connection.limits
        maxResponseSize = invocation.connection.maxResponseSize
        trustFile = try invocation.connection.trustFile(process)
        namedTrustFile = invocation.connection.trustFile
        format = invocation.output.format
        checks = invocation.checks
        var context = invocation.output.context(for: output, process)
        context.request = request
        context.choiceCount = request.choiceCount
        context.topCount = request.topCount
        context.choicesPerPrompt = request.choicesPerPrompt
        context.echoedPrompts = Self.echoedPrompts(request)
        context.showsTokenIDs = request.returnsRawTokens
        self.context = context
        headers = invocation.connection.headers(key: key)

        let readsInput =
            sources.contains(where: \.readsInput) || invocation.connection.key?.readsInput == true
        var notes = invocation.notes + [reading.warning].compactMap(\.self)
        if reader.sawFinalNewline, errorIsTerminal {
            notes.append("the prompt ends in a newline, which is sent; --chomp drops it")
        }
        if !readsInput, Descriptor.hasPipedBytes(process.input) {
            notes.append("standard input is not read when a prompt is given; --prompt-file - reads it")
        }
        self.notes = notes
    }

    /// The body as it goes over the wire, with another in its place.
    func payload(of body: JSONValue) throws(Failure) -> Payload {
        try Payload(body, encoding: encoding, compression: compression, isVendor: isVendor)
    }

    /// What to send over HTTP.
    func httpRequest(_ payload: Payload) -> HTTPRequest {
        var http = HTTPRequest(method: "POST", url: url, headers: payload.headers + headers, body: payload.bytes)
        http.trustFile = trustFile
        http.route = route
        return http
    }

    /// The body as it goes over the wire.
    ///
    /// - Throws: ``Failure`` when it can't be encoded as asked.
    func payload() throws(Failure) -> Payload {
        try payload(of: request.body)
    }

    /// The prompts that are only the way to the completion: when none is asked for, the prompt is what is to be seen.
    private static func echoedPrompts(_ request: CompletionRequest) -> EchoedPrompts {
        if case .number(let most)? = request["max_tokens"], most.integer == 0 { return EchoedPrompts() }
        return EchoedPrompts(request)
    }

    private static func request(
        _ invocation: Invocation, _ prompt: CompletionRequest.Prompt, streams: Bool
    ) -> CompletionRequest {
        var request = CompletionRequest(model: invocation.model, prompt: prompt)
        // In the table's order, so that the same flags make the same bytes in whatever order they were given.
        for field in Section.sampling.flags.compactMap(\.outline.field) {
            if let value = invocation.fields[field] { request.set(field, to: value) }
        }
        let implied = [invocation.output.format.impliedLogprobs, invocation.checks.impliedLogprobs]
        if let implied = implied.compactMap(\.self).max(), request["logprobs"] == nil {
            request.set("logprobs", to: .integer(implied))
        }
        if streams { request.set("stream", to: true) }
        for field in invocation.extraFields { request.set(field.name, to: .document(field.value)) }
        return request
    }
}
