import Flags

/// The sections of the manual page of `score` that no table of flags fills.
enum ScoreManual {
    /// All of them, in order.
    static let parts = [normalization, boundary, trust, rows]

    /// Continuations of the worked example, with their tokens and their log probabilities.
    static let example: [(text: String, tokens: Int, logprob: Double)] = [
        (" no", 1, -1.2), (" yes, of course", 4, -2.4), (" vielleicht", 3, -2.1),
    ]

    /// The table of the worked example.
    static let exampleLines = [
        "continuation       tokens       sum     token      char      byte",
        "\" no\"                   1  -1.2000*  -1.2000   -0.4000   -0.4000",
        "\" yes, of course\"       4  -2.4000   -0.6000*  -0.1600*  -0.1600*",
        "\" vielleicht\"           3  -2.1000   -0.7000   -0.1909   -0.1909",
    ]

    private static let normalization = ManualPart(
        "Normalization",
        .paragraphs([
            "The more a continuation says, the less likely it is: each further token multiplies its probability by another number "
                + "below 1. Continuations of different lengths are therefore compared by a mean, too. --normalize chooses "
                + "which number decides the share, the margin and --expect; all are shown.",
            "For a prompt with three continuations, the total log probability (sum) prefers the shortest. Divided by the number "
                + "of tokens, characters (code points) or UTF-8 bytes, another wins:",
        ]),
        .lines(exampleLines),
        .paragraphs([
            "Here -2.4 / 4 tokens = -0.6, and -2.4 / 15 characters = -0.16: the blank that a continuation begins with counts. Sums "
                + "answer which of the texts is likeliest; means per character or byte compare models with different tokens; "
                + "means per token are the logarithm of the perplexity. In lm-evaluation-harness, acc is by sum, and acc_norm by "
                + "characters without the delimiter that it puts before a continuation: as char here, if there is none.",
            "The share of a continuation is the softmax of the deciding numbers, so that shares sum to 100 %. By sum, it is the "
                + "probability of the continuation given that one of them follows.",
        ]))

    private static let boundary = ManualPart(
        "Boundary and first token",
        .paragraphs([
            "Prompt and continuation are sent as one text, echoed with log probabilities, with max_tokens 1; the extra token is "
                + "dropped. The tokens after the prompt count. A tokenizer may join the end of the prompt and the beginning of a "
                + "continuation in one token; the score is then log P(prompt + continuation) - log P(prompt), from a request for "
                + "the prompt alone, and a note says so. End the prompt at a word's end, and begin the continuation with the blank.",
            "Servers give the first token of a text no log probability, or one that a token before it (such as <s>) makes "
                + "possible. A first token without one is not counted, and the figures of a text say so; bits per byte are then "
                + "of the bytes after it.",
        ]))

    private static let trust = ManualPart(
        "Servers that can't score",
        .paragraphs([
            "Many servers accept echo and ignore it, alter the prompt, add a start token that the prompt has, list more or fewer "
                + "tokens or log probabilities than there are, or offsets that fit no unit. Each is recognized and refused with "
                + "status 5, since the numbers would look right.",
            "--method next-token needs no echo: it lists the likeliest next tokens. A continuation that is one of them is exact. "
                + "Of any other, the number is an upper bound, marked < (is_bound in JSON and TSV, "
                + "margin_is_bound for a margin), and a winner is named only if no bound can exceed it.",
        ]))

    private static let rows = ManualPart(
        "Rows",
        .paragraphs(["A file of questions, and of texts, each a line:"]),
        .lines([
            "{\"prompt\":\"The sea\",\"continuations\":[\" was\",\" is\"],\"answer\":0}",
            "{\"custom_id\":\"q2\",\"prompt\":\"One\",\"continuations\":[\" day\"]}",
            "{\"text\":\"It was a dark night.\"}",
        ]),
        .paragraphs([
            "answer is the index of the right continuation, from 0, or the continuation itself. A prompt, its continuations and a "
                + "text may be lists of token IDs. A row may have a custom_id, which is its line number otherwise, and a model. "
                + "Any other field fails the row, as does an answer that is none of the continuations.",
            "A row takes a request for each continuation, and another for the prompt if one shares a token with it. Its record is "
                + "one line, written once all responses have come: {\"id\", \"custom_id\", \"scores\": [{\"continuation\", "
                + "\"logprob\", \"tokens\", \"chars\", \"bytes\", \"straddles\", \"is_bound\"}], \"winner\": {\"sum\", "
                + "\"token\", \"char\", \"byte\"}, \"answer\", \"start_token\", \"error\"}. winner and answer are indices "
                + "from 0, or null. Of a text it has, in place of scores to start_token, \"score\": {\"logprob\", \"tokens\", "
                + "\"bytes\", \"perplexity\", \"bits_per_byte\", \"first_token_scored\", \"start_token\"}. A row that failed "
                + "has null for scores, and error is the object that complete --json reports.",
            "id is score_ and the SHA-256 of what is asked, as compact JSON: model, prompt, continuations and answer (its index, if "
                + "there is one), or model and text, then max_tokens, echo and logprobs as each request "
                + "has them. With --output a record counts for a row only if both agree, so that a changed row or flag is "
                + "noticed before anything is sent. Rows that failed are requested again. Interrupted at any moment, the same "
                + "command completes the file; requests of rows that were not complete are sent again.",
            "The summary has, of all rows with an answer in the file, the accuracy by each unit: of how many of them the winner is "
                + "the answer, with a 95 % Wilson interval. A row of which a bound leaves the winner open counts as wrong. Of all "
                + "texts together it has perplexity and bits per byte. --normalize decides what --expect 'accuracy>0.6' and "
                + "'margin>1' mean.",
        ]))
}
