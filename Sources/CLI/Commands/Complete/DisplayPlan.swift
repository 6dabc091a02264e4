import API
import Logprobs
import Platform
import Rendering

/// What is shown of a completion, how, and what it must be like.
struct DisplayPlan {
    let format: Format
    let checks: CompletionChecks
    let context: RenderContext
    /// Whether the completion is written as it comes.
    let streams: Bool
    /// The prompts that are to come back before the completions.
    let echoedPrompts: EchoedPrompts

    /// A plan for what a request contains.
    ///
    /// - Parameter output: where the completion will go.
    init(_ options: CompleteOptions, _ plan: RequestPlan, on output: Output, _ process: ProcessContext) {
        let request = plan.request
        format = options.output.format
        checks = options.checks
        streams = plan.streams
        echoedPrompts = EchoedPrompts(request)
        var context = options.output.context(for: output, process)
        context.request = request
        context.choiceCount = request.choiceCount
        context.topCount = request.topCount
        context.choicesPerPrompt = request.choicesPerPrompt
        // When no completion is requested, the prompt is what is to be seen, not the way to it.
        context.echoedPrompts = request.maxTokens == 0 ? EchoedPrompts() : echoedPrompts
        context.showsTokenIDs = request.returnsRawTokens
        self.context = context
    }

    /// Whether it goes to a terminal that nothing in it may steer.
    var isGuarded: Bool { context.isTerminal && !context.isRaw }
}
