/// Where a key is, when not in `CEREBRAS_API_KEY`.
enum KeySource {
    /// A file by its path; `-` is standard input.
    case file([UInt8])
    /// A program that prints it: its name and arguments.
    case command([[UInt8]])

    /// Whether it takes standard input.
    var readsInput: Bool {
        if case .file(let path) = self { path.elementsEqual("-".utf8) } else { false }
    }
}
