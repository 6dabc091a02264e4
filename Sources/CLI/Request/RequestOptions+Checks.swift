import Flags
import JSON
import Platform

extension RequestOptions {
    /// Refuses what cannot go together. What only the server can judge is left to the server.
    ///
    /// - Throws: ``UsageError`` for the first thing that is wrong.
    func check() throws(UsageError) {
        if fields["echo"] != nil, fields["return_raw_tokens"] != nil {
            throw UsageError("--echo can't be used with --return-raw-tokens", hint: "leave out one of them")
        }
        if let candidates = integer("best_of"), candidates > 0 {
            let choices = integer("n") ?? 1
            if candidates < choices {
                throw UsageError("--best-of \(candidates) is less than --n \(choices)")
            }
            if streams == true {
                throw UsageError("--best-of can't be used with --stream", hint: "leave out one of them")
            }
        }
        try checkExtraFields()
    }

    /// Reads the escapes in stops of the command line.
    ///
    /// - Throws: ``UsageError`` for an escape there is not.
    mutating func readEscapesOfStops() throws(UsageError) {
        guard case .array(let stops)? = fields["stop"] else { return }
        var read: [JSONValue] = []
        for case .string(let text) in stops { read.append(.string(try Escapes.read(text, of: "--stop"))) }
        fields["stop"] = .array(read)
    }

    /// What is worth a note although it is sent.
    ///
    /// - Parameter readsEscapes: whether escapes in stops were read.
    func notes(readsEscapes: Bool) -> [Message] {
        var notes: [Message] = []
        if let temperature = number("temperature"), temperature > 1.5 {
            notes.append("the API documents temperatures up to 1.5; sending \(temperature) anyway")
        }
        if fields["temperature"] != nil, fields["top_p"] != nil {
            notes.append("temperature and top_p are both set; the API advises changing only one of them")
        }
        return notes + (readsEscapes ? [] : literalStops)
    }

    private var literalStops: [Message] {
        guard case .array(let stops)? = fields["stop"] else { return [] }
        return stops.compactMap { stop in
            guard case .string(let text) = stop, let read = try? Escapes.read(text), read != text else { return nil }
            return "--stop \(quoted: text) is sent literally, with its backslash; --escapes reads the escape"
        }
    }

    private func checkExtraFields() throws(UsageError) {
        var names: Set<[UInt8]> = []
        for field in extraFields {
            let shown: Message = "\(quoted: field.name)"
            let owner = ["model": "--model", "prompt": "--prompt", "stream": "--stream"][field.name]
            if let owner { throw UsageError("--set: \(shown) is set with \(own: owner)") }
            if fields[field.name] != nil {
                throw UsageError("--set: \(shown) is also set by \(own: Self.flag(for: field.name))")
            }
            guard names.insert(Array(field.name.utf8)).inserted else {
                throw UsageError("--set: \(shown) is set twice")
            }
        }
    }

    private static func flag(for field: String) -> String {
        let flag = Section.sampling.flags.first { $0.outline.field == field }
        return flag.map { "--\($0.name)" } ?? "another flag"
    }

    private func integer(_ field: String) -> Int? {
        if case .number(let number)? = fields[field] { number.integer } else { nil }
    }

    private func number(_ field: String) -> Double? {
        if case .number(let number)? = fields[field] { number.double } else { nil }
    }
}
