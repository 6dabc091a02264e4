import JSON

extension JSONView {
    /// The outermost value of a text.
    static func of(_ text: String, depthLimit: Int = 512) throws(JSONError) -> JSONView {
        try JSONDocument(parsing: Array(text.utf8), depthLimit: depthLimit).root
    }
}

extension Sequence<UInt8> {
    /// The bytes as text, for comparisons that read well; only for ASCII, since String equality is canonical.
    var text: String { String(decoding: Array(self), as: UTF8.self) }
}
