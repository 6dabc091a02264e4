import Flags

/// What the command line of `models` says.
struct ModelsOptions {
    var connection = ConnectionOptions()
    /// Whether the vendor's catalog for everyone is asked instead of what the key may use.
    var isPublic = false
    /// The layout of the list to ask for, as the API names it; nil for the server's own.
    var layout: String?
    var isJSON = false
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
                "Show the vendor's public catalog, which needs no key.",
                details: "With context lengths, prices and capabilities, as far as it tells them."
            ) { $0.isPublic = $1 },
            Flag(
                "layout",
                takes: .choice(of: ["default", "openrouter", "huggingface"], name: "LAYOUT"), isConfigurable: false,
                "Layout of the list of models.",
                details: "As the catalogs of those names read it; see it with --json. Not with ID."
            ) { $0.layout = $1 },
            Flag(
                "json", takes: .switch, isCommon: true, isConfigurable: false,
                "Write the server's document as it was received."
            ) {
                $0.isJSON = $1
            },
            Flag("quiet", short: "q", takes: .switch, "Show no notes on standard error, only errors.") {
                $0.isQuiet = $1
            },
            Flag(
                "verbose", short: "v", takes: .switch,
                "Show the request's and the reply's head on standard error, the key as ***."
            ) { $0.isVerbose = $1 },
        ])
}
