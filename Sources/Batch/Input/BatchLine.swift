import JSON

/// A line of the batch API's input: `{"custom_id", "method", "url", "body"}`.
enum BatchLine {
    /// The body of such a line; nil for an object of body fields.
    ///
    /// - Throws: ``RowProblem`` when the line is for another endpoint, or holds what it can't.
    static func body(of fields: RowFields) throws(RowProblem) -> RowFields? {
        guard fields[RowName.body] != nil || fields[RowName.url] != nil || fields[RowName.method] != nil else {
            return nil
        }
        try fields.checkNames()
        var body: JSONView?
        for (name, value) in fields.members {
            switch name {
            case RowName.customID: break
            case RowName.method: try checkMethod(value)
            case RowName.url: try checkURL(value)
            case RowName.body: body = value
            default: throw RowProblem("field \(RowProblem.quoted(name)) stands beside 'body', not in it")
            }
        }
        guard let body, body.kind == .object else { throw RowProblem("body: not an object of request body fields") }
        return RowFields(body)
    }

    private static func checkMethod(_ value: JSONView) throws(RowProblem) {
        guard let method = value.string else { throw RowProblem("method: not a string") }
        guard method.uppercased() == "POST" else {
            throw RowProblem("method: \(RowProblem.quoted(method.utf8)) is not POST")
        }
    }

    /// Takes each path that ends in `/completions`, with or without a version before it.
    private static func checkURL(_ value: JSONView) throws(RowProblem) {
        guard let url = value.string else { throw RowProblem("url: not a string") }
        let shown = RowProblem.quoted(url.utf8)
        guard url.hasPrefix("/") else {
            throw RowProblem("url: \(shown) is not a path such as /v1/completions; --base-url names the server")
        }
        if url.hasSuffix("/chat/completions") {
            throw RowProblem("url: \(shown) is for chat; completions are at /v1/completions")
        }
        guard url.hasSuffix("/completions") else { throw RowProblem("url: \(shown) is not /v1/completions") }
    }
}
