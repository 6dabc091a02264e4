// Knows: the flags of a command as a table, how an argument list is read by it, and the documents made from it.
// Must not know: what any flag means to the program, or what a request field is.

/// One command-line flag: its name, what it takes, where that goes, and what to say of it.
///
/// `Options` is the command's plain data that parsing fills. A class, since tables of dozens are searched and put together
/// at each start, and a copy of all these fields would cost more than the search.
public final class Flag<Options: SendableMetatype>: Sendable {
    /// What the flag does when it is met.
    enum Effect: Sendable {
        case store(@Sendable (inout Options, [UInt8]) throws(BadValue) -> Void)
        case help
        case version
        case profile
        case noConfig
        case refuse(String)
    }

    /// The long name without its dashes, in kebab-case.
    public let name: String
    /// The one-letter name.
    public let short: Character?
    /// How its value is written.
    public let syntax: ValueSyntax
    /// The body field it sets, when it sets one.
    public let field: String?
    /// How often it may be given when each use adds; nil when the last one counts.
    public let limit: Int?
    /// The environment variable read when the flag is not given.
    public let environment: String?
    /// The value that holds when nothing is given, written as on the command line.
    public let standard: String?
    /// One line for the help screen.
    public let summary: String
    /// More for the man page and the full help; may be empty.
    public let details: String
    /// Whether the short help names it.
    public let isCommon: Bool
    /// Whether a configuration file may set it.
    public let isConfigurable: Bool
    /// A variable that, when set, counts more than what a configuration says of the flag; nil for none.
    public let stronger: String?
    /// What it decides: its own name, or another flag's of which only the last given counts, as of `--json` and
    /// `--format`.
    let decided: String
    let effect: Effect

    /// A flag that the program itself obeys.
    ///
    /// - Parameters:
    ///   - field: the body field that its value ends up in, for the documents; nil for none.
    ///   - decided: another flag that decides the same, so that of both the last given counts; nil for none.
    public convenience init<Parsed: SendableMetatype>(
        _ name: String, short: Character? = nil, takes value: Value<Parsed>, upTo limit: Int? = nil,
        sets field: String? = nil, environment: String? = nil, standard: String? = nil, isCommon: Bool = false,
        isConfigurable: Bool = true, below stronger: String? = nil, insteadOf decided: String? = nil,
        _ summary: String, details: String = "",
        store: @escaping @Sendable (inout Options, Parsed) throws(BadValue) -> Void
    ) {
        self.init(
            name, short, value.syntax, field: field, limit, environment, standard, isCommon, summary, details,
            .store { (options, bytes) throws(BadValue) in try store(&options, value.parse(bytes)) }, isConfigurable,
            stronger, decided)
    }

    /// A flag that sets a field of the request; with `upTo` each use adds an element to a list.
    public convenience init<Parsed: FieldScalar & SendableMetatype>(
        _ name: String, short: Character? = nil, takes value: Value<Parsed>, upTo limit: Int? = nil,
        sends field: String, environment: String? = nil, standard: String? = nil, isCommon: Bool = false,
        _ summary: String, details: String = ""
    ) where Options: FieldReceiver {
        self.init(
            name, short, value.syntax, field: field, limit, environment, standard, isCommon, summary, details,
            .store { (options, bytes) throws(BadValue) in
                options.receive(try value.parse(bytes).scalar, field: field, isListElement: limit != nil)
            })
    }

    /// The same flag for options that have these as a part, so that commands share its one definition.
    public func within<Whole: SendableMetatype>(
        _ part: any WritableKeyPath<Whole, Options> & Sendable
    ) -> Flag<Whole> {
        let effect: Flag<Whole>.Effect =
            switch effect {
            case .store(let store):
                .store { (options, bytes) throws(BadValue) in try store(&options[keyPath: part], bytes) }
            case .help: .help
            case .version: .version
            case .profile: .profile
            case .noConfig: .noConfig
            case .refuse(let explanation): .refuse(explanation)
            }
        return Flag<Whole>(
            name, short, syntax, field: field, limit, environment, standard, isCommon, summary, details, effect,
            isConfigurable, stronger, decided)
    }

    /// The flag that shows the help.
    public static var help: Flag {
        Flag(
            "help", "h", ValueSyntax(), field: nil, nil, nil, nil, true, "Show help and exit.",
            "-h shows the flags people use, --help all of them.", .help, false)
    }

    /// The flag that shows the version.
    public static var version: Flag {
        Flag(
            "version", "V", ValueSyntax(), field: nil, nil, nil, nil, false, "Show the version and exit.", "", .version,
            false)
    }

    /// The flag that adds a profile of the configuration.
    public static var profile: Flag {
        Flag(
            "profile", nil, ValueSyntax(.required, name: "NAME"), field: nil, nil, nil, nil, false,
            "Add the configuration's lines of this profile.", "CEREBRAS_PROFILE names one, too.", .profile, false)
    }

    /// The flag that ignores the configuration.
    public static var noConfig: Flag {
        Flag(
            "no-config", nil, ValueSyntax(), field: nil, nil, nil, nil, false, "Ignore the configuration file.", "",
            .noConfig, false)
    }

    /// A name that people try and that is answered with an explanation; it is in no document.
    public static func refused(_ name: String, _ explanation: String) -> Flag {
        Flag(name, nil, ValueSyntax(), field: nil, nil, nil, nil, false, "", "", .refuse(explanation))
    }

    /// Whether documents and suggestions name it.
    public var isShown: Bool {
        if case .refuse = effect { false } else { true }
    }

    fileprivate init(
        _ name: String, _ short: Character?, _ syntax: ValueSyntax, field: String?, _ limit: Int?,
        _ environment: String?, _ standard: String?, _ isCommon: Bool, _ summary: String, _ details: String,
        _ effect: Effect, _ isConfigurable: Bool = true, _ stronger: String? = nil,
        _ decided: String? = nil
    ) {
        self.name = name
        self.short = short
        self.syntax = syntax
        self.field = field
        self.limit = limit
        self.environment = environment
        self.standard = standard
        self.summary = summary
        self.details = details
        self.isCommon = isCommon
        self.effect = effect
        self.isConfigurable = isConfigurable
        self.stronger = stronger
        self.decided = decided ?? name
    }
}
