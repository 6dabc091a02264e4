public import Platform

/// Why a flag that people try does not exist.
public struct Refusal: Sendable {
    /// What to do instead, on a command line.
    public let onCommandLine: Message
    /// The same in a configuration file.
    public let inConfig: Message

    /// One clause for each place.
    public init(onCommandLine: Message, inConfig: Message) {
        self.onCommandLine = onCommandLine
        self.inConfig = inConfig
    }
}

extension Flag {
    /// The flag that shows the help.
    public static var help: Flag {
        Flag(
            FlagOutline(
                "help", short: "h", summary: "Show help",
                details: "-h shows common flags, --help all of them.", isConfigurable: false),
            effect: .help)
    }

    /// The flag that shows the version.
    public static var version: Flag {
        Flag(
            FlagOutline("version", short: "V", summary: "Show version", isConfigurable: false),
            effect: .version)
    }

    /// The flag that adds a profile of the configuration.
    ///
    /// - Parameters:
    ///   - environment: the variable that names one when the flag does not; whoever reads the configuration reads it.
    public static func profile(
        _ summary: String, environment: String, offer: ValueSyntax.CompletionKind = .nothing
    ) -> Flag {
        Flag(
            FlagOutline(
                "profile", syntax: ValueSyntax(.required, name: "NAME", offer: offer), environment: environment,
                summary: summary,
                isCommon: true, isConfigurable: false),
            effect: .profile)
    }

    /// The flag that ignores the configuration.
    public static func noConfig(_ summary: String) -> Flag {
        Flag(FlagOutline("no-config", summary: summary, isConfigurable: false), effect: .noConfig)
    }

    /// A name that people try and that is refused with an explanation; it is in no document.
    public static func refused(_ name: String, _ refusal: Refusal) -> Flag {
        Flag(FlagOutline(name, summary: "", isConfigurable: false), effect: .refuse(refusal))
    }
}

extension Section {
    /// Help and version, which the program itself has.
    public static var basic: Section { Section("General", [.help, .version]) }
}
