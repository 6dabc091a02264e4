import API
import Rendering

/// What a reply came to: the bytes of every format, and how it ended.
private struct Outcome: Equatable {
    var outputs: [[UInt8]] = []
    var endings: [String] = []
}

private func read(_ bytes: [UInt8], piece: Int, isTerminal: Bool) -> Outcome {
    var context = RenderContext()
    context.topCount = 5
    context.isTerminal = isTerminal
    context.width = isTerminal ? 60 : nil
    var renderers = Format.all.map { $0.makeRenderer(context) }
    var outcome = Outcome(outputs: renderers.map { _ in [] })
    var decoder = ReplyDecoder()
    func take(_ events: [ReplyEvent]) {
        for event in events {
            switch event {
            case .chunk(let chunk):
                for index in renderers.indices { renderers[index].render(chunk, to: &outcome.outputs[index]) }
            case .end: outcome.endings.append("end")
            case .failure(let error): outcome.endings.append("\(error)")
            }
        }
    }
    var position = 0
    while position < bytes.count, !decoder.isOver {
        let end = min(position + piece, bytes.count)
        take(decoder.feed(bytes[position..<end]))
        position = end
    }
    take(decoder.finish())
    let isWhole = outcome.endings == ["end"]
    for index in renderers.indices { renderers[index].finish(isWhole: isWhole, to: &outcome.outputs[index]) }
    return outcome
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = bytes(start, count)
    let whole = read(bytes, piece: .max / 2, isTerminal: false)
    check(whole.endings.count == 1, "a reply ends once, not \(whole.endings)")
    for piece in [1, 5] {
        check(read(bytes, piece: piece, isTerminal: false) == whole, "pieces of \(piece) bytes come to something else")
    }
    _ = read(bytes, piece: 64, isTerminal: true)
    return 0
}
