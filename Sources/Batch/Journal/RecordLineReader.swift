import JSON
import Platform

/// What a line of a result file says, as far as it is needed to tell which row it belongs to.
public struct RecordHead: Sendable {
    /// The row's `custom_id`, UTF-8.
    public let id: [UInt8]
    /// Tells which request it is the outcome of; nil for a row that could not be sent.
    public let digest: RequestDigest?
    /// Whether the row succeeded: no error, and a status of success.
    public let isDone: Bool
    /// Where in the line the body stands; nil when there is none.
    let body: Range<Int>?
}

/// Why a line is not a record.
struct RecordProblem: Error {
    /// A clause.
    let reason: Message
    /// The line that it repeats; nil for a line that is none.
    var firstLine: Int?

    init(_ reason: Message, firstLine: Int? = nil) {
        (self.reason, self.firstLine) = (reason, firstLine)
    }
}

/// Reads lines of result files, as ``BatchRecord`` writes them or as other programs spell the same JSON.
struct RecordLineReader {
    /// A body may be as deep as any response, and stands in two objects.
    static let depthLimit = JSONDocument.usualDepthLimit + 2

    /// Where in the line the values stand that are wanted.
    private struct Places {
        var id: Range<Int>?
        var customID: Range<Int>?
        /// Scores of continuations, or the score of a text.
        var scores: Range<Int>?
        var response: Range<Int>?
        var error: Range<Int>?
        var statusCode: Range<Int>?
        var body: Range<Int>?
    }

    private let kind: RecordKind
    private var skimmer = JSONSkimmer(memberDepth: 2, depthLimit: depthLimit)

    /// A reader of files of one kind.
    init(_ kind: RecordKind = .responses) {
        self.kind = kind
    }

    /// What a line says that ``BatchRecord`` wrote.
    ///
    /// - Throws: ``RecordProblem`` for any other line.
    mutating func read(_ line: UnsafeBufferPointer<UInt8>) throws(RecordProblem) -> RecordHead {
        let places = try places(in: line)
        guard let id = places.id, let digest = digest(Self.string(line, id)) else {
            throw RecordProblem("its 'id' holds no digest of a \(own: kind == .scores ? "row" : "request")")
        }
        guard let customID = places.customID.flatMap({ Self.string(line, $0) }) else {
            throw RecordProblem("its 'custom_id' is not a string")
        }
        let hasFailed: Bool
        let isGood: Bool
        switch kind {
        case .responses: (hasFailed, isGood) = try readResponse(places, in: line)
        case .scores: (hasFailed, isGood) = try readScores(places, in: line)
        }
        guard case .some(let digest) = digest else {
            guard hasFailed else { throw RecordProblem("its 'id' holds no digest of a request") }
            return RecordHead(id: customID, digest: nil, isDone: false, body: places.body)
        }
        return RecordHead(id: customID, digest: digest, isDone: !hasFailed && isGood, body: places.body)
    }

    /// Whether the row failed, and whether its response has a status of success.
    private func readResponse(
        _ places: Places, in line: UnsafeBufferPointer<UInt8>
    ) throws(RecordProblem) -> (hasFailed: Bool, isGood: Bool) {
        guard let response = places.response, let error = places.error,
            Self.isNullOr("{", at: response, in: line), Self.isNullOr("{", at: error, in: line)
        else { throw RecordProblem("it has no 'response' or no 'error'") }
        let hasResponse = line[response.lowerBound] == UInt8(ascii: "{")
        let hasFailed = line[error.lowerBound] == UInt8(ascii: "{")
        guard hasResponse || hasFailed else { throw RecordProblem("it has neither a response nor an error") }
        guard !hasResponse || (places.statusCode != nil && places.body != nil) else {
            throw RecordProblem("its response has no 'status_code' or no 'body'")
        }
        let status = places.statusCode.flatMap { Self.integer(line, $0) } ?? 0
        return (hasFailed, (200..<300).contains(status))
    }

    private func readScores(
        _ places: Places, in line: UnsafeBufferPointer<UInt8>
    ) throws(RecordProblem) -> (hasFailed: Bool, isGood: Bool) {
        guard let scores = places.scores, let error = places.error,
            Array("[{n".utf8).contains(line[scores.lowerBound]),
            Self.isNullOr("{", at: error, in: line)
        else { throw RecordProblem("it has no 'scores' or no 'error'") }
        let hasFailed = line[error.lowerBound] == UInt8(ascii: "{")
        guard hasFailed || line[scores.lowerBound] != UInt8(ascii: "n") else {
            throw RecordProblem("it has neither scores nor an error")
        }
        return (hasFailed, true)
    }

    private static func isNullOr(
        _ sign: Unicode.Scalar, at place: Range<Int>, in line: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        [UInt8(ascii: sign), UInt8(ascii: "n")].contains(line[place.lowerBound])
    }

    /// What a record says of its row: what the server sent, empty for nothing; of scores, the whole record.
    ///
    /// - Parameter head: what was read of the line.
    func content(of head: RecordHead, in line: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        switch kind {
        case .responses: head.body.map { Self.content(ofBody: Array(line[$0])) } ?? []
        case .scores: Array(line)
        }
    }

    /// What the server sent, as far as the body of a record has it: JSON, or the text that a JSON string stands for.
    static func content(ofBody body: [UInt8]) -> [UInt8] {
        guard body.first == UInt8(ascii: "\""), body.count > 1 else { return body }
        return JSONString.unescape(body[1..<body.count - 1])
    }

    /// The `custom_id`, and where the status, the body and the error stand, of a line that ``BatchRecord`` or another
    /// program wrote; nil for other JSON.
    mutating func readForeign(_ line: UnsafeBufferPointer<UInt8>) throws(RecordProblem) -> ForeignRecord? {
        let places = try places(in: line)
        guard let customID = places.customID.flatMap({ Self.string(line, $0) }) else { return nil }
        return ForeignRecord(
            id: customID, statusCode: places.statusCode.flatMap { Self.integer(line, $0) }, body: places.body,
            error: places.error.flatMap { line[$0.lowerBound] == UInt8(ascii: "n") ? nil : $0 })
    }

    /// Whether the bytes are the beginning of a line that ``BatchRecord`` wrote, cut off anywhere, perhaps with NULs behind
    /// them, as some file systems leave them after a power failure.
    mutating func isTorn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let written = bytes.lastIndex { $0 != 0 }.map { UnsafeBufferPointer(rebasing: bytes[...$0]) }
        guard let written else { return true }
        let start = Array("{\"id\":\"".utf8) + kind.prefix
        guard written.count > start.count else { return start.starts(with: written) }
        guard written.starts(with: start), Self.beginsDigest(written[start.count...]) else { return false }
        do throws(JSONError) {
            try skimmer.read(written)
            return false
        } catch {
            // A character of up to four bytes may be cut, too.
            return error.problem == .unexpectedEnd
                || error.problem == .invalidUTF8 && error.offset > written.count - 4
        }
    }

    /// Whether the rest of an `id`, perhaps cut off, is that of a record.
    private static func beginsDigest(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let rest = bytes.prefix { $0 != UInt8(ascii: "\"") }
        let missing = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, 64 - rest.count))
        if rest.endIndex < bytes.endIndex {
            return rest.elementsEqual(BatchRecord.invalid) || RequestDigest(hexadecimal: rest) != nil
        }
        return BatchRecord.invalid.starts(with: rest) || RequestDigest(hexadecimal: Array(rest) + missing) != nil
    }

    private mutating func places(in line: UnsafeBufferPointer<UInt8>) throws(RecordProblem) -> Places {
        guard line.first == UInt8(ascii: "{") else { throw RecordProblem("it is not a JSON object") }
        do throws(JSONError) {
            try skimmer.read(line)
        } catch {
            throw RecordProblem("it is not JSON (\(own: error.description))")
        }
        var places = Places()
        var isInResponse = false
        for member in skimmer.members {
            let key = Self.string(line, member.key) ?? []
            if member.depth == 1 {
                isInResponse = key.elementsEqual("response".utf8)
                if isInResponse { (places.response, places.statusCode, places.body) = (member.value, nil, nil) }
                if key.elementsEqual("id".utf8) { places.id = member.value }
                if key.elementsEqual("custom_id".utf8) { places.customID = member.value }
                if key.elementsEqual("scores".utf8) || key.elementsEqual("score".utf8) { places.scores = member.value }
                if key.elementsEqual("error".utf8) { places.error = member.value }
            } else if isInResponse {
                if key.elementsEqual("status_code".utf8) { places.statusCode = member.value }
                if key.elementsEqual("body".utf8) { places.body = member.value }
            }
        }
        return places
    }

    /// A string's characters; nil for other values.
    private static func string(_ line: UnsafeBufferPointer<UInt8>, _ place: Range<Int>) -> [UInt8]? {
        guard line[place.lowerBound] == UInt8(ascii: "\"") else { return nil }
        let spelling = Array(line[place.lowerBound + 1..<place.upperBound - 1])
        return spelling.contains(UInt8(ascii: "\\")) ? JSONString.unescape(spelling[...]) : spelling
    }

    private static func integer(_ line: UnsafeBufferPointer<UInt8>, _ place: Range<Int>) -> Int? {
        Int(String(decoding: line[place], as: UTF8.self))
    }

    /// The digest that an `id` holds, which is nil for a row that could not be sent; nil for another `id`.
    private func digest(_ id: [UInt8]?) -> RequestDigest?? {
        let prefix = kind.prefix
        guard let id, id.starts(with: prefix) else { return nil }
        let rest = id[prefix.count...]
        if rest.elementsEqual(BatchRecord.invalid) { return .some(nil) }
        return RequestDigest(hexadecimal: rest).map(Optional.some)
    }
}

/// A line of a result file of any program that writes the vendors' form.
struct ForeignRecord {
    /// The row's `custom_id`, UTF-8.
    let id: [UInt8]
    /// The HTTP status; nil when there is none.
    let statusCode: Int?
    /// Where in the line the body stands; nil when there is none.
    let body: Range<Int>?
    /// Where in the line the error stands; nil when there is none.
    let error: Range<Int>?
}
