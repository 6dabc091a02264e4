import JSON

@testable import Batch

/// Rows that tests parse.
enum Parsed {
    /// The row or error of one record, with a model and no other field of flags unless others are given.
    static func record(
        _ text: String, number: Int = 1, format: InputFormat = .jsonl, template: String? = nil,
        fields: [JSONMember] = [], allowsEmptyPrompt: Bool = false
    ) throws -> Result<Row, RowError> {
        try bytes(
            Array(text.utf8), number: number, format: format, template: template, fields: fields,
            allowsEmptyPrompt: allowsEmptyPrompt)
    }

    /// The same of any bytes.
    static func bytes(
        _ bytes: [UInt8], number: Int = 1, format: InputFormat = .jsonl, template: String? = nil,
        fields: [JSONMember] = [], allowsEmptyPrompt: Bool = false
    ) throws -> Result<Row, RowError> {
        let parser = RowParser(
            format, template: try template.map { try Template(parsing: Array($0.utf8)) },
            defaults: RequestDefaults(model: Array("m".utf8), fields: fields), allowsEmptyPrompt: allowsEmptyPrompt)
        return parser.parse(Record(number: number, offset: 0, bytes: bytes))
    }

    /// The body that a record's row is sent as.
    static func body(_ text: String, template: String? = nil, fields: [JSONMember] = []) throws -> String {
        try record(text, template: template, fields: fields).get().body.jsonBytes.text
    }

    /// Why a record's row can't be sent; empty when it can.
    static func reason(_ text: String, template: String? = nil) throws -> String {
        switch try record(text, template: template) {
        case .success: ""
        case .failure(let error): error.reason
        }
    }
}
