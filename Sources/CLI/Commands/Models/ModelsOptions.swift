import Flags
import Rendering

/// What the command line of `models` says.
struct ModelsOptions {
    var connection = ConnectionOptions()
    /// Whether the vendor's catalog for everyone is asked instead of what the key may use.
    var isPublic = false
    /// The layout of the list to ask for, as the API names it; nil for the server's own.
    var layout: String?
    var isJSON = false
    var color = ColorChoice.auto
    var isQuiet = false
    var isVerbose = false
}

extension Section where Options == ModelsOptions {
    /// Which models, and how they are shown.
    static let models = Section(
        "Models",
        [
            Flag(
                "public", takes: .switch, isCommon: true, isConfigurable: false,
                "List the vendor's public catalog; needs no key",
                details: "With context lengths, prices and capabilities, where stated."
            ) { $0.isPublic = $1 },
            Flag(
                "layout",
                takes: .choice(
                    of: [
                        NamedValue("default", "The server's own"), NamedValue("openrouter", "OpenRouter's catalog"),
                        NamedValue("huggingface", "Hugging Face's catalog"),
                    ], name: "LAYOUT"), isConfigurable: false,
                "Layout of the list",
                details: "Seen with --json. Not with ID."
            ) { $0.layout = $1 },
            Flag(
                "json", takes: .switch, isCommon: true, isConfigurable: false,
                "Print the server's JSON as received"
            ) {
                $0.isJSON = $1
            },
            Flag<ColorChoice>.color.within(\.color),
            Flag(
                "quiet", short: "q", takes: .switch,
                "Suppress notes on stderr; print only errors"
            ) {
                $0.isQuiet = $1
            },
            Flag(
                "verbose", short: "v", takes: .switch,
                "Print request and response headers to stderr",
                details: "The API key is shown as ***."
            ) { $0.isVerbose = $1 },
        ])
}
