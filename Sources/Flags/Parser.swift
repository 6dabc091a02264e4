import Platform

/// What an argument list asks for besides filling the options.
public enum ParserRequest: Sendable {
    case run
    /// The help with everything: `--help`.
    case help
    /// The help with the flags people use: `-h`.
    case shortHelp
    case version
}

/// Reads an argument list by a flag table.
///
/// `--flag=value`, `--flag value`, `-fvalue`, `-f value` and clustered switches; flags may stand before or after
/// operands; `--` ends them; a flag that takes a value takes the next argument whatever it looks like.
public struct Parser<Options: SendableMetatype>: Sendable {
    /// What an argument list says apart from the options.
    public struct Outcome: Sendable {
        /// What to do; help and version are found even when other arguments are wrong.
        public var request = ParserRequest.run
        /// The arguments that are not flags, as given.
        public private(set) var operands: [[UInt8]] = []
        /// For each operand, how often each repeatable flag had been given before it.
        public private(set) var countsBefore: [[String: Int]] = []
        /// The names of the flags that were given.
        public var given: Set<String> = []
        /// The profile of the configuration that was named; nil when none was.
        public var profile: [UInt8]?
        /// Whether the configuration is to be ignored.
        public var ignoresConfig = false
        /// What is to be said of a configuration that is obeyed otherwise than it may be meant.
        public var notes: [Message] = []
        /// All that was said of flags, the weakest first.
        var settings: [Setting] = []
        /// How often each repeatable flag was given.
        var counts: [String: Int] = [:]

        /// Nothing but to run.
        public init() {}

        /// The profile of the configuration that decides a flag; nil when something else does.
        public func profile(deciding flag: String) -> String? {
            guard case .config(_, _, let profile)? = settings.last(where: { $0.overrideGroup == flag })?.source else {
                return nil
            }
            return profile
        }

        fileprivate mutating func add(_ operand: [UInt8]) {
            operands.append(operand)
            countsBefore.append(counts)
        }
    }

    let flags: [Flag<Options>]
    let advice: UnknownFlagAdvice

    /// A parser for the flags of these sections.
    public init(_ sections: [Section<Options>], advice: UnknownFlagAdvice = UnknownFlagAdvice()) {
        flags = sections.flatMap(\.flags)
        self.advice = advice
    }

    /// Fills `options` from the arguments.
    ///
    /// - Parameters:
    ///   - arguments: without the program's and the command's name.
    ///   - options: filled in place; half filled after an error.
    /// - Throws: the first problem, unless help or the version was asked for anywhere.
    public func parse(_ arguments: [[UInt8]], into options: inout Options) throws(UsageError) -> Outcome {
        var outcome = Outcome()
        let problem = parse(arguments, into: &options, &outcome)
        if outcome.request == .run, let problem { throw problem }
        return outcome
    }

    /// Fills `options` from the arguments that are right, passing over the rest.
    @discardableResult
    public func parseLeniently(_ arguments: [[UInt8]], into options: inout Options) -> Outcome {
        var outcome = Outcome()
        _ = parse(arguments, into: &options, &outcome)
        return outcome
    }

    /// - Returns: the first problem; the arguments after it are read, too.
    private func parse(
        _ arguments: [[UInt8]], into options: inout Options, _ outcome: inout Outcome
    ) -> UsageError? {
        var rest = arguments[...]
        var problem: UsageError?
        while let argument = rest.popFirst() {
            if argument == Array("--".utf8) {
                for operand in rest { outcome.add(operand) }
                break
            }
            do throws(UsageError) {
                try read(argument, &rest, into: &options, &outcome)
            } catch {
                problem = problem ?? error
            }
        }
        return problem
    }

    /// Fills in the flags' defaults, before the arguments are read.
    public func fillDefaults(of options: inout Options) throws(UsageError) {
        for flag in flags {
            guard let value = flag.outline.defaultValue else { continue }
            try store(Array(value.utf8), of: flag, named: "--\(own: flag.name)", into: &options)
        }
    }

    /// Fills what the command line left open from the flags' environment variables; an empty one counts as unset.
    public func readEnvironment(
        _ variable: (String) -> [UInt8]?, into options: inout Options, besides given: Set<String>
    ) throws(UsageError) {
        for flag in flags where !given.contains(flag.name) {
            guard let name = flag.outline.environment, let value = variable(name), !value.isEmpty else { continue }
            try store(value, of: flag, named: "\(own: name)", into: &options)
        }
    }

    private func read(
        _ argument: [UInt8], _ rest: inout ArraySlice<[UInt8]>, into options: inout Options, _ outcome: inout Outcome
    ) throws(UsageError) {
        if argument.starts(with: "--".utf8) {
            try readLong(argument.dropFirst(2), &rest, into: &options, &outcome)
        } else if argument.first == UInt8(ascii: "-"), argument.count > 1 {
            try readShort(argument.dropFirst(), &rest, into: &options, &outcome)
        } else {
            outcome.add(argument)
        }
    }

    private func readLong(
        _ argument: ArraySlice<UInt8>, _ rest: inout ArraySlice<[UInt8]>, into options: inout Options,
        _ outcome: inout Outcome
    ) throws(UsageError) {
        let end = argument.firstIndex(of: UInt8(ascii: "=")) ?? argument.endIndex
        let name = String(decoding: argument[..<end], as: UTF8.self)
        let attached = end < argument.endIndex ? Array(argument[(end + 1)...]) : nil
        guard let (flag, isNegated) = find(long: name) else { throw unknown("--", name) }
        var value = attached
        if flag.syntax.shape == .required {
            value = attached ?? rest.popFirst()
        } else if attached != nil, flag.isShown, flag.syntax.shape != .optional {
            throw UsageError("--\(own: name) takes no value")
        } else if isNegated {
            value = Array("no".utf8)
        }
        try apply(flag, named: "--\(name)", value, into: &options, &outcome)
    }

    private func readShort(
        _ letters: ArraySlice<UInt8>, _ rest: inout ArraySlice<[UInt8]>, into options: inout Options,
        _ outcome: inout Outcome
    ) throws(UsageError) {
        var letters = letters
        while let letter = letters.popFirst() {
            let name = String(decoding: [letter], as: UTF8.self)
            guard let flag = flags.first(where: { $0.outline.short.map(String.init) == name }) else {
                throw unknown("-", letter < 0x80 ? name : String(decoding: [letter] + letters, as: UTF8.self))
            }
            var value: [UInt8]?
            if flag.syntax.shape == .required {
                value = letters.isEmpty ? rest.popFirst() : Array(letters)
                letters = []
            }
            try apply(flag, named: "-\(name)", value, into: &options, &outcome)
        }
    }

    private func apply(
        _ flag: Flag<Options>, named name: String, _ value: [UInt8]?, into options: inout Options,
        _ outcome: inout Outcome
    ) throws(UsageError) {
        outcome.given.insert(flag.name)
        switch flag.effect {
        case .help: outcome.request = name == "--help" || outcome.request == .help ? .help : .shortHelp
        case .version: if outcome.request == .run { outcome.request = .version }
        case .noConfig: outcome.ignoresConfig = true
        case .refuse(let refusal): throw UsageError("unknown flag \(quoted: name)", hint: refusal.onCommandLine)
        case .profile:
            guard let value else { throw UsageError("\(own: name) needs a value", hint: "as in --profile NAME") }
            outcome.profile = value
            outcome.settings.append(Setting(flag, value, .commandLine))
        case .store:
            guard value != nil || flag.syntax.shape != .required else {
                throw UsageError(
                    "\(own: name) needs a value", hint: "as in --\(own: flag.name) \(own: flag.syntax.name)")
            }
            if let limit = flag.outline.maxOccurrences {
                outcome.counts[flag.name, default: 0] += 1
                if outcome.counts[flag.name] ?? 0 > limit {
                    throw UsageError("\(own: name) was given more than \(own: limit == 1 ? "once" : "\(limit) times")")
                }
            }
            try store(value ?? [], of: flag, named: "\(own: name)", into: &options)
            outcome.settings.append(Setting(flag, value ?? [], .commandLine))
        }
    }

    func store(
        _ value: [UInt8], of flag: Flag<Options>, named name: Message, into options: inout Options
    ) throws(UsageError) {
        guard case .store(let store) = flag.effect else { return }
        do throws(BadValue) {
            try store(&options, value)
        } catch {
            throw UsageError("\(name): \(error.problem)")
        }
    }

    func find(long name: String) -> (flag: Flag<Options>, isNegated: Bool)? {
        if let flag = flags.first(where: { $0.name == name }) { return (flag, false) }
        guard name.hasPrefix("no-") else { return nil }
        let positive = name.dropFirst(3)
        return flags.first { $0.name == positive && $0.syntax.shape == .negatable }.map { ($0, true) }
    }

    private func unknown(_ dashes: String, _ name: String) -> UsageError {
        let names = flags.filter(\.isShown).flatMap { flag in
            flag.syntax.shape == .negatable ? [flag.name, "no-\(flag.name)"] : [flag.name]
        }
        let hint =
            advice.explain(dashes + name)
            ?? (dashes == "--" ? Suggestion.nearest(to: name, among: names) : nil).map { "did you mean --\(own: $0)?" }
            ?? advice.generalHint(on: dashes + name)
        return UsageError("unknown flag \(quoted: dashes + name)", hint: hint)
    }
}
