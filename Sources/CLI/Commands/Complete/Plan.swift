import API
import Client
import Flags
import JSON
import Logprobs
import Platform
import Rendering

/// An invocation with everything looked up that it leaves open: plain data, ready to be carried out.
struct Plan {
    /// What is asked.
    let request: CompletionRequest
    /// Whom it is asked from.
    let connection: Connection
    /// A file of certificates that a flag names; curl reads the variables itself.
    let namedTrustFile: [UInt8]?
    private let encoding: Payload.Encoding
    private let compression: Payload.Compression
    /// The profile whose server is asked, which the key of the environment is not for; nil for none.
    let profile: String?
    let format: Format
    let checks: AnswerChecks
    let context: RenderContext
    /// The prompts that are to come back before the completions.
    let echoedPrompts: EchoedPrompts
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
        profile = invocation.connection.profile
        var reader = PromptReader(process, invocation)
        let prompt = try reader.read(sources)

        let toTerminal = output.isTerminal
        streams =
            invocation.streams ?? (toTerminal && invocation.output.format.streamsToTerminal && invocation.mayStream)
        request = Self.request(invocation, prompt, streams: streams)
        connection = try invocation.connection.makeConnection(key: reading.key, process)
        namedTrustFile = invocation.connection.trustFile
        (encoding, compression) = (invocation.encoding, invocation.compression)
        format = invocation.output.format
        checks = invocation.checks
        echoedPrompts = EchoedPrompts(request)
        var context = invocation.output.context(for: output, process)
        context.request = request
        context.choiceCount = request.choiceCount
        context.topCount = request.topCount
        context.choicesPerPrompt = request.choicesPerPrompt
        // When no completion is asked for, the prompt is what is to be seen, not the way to it.
        context.echoedPrompts = request.maxTokens == 0 ? EchoedPrompts() : echoedPrompts
        context.showsTokenIDs = request.returnsRawTokens
        self.context = context

        let readsInput =
            sources.contains(where: \.readsInput) || invocation.connection.key?.readsInput == true
        var notes = invocation.notes + [reading.warning].compactMap(\.self)
        if reader.sawFinalNewline, errorIsTerminal {
            notes.append("the prompt ends in a newline, which is sent; --chomp drops it")
        }
        if !readsInput, !invocation.ignoresInput, Descriptor.hasPipedBytes(process.input) {
            notes.append(
                "standard input is not read when a prompt is given; --prompt-join appends it, --ignore-stdin "
                    + "silences this note")
        }
        self.notes = notes
    }

    /// The body as it goes over the wire.
    ///
    /// - Parameter body: another to send in its place; nil for the request's own.
    /// - Throws: ``Failure`` when it can't be encoded as asked.
    func payload(of body: JSONValue? = nil) throws(Failure) -> Payload {
        do throws(ClientError) {
            return try Payload(
                body ?? request.body, encoding: encoding, compression: compression,
                isVendor: connection.baseURL.isVendor)
        } catch {
            throw Failure(error)
        }
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
