import API
import Flags
import Platform
import Rendering

/// What the command line of `models` says.
struct ModelsOptions: ServerOptions {
    /// The one model that is wanted; nil for all.
    var id: [UInt8]?
    var connection = ConnectionOptions()
    /// Whether the vendor's catalog for everyone is requested instead of what the key may use.
    var isPublic = false
    /// The layout of the list to request, as the API names it; nil for the server's own.
    var layout: String?
    var isJSON = false
    var color = ColorChoice.auto
    var isQuiet = false
    var isVerbose = false

    var reportsErrorsAsJSON: Bool { isJSON }

    /// The address that is requested.
    var url: String {
        connection.baseURL.models(isPublic: isPublic, id: id) + (layout.map { "?format=\($0)" } ?? "")
    }

    var subject: Failure.Subject { id.map { .model($0, url: url) } ?? .models(url: url) }

    func check() throws(UsageError) { try connection.check() }

    mutating func takeOperands(_ outcome: Parser<ModelsOptions>.Outcome, _ context: ProcessContext) throws(Failure) {
        let operands = outcome.operands
        if operands.count > 1 {
            throw .usage(UsageError("unexpected argument \(quoted: operands[1])", hint: "one ID at a time"))
        }
        guard let id = operands.first else { return }
        // Such a part would lead to another address.
        let parts = id.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
        if parts.isEmpty || parts.contains(where: [".", ".."].contains) {
            throw .usage(UsageError("\(quoted: id) is not a model's ID"))
        }
        self.id = id
        guard layout == nil else {
            throw .usage(UsageError("--layout can't be used with an ID", hint: "leave out one of them"))
        }
    }
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
