import API
import Rendering
import Testing

/// What is written of a large response at its end comes in pieces.
@Suite("Large output")
struct LargeOutputTests {
    private static let count = 6000

    private func render(
        _ format: Format, isTerminal: Bool = false, flush: (inout [UInt8]) -> Bool
    ) -> [UInt8] {
        var context = RenderContext()
        context.isTerminal = isTerminal
        context.topCount = 2
        var renderer = format.makeRenderer(context)
        var (output, decoder) = ([UInt8](), ReplyDecoder())
        for number in 0..<Self.count {
            let reason = number == Self.count - 1 ? "\"stop\"" : "null"
            let chunk =
                #"{"choices":[{"index":0,"text":" é\#(number)","finish_reason":\#(reason),"logprobs":{"tokens":[" é\#(number)"],"#
                + #""token_logprobs":[-0.5],"top_logprobs":[{" é\#(number)":-0.5,"<b>":-2}]}}]}"#
            for case .chunk(let chunk) in decoder.feed(Array("data: \(chunk)\n\n".utf8)[...]) {
                renderer.render(chunk, to: &output)
            }
        }
        renderer.finish(isWhole: true, to: &output, flush: flush)
        return output
    }

    @Test("the pieces together are the output, and none is large", arguments: ["json", "html"], [false, true])
    func pieces(format: String, isTerminal: Bool) throws {
        let format = try #require(Format.named(format))
        var (written, largest) = ([UInt8](), 0)
        let rest = render(format, isTerminal: isTerminal) { piece in
            largest = max(largest, piece.count)
            written += piece
            piece.removeAll()
            return true
        }
        let whole = render(format, isTerminal: isTerminal) { _ in true }
        #expect(written + rest == whole && whole.count > 250_000)
        #expect(largest > 0 && largest < 200_000)
    }

    @Test("no more is made when no more is wanted", arguments: ["json", "html"])
    func unwanted(format: String) throws {
        var count = 0
        let output = render(try #require(Format.named(format))) { _ in
            count += 1
            return false
        }
        #expect(count == 1 && output.count < 200_000)
    }
}
