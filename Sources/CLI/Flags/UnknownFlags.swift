import Flags
import Platform

extension UnknownFlagAdvice {
    /// What people try who know other programs, and what does that here.
    static let program = UnknownFlagAdvice(help: "--help lists every flag") { flag in
        switch flag {
        case "--system", "--system-prompt", "--messages", "--chat":
            "completions have no chat roles; put it into the prompt"
        case "--file", "--input", "--input-file": "--prompt-file FILE reads the prompt from a file"
        case "--url", "--host", "--endpoint", "--api-base": "--base-url URL says which server to use"
        case "--top-k": "the API has no top-k sampling; see --top-p"
        case "--top-logprobs": "--logprobs N returns N alternatives per token"
        case "--config", "--config-file": "CEREBRAS_CONFIG names the configuration file"
        case "--no-color": "--color never turns colors off"
        default: nil
        }
    }
}
