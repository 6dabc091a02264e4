import API
import Rendering

/// What a saved response came to: its text, its chunks on lines, and how it ended.
private struct Outcome: Equatable {
    var text: [UInt8] = []
    var lines: [UInt8] = []
    var endings: [String] = []
    /// Whether a chunk has two choices of one index, which go on with each other in a stream and are two in a whole reply.
    var repeatsIndex = false
}

private func read(_ pieces: some Sequence<ArraySlice<UInt8>>) -> Outcome {
    var text = Format.text.makeRenderer(RenderContext())
    var lines = Format.jsonl.makeRenderer(RenderContext())
    var outcome = Outcome()
    var decoder = ReplyDecoder(.saved)
    func take(_ events: [ReplyEvent]) {
        for event in events {
            switch event {
            case .chunk(let chunk):
                check(outcome.endings.isEmpty, "a chunk after the end")
                if Set(chunk.choices.map(\.index)).count < chunk.choices.count { outcome.repeatsIndex = true }
                text.render(chunk, to: &outcome.text)
                lines.render(chunk, to: &outcome.lines)
            case .end: outcome.endings.append("end")
            case .failure(let error): outcome.endings.append("\(error)")
            }
        }
    }
    for piece in pieces where !decoder.isOver { take(decoder.feed(piece)) }
    take(decoder.finish())
    text.finish(isWhole: outcome.endings == ["end"], to: &outcome.text)
    return outcome
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = bytes(start, count)
    let whole = read([bytes[...]])
    check(whole.endings.count == 1, "a reply ends once, not \(whole.endings)")
    check(read(Pieces(bytes)) == whole, "pieces come to something else")
    // A lone line is read as a whole reply.
    guard whole.endings == ["end"], !whole.repeatsIndex else { return 0 }
    let again = read([whole.lines[...]])
    // A stream may bring a choice that begins anew, which on lines is another reply's.
    if again.endings == ["end"] { check(again.text == whole.text, "its lines, saved and read, come to another text") }
    return 0
}
