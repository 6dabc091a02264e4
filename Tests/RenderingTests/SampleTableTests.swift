import Testing

@testable import Rendering

@Suite("The sample reply as a table")
struct SampleTableTests {
    private func table(_ width: Int?) -> String {
        Rendered(.table, [SampleReply.whole], isWholeReply: true) {
            ($0.isTerminal, $0.width, $0.topCount) = (width != nil, width, 5)
        }.text
    }

    @Test("to a pipe, rows are whole")
    func pipe() {
        #expect(
            table(nil) == #"""
                 pos  offset  token               logprob     prob  rank  alternatives
                   0      30  " and"              -3.3913    3.37%    >5  "." 32.19%  "," 26.27%  " when" 9.67%  " in" 5.30%  "..." 3.58%  *" and" 3.37%
                   1      34  " there"            -4.3226    1.33%    >5  " I" 38.46%  " the" 17.07%  " a" 10.68%  " all" 4.12%  " we" 3.26%  *" there" 1.33%
                   2      40  " was"              -0.3533   70.24%     1  *" was" 70.24%  " were" 18.61%  " I" 1.79%  " wasn" 1.60%  " had" 1.50%
                   3      44  " no"               -1.7001   18.27%     2  " a" 68.94%  *" no" 18.27%  " an" 2.69%  " this" 1.61%  " nothing" 1.52%
                   4      47  " moon"             -2.1871   11.22%     3  " electricity" 26.10%  " one" 18.36%  *" moon" 11.22%  " way" 4.79%  " sign" 4.72%
                   5      52  ","                 -2.4668    8.49%     4  "." 42.76%  " to" 11.78%  " in" 10.16%  *"," 8.49%  ".\n" 3.80%

                """#)
    }

    @Test("to 80 columns, as many alternatives as fit, and a sign that there are more")
    func eighty() {
        #expect(
            table(80) == #"""
                 pos  offset  token             logprob     prob  rank  alternatives
                   0      30  " and"            -3.3913    3.37%    >5  "." 32.19%  "," 26.27% …
                   1      34  " there"          -4.3226    1.33%    >5  " I" 38.46% …
                   2      40  " was"            -0.3533   70.24%     1  *" was" 70.24% …
                   3      44  " no"             -1.7001   18.27%     2  " a" 68.94% …
                   4      47  " moon"           -2.1871   11.22%     3  " electricity" 26.10% …
                   5      52  ","               -2.4668    8.49%     4  "." 42.76% …

                """#)
    }

    @Test("to 40 columns, without alternatives and offsets")
    func forty() {
        #expect(
            table(40) == #"""
                 pos  token       logprob     prob  rank
                   0  " and"      -3.3913    3.37%    >5
                   1  " there"    -4.3226    1.33%    >5
                   2  " was"      -0.3533   70.24%     1
                   3  " no"       -1.7001   18.27%     2
                   4  " moon"     -2.1871   11.22%     3
                   5  ","         -2.4668    8.49%     4

                """#)
    }

    @Test("to any terminal, every line fits", arguments: 40...160)
    func everyWidth(width: Int) {
        for line in table(width).split(separator: "\n") { #expect(Columns.count(line) <= width, "\(line)") }
    }

    @Test("token by token, the same rows as at once", arguments: [nil, 40, 60, 80, 200] as [Int?])
    func chunked(width: Int?) {
        let streamed = Rendered(.table, SampleReply.chunks) {
            ($0.isTerminal, $0.width, $0.topCount) = (width != nil, width, 5)
        }
        #expect(streamed.text == table(width))
        #expect(streamed.progress.map { $0.split(separator: "\n").count } == Array(2...7), "a row with each chunk")
    }
}
