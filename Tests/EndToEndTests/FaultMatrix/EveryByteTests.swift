import Compression
import Foundation
import TestSupport
import Testing

/// Replies that are split or cut at a byte: at some bytes, or at each one when `EVERY_BYTE` is set, which takes minutes.
@Suite("Every byte")
struct EveryByteTests {
    /// How a reply's body is sent.
    enum Body: String, CaseIterable, Sendable {
        case stream, whole, gzip

        /// The whole reply, whose end is the connection's.
        var reply: [UInt8] {
            switch self {
            case .stream: Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + EveryByteTests.stream
            case .whole: Array("HTTP/1.1 200 OK\r\nContent-Length: \(document.count)\r\n\r\n".utf8) + document
            case .gzip: Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".utf8) + EveryByteTests.compressed
            }
        }

        /// How many bytes are enough for the answer. The line breaks after a stream's last event are not needed to see
        /// that it is the last.
        var sufficient: Int { reply.count - (self == .stream ? 2 : 0) }

        /// The flag that asks for it.
        var flag: String { self == .stream ? "--stream" : "--no-stream" }
    }

    private static let step = ProcessInfo.processInfo.environment["EVERY_BYTE"] == nil ? 29 : 1

    private static let stream = Array(
        """
        : hi\r
        data: {"choices":[{"index":0,"text":" é\\r\\n\\u00e9","finish_reason":null}]}\r
        \r
        data: {"choices":[{"index":0,"text":"😀 dark","finish_reason":"stop"}]}


        """.utf8)
    private static let document = Array(
        #"{"choices":[{"index":0,"text":" é\r\n\u00e9😀 dark","finish_reason":"stop"}]}"#.utf8)

    private static let compressed = (try? Gzip.compress(document, level: 6)) ?? []

    @Test("Split after any byte it reads the same", arguments: Body.allCases, FaultRun.formats)
    func split(body: Body, format: String) async throws {
        let whole = try await outcome(CannedReply([body.reply]), body, format)
        #expect(whole.status == 0 && !whole.output.isEmpty)
        for count in stride(from: 1, to: body.reply.count, by: Self.step) {
            let pieces = [Array(body.reply[..<count]), Array(body.reply[count...])]
            let outcome = try await outcome(CannedReply(pieces), body, format)
            #expect(
                outcome.status == 0 && outcome.error == whole.error, "\(body), \(format), split after \(count) bytes")
            #expect(outcome.output == whole.output, "\(body), \(format), split after \(count) bytes")
        }
    }

    @Test(
        "Cut after any byte it is no success, and what is written is no more than came", arguments: Body.allCases,
        FaultRun.formats)
    func cut(body: Body, format: String) async throws {
        let whole = rows(try await outcome(CannedReply([body.reply]), body, format).output, format)
        for count in stride(from: 0, to: body.sufficient, by: Self.step) {
            let outcome = try await outcome(CannedReply([body.reply]).cut(after: count), body, format)
            let place: Comment = "\(body), \(format), cut after \(count) bytes: exit \(outcome.status)"
            #expect([5, 7, 9].contains(outcome.status), place)
            #expect(outcome.error.starts(with: (format.hasPrefix("json") ? #"{"error":"# : "cerebras: ").utf8), place)
            let output = rows(outcome.output, format)
            #expect(output.count < whole.count && whole.starts(with: output), place)
            if body != .stream || format == "json" { #expect(outcome.output.isEmpty, place) }
        }
    }

    /// What is written of an answer as it comes; below a table's rows stand totals.
    private func rows(_ output: [UInt8], _ format: String) -> [UInt8] {
        guard format == "table" else { return output }
        return Array(output[..<(output.firstRange(of: "\n\n".utf8)?.lowerBound ?? output.endIndex)])
    }

    private func outcome(_ reply: CannedReply, _ body: Body, _ format: String) async throws -> TestProgram.Outcome {
        let server = try LoopbackServer([reply])
        defer { server.stop() }
        let flags = ["--max-retries", "0", "--format", format, body.flag]
        var program = TestProgram("cerebras", ["complete", "x"] + flags)
        program.setVariable("CEREBRAS_BASE_URL", server.url)
        return try await program.run()
    }
}
