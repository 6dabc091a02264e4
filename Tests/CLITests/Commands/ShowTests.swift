import API
import Foundation
import Logprobs
import Platform
import Rendering
import Testing

@testable import CLI

@Suite("Saved responses, shown")
struct ShowTests {
    /// What `show` writes of these bytes in a file.
    private func shown(_ bytes: [UInt8], as format: Format, _ recorded: RecordedReply) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "show-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, written) = (folder.appending(path: "reply"), folder.appending(path: "output"))
        try Data(bytes).write(to: file)
        try Data().write(to: written)
        let handle = try FileHandle(forWritingTo: written)
        let process = ProcessContext(arguments: [], input: -1, output: handle.fileDescriptor, error: -1)
        var options = ShowOptions()
        options.output.format = format
        options.topCount = recorded.context.topCount
        options.choicesPerPrompt = recorded.context.choiceCount > 1 ? 1 : nil
        let output = Output(standardOutput: process.output)
        var session = ShowSession(
            try SavedReply(Array(file.path.utf8), process), options, to: output, process)
        do throws(Failure) { try session.run() } catch { #expect(error.status == .cutShort, "\(error)") }
        return [UInt8](try Data(contentsOf: written))
    }

    @Test(
        "what --json saved of a complete response is shown as the response was, in every format",
        arguments: RecordedReply.whole)
    func wholeReplies(recorded: RecordedReply) throws {
        let saved = try recorded.completed(as: .json)
        for format in Format.all {
            #expect(try shown(saved, as: format, recorded) == recorded.completed(as: format), "\(format.name)")
        }
    }

    @Test(
        "a stream as it was sent, and its chunks on lines, are shown as the stream was",
        arguments: RecordedReply.streams)
    func streams(recorded: RecordedReply) throws {
        let lines = try recorded.completed(as: .jsonl)
        for format in Format.all {
            let expected = try recorded.completed(as: format)
            #expect(try shown(recorded.bytes(), as: format, recorded) == expected, "\(format.name)")
            #expect(try shown(lines, as: format, recorded) == expected, "\(format.name) of lines")
        }
    }

    @Test(
        "what --json gathered of a stream with log probabilities says the same as the stream",
        arguments: RecordedReply.streams.prefix(3))
    func gatheredStreams(recorded: RecordedReply) throws {
        let saved = try recorded.completed(as: .json)
        for format in [Format.text, .json, .tsv] {
            #expect(try shown(saved, as: format, recorded) == recorded.completed(as: format), "\(format.name)")
        }
    }

    @Test(
        "complete and show agree on every figure of the same bytes and flags",
        arguments: RecordedReply.whole + RecordedReply.streams + RecordedReply.oddities)
    func agreement(recorded: RecordedReply) throws {
        for asked in [0, 1, 2, 5, 20] {
            for format in Format.all {
                let completed = try recorded.asking(asked).completed(as: format)
                let shown = try shown(recorded.bytes(), as: format, recorded.asking(asked))
                #expect(shown == completed, "\(format.name) of \(asked)")
            }
        }
    }

    @Test(
        "they agree when nobody says how many likely tokens are asked for, if as many came as the format asks for",
        arguments: (RecordedReply.whole + RecordedReply.streams + RecordedReply.oddities).filter {
            $0.context.topCount == 5
        })
    func agreementByItself(recorded: RecordedReply) throws {
        for format in Format.all {
            let completed = try recorded.asking(format.impliedLogprobs).completed(as: format)
            #expect(try shown(recorded.bytes(), as: format, recorded.asking(nil)) == completed, "\(format.name)")
        }
    }

    @Test("what is not to be known has no rank and no bounds, whatever was requested")
    func unknown() throws {
        for recorded in RecordedReply.oddities.prefix(2) {
            for asked in [nil, 0, 2, 5] {
                let rows = try String(
                    decoding: shown(recorded.bytes(), as: .tsv, recorded.asking(asked)), as: UTF8.self
                )
                .split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
                for (name, cell) in zip(rows[0], rows[1])
                where ["rank", "margin", "entropy_low", "entropy_high", "missing"].contains(name) {
                    #expect(cell.isEmpty, "\(recorded.file) \(name)")
                }
            }
        }
    }

    @Test("what was requested is read off the response", arguments: RecordedReply.whole + RecordedReply.streams)
    func inferredRequest(recorded: RecordedReply) throws {
        var record = CompletionRecord(keeping: InferredRequest.details)
        var decoder = ReplyDecoder(.saved)
        for case .chunk(let chunk) in try decoder.feed(recorded.bytes()[...]) + decoder.finish() { record.note(chunk) }
        let request = InferredRequest(record)
        #expect(request.topCount() == recorded.context.topCount)
        #expect(request.choiceCount == recorded.context.choiceCount)
        #expect(request.showsTokenIDs == recorded.context.showsTokenIDs)
    }
}
