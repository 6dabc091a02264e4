import Foundation
import TestSupport
import Testing

@testable import Batch
@testable import Platform

@Suite("A sink for a stream")
struct OrderedSinkTests {
    private let folder: TemporaryFolder
    private let descriptor: Int32

    init() throws {
        signal(SIGPIPE, SIG_IGN)
        folder = try TemporaryFolder()
        descriptor = open(folder.path("out"), O_RDWR | O_CREAT, 0o600)
    }

    private func text() -> String? {
        FileManager.default.contents(atPath: folder.path("out")).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("writes records in input order, each as soon as those before it are there")
    func order() throws {
        defer { close(descriptor) }
        var sink = OrderedSink(descriptor, "out", window: 4)
        #expect(sink.freeRows == 4 && sink.mayBegin(row: 3) && !sink.mayBegin(row: 4))
        try sink.write(Sample.done("c"), row: 2, now: 0)
        try sink.write(Sample.failed("b"), row: 1, now: 0)
        #expect(text()?.isEmpty == true && !sink.mayBegin(row: 4))
        #expect(sink.pumpTime(now: 1) == nil)
        try sink.write(Sample.done("a"), row: 0, now: 0)
        #expect(sink.pumpTime(now: 1) == 0)
        try sink.pump(now: 1)
        #expect(text() == Sample.text(Sample.done("a"), Sample.failed("b"), Sample.done("c")))
        #expect(sink.mayBegin(row: 6) && !sink.mayBegin(row: 7))
        try sink.write(Sample.done("e"), row: 4, now: 0)
        try sink.finish(isComplete: false)
        #expect(text() == Sample.text(Sample.done("a"), Sample.failed("b"), Sample.done("c")))
        #expect(sink.lostCount == 1)
    }

    @Test("a place without a row has an empty line, which is no lost result")
    func passedOver() throws {
        defer { close(descriptor) }
        var sink = OrderedSink(descriptor, "out", window: 8)
        sink.passOver(row: 0)
        sink.passOver(row: 2)
        try sink.write(Sample.done("b"), row: 1, now: 0)
        sink.passOver(row: 4)
        try sink.finish(isComplete: false)
        #expect(text() == "\n" + Sample.text(Sample.done("b")) + "\n" && sink.lostCount == 0)
    }

    @Test("is in order whatever order rows end in, with a window of any size", arguments: [1, 2, 7, 500])
    func shuffled(window: Int) throws {
        defer { close(descriptor) }
        var sink = OrderedSink(descriptor, "out", .line, window: window)
        var random = Xorshift(state: UInt64(window))
        var (open, begun) = ([Int](), 0)
        while begun < 1000 || !open.isEmpty {
            while begun < 1000, sink.mayBegin(row: begun) {
                open.append(begun)
                begun += 1
            }
            let row = open.remove(at: Int(random.next() % UInt64(open.count)))
            try sink.write(Sample.done("\(row)", text: "\(row)"), row: row, now: 0)
        }
        try sink.finish(isComplete: true)
        #expect(text() == (0..<1000).map { "\($0)\n" }.joined())
        #expect(sink.lostCount == 0 && sink.pumpTime(now: 1) == nil)
    }

    @Test("begins no row but the oldest while too much is held")
    func held() throws {
        defer { close(descriptor) }
        var sink = OrderedSink(descriptor, "out", window: 100, byteLimit: 1000)
        try sink.write(Sample.done("b", text: String(repeating: "x", count: 2000)), row: 1, now: 0)
        #expect(sink.freeRows == 1 && sink.mayBegin(row: 0) && !sink.mayBegin(row: 2))
        try sink.write(Sample.done("a"), row: 0, now: 0)
        try sink.pump(now: 0)
        #expect(sink.freeRows == 100)
    }

    @Test("begins no row while the reader takes too little, and asks it again soon")
    func slow() throws {
        close(descriptor)
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        var sink = OrderedSink(ends[1], "out", window: 100, byteLimit: 1000)
        let long = Sample.done("a", text: String(repeating: "x", count: 200_000))
        try sink.write(long, row: 0, now: 5)
        #expect(sink.freeRows == 0 && !sink.mayBegin(row: 1))
        let time = try #require(sink.pumpTime(now: 5))
        #expect(time > 5 && time < 5.1)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var count = 0
        while count < long.line.count {
            count += read(ends[0], &buffer, buffer.count)
            try sink.pump(now: 5)
        }
        #expect(sink.freeRows == 100 && sink.pumpTime(now: 5) == nil)
        close(ends[0])
        try sink.write(Sample.done("b"), row: 1, now: 0)
        #expect(throws: SystemError.self) { try sink.pump(now: 0) }
        try sink.write(Sample.done("d"), row: 3, now: 0)
        #expect(throws: SystemError.self) { try sink.pump(now: 0) }
        #expect(throws: JournalError.self) { try sink.finish(isComplete: false) }
        #expect(sink.lostCount == 2)
        close(ends[1])
    }

    @Test("writes completions alone, an empty line for a row that failed or has no single choice")
    func texts() throws {
        defer { close(descriptor) }
        var sink = OrderedSink(descriptor, "out", .line, window: 10)
        try sink.write(Sample.done("a", text: #"b\\s\nn\rr"#), row: 0, now: 0)
        try sink.write(Sample.failed("b"), row: 1, now: 0)
        let body = #"{"choices":[{"text":"1","index":0},{"text":"2","index":1}],"usage":{}}"#
        try sink.write(
            BatchRecord(
                id: [], digest: Sample.digest(""),
                .response(BatchRecord.Response(statusCode: 200, requestID: nil, content: Array(body.utf8)))),
            row: 2, now: 0)
        try sink.finish(isComplete: true)
        #expect(text() == #"b\\s\nn\rr"# + "\n\n\n" && sink.lostCount == 1)
    }

    @Test("writes completions byte for byte between NULs")
    func rawTexts() throws {
        defer { close(descriptor) }
        var sink = OrderedSink(descriptor, "out", .null, window: 10)
        try sink.write(Sample.done("a", text: #"b\\s\nn\r"#), row: 0, now: 0)
        try sink.write(Sample.invalid("b"), row: 1, now: 0)
        try sink.finish(isComplete: true)
        #expect(text() == "b\\s\nn\r\u{0}\u{0}")
    }

    @Test("writes the completion of a response that is not quite JSON, and nothing where the text is null")
    func oddTexts() {
        func piece(_ content: String) -> Result<[UInt8], RecordForm.Problem> {
            RecordForm.line.piece(
                of: BatchRecord(
                    id: [], digest: Sample.digest(""),
                    .response(BatchRecord.Response(statusCode: 200, requestID: nil, content: Array(content.utf8)))))
        }
        let rest = #""index":0,"finish_reason":"stop""#
        #expect(
            piece(#"{"choices":[{"text":"é",\#(rest),"logprobs":{"tokens":["é"],"token_logprobs":[NaN]}}]}"#)
                == .success(Array("é\n".utf8)))
        #expect(piece(#"{"choices":[{"text":null,\#(rest)}]}"#) == .success([0x0A]))
        #expect(piece(#"{"choices":[]}"#) == .failure(.choices(0)))
        #expect(piece("busy") == .failure(.choices(0)))
    }
}
