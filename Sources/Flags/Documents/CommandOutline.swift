/// What the documents say of a command: help screens, manual pages and completions are made from it.
public struct CommandOutline: Sendable {
    /// The word after the program's name; for a program without commands its own name.
    public var name: String
    /// One sentence.
    public var summary: String
    /// What may follow the name, one line for each form, such as `[PROMPT] [FLAGS]`.
    public var forms: [String]
    /// What completions offer for an argument that is not a flag.
    public var operand: ValueSyntax.CompletionKind
    /// The names of the flags that the short help shows; nil for those that people use.
    public var ownFlags: [String]?
    /// A sentence below them; nil for none.
    public var shortNote: String?
    /// Paragraphs.
    public var description: [String]
    /// Its flags.
    public var sections: [SectionOutline]
    /// What flags' values may be, when that takes a list.
    public var lists: [(title: String, terms: [(term: String, meaning: String)])]
    /// The variables it reads.
    public var environment: [(term: String, meaning: String)]
    /// The files it reads and writes of its own accord.
    public var files: [(term: String, meaning: String)]
    /// Sections of the manual page that the help has no room for.
    public var notes: [ManualPart]
    /// Its exit statuses.
    public var exitStatus: [(term: String, meaning: String)]
    /// Command lines worth trying.
    public var examples: [String]

    /// A command; what is left out is not in the documents.
    public init(
        _ name: String, _ summary: String, forms: [String], operand: ValueSyntax.CompletionKind = .nothing,
        ownFlags: [String]? = nil, shortNote: String? = nil, description: [String] = [],
        sections: [SectionOutline] = [],
        lists: [(title: String, terms: [(term: String, meaning: String)])] = [],
        environment: [(term: String, meaning: String)] = [], files: [(term: String, meaning: String)] = [],
        notes: [ManualPart] = [],
        exitStatus: [(term: String, meaning: String)] = [], examples: [String] = []
    ) {
        self.name = name
        self.summary = summary
        self.forms = forms
        self.operand = operand
        self.ownFlags = ownFlags
        self.shortNote = shortNote
        self.description = description
        self.sections = sections
        self.lists = lists
        self.environment = environment
        self.files = files
        self.notes = notes
        self.exitStatus = exitStatus
        self.examples = examples
    }

    /// The flags of all sections.
    public var flags: [FlagOutline] { sections.flatMap(\.flags) }
}
