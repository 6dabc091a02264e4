import Testing

@testable import Rendering

@Suite("The sample response as a table")
struct SampleTableTests {
    private func table(_ width: Int?) -> String {
        Rendered(.table, [SampleReply.whole], isWholeReply: true) {
            ($0.isTerminal, $0.width, $0.topCount) = (width != nil, width, 5)
        }.text
    }

    @Test("to any terminal, every line fits", arguments: 40...220)
    func everyWidth(width: Int) {
        for line in table(width).split(separator: "\n") { #expect(Columns.count(line) <= width, "\(line)") }
    }

    @Test("token by token, the same rows as at once", arguments: [nil, 40, 60, 80, 200] as [Int?])
    func chunked(width: Int?) {
        let streamed = Rendered(.table, SampleReply.chunks) {
            ($0.isTerminal, $0.width, $0.topCount) = (width != nil, width, 5)
        }
        #expect(streamed.text == table(width))
        #expect(
            streamed.progress.map { $0.split(separator: "\n").count } == [2, 3, 4, 5, 6, 13], "a row with each chunk")
    }
}
