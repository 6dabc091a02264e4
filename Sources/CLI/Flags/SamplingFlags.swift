import Flags

extension Section where Options == Invocation {
    /// The body fields of the request.
    static let sampling = Section(
        "Sampling",
        [
            Flag(
                "model", short: "m", takes: .text(name: "NAME"), environment: "CEREBRAS_MODEL",
                standard: "gpt-oss-120b",
                "Ask this model."
            ) { $0.model = $1 },
            Flag(
                "max-tokens", takes: .integer(in: 0 ... .max), sends: "max_tokens",
                "Stop after so many tokens.", details: "A tight limit also counts less against the rate limit."),
            Flag(
                "temperature", short: "t", takes: .number(in: 0...2), sends: "temperature",
                "Sample at this temperature.", details: "Lower is more predictable. See also --top-p."),
            Flag(
                "top-p", takes: .number(in: 0...1), sends: "top_p",
                "Sample among the likeliest tokens that together reach this probability."),
            Flag(
                "seed", takes: .integer(), sends: "seed",
                "Ask for the same answer each time, as far as the server can."),
            Flag(
                "stop", takes: .text(name: "TEXT"), upTo: 4, sends: "stop",
                "End the completion before this text."),
            Flag(
                "logprobs", takes: .integer(in: 0...20), sends: "logprobs",
                "Ask for log probabilities, and for this many of the likeliest tokens at each place."),
            Flag(
                "echo", takes: .switch, sends: "echo",
                "Ask for the prompt back before the completion."),
            Flag(
                "stream", takes: .negatableSwitch,
                "Show the answer as it arrives, or only when it is whole.",
                details: "Not set, text, tables and JSON lines are streamed to a terminal and nothing else is."
            ) { $0.streams = $1 },
        ])
}
