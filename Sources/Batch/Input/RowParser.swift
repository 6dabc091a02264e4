import JSON
import Platform

/// Makes requests for completions of records.
///
/// A JSON Lines record is a string, which is the prompt; an object of request body fields with an optional `custom_id`; or
/// a line of the batch API, `{"custom_id", "method", "url", "body"}`. With a template an object is data: its fields fill the
/// template, and only `custom_id` has a meaning of its own. A line of white space is no row.
public struct RowParser: RowParsing {
    /// How the input holds its rows.
    public let format: InputFormat
    private let template: Template?
    private let defaults: RequestDefaults
    private let allowsEmptyPrompt: Bool
    private let takesOneChoice: Bool

    /// A parser.
    ///
    /// - Parameters:
    ///   - template: what objects are filled into; only for JSON Lines.
    ///   - allowsEmptyPrompt: whether an empty prompt may be sent.
    ///   - takesOneChoice: whether a row that asks for several choices can't be sent, since only one can be written.
    public init(
        _ format: InputFormat, template: Template?, defaults: RequestDefaults, allowsEmptyPrompt: Bool,
        takesOneChoice: Bool = false
    ) {
        (self.format, self.template) = (format, template)
        (self.defaults, self.allowsEmptyPrompt) = (defaults, allowsEmptyPrompt)
        self.takesOneChoice = takesOneChoice
    }

    /// What a record holds.
    private enum Content {
        case prompt([UInt8])
        case fields(RowFields)
        case data(RowFields, Template)
    }

    /// The row that a record is.
    ///
    /// - Returns: the row, or why it can't be sent.
    public func parse(_ record: Record) -> Result<Row, RowError> {
        var id = Self.id(of: record.number)
        do throws(RowProblem) {
            let content = try read(record, id: &id)
            var builder = RowBuilder(defaults, allowsEmptyPrompt: allowsEmptyPrompt)
            switch content {
            case .prompt(let text): try builder.setPrompt(text)
            case .fields(let fields): try builder.add(fields)
            case .data(let fields, let template): try builder.setPrompt(try template.fill(fields))
            }
            let row = try builder.finish(
                number: record.number, id: id,
                endsInCarriageReturn: format == .lines && record.bytes.last == UInt8(ascii: "\r"))
            guard !takesOneChoice || row.choiceCount == 1 else {
                throw RowProblem("the row asks for \(row.choiceCount) completions; --text writes one for each row")
            }
            return .success(row)
        } catch {
            return .failure(
                RowError(number: record.number, id: id, reason: error.reason, missingField: error.missingField))
        }
    }

    /// The id of a row that has none of its own: its number.
    static func id(of number: Int) -> [UInt8] { Array(String(number).utf8) }

    private func read(_ record: Record, id: inout [UInt8]) throws(RowProblem) -> Content {
        try record.checkLength(format)
        guard format == .jsonl else {
            if let offset = UTF8Sequence.firstInvalidOffset(in: record.bytes) {
                throw RowProblem.notUTF8(at: offset)
            }
            return .prompt(record.bytes)
        }
        let (root, fields) = try record.readJSON(
            id: &id, "a row is a JSON string or an object", ofText: "plain text is read with --input-format lines")
        switch (root.kind, template) {
        case (.string, nil): return .prompt(root.stringBytes ?? [])
        case (.string, _): throw RowProblem("the row is a string; --template fills in the fields of an object")
        case (.object, let template?): return .data(fields, template)
        case (.object, nil): return .fields(try BatchLine.body(of: fields) ?? fields)
        default: throw RowProblem("the row is neither a JSON string nor an object")
        }
    }
}
