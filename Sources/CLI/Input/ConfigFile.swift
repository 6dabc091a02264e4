import Flags
import Platform

/// The configuration file: where it is, and what of it holds.
struct ConfigFile {
    /// Its path; empty when there is none.
    let name: String
    /// The lines that hold, in order.
    let lines: [ConfigDocument.Line]
    /// Whether the command line names its profile.
    let isNamed: Bool

    /// What the documents say of it.
    static let term = (
        term: "~/.config/cerebras/config",
        meaning:
            "Configuration file. In XDG_CONFIG_HOME if that is set; CEREBRAS_CONFIG names another one, or none if empty."
    )

    /// How it is written, for the documents.
    static let format = [
        "One flag a line as on the command line, with or without its dashes: temperature 0.2, stop = END, no-stream. "
            + "The value is taken literally; quotes belong to it, but ~/ before a file is the home directory. A line that "
            + "begins with # is a comment. Lines after [name] apply only with --profile name. Flags of other commands are "
            + "ignored, so that one file serves all; an unknown flag or a wrong value is an error that names its line.",
        "An API key can't stand in it; api-key-file and api-key-command say where the key is.",
    ]

    /// A file as people write it, for the documents.
    static let exampleFile = [
        "# for every run", "model gpt-oss-120b", "max-tokens 200", "api-key-command pass show cerebras", "", "[work]",
        "base-url https://completions.example.com", "api-key-file ~/.config/cerebras/work.key",
    ]

    /// What is stronger than what, for the documents.
    static let precedence = [
        "From strongest to weakest: the command line, the profile that --profile names, an environment variable, the "
            + "configuration file with the profile that CEREBRAS_PROFILE names, the default. A list such as stop is replaced "
            + "by the command line's, not extended.",
        "The same holds for the API key, which api-key-file, api-key-command and CEREBRAS_API_KEY give. But if the base URL "
            + "comes from a profile, only a key of that profile or of the command line is sent there, and only headers with "
            + "credentials and header files of these two. With none, a server on this machine is sent no key; "
            + "elsewhere the exit status is 3.",
    ]

    /// The variables that say where it is and which profile holds.
    static let environment = [
        (term: "CEREBRAS_CONFIG", meaning: "Configuration file; empty for none."),
        (term: "CEREBRAS_PROFILE", meaning: "Profile of the configuration file, as with --profile."),
    ]

    /// A line as it should be.
    static let example: Message = "temperature 0.2"

    /// What a command takes of it.
    func source() -> ConfigSource {
        ConfigSource(
            file: name, lines: lines, outranksVariables: isNamed,
            others: lines.isEmpty ? [] : Command.all.flatMap(\.outline.flags),
            example: Self.example)
    }

    /// No configuration.
    static let none = ConfigFile(name: "", lines: [], isNamed: false)

    private init(name: String, lines: [ConfigDocument.Line], isNamed: Bool) {
        self.isNamed = isNamed
        self.name = name
        self.lines = lines
    }

    /// Reads it.
    ///
    /// - Parameter profile: the one that was named on the command line; nil for the variable's.
    /// - Throws: ``Failure`` when a file that was named can't be read, when a line is none, when there is no such profile.
    init(profile: [UInt8]?, _ context: ProcessContext) throws(Failure) {
        guard let path = Self.path(context) else {
            guard profile == nil else {
                throw .usage(UsageError("--profile: there is no configuration file", hint: "CEREBRAS_CONFIG names one"))
            }
            self = .none
            return
        }
        let shown = String(decoding: path, as: UTF8.self)
        let bytes = try Self.read(path, context)
        let document: ConfigDocument
        do throws(ConfigDocument.Problem) {
            document = try ConfigDocument(parsing: bytes ?? [], example: Self.example)
        } catch {
            throw .usage(
                UsageError("\(plain: shown):\(error.line): \(error.problem)"))
        }
        let variable = context.variable("CEREBRAS_PROFILE").flatMap { $0.isEmpty ? nil : $0 }
        guard let name = profile ?? variable else {
            self.init(name: shown, lines: document.lines(for: nil), isNamed: false)
            return
        }
        guard let known = document.profiles.first(where: { $0.utf8.elementsEqual(name) }) else {
            let source: Message = profile == nil ? "CEREBRAS_PROFILE" : "--profile"
            guard bytes != nil else {
                throw .usage(
                    UsageError(
                        "\(source): there is no configuration file \(quoted: path)",
                        hint: "a profile is what stands there after a line such as [name]"))
            }
            throw .usage(Self.unknown(name, of: source, shown, document.profiles))
        }
        self.init(name: shown, lines: document.lines(for: known), isNamed: profile != nil)
    }

    /// `CEREBRAS_CONFIG`, else `$XDG_CONFIG_HOME/cerebras/config`, else `~/.config/cerebras/config`; nil for none.
    private static func path(_ context: ProcessContext) -> [UInt8]? {
        if let named = context.variable("CEREBRAS_CONFIG") { return named.isEmpty ? nil : named }
        return context.userPath("XDG_CONFIG_HOME", "/.config", "config")
    }

    /// The profiles of the file, one a line, for completions; nothing for a file that can't be read. Names that a terminal
    /// would act on are left out.
    static func profileLines(_ context: ProcessContext) -> String {
        guard let path = path(context), let bytes = try? read(path, context),
            let document = try? ConfigDocument(parsing: bytes, example: example)
        else { return "" }
        return document.profiles.filter { VisibleText.spell($0).utf8.elementsEqual($0.utf8) }.map { $0 + "\n" }.joined()
    }

    /// nil when it is not there and was not named.
    private static func read(_ path: [UInt8], _ context: ProcessContext) throws(Failure) -> [UInt8]? {
        let isNamed = context.variable("CEREBRAS_CONFIG") != nil
        if !isNamed, !FilePath.exists(path) { return nil }
        return try system(InputFile.read(path, "configuration file \(quoted: path)", upTo: 1 << 20))
    }

    private static func unknown(
        _ profile: [UInt8], of source: Message, _ file: String, _ profiles: [String]
    ) -> UsageError {
        let list = profiles.map { "\(plain: $0)" as Message }.joined(separator: ", ")
        return UsageError(
            "\(source): \(quoted: profile) is not in \(plain: file)",
            hint: profiles.isEmpty ? "a profile begins with a line such as [name]" : "available profiles: \(list)")
    }
}
