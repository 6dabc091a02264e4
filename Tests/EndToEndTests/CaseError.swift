/// A case file that can't be used: where, and why.
struct CaseError: Error, CustomStringConvertible {
    let file: String
    let line: Int
    let problem: String

    init(_ file: String, _ line: Int, _ problem: String) {
        self.file = file
        self.line = line
        self.problem = problem
    }

    var description: String { "\(file):\(line): \(problem)" }
}

/// A text that can't be read as its notation wants; whoever knows the line makes a ``CaseError`` of it.
struct NotationError: Error {
    let problem: String
}
