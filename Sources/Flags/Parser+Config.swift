import Platform

/// What a configuration says to a command.
public struct ConfigSource: Sendable {
    /// The file's name, for errors.
    let file: String
    /// The lines that hold. Each must be right, also one that is passed over because the command line or a variable sets
    /// its flag.
    let lines: [ConfigDocument.Line]
    /// Whether the profile's lines outrank environment variables, as those of one named on the command line do.
    let outranksVariables: Bool
    /// Other commands' flags, which this one passes over.
    let others: [FlagOutline]
    /// A line as it should be, such as `seed 7`, for errors.
    let example: Message

    /// The lines of a file that hold.
    public init(
        file: String, lines: [ConfigDocument.Line], outranksVariables: Bool = false, others: [FlagOutline],
        example: Message
    ) {
        self.file = file
        self.outranksVariables = outranksVariables
        self.lines = lines
        self.others = others
        self.example = example
    }
}

extension Parser {
    /// Fills `options` from everything that says something, the weakest first: defaults, a configuration, environment
    /// variables, the profile where it outranks them, arguments.
    ///
    /// - Parameters:
    ///   - arguments: those of the command.
    ///   - given: the names of the flags among them.
    ///   - variable: an environment variable's bytes; nil when it is not set.
    /// - Throws: the first problem.
    public func resolve(
        _ arguments: [[UInt8]], given: Set<String>, config: ConfigSource, _ variable: (String) -> [UInt8]?,
        into options: inout Options
    ) throws(UsageError) -> Outcome {
        func isSet(_ name: String?) -> Bool { name.flatMap(variable).map { !$0.isEmpty } ?? false }
        try fillDefaults(of: &options)
        var settings = flags.compactMap { flag in
            flag.outline.defaultValue.map { Setting(flag, Array($0.utf8), .defaultValue) }
        }
        let decidedByProfile = flagsDecidedByProfile(config, given, variable)
        var counts: [String: Int] = [:]
        var notes: [Message] = []
        var stronger = given
        for line in config.lines {
            guard let (flag, value, name) = try entry(line, config, home: variable("HOME")) else { continue }
            counts[flag.name, default: 0] += 1
            if let limit = flag.outline.maxOccurrences, counts[flag.name] ?? 0 > limit {
                throw UsageError("\(name) was given more than \(own: limit == 1 ? "once" : "\(limit) times")")
            }
            var changed = options
            try store(value, of: line, flag, named: name, into: &changed)
            if let note = line.literalNote { notes.append("\(name): \(note)") }
            let isBound = flag.binding.map { decidedByProfile.contains($0.flag) && $0.applies(value) } ?? false
            let isOfProfile = line.profile != nil
            if isBound, !isOfProfile, !given.contains(flag.name), let decider = flag.binding?.flag {
                notes.append("\(name) is not used, since --\(own: decider) comes from a profile")
            }
            let isOutranked = isSet(flag.outline.environment) || isSet(flag.outrankedBy)
            let isStrong = isOfProfile && (config.outranksVariables || isBound)
            guard !given.contains(flag.name), isStrong || !isOutranked && !isBound else { continue }
            options = changed
            if isStrong { stronger.insert(flag.name) }
            settings.append(
                Setting(flag, value, .config(file: config.file, line: line.number, profile: line.profile)))
        }
        for flag in flags where !stronger.contains(flag.name) {
            guard let name = flag.outline.environment, let value = variable(name), !value.isEmpty else { continue }
            settings.append(Setting(flag, value, .variable(name)))
        }
        try readEnvironment(variable, into: &options, besides: stronger)
        var outcome = try parse(arguments, into: &options)
        outcome.settings = settings + outcome.settings
        outcome.notes = notes
        return outcome
    }

    /// Fills `options` from a configuration, environment variables and arguments as far as they are right, passing over the
    /// rest: for how an error about them is reported.
    public func resolveLeniently(
        _ arguments: [[UInt8]], config: ConfigSource, _ variable: (String) -> [UInt8]?, into options: inout Options
    ) {
        for line in config.lines {
            var changed = options
            guard let entry = try? entry(line, config, home: variable("HOME")),
                (try? store(entry.value, of: line, entry.flag, named: entry.name, into: &changed)) != nil
            else { continue }
            options = changed
        }
        try? readEnvironment(variable, into: &options, besides: [])
        parseLeniently(arguments, into: &options)
    }

    /// The flags that others are bound to and that a line of the profile decides.
    private func flagsDecidedByProfile(
        _ config: ConfigSource, _ given: Set<String>, _ variable: (String) -> [UInt8]?
    ) -> Set<String> {
        guard config.lines.contains(where: { $0.profile != nil }) else { return [] }
        return Set(flags.compactMap(\.binding?.flag)).filter { name in
            let environment = flags.first { $0.name == name }?.outline.environment
            let isSet = environment.flatMap(variable).map { !$0.isEmpty } ?? false
            let isOfProfile = config.lines.last { $0.name == name }?.profile != nil
            return isOfProfile && !given.contains(name) && (config.outranksVariables || !isSet)
        }
    }

    /// The flag that a line sets, its value, and how errors name it; nil when it is another command's.
    private func entry(
        _ line: ConfigDocument.Line, _ config: ConfigSource, home: [UInt8]?
    ) throws(UsageError) -> (flag: Flag<Options>, value: [UInt8], name: Message)? {
        guard let (flag, isNegated) = try configured(line, config) else { return nil }
        let name: Message = "\(plain: config.file):\(line.number): --\(own: line.name)"
        let value = try self.value(line, of: flag, isNegated: isNegated, named: name)
        guard case .files = flag.syntax.offer, let home else { return (flag, value, name) }
        return (flag, path(value, below: home), name)
    }

    /// Stores a line's value; an error also says what was taken literally.
    private func store(
        _ value: [UInt8], of line: ConfigDocument.Line, _ flag: Flag<Options>, named name: Message,
        into options: inout Options
    ) throws(UsageError) {
        do throws(UsageError) {
            try store(value, of: flag, named: name, into: &options)
        } catch {
            throw UsageError(error.message, hint: line.literalNote ?? error.hint)
        }
    }

    /// The flag that a line of the configuration is about; nil when it is another command's.
    private func configured(
        _ line: ConfigDocument.Line, _ config: ConfigSource
    ) throws(UsageError) -> (flag: Flag<Options>, isNegated: Bool)? {
        let place: Message = "\(plain: config.file):\(line.number)"
        let shown: Message = "\(quoted: line.name)"
        let found = find(long: line.name)
        if let (flag, _) = found, case .refuse(let refusal) = flag.effect {
            throw UsageError("\(place): unknown setting \(shown)", hint: refusal.inConfig)
        }
        if let found, found.flag.outline.isConfigurable { return found }
        let positive = line.name.hasPrefix("no-") ? String(line.name.dropFirst(3)) : line.name
        let owners = config.others.filter {
            $0.name == line.name || $0.name == positive && $0.syntax.shape == .negatable
        }
        if owners.contains(where: \.isConfigurable) { return nil }
        guard found == nil, owners.isEmpty else {
            throw UsageError("\(place): \(shown) is for the command line only")
        }
        let names = flags.filter(\.isShown).map(\.outline) + config.others
        if let nearest = Suggestion.nearest(to: line.name, among: names.filter(\.isConfigurable).map(\.name)) {
            throw UsageError("\(place): unknown setting \(shown)", hint: "did you mean \(own: nearest)?")
        }
        // What is like no flag may be a key that was put there alone, which no message repeats.
        throw UsageError(
            "\(place): unknown setting", hint: "a line holds a flag and its value, such as \(config.example)")
    }

    private func value(
        _ line: ConfigDocument.Line, of flag: Flag<Options>, isNegated: Bool, named name: Message
    ) throws(UsageError) -> [UInt8] {
        switch flag.syntax.shape {
        case .required:
            guard let value = line.value else {
                throw UsageError("\(name) needs a value", hint: "as in \(own: flag.name) \(own: flag.syntax.name)")
            }
            return value
        case .optional: return line.value ?? []
        case .none, .negatable:
            if line.value != nil { throw UsageError("\(name) takes no value") }
            return isNegated ? Array("no".utf8) : []
        }
    }

    /// `~/` before a path means the home folder, as it would on the command line, where the shell replaces it.
    private func path(_ value: [UInt8], below home: [UInt8]) -> [UInt8] {
        value.starts(with: "~/".utf8) ? home + value.dropFirst() : value
    }

    /// What holds in the end: of flags that decide the same the last setting, or all of those that its source gives when
    /// each use adds. In the flags' order.
    public func settings(of outcome: Outcome) -> [Setting] {
        flags.flatMap { flag -> [Setting] in
            let rivals = outcome.settings.filter { $0.overrideGroup == flag.overrideGroup }
            guard let last = rivals.last, last.name == flag.name else { return [] }
            guard flag.outline.maxOccurrences != nil else { return [last] }
            return rivals.filter { $0.source.isSameKind(as: last.source) }
        }
    }
}

extension Setting.Source {
    /// Whether both are the command line, or the same variable, or lines of a configuration.
    fileprivate func isSameKind(as other: Setting.Source) -> Bool {
        if case .config = self, case .config = other { true } else { self == other }
    }
}
