/// A part of a case file: a heading, and the lines under it.
struct CaseSection: Sendable {
    /// The heading's first word.
    let kind: Kind
    /// The heading's other words that are no options.
    let operands: [String]
    /// The heading's options with their values.
    let options: [String: [String]]
    /// What the lines stand for.
    let content: [UInt8]
    /// The heading's line in the file, counted from 1.
    let line: Int

    /// Whether the heading has an option.
    func has(_ option: String) -> Bool { options[option] != nil }

    /// What a part says.
    enum Kind: String, CaseIterable, Sendable {
        case args
        case env
        case stdin
        case file
        case link
        case fifo
        case terminal
        case stdout
        case stderr
        case stream
        case type
        case signal
        case reply
        case piece
        case request
        case noRequest = "no-request"
        case exit
        case after
        case absent

        /// What may stand in the heading and under it.
        var shape: Shape {
            switch self {
            case .args: Shape()
            case .env: Shape(options: ["escaped": 0])
            case .stdin: Shape(options: ["escaped": 0, "open": 0, "closed": 0, "file": 0])
            case .file: Shape(operands: 1...1, options: ["escaped": 0, "mode": 1], isRepeatable: true)
            case .after: Shape(operands: 1...1, options: ["escaped": 0, "like": 0], isRepeatable: true)
            case .fifo: Shape(operands: 1...1, hasContent: false, isRepeatable: true)
            case .link: Shape(operands: 2...2, hasContent: false, isRepeatable: true)
            case .terminal: Shape(operands: 1...4, hasContent: false)
            case .stdout, .stderr: Shape(options: ["escaped": 0, "like": 0])
            case .stream: Shape(operands: 2...2, hasContent: false, isRepeatable: true)
            case .type: Shape(options: ["escaped": 0, "once": 2], isRepeatable: true)
            case .signal: Shape(operands: 1...1, options: ["once": 2], hasContent: false, isRepeatable: true)
            case .reply:
                Shape(
                    options: [
                        "escaped": 0, "bytewise": 0, "cut": 1, "reset": 0, "hang": 0, "keep-alive": 0, "repeated": 0,
                    ], isRepeatable: true)
            case .piece: Shape(options: ["escaped": 0, "once": 2], isRepeatable: true)
            case .request: Shape(options: ["escaped": 0, "like": 0, "body": 0], isRepeatable: true)
            case .noRequest: Shape(hasContent: false)
            case .exit: Shape(operands: 1...1, hasContent: false)
            case .absent: Shape(operands: 1...1, hasContent: false, isRepeatable: true)
            }
        }
    }

    /// What may stand in a heading and under it.
    struct Shape {
        /// How many operands it takes.
        var operands = 0...0
        /// Its options, and how many values each takes.
        var options: [String: Int] = [:]
        /// Whether lines may follow.
        var hasContent = true
        /// Whether a file may have several.
        var isRepeatable = false
    }
}
