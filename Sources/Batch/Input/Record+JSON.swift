import JSON
import Platform

extension Record {
    /// Fails when it is longer than it may be.
    func checkLength(_ format: InputFormat) throws(RowProblem) {
        guard isTooLong else { return }
        throw RowProblem("the \(format.unit) is longer than \(RecordReader.usualLimit >> 20) MiB")
    }

    /// The JSON that it holds, and the members of its object.
    ///
    /// - Parameters:
    ///   - id: becomes the row's `custom_id` if it has one.
    ///   - form: what a row should be, as a clause.
    ///   - textAdvice: what to do about plain text; nil for nothing.
    /// - Throws: ``RowProblem`` when it is not JSON, or not text.
    func readJSON(
        id: inout [UInt8], _ form: String, ofText textAdvice: String? = nil
    ) throws(RowProblem) -> (root: JSONView, fields: RowFields) {
        let document = try parseJSON(form, textAdvice)
        let fields = RowFields(document.root)
        id = try fields.customID() ?? id
        if document.holdsLoneSurrogate {
            throw RowProblem("a string holds half of a surrogate pair, which is not text")
        }
        return (document.root, fields)
    }

    private func parseJSON(_ form: String, _ textAdvice: String?) throws(RowProblem) -> JSONDocument {
        var bytes = bytes
        // A byte order mark is no part of the text. Blanks in its place leave the offsets right.
        let mark = InputFormat.byteOrderMark
        if number == 1, bytes.starts(with: mark) {
            bytes.replaceSubrange(..<mark.count, with: repeatElement(UInt8(ascii: " "), count: mark.count))
        }
        do throws(JSONError) {
            return try JSONDocument(parsing: bytes)
        } catch {
            if let offset = UTF8Sequence.firstInvalidOffset(in: bytes) {
                throw RowProblem.notUTF8(at: offset)
            }
            let isText = !bytes.contains { Array("{}[]\"".utf8).contains($0) }
            let advice = isText ? textAdvice.map { "; \($0)" } : nil
            throw RowProblem("not JSON: \(error.description)" + (advice ?? ""))
        }
    }
}
