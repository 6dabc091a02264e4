import Platform

/// Why a row can't be sent, before it is known which row it is.
struct RowProblem: Error {
    /// One clause, such as `prompt: not text, texts or token IDs`; without control characters.
    let reason: String
    /// The field of a template that the row does not have; nil for any other problem.
    let missingField: MissingField?

    /// A clause out of own words and ``quoted(_:)``.
    init(_ reason: String, missingField: MissingField? = nil) {
        (self.reason, self.missingField) = (reason, missingField)
    }

    /// A record that is not UTF-8 from this byte on.
    static func notUTF8(at offset: Int) -> RowProblem { RowProblem("not UTF-8 at byte \(offset)") }

    /// A name from outside between single quotes, shortened and without what a terminal would act on.
    static func quoted(_ name: some Collection<UInt8>) -> String {
        let limit = 60
        let shown = VisibleText.spell(String(decoding: name.prefix(4 * limit), as: UTF8.self))
        return shown.unicodeScalars.count > limit ? "'\(shown.prefix(limit))\u{2026}'" : "'\(shown)'"
    }
}
