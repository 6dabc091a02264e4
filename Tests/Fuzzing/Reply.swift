import API
import Client
import JSON
import Platform
import Rendering

@testable import CLI

/// What a reply came to: the bytes of every format, and how it ended.
private struct Outcome: Equatable {
    var outputs: [[UInt8]] = []
    var endings: [String] = []
    /// The choices that the chunks told of, and how many chunks there were.
    var choices: Set<Int> = []
    var ended: Set<Int> = []
    var chunks = 0
    /// Whether a choice is told of twice in a whole reply, or goes on after its end: then there is no one text.
    var isOdd = false
}

/// The formats that an input is written in: those whose output is looked at, and one of the others, which are slower.
private func formats(_ choice: UInt8) -> [Format] {
    let others = Format.all.filter { !["text", "json", "jsonl"].contains($0.name) }
    return [.text, .json, .jsonl, others[Int(choice >> 5) % others.count]]
}

/// What the last byte of an input chooses of the command.
private func context(_ choice: UInt8) -> RenderContext {
    var context = RenderContext()
    context.topCount = choice & 1 == 0 ? 5 : nil
    context.isTerminal = choice & 2 != 0
    context.width = context.isTerminal ? 60 : nil
    context.showsTokenIDs = choice & 4 != 0
    context.layout = [.received, .pretty, .compact, .compact][Int(choice >> 3 & 3)]
    context.separator = choice & 32 == 0 ? .heading : .newline
    context.choiceCount = choice & 64 == 0 ? 1 : 2
    return context
}

private func read(_ pieces: some Sequence<ArraySlice<UInt8>>, _ formats: [Format], _ context: RenderContext) -> Outcome
{
    var renderers = formats.map { $0.makeRenderer(context) }
    var outcome = Outcome(outputs: renderers.map { _ in [] })
    var decoder = ReplyDecoder(.server(choices: context.choiceCount))
    func take(_ events: [ReplyEvent]) {
        for event in events {
            switch event {
            case .chunk(let chunk):
                check(outcome.endings.isEmpty, "a chunk after the end")
                outcome.note(chunk)
                for index in renderers.indices { renderers[index].render(chunk, to: &outcome.outputs[index]) }
            case .end: outcome.endings.append("end")
            case .failure(let error):
                outcome.endings.append("\(error)")
                checkFailure(.request(.reply(error, requestID: nil)))
            }
        }
    }
    for piece in pieces where !decoder.isOver { take(decoder.feed(piece)) }
    let hadWholeAnswer = decoder.hasWholeAnswer && !decoder.isOver
    take(decoder.finish())
    if hadWholeAnswer, outcome.endings.last?.contains("cutShort") == true { breach("a whole answer is cut short") }
    take(decoder.feed(Array("data: {}\n\n".utf8)[...]) + decoder.finish())
    let isWhole = outcome.endings == ["end"]
    for index in renderers.indices { renderers[index].finish(isWhole: isWhole, to: &outcome.outputs[index]) }
    return outcome
}

extension Outcome {
    fileprivate mutating func note(_ chunk: CompletionChunk) {
        chunks += 1
        for choice in chunk.choices {
            let isNew = choices.insert(choice.index).inserted
            if chunk.isWholeReply && !isNew || ended.contains(choice.index) && !choice.text.isEmpty { isOdd = true }
            if choice.finishReason != nil { ended.insert(choice.index) }
        }
    }
}

/// A failure is told in one line, and to programs as an object.
private func checkFailure(_ failure: Failure) {
    checkLine(failure.message, "a failure")
    if let hint = failure.hint { checkLine(hint, "a hint") }
    let line = failure.report(hint: failure.hint).line(masking: Secrets())
    check(line.firstIndex(of: 0x0A) == line.count - 1, "a failure's object is not one line")
    check((try? JSONDocument(parsing: line)) != nil, "a failure's object does not read")
}

private func checkOutputs(_ outcome: Outcome, _ formats: [Format], _ context: RenderContext) {
    let isWhole = outcome.endings == ["end"]
    let json = outcome.outputs[1]
    check(isWhole != json.isEmpty, "a document that is not whole, or none")
    let lines = outcome.outputs[2].split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
    check(lines.count == outcome.chunks, "\(outcome.chunks) chunks on \(lines.count) lines")
    for line in lines { check((try? JSONDocument(parsing: Array(line))) != nil, "a chunk's line does not read") }
    if isWhole { checkDocument(json, outcome, context) }
    guard context.isTerminal else { return }
    for (format, output) in zip(formats, outcome.outputs) where format.name != "html" {
        guard let text = String(validating: output, as: UTF8.self) else { breach("\(format.name) is not UTF-8") }
        let isSafe = text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || !isUnsafe($0) }
        check(isSafe, "\(format.name) shows a terminal what it would act on")
    }
}

/// The document reads, and its text is what the text format wrote.
private func checkDocument(_ json: [UInt8], _ outcome: Outcome, _ context: RenderContext) {
    guard let document = try? JSONDocument(parsing: json) else { breach("the document does not read") }
    guard outcome.choices == [0], !outcome.isOdd, !context.isTerminal, !context.showsTokenIDs,
        context.separator == .heading, context.choiceCount == 1
    else { return }
    let texts = (document.root["choices"]?.elements).map { $0.map { $0["text"]?.stringBytes ?? [] } } ?? []
    check(texts == [outcome.outputs[0]], "the document's text is not the text")
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = bytes(start, count)
    let (formats, context) = (formats(bytes.last ?? 0), context(bytes.last ?? 0))
    let whole = read([bytes[...]], formats, context)
    check(whole.endings.count == 1, "a reply ends once, not \(whole.endings)")
    checkOutputs(whole, formats, context)
    check(read(Pieces(bytes), formats, context) == whole, "pieces come to something else")
    for status in [400, 401, 429] {
        let error = APIError(status: status, body: bytes)
        checkFailure(.request(.refused(error, requestID: String(decoding: bytes, as: UTF8.self))))
    }
    return 0
}
