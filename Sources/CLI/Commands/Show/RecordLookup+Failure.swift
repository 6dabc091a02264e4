import Batch
import Flags
import JSON
import Platform

extension Flag where Options == [UInt8]? {
    /// Which row of a result file holds the response.
    static var row: Flag {
        Flag(
            "id", takes: .text(name: "ID"), isConfigurable: false,
            "Row of a result file, by its custom_id",
            details:
                "The file is one that cerebras batch wrote, or that has its form. A row without a custom_id has its line "
                + "number."
        ) { $0 = $1 }
    }
}

extension RecordLookup.Found {
    /// What the server sent, as `curl -i` would have saved it.
    var savedResponse: [UInt8] {
        let head = statusCode.map { Array("HTTP/1.1 \($0)\r\n\r\n".utf8) } ?? []
        return head + (content ?? [])
    }

    /// Why the row failed; nil when it did not.
    ///
    /// - Parameter label: what the row is, for the message.
    func failure(_ label: Message) -> Failure? {
        guard let error else { return nil }
        let root = (try? JSONDocument(parsing: error))?.root
        let status = root?["kind"]?.string.flatMap { kind in ExitStatus.allCases.first { $0.kind == kind } }
        let reason = root?["message"]?.string.map { "\(plain: $0)" as Message } ?? "\(plain: error, limit: 400)"
        return .row(label, status ?? .server, reason: reason)
    }
}

extension Failure {
    /// Why a row can't be shown.
    ///
    /// - Parameters:
    ///   - id: the row's.
    ///   - file: what was looked through.
    init(_ problem: RecordLookup.Problem, _ id: [UInt8], _ file: Message) {
        self =
            switch problem {
            case .notFound(let lines):
                .local(file, reason: "no row \(quoted: id) among \(lines) \(own: lines == 1 ? "row" : "rows")")
            case .repeated(let firstLine, let line):
                .local(file, reason: "row \(quoted: id) is on line \(firstLine) and on line \(line)")
            case .foreignLine(let line, let reason):
                .local(file, reason: "line \(line) is not a result of cerebras batch: \(reason)")
            case .system(let error): Failure(error)
            }
    }
}
