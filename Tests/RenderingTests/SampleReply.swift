/// The completions API's own sample: "It was a dark and stormy night", six tokens, the five likeliest of each, and the
/// sampled one where it is not among them.
enum SampleReply {
    /// A token with its offset, log probability and alternatives, each as spelled.
    typealias Token = (offset: Int, logprob: String, text: String, top: String)

    static let tokens: [Token] = [
        (
            30, "-3.3912997245788574", #"" and""#,
            #"{".":-1.1334871053695679,",":-1.3366121053695679," when":-2.3366122245788574," in":-2.9381747245788574,"...":-3.3287997245788574," and":-3.3912997245788574}"#
        ),
        (
            34, "-4.322617053985596", #"" there""#,
            #"{" I":-0.9554294943809509," the":-1.7679295539855957," a":-2.2366795539855957," all":-3.1898045539855957," we":-3.4241795539855957," there":-4.322617053985596}"#
        ),
        (
            40, "-0.3532562553882599", #"" was""#,
            #"{" was":-0.3532562553882599," were":-1.6813812255859375," I":-4.0251312255859375," wasn":-4.1345062255859375," had":-4.1970062255859375}"#
        ),
        (
            44, "-1.7001153230667114", #"" no""#,
            #"{" a":-0.3719903528690338," no":-1.7001153230667114," an":-3.614177942276001," this":-4.129802703857422," nothing":-4.184490203857422}"#
        ),
        (
            47, "-2.187103271484375", #"" moon""#,
            #"{" electricity":-1.3433531522750854," one":-1.6949156522750854," moon":-2.187103271484375," way":-3.038665771484375," sign":-3.054290771484375}"#
        ),
        (
            52, "-2.4667720794677734", #"",""#,
            #"{".":-0.8495846390724182," to":-2.1386470794677734," in":-2.2870845794677734,",":-2.4667720794677734,".\n":-3.2714595794677734}"#
        ),
    ]

    /// The response in one document.
    static let whole = document(tokens, text: " and there was no moon,", finishReason: #""length""#)

    /// The response in a chunk for each token.
    static let chunks = tokens.indices.map { place in
        document(
            [tokens[place]], text: String(tokens[place].text.dropFirst().dropLast()),
            finishReason: place == tokens.count - 1 ? #""length""# : "null")
    }

    private static func document(_ tokens: [Token], text: String, finishReason: String) -> String {
        func list(_ elements: [String]) -> String { "[" + elements.joined(separator: ",") + "]" }
        let logprobs =
            #"{"text_offset":\#(list(tokens.map { String($0.offset) })),"token_logprobs":\#(list(tokens.map(\.logprob))),"#
            + #""tokens":\#(list(tokens.map(\.text))),"top_logprobs":\#(list(tokens.map(\.top)))}"#
        return #"{"id":"chatcmpl-1","object":"text_completion","choices":[{"index":0,"text":"\#(text)","#
            + #""logprobs":\#(logprobs),"tokens":null,"finish_reason":\#(finishReason)}],"model":"gpt-oss-120b"}"#
    }
}
