import Flags
import JSON

extension Section where Options == RequestOptions {
    /// The body fields of the request.
    static let sampling = Section(
        "Sampling",
        [
            Flag(
                "model", short: "m", takes: .text(name: "NAME", offer: .cached("models")),
                environment: "CEREBRAS_MODEL",
                defaultValue: "gpt-oss-120b", isCommon: true,
                "Model to use"
            ) { $0.model = $1 },
            Flag(
                "max-tokens", takes: .integer(in: -1 ... .max), sends: "max_tokens", isCommon: true,
                "Maximum number of tokens to generate",
                details: "-1 sets no limit. A tight limit also counts less against the rate limit."),
            Flag(
                "min-tokens", takes: .integer(in: -1 ... .max), sends: "min_tokens",
                "Minimum number of tokens to generate",
                details: "-1 generates up to the model's maximum."),
            Flag(
                "temperature", short: "t", takes: .number(in: 0...2), sends: "temperature", isCommon: true,
                "Sampling temperature",
                details: "Lower is more predictable. See also --top-p."),
            Flag(
                "top-p", takes: .number(in: 0...1), sends: "top_p",
                "Nucleus sampling threshold",
                details: "Only the most likely tokens that together reach this probability are sampled."),
            Flag(
                "seed", takes: .integer(), sends: "seed", isCommon: true,
                "Random seed",
                details: "With the same seed the same completion is likely, not certain."),
            Flag(
                "stop", takes: .text(name: "TEXT"), maxOccurrences: 4, sends: "stop", isCommon: true,
                "Stop sequence",
                details: "Generation ends before this text, which is not returned."),
            Flag(
                "logprobs", takes: .integer(in: 0...20), sends: "logprobs", isCommon: true,
                "Alternatives per token, with log probabilities",
                details: "0 returns the sampled tokens' log probabilities alone."),
            Flag(
                "echo", takes: .switch, sends: "echo",
                "Return the prompt before the completion",
                details: "Its tokens then count in statistics such as the perplexity."),
            Flag(
                "n", short: "n", takes: .integer(in: 1 ... .max), sends: "n",
                "Completions to generate per prompt"),
            Flag(
                "best-of", takes: .integer(in: 0...20), sends: "best_of",
                "Generate N candidates and return the best --n",
                details: "Not with --stream."),
            Flag(
                "frequency-penalty", takes: .number(in: -2...2), sends: "frequency_penalty",
                "Penalize tokens by how often they have appeared"),
            Flag(
                "presence-penalty", takes: .number(in: -2...2), sends: "presence_penalty",
                "Penalize tokens that have already appeared"),
            Flag(
                "logit-bias", takes: .logitBias, maxOccurrences: .max, sets: "logit_bias",
                "Make a token more or less likely"
            ) { $0.add($1) },
            Flag(
                "grammar-root",
                takes: .choice(
                    of: [
                        NamedValue("root", "The grammar's start"), NamedValue("fcall", "Function call"),
                        NamedValue("nofcall", "Anything but a function call"),
                        NamedValue("insidevalue", "Inside of a JSON value"),
                        NamedValue("value", "JSON value"), NamedValue("object", "JSON object"),
                        NamedValue("array", "JSON array"),
                        NamedValue("string", "JSON string"), NamedValue("number", "JSON number"),
                        NamedValue("funcarray", "Array of functions"), NamedValue("func", "Function"),
                        NamedValue("ws", "Whitespace"),
                    ], name: "NAME"),
                sends: "grammar_root",
                "Grammar rule that the completion must follow"),
            Flag(
                "reasoning-format",
                takes: .choice(
                    of: [
                        NamedValue("none", "No special treatment"), NamedValue("parsed", "In a field of its own"),
                        NamedValue("text_parsed", "In a field of its own, as text"),
                        NamedValue("raw", "Within the text"),
                        NamedValue("hidden", "Generated but not returned"),
                    ], name: "FORMAT"),
                sends: "reasoning_format",
                "Form in which reasoning is returned",
                details: "By default the server decides."),
            Flag(
                "return-raw-tokens", takes: .switch, sends: "return_raw_tokens",
                "Return token IDs instead of text",
                details: "Not with --echo."),
            Flag(
                "user", takes: .text(name: "ID"), sends: "user",
                "End-user identifier"),
            Flag(
                "prompt-cache-key", takes: .text(name: "KEY", length: 1...1024), sends: "prompt_cache_key",
                "Key that routes requests to the same prompt cache"),
            Flag(
                "stream", takes: .negatableSwitch, isCommon: true,
                "Stream the completion as it is generated",
                details: "By default text, tables and JSON Lines are streamed to a terminal, and nothing else "
                    + "is."
            ) { $0.streams = $1 },
            Flag(
                "stream-usage", takes: .switch, sets: "stream_options",
                "Request token usage in a final chunk of the stream"
            ) { $0.fields["stream_options"] = $1 ? ["include_usage": true] : nil },
            Flag(
                "set", takes: .bodyField, maxOccurrences: .max,
                "Set any request body field to a JSON value",
                details: "A string needs its own quotes: --set 'user=\"me\"'."
            ) { $0.extraFields.append($1) },
        ])
}
