import Testing

@testable import Rendering

@Suite("Columns of a table")
struct TableColumnsTests {
    private static let reply =
        #"{"choices":[{"index":0,"text":" a","tokens":[7],"finish_reason":"stop","logprobs":{"text_offset":[3],"tokens":[" a"],"token_logprobs":[-0.6931471805599453],"top_logprobs":[{" a":-0.6931471805599453,"b":-2.0794415416798357}]}}]}"#

    /// The heading and the row.
    private func lines(_ change: (inout RenderContext) -> Void) -> [String] {
        let table = Rendered(.table, [Self.reply], isWholeReply: true) {
            ($0.topCount, $0.vocabularySize) = (2, 8)
            change(&$0)
        }
        return table.text.split(separator: "\n").prefix(2).map(String.init)
    }

    private func words(_ columns: [TokenColumn]) -> [[Substring]] {
        lines { $0.columns = columns }.map { $0.split(separator: " ") }
    }

    @Test("those that were chosen are shown, in the order in which they were named")
    func chosen() {
        #expect(words([.rank, .id, .offset, .choice]) == [["rank", "id", "offset", "choice"], ["1", "7", "3", "0"]])
        #expect(
            words([.surprise, .entropy, .missing, .margin])
                == [["surprise", "entropy", "missing", "margin"], ["1.00", "2.00-2.38", "bits", "37.50%", "+1.39"]])
        #expect(
            words([.total, .perplexity, .prompt]) == [["total", "perplexity", "prompt"], ["-0.6931", "2.0000", "0"]])
    }

    @Test("alternatives stand last, since they are of any length")
    func alternatives() {
        #expect(
            lines { $0.columns = [.alternatives, .rank] } == [
                "rank  alternatives", "   1  *\" a\" 50.00%  \"b\" 12.50%",
            ])
    }

    @Test("every column can be chosen alone, at any width", arguments: TokenColumn.allCases)
    func alone(column: TokenColumn) {
        for width in [1, 20, 80] {
            let table = lines { ($0.columns, $0.isTerminal, $0.width) = ([column], true, width) }
            #expect(!table.isEmpty)
        }
    }

    @Test("a wider terminal never shows fewer columns")
    func growing() {
        let counts = (1...240).map { width in
            lines { ($0.isTerminal, $0.width) = (true, width) }[0].split(separator: " ").count
        }
        #expect(counts == counts.sorted() && counts.first == 2 && counts[39] == 4 && counts.last == 11)
    }

    @Test("offsets that no token has take no column at a terminal; in a pipe they have one in any case")
    func offsets() {
        func heading(_ reply: String, isTerminal: Bool) -> String {
            Rendered(.table, [reply], isWholeReply: true) {
                ($0.isTerminal, $0.width) = (isTerminal, isTerminal ? 200 : nil)
            }.text.split(separator: "\n").first.map(String.init) ?? ""
        }
        let bare = Self.reply.replacing("\"text_offset\":[3],", with: "")
        #expect(heading(Self.reply, isTerminal: true).contains("offset"))
        #expect(
            !heading(bare, isTerminal: true).contains("offset") && heading(bare, isTerminal: false).contains("offset"))
    }

    @Test("on a very narrow terminal columns go before a line breaks", arguments: 14...40)
    func narrow(width: Int) {
        let rows = lines { ($0.isTerminal, $0.width) = (true, width) }
        #expect(rows.allSatisfy { Columns.count($0) <= width } && rows[1].contains("50.00%"))
    }

    @Test("entropy is at least so much; the most is known with --vocab-size")
    func noUpperBound() {
        let row = lines {
            $0.vocabularySize = nil
            $0.columns = [.entropy]
        }
        #expect(row.last == ">=2.00 bits")
    }

    @Test("a number too long for its column is not cut")
    func longNumbers() {
        let reply =
            #"{"choices":[{"index":0,"text":"","finish_reason":"stop","logprobs":{"text_offset":[123456789],"tokens":["a"],"token_logprobs":[-123456.5]}}]}"#
        let table = Rendered(.table, [reply], isWholeReply: true) {
            ($0.isTerminal, $0.width, $0.columns) = (true, 30, [.offset, .logprob])
        }
        #expect(table.text.contains("123456789  -123456.5000"))
    }

    @Test("color is on tokens and probabilities, and only where it is shown")
    func color() {
        let plain = lines { ($0.isTerminal, $0.width) = (true, 80) }
        let colored = lines {
            ($0.isTerminal, $0.width) = (true, 80)
            $0.color = ColorSupport(depth: .indexed, hasAttributes: true)
        }
        #expect(colored[1].contains("m\" a\"\u{1B}[0m") && colored[1].contains("m 50.00%\u{1B}[0m"))
        let bare = colored.map { $0.replacing(#/\x{1B}\[[0-9;]*m/#, with: "") }
        #expect(bare == plain)
    }
}
