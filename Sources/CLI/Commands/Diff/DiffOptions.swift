import Evaluation
import Flags
import Platform
import Rendering

/// What the command line of `diff` says.
struct DiffOptions: CommandOptions {
    /// What the comparison is written as.
    enum Format: String, CaseIterable {
        case text, json, html

        /// One line for the documents.
        var summary: String {
            switch self {
            case .text: "Readable report"
            case .json: "One JSON object"
            case .html: "Self-contained web page, both texts side by side"
            }
        }
    }

    /// The two responses, by the names of their files; `-` is standard input.
    var names = Pair<[UInt8]>(a: [], b: [])
    /// Which row of both, when they are result files; nil for files with one response.
    var row: [UInt8]?
    var format = Format.text
    var color = ColorChoice.auto

    var reportsErrorsAsJSON: Bool { format == .json }

    mutating func takeOperands(_ outcome: Parser<DiffOptions>.Outcome, _ context: ProcessContext) throws(Failure) {
        let operands = outcome.operands
        guard operands.count == 2 else {
            let problem: Message =
                operands.count < 2
                ? "two saved responses are needed" : "unexpected argument \(quoted: operands[2])"
            throw .usage(UsageError(problem, hint: "as in: cerebras diff one.json two.json"))
        }
        if operands.contains([]) { throw .usage(UsageError("'' is not a file name")) }
        if operands.allSatisfy({ $0.elementsEqual("-".utf8) }) {
            throw .usage(UsageError("standard input can be read only once, but '-' is given twice"))
        }
        names = Pair(a: operands[0], b: operands[1])
    }
}

extension Section where Options == DiffOptions {
    /// What is compared.
    static let diffInput = Section("Input", [Flag<[UInt8]?>.row.within(\.row)])

    /// How the differences are written.
    static let diffOutput = Section(
        "Output",
        [
            Flag(
                "format", short: "f",
                takes: .choice(
                    of: DiffOptions.Format.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "FORMAT"),
                defaultValue: DiffOptions.Format.text.rawValue, isCommon: true, isConfigurable: false,
                "Output format"
            ) { $0.format = DiffOptions.Format(rawValue: $1) ?? $0.format },
            Flag(
                "json", takes: .switch, isCommon: true, isConfigurable: false, overrideGroup: "format",
                "Same as --format json"
            ) { options, _ in options.format = .json },
            Flag<ColorChoice>.color.within(\.color),
        ])
}
