/// What the documents say of a flag, whatever the options are that it fills.
public struct FlagOutline: Sendable {
    /// The long name without its dashes.
    public let name: String
    /// The one-letter name.
    public let short: Character?
    /// How its value is written.
    public let syntax: ValueSyntax
    /// The body field it sets, when it sets one.
    public let field: String?
    /// How often it may be given when each use adds; nil when the last one counts.
    public let maxOccurrences: Int?
    /// The value that holds when nothing is given, written as on the command line.
    public let defaultValue: String?
    /// The environment variable read when the flag is not given.
    public let environment: String?
    /// One line.
    public let summary: String
    /// More; may be empty.
    public let details: String
    /// Whether the short help names it.
    public let isCommon: Bool
    /// Whether a configuration file may set it.
    public let isConfigurable: Bool

    /// A flag; what is left out it does not have.
    public init(
        _ name: String, short: Character? = nil, syntax: ValueSyntax = ValueSyntax(), field: String? = nil,
        maxOccurrences: Int? = nil, defaultValue: String? = nil, environment: String? = nil, summary: String,
        details: String = "", isCommon: Bool = false, isConfigurable: Bool = true
    ) {
        self.name = name
        self.short = short
        self.syntax = syntax
        self.field = field
        self.maxOccurrences = maxOccurrences
        self.defaultValue = defaultValue
        self.environment = environment
        self.summary = summary
        self.details = details
        self.isCommon = isCommon
        self.isConfigurable = isConfigurable
    }

    /// The words that give the flag on a command line: `--stream` and `--no-stream`.
    var longWords: [String] {
        syntax.shape == .negatable ? ["--\(name)", "--no-\(name)"] : ["--\(name)"]
    }

    /// The one-letter word, `-f`; nil without a letter.
    var shortWord: String? { short.map { "-\($0)" } }
}

/// Flags that belong together, as the documents show them.
public struct SectionOutline: Sendable {
    /// The heading.
    public let title: String
    /// In the order shown, without those that are refused.
    public let flags: [FlagOutline]
}

extension Section {
    /// What the documents say of it.
    public var outline: SectionOutline {
        SectionOutline(title: title, flags: flags.filter(\.isShown).map(\.outline))
    }
}
