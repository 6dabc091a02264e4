import Platform

extension Parser {
    /// Fills `options` from everything that says something, the weakest first: standard values, a configuration,
    /// environment variables, arguments.
    ///
    /// - Parameters:
    ///   - arguments: those of the command.
    ///   - config: the lines that hold; a line is passed over when the command line or a variable sets its flag.
    ///   - variable: an environment variable's bytes; nil when it is not set.
    ///   - file: the configuration file's name, for errors.
    ///   - others: the names of other commands' flags, which this one passes over.
    /// - Throws: the first problem.
    public func resolve(
        _ arguments: [[UInt8]], config: [ConfigDocument.Line], _ variable: (String) -> [UInt8]?, file: String,
        others: [String], into options: inout Options
    ) throws(UsageError) -> Outcome {
        var probe = options
        let given = try parse(arguments, into: &probe).given
        func isSet(_ name: String?) -> Bool {
            if let name, let value = variable(name) { return !value.isEmpty }
            return false
        }
        try fillStandards(of: &options)
        var settings = flags.compactMap { flag in
            flag.standard.map { Setting(name: flag.name, value: Array($0.utf8), source: .standard) }
        }
        for line in config {
            guard let (flag, isNegated) = try configured(line, file, others) else { continue }
            if given.contains(flag.name) || isSet(flag.environment) || isSet(flag.stronger) { continue }
            let name = "\(file):\(line.number): --\(line.name)"
            let value = try self.value(line, of: flag, isNegated: isNegated, named: name)
            try store(value, of: flag, named: name, into: &options)
            settings.append(Setting(name: flag.name, value: value, source: .config(line: line.number)))
        }
        for flag in flags where !given.contains(flag.name) {
            guard let name = flag.environment, let value = variable(name), !value.isEmpty else { continue }
            settings.append(Setting(name: flag.name, value: value, source: .variable(name)))
        }
        try readEnvironment(variable, into: &options, besides: given)
        var outcome = try parse(arguments, into: &options)
        outcome.settings = effective(settings + outcome.settings)
        return outcome
    }

    /// The flag that a line of the configuration is about; nil when it is another command's.
    private func configured(
        _ line: ConfigDocument.Line, _ file: String, _ others: [String]
    ) throws(UsageError) -> (flag: Flag<Options>, isNegated: Bool)? {
        let place = "\(file):\(line.number)"
        let shown = VisibleText.quote(line.name.utf8)
        guard let found = find(long: line.name) else {
            let positive = line.name.hasPrefix("no-") ? String(line.name.dropFirst(3)) : line.name
            if others.contains(line.name) || others.contains(positive) { return nil }
            let names = flags.filter(\.isShown).map(\.name) + others
            let nearest = Suggestion.nearest(to: line.name, among: names)
            throw UsageError("\(place): unknown flag \(shown)", hint: nearest.map { "did you mean \($0)?" })
        }
        if case .refuse = found.flag.effect {
            throw UsageError(
                "\(place): \(shown) does not belong in a file; api-key-file or api-key-command says where a key is")
        }
        guard found.flag.isConfigurable else {
            if others.contains(found.flag.name) { return nil }
            throw UsageError("\(place): \(shown) is for the command line; it can't be configured")
        }
        return found
    }

    private func value(
        _ line: ConfigDocument.Line, of flag: Flag<Options>, isNegated: Bool, named name: String
    ) throws(UsageError) -> [UInt8] {
        switch flag.syntax.shape {
        case .required:
            guard let value = line.value else {
                throw UsageError("\(name) needs a value", hint: "as in \(flag.name) \(flag.syntax.name)")
            }
            return value
        case .optional: return line.value ?? []
        case .none, .negatable:
            if line.value != nil { throw UsageError("\(name) takes no value") }
            return isNegated ? Array("no".utf8) : []
        }
    }

    /// Of each flag what holds in the end: its last value, or all of those that its strongest source gives when each use
    /// adds.
    private func effective(_ settings: [Setting]) -> [Setting] {
        flags.flatMap { flag -> [Setting] in
            let own = settings.filter { $0.name == flag.name }
            guard flag.limit != nil, let last = own.last else { return own.suffix(1) }
            if case .config = last.source {
                return own.filter { if case .config = $0.source { true } else { false } }
            }
            return own.filter { $0.source == last.source }
        }
    }
}
