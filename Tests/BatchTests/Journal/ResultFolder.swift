import Foundation
import TestSupport

@testable import Batch
@testable import JSON
@testable import Platform

/// Result files of a test, and the rows that they belong to.
struct ResultFolder {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    func path(_ name: String = "results") -> String { folder.path(name) }

    func write(_ text: String, to name: String = "results") {
        _ = FileManager.default.createFile(atPath: path(name), contents: Data(text.utf8))
    }

    func text(_ name: String = "results") -> String? {
        FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
    }

    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()) ?? [] }

    func inode(_ name: String = "results") -> UInt {
        var status = stat()
        stat(path(name), &status)
        return UInt(status.st_ino)
    }

    func place(_ name: String = "results") throws -> FilePlace {
        guard case .file(let place) = try OutputTarget(Array(path(name).utf8), standardOutput: -1, "\(own: name)")
        else {
            throw SystemError.refused("file", reason: "is none")
        }
        return place
    }

    func journal(
        _ rows: RowTable?, errors: String? = nil, _ set: (inout JournalOptions) -> Void = { _ in }
    ) throws -> Journal {
        var options = JournalOptions()
        set(&options)
        return try Journal(
            output: JournalPath(place(), "results"), errors: errors.map { JournalPath(try place($0), "\(own: $0)") },
            rows: rows, options, ProcessContext())
    }

    /// A journal that asks what is expected of each completion that is there.
    func journal(_ rows: RowTable?, checking isUnexpected: @escaping ([UInt8]) -> Bool) throws -> Journal {
        try Journal(
            output: JournalPath(place(), "results"), errors: nil, rows: rows, JournalOptions(), ProcessContext(),
            isUnexpected: isUnexpected)
    }

    /// What opening the files is refused with; nil when it is not.
    func refusal(
        _ rows: RowTable?, errors: String? = nil, _ set: (inout JournalOptions) -> Void = { _ in }
    ) throws -> JournalError? {
        do {
            _ = try journal(rows, errors: errors, set)
            return nil
        } catch let error as JournalError {
            return error
        }
    }
}

/// Rows and records of tests: the row `a` has a request that is all about `a`.
enum Sample {
    static func digest(_ seed: String) -> RequestDigest {
        RequestDigest(bytes: SHA256.digest(of: Array(seed.utf8)))
    }

    /// - Parameter request: what the request is about; nil for the id.
    static func row(_ id: String, number: Int = 1, request: String? = nil) -> Row {
        Row(number: number, id: Array(id.utf8), body: .object([]), digest: digest(request ?? id))
    }

    static func table(_ ids: String...) -> RowTable {
        let table = RowTable()
        for (position, id) in ids.enumerated() {
            _ = table.insert(IDDigest(of: Array(id.utf8)), digest: digest(id), line: position + 1)
        }
        return table
    }

    static func done(_ id: String, request: String? = nil, text: String = "x") -> BatchRecord {
        let body = #"{"choices":[{"text":"\#(text)","index":0,"finish_reason":"stop"}],"usage":{}}"#
        return BatchRecord(
            id: Array(id.utf8), digest: digest(request ?? id),
            .response(BatchRecord.Response(statusCode: 200, requestID: "r", content: Array(body.utf8))))
    }

    static func failed(_ id: String, request: String? = nil) -> BatchRecord {
        BatchRecord(
            id: Array(id.utf8), digest: digest(request ?? id), .response(nil), error: ["kind": "timeout"])
    }

    static func invalid(_ id: String) -> BatchRecord {
        BatchRecord(id: Array(id.utf8), digest: nil, .response(nil), error: ["kind": "usage"])
    }

    static func text(_ records: BatchRecord...) -> String {
        records.map { String(decoding: $0.line, as: UTF8.self) }.joined()
    }
}

extension Message {
    /// As a person reads it.
    var plainText: String { text(masking: Secrets()) }
}
