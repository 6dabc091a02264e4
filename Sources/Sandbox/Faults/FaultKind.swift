import Flags

/// One way to misbehave: how it is written, and what it does. ``all`` is the table that the help is made from.
struct FaultKind: Sendable {
    /// What it does to a response.
    typealias Effect = @Sendable (inout Misbehavior) -> Void

    /// As in `NAME=VALUE`.
    let name: String
    /// How its value is written.
    let syntax: ValueSyntax
    /// What it does, for the help.
    let summary: String
    /// Whether the value is a URL, which may end in a port.
    let takesURL: Bool
    private let read: @Sendable ([UInt8]) throws(BadValue) -> Effect

    /// A way to misbehave, and what it sets.
    init<Parsed: Sendable>(
        _ name: String, takes value: Value<Parsed>, takesURL: Bool = false, _ summary: String,
        store: @escaping @Sendable (inout Misbehavior, Parsed) -> Void
    ) {
        self.name = name
        self.syntax = value.syntax
        self.summary = summary
        self.takesURL = takesURL
        read = { bytes throws(BadValue) in
            let parsed = try value.parse(bytes)
            return { store(&$0, parsed) }
        }
    }

    /// As it is written, with its value's name.
    var usage: String { takesValue ? "\(name)=\(syntax.name)" : name }

    /// What it does and, in brackets, what its value must be.
    var meaning: String {
        syntax.requirement.isEmpty ? summary : "\(summary) [\(syntax.requirement)]"
    }

    /// Whether it needs a value, or else takes none.
    var takesValue: Bool { syntax.shape == .required }

    /// What it does with this value; with none, for one that takes none.
    ///
    /// - Throws: ``BadValue`` for a value that is not as it must be.
    func effect(of value: [UInt8]) throws(BadValue) -> Effect {
        try read(value)
    }
}
