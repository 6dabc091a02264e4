import Flags
import Platform

extension CommandOptions {
    mutating func read(
        _ arguments: [[UInt8]], by sections: [Section<Self>], _ context: ProcessContext
    ) throws(Failure) -> Parser<Self>.Outcome {
        let parser = Parser(sections, advice: .program)
        let blank = self
        // Help and version are printed, and a wrong command line is refused, whatever the configuration is.
        var isResolved = false
        var config: ConfigFile?
        // A failure is reported in the form that the configuration or the command line asks for, as far as they are right.
        defer {
            if !isResolved {
                self = blank
                let config = config ?? ConfigFile.readLeniently(for: arguments, by: parser, blank, context)
                parser.resolveLeniently(arguments, config: config.source(), context.variable, into: &self)
            }
        }
        let first = try usage { () throws(UsageError) in try parser.parse(arguments, into: &self) }
        if first.request != .run { isResolved = true }
        guard first.request == .run else { return first }
        Watchdog.start()
        if first.ignoresConfig, first.profile != nil {
            throw .usage(UsageError("--profile can't be used with --no-config", hint: "leave out one of them"))
        }
        self = blank
        // One that can't be read is not read again.
        config = ConfigFile.none
        let read = try first.ignoresConfig ? .none : ConfigFile(profile: first.profile, context)
        config = read
        return try usage { () throws(UsageError) in
            let outcome = try parser.resolve(
                arguments, given: first.given, config: read.source(), context.variable, into: &self)
            do throws(UsageError) {
                try check()
            } catch {
                throw error.blaming(parser.settings(of: outcome))
            }
            isResolved = true
            return outcome
        }
    }
}

extension ConfigFile {
    /// The configuration that arguments ask for, whatever else is wrong with them; none if it can't be read.
    static func readLeniently<Options>(
        for arguments: [[UInt8]], by parser: Parser<Options>, _ blank: Options, _ context: ProcessContext
    ) -> ConfigFile {
        var options = blank
        let outcome = parser.parseLeniently(arguments, into: &options)
        guard !outcome.ignoresConfig else { return .none }
        return (try? ConfigFile(profile: outcome.profile, context)) ?? .none
    }
}

/// Carries out what may throw ``UsageError``, and throws it as a ``Failure``.
private func usage<Result>(_ body: () throws(UsageError) -> Result) throws(Failure) -> Result {
    do throws(UsageError) {
        return try body()
    } catch {
        throw .usage(error)
    }
}

extension UsageError {
    /// The same of flags that do not go together, with a hint on the one that stands in a configuration.
    fileprivate func blaming(_ settings: [Setting]) -> UsageError {
        let words = message.ownWords.split(separator: " ")
        for setting in settings {
            guard case .config(let file, let line, _) = setting.source, words.contains("--\(setting.name)") else {
                continue
            }
            return UsageError(
                message, hint: "--\(own: setting.name) stands in \(plain: file):\(line); --no-config ignores it")
        }
        return self
    }
}
