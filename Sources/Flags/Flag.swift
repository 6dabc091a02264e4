/// One command-line flag: what the documents say of it, and where its value goes.
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
        case refuse(Refusal)
    }

    /// Its name, what it takes, and what is said of it.
    public let outline: FlagOutline
    /// A variable that, when set, outranks what a configuration says of the flag; nil for none.
    public let outrankedBy: String?
    /// The flags of which only the last given counts: its own name, or another flag's, as `format` of `--json`.
    let overrideGroup: String
    /// Whom a value of it is for; nil for a flag that is for all.
    let binding: FlagBinding?
    let effect: Effect

    /// A flag that the program itself obeys.
    ///
    /// - Parameters:
    ///   - maxOccurrences: how often it may be given when each use adds; nil when the last one counts.
    ///   - field: the body field that its value ends up in, for the documents; nil for none.
    ///   - overrideGroup: another flag that decides the same, so that of both the last given counts; nil for none.
    public convenience init<Parsed: SendableMetatype>(
        _ name: String, short: Character? = nil, takes value: Value<Parsed>, maxOccurrences: Int? = nil,
        sets field: String? = nil, environment: String? = nil, defaultValue: String? = nil, isCommon: Bool = false,
        isConfigurable: Bool = true, outrankedBy: String? = nil, overrideGroup: String? = nil,
        binding: FlagBinding? = nil, _ summary: String, details: String = "",
        store: @escaping @Sendable (inout Options, Parsed) throws(BadValue) -> Void
    ) {
        self.init(
            FlagOutline(
                name, short: short, syntax: value.syntax, field: field, maxOccurrences: maxOccurrences,
                defaultValue: defaultValue, environment: environment, summary: summary, details: details,
                isCommon: isCommon, isConfigurable: isConfigurable),
            outrankedBy: outrankedBy, overrideGroup: overrideGroup, binding: binding,
            effect: .store { (options, bytes) throws(BadValue) in try store(&options, value.parse(bytes)) })
    }

    /// A flag that sets a field of the request; with `maxOccurrences` each use adds an element to a list.
    public convenience init<Parsed: FieldScalar & SendableMetatype>(
        _ name: String, short: Character? = nil, takes value: Value<Parsed>, maxOccurrences: Int? = nil,
        sends field: String, environment: String? = nil, defaultValue: String? = nil, isCommon: Bool = false,
        _ summary: String, details: String = ""
    ) where Options: FieldReceiver {
        self.init(
            name, short: short, takes: value, maxOccurrences: maxOccurrences, sets: field, environment: environment,
            defaultValue: defaultValue, isCommon: isCommon, summary, details: details
        ) { options, parsed in
            options.receive(parsed.scalar, field: field, isListElement: maxOccurrences != nil)
        }
    }

    /// A flag with an effect of its own.
    init(
        _ outline: FlagOutline, outrankedBy: String? = nil, overrideGroup: String? = nil,
        binding: FlagBinding? = nil, effect: Effect
    ) {
        self.outline = outline
        self.outrankedBy = outrankedBy
        self.overrideGroup = overrideGroup ?? outline.name
        self.binding = binding
        self.effect = effect
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
            case .refuse(let refusal): .refuse(refusal)
            }
        return Flag<Whole>(
            outline, outrankedBy: outrankedBy, overrideGroup: overrideGroup, binding: binding, effect: effect)
    }

    /// The long name without its dashes, in kebab-case.
    public var name: String { outline.name }

    /// How its value is written.
    public var syntax: ValueSyntax { outline.syntax }

    /// Whether documents and suggestions name it.
    public var isShown: Bool {
        if case .refuse = effect { false } else { true }
    }
}

/// Whom a flag's value is for: where a profile of the configuration sets another flag, only a value from the same profile
/// or from the command line counts. So a key goes to no server that it is not meant for.
public struct FlagBinding: Sendable {
    /// The name of that other flag, such as `base-url`.
    let flag: String
    /// Whether it holds for this value.
    let applies: @Sendable ([UInt8]) -> Bool

    /// A binding, by default of every value.
    public init(to flag: String, applies: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }) {
        self.flag = flag
        self.applies = applies
    }
}
