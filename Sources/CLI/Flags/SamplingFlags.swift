import Flags
import JSON

extension Section where Options == Invocation {
    /// The body fields of the request.
    static let sampling = Section(
        "Sampling",
        [
            Flag(
                "model", short: "m", takes: .text(name: "NAME", offer: .cached("models")),
                environment: "CEREBRAS_MODEL",
                defaultValue: "gpt-oss-120b", isCommon: true,
                "Ask this model."
            ) { $0.model = $1 },
            Flag(
                "max-tokens", takes: .integer(in: -1 ... .max), sends: "max_tokens", isCommon: true,
                "Stop after so many tokens.",
                details: "-1 sets no limit. A tight limit also counts less against the rate limit."),
            Flag(
                "min-tokens", takes: .integer(in: -1 ... .max), sends: "min_tokens",
                "Do not end before so many tokens.", details: "-1 goes on to the model's maximum."),
            Flag(
                "temperature", short: "t", takes: .number(in: 0...2), sends: "temperature", isCommon: true,
                "Sample at this temperature.", details: "Lower is more predictable. See also --top-p."),
            Flag(
                "top-p", takes: .number(in: 0...1), sends: "top_p",
                "Sample among the likeliest tokens that together reach this probability."),
            Flag(
                "seed", takes: .integer(), sends: "seed",
                "Ask for the same answer each time, as far as the server can."),
            Flag(
                "stop", takes: .text(name: "TEXT"), maxOccurrences: 4, sends: "stop", isCommon: true,
                "End the completion before this text."),
            Flag(
                "logprobs", takes: .integer(in: 0...20), sends: "logprobs", isCommon: true,
                "Ask for log probabilities, and for this many likely tokens at each place."),
            Flag(
                "echo", takes: .switch, sends: "echo",
                "Ask for the prompt back before the completion.",
                details: "Its tokens then count in a choice's figures, such as the perplexity."),
            Flag(
                "n", takes: .integer(in: 1 ... .max), sends: "n",
                "Ask for so many choices for each prompt."),
            Flag(
                "best-of", takes: .integer(in: 0...20), sends: "best_of",
                "Have so many choices made and the best --n of them returned.", details: "Not with a stream."),
            Flag(
                "frequency-penalty", takes: .number(in: -2...2), sends: "frequency_penalty",
                "Make tokens less likely the more often they came."),
            Flag(
                "presence-penalty", takes: .number(in: -2...2), sends: "presence_penalty",
                "Make tokens less likely once they came."),
            Flag(
                "logit-bias", takes: .logitBias, maxOccurrences: .max, sets: "logit_bias",
                "Make a token likelier or less likely."
            ) { $0.add($1) },
            Flag(
                "grammar-root",
                takes: .choice(
                    of: [
                        "root", "fcall", "nofcall", "insidevalue", "value", "object", "array", "string", "number",
                        "funcarray", "func", "ws",
                    ], name: "NAME"),
                sends: "grammar_root", "Constrain the completion by this rule of the server's grammar."),
            Flag(
                "reasoning-format",
                takes: .choice(of: ["none", "parsed", "text_parsed", "raw", "hidden"], name: "FORMAT"),
                sends: "reasoning_format", "Have the model's reasoning returned in this form.",
                details: "Not set, the server decides."),
            Flag(
                "return-raw-tokens", takes: .switch, sends: "return_raw_tokens",
                "Ask for token IDs instead of text.", details: "Not with --echo."),
            Flag(
                "user", takes: .text(name: "ID"), sends: "user",
                "Name the end user that the request is made for."),
            Flag(
                "prompt-cache-key", takes: .text(name: "KEY", length: 1...1024), sends: "prompt_cache_key",
                "Route requests with the same key alike, for more cache hits."),
            Flag(
                "stream", takes: .negatableSwitch,
                "Show the answer as it arrives, or only when it is whole.",
                details: "Not set, text, tables and JSON lines are streamed to a terminal and nothing else is."
            ) { $0.streams = $1 },
            Flag(
                "stream-usage", takes: .switch, sets: "stream_options",
                "Ask a stream for its usage in a chunk of its own."
            ) { $0.fields["stream_options"] = $1 ? ["include_usage": true] : nil },
            Flag(
                "set", takes: .bodyField, maxOccurrences: .max,
                "Send any other body field, as spelled.", details: "A string needs its own quotes: --set 'user=\"me\"'."
            ) { $0.extraFields.append($1) },
        ])
}
