import Client
import JSON
import Platform

@testable import Batch

/// A task whose rows take several requests: the prompt and a number each, and one more for some rows.
struct PartedRows: RowTask {
    /// Why a row fails.
    struct Down: Error {}

    let connection: Connection
    let parts: Int
    /// The prompts of rows that need another request when all others came.
    var asksAgain: [String] = []
    /// Whether no response is any good.
    var isDown = false
    let model = Array("m".utf8)
    let kind = RecordKind.scores

    func begin(_ row: Row) throws(ClientError) -> (work: Work, requests: [RowRequest]) {
        let prompt = String(decoding: row.id, as: UTF8.self)
        let work = Work(task: self, prompt: prompt, left: parts, asksAgain: asksAgain.contains(prompt))
        return (work, try (0..<parts).map { number throws(ClientError) in try request(prompt, number) })
    }

    func request(_ prompt: String, _ number: Int) throws(ClientError) -> RowRequest {
        let text = "\(prompt)/\(number)"
        let body: JSONValue = ["prompt": .text(text)]
        let payload = try Payload(body, encoding: .json, compression: .none, isVendor: false)
        return RowRequest(
            connection.completion(payload), ReplyExpectation(connection, choiceCount: 1, streams: false),
            size: PromptSize(text: Array(text.utf8)), maxTokens: 1)
    }

    struct Work: RowWork {
        let task: PartedRows
        let prompt: String
        var left: Int
        var asksAgain: Bool
        var came: [Int] = []

        mutating func take(_ reply: RowCollector, of request: Int) throws(ClientError) -> RowProgress {
            if task.isDown {
                return .failed(RowFailure(kind: "server", reason: "it is down", error: "down", ending: Down()))
            }
            came.append(request)
            left -= 1
            guard left == 0 else { return .waiting }
            if asksAgain {
                (asksAgain, left) = (false, 1)
                return .requests([try task.request(prompt, task.parts)])
            }
            let numbers = came.sorted().map(String.init).joined(separator: ",")
            return .done(.scores(Array("\"scores\":[\(numbers)]".utf8)), isUnexpected: false)
        }
    }
}

extension RunFixture {
    /// A task for ``run(_:by:)``.
    func task(parts: Int, asksAgain: [String] = [], isDown: Bool = false) -> PartedRows {
        PartedRows(connection: connection, parts: parts, asksAgain: asksAgain, isDown: isDown)
    }
}
