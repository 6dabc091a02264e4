public import Platform

/// What a flag takes: how it reads, and how it is described.
public struct Value<Parsed>: Sendable {
    /// How the value is written, for help, man page and completions.
    public let syntax: ValueSyntax
    /// Reads the bytes that were given.
    public let parse: @Sendable ([UInt8]) throws(BadValue) -> Parsed

    /// A value with a reader of its own.
    public init(_ syntax: ValueSyntax, parse: @escaping @Sendable ([UInt8]) throws(BadValue) -> Parsed) {
        self.syntax = syntax
        self.parse = parse
    }
}

/// A word that a flag's value may be, and what it means.
public struct NamedValue: Sendable, ExpressibleByStringLiteral {
    /// As it is written.
    public let name: String
    /// A clause; empty where the name says all.
    public let summary: String

    /// A word and its meaning.
    public init(_ name: String, _ summary: String = "") {
        self.name = name
        self.summary = summary
    }

    /// A word that says all.
    public init(stringLiteral name: String) {
        self.init(name)
    }
}

/// How a flag's value is written and what it may be.
public struct ValueSyntax: Sendable {
    /// Whether and how the flag takes a value.
    public enum Shape: Sendable {
        /// A switch: `--quiet`.
        case none
        /// A switch with an opposite: `--stream`, `--no-stream`.
        case negatable
        /// `--model NAME`.
        case required
        /// `--dry-run`, `--dry-run=body`: the value only after an equals sign.
        case optional
    }

    /// What completions can offer for the value.
    public enum CompletionKind: Sendable {
        case nothing
        case files
        /// One of these and nothing else.
        case choices([NamedValue])
        /// Some of these, separated by commas.
        case list([NamedValue])
        /// What a value may begin with; more follows without a space.
        case beginnings([NamedValue])
        /// The lines that the program itself prints when it is started with these arguments.
        case printed(by: [String])
        /// The lines of the file of this name in the program's folder among the user's cache folders.
        case cached(String)
        /// The names of the program's commands.
        case commands
    }

    /// Whether and how the flag takes a value.
    public let shape: Shape
    /// The value's name in help, such as `SECONDS`; empty for a switch.
    public let name: String
    /// What the value must be, such as `range: 0..1`; empty when anything goes.
    public let requirement: String
    /// What completions offer.
    public let offer: CompletionKind

    /// A switch (the defaults) or a value.
    public init(_ shape: Shape = .none, name: String = "", requirement: String = "", offer: CompletionKind = .nothing) {
        self.shape = shape
        self.name = name
        self.requirement = requirement
        self.offer = offer
    }
}

extension ValueSyntax.CompletionKind {
    /// The words that are offered, where they are known.
    public var choices: [NamedValue] {
        switch self {
        case .choices(let choices), .list(let choices), .beginnings(let choices): choices
        case .nothing, .files, .cached, .commands, .printed: []
        }
    }

    /// Whether a value can be nothing else than one of the words.
    var isClosed: Bool {
        if case .choices = self { true } else { false }
    }
}

/// Why a value was refused; the parser adds which flag.
public struct BadValue: Error, Equatable {
    /// One clause, such as `'7' is not in 0..1`.
    public let problem: Message

    /// A clause that names the value and what it should be.
    public init(_ problem: Message) {
        self.problem = problem
    }
}
