import API
import JSON

/// What a reply said: of each choice, and at the end.
struct Reading: Equatable {
    /// The chunks as they were spelled.
    private(set) var sources: [[UInt8]] = []
    /// The text of each choice, by index.
    private(set) var texts: [Int: String] = [:]
    /// `end`, or the failure's name; one for a reply that was read to its end.
    private(set) var endings: [String] = []

    /// Reads a reply that comes in pieces.
    init(_ pieces: some Sequence<ArraySlice<UInt8>>) {
        var decoder = ReplyDecoder()
        for piece in pieces where !decoder.isOver { add(decoder.feed(piece)) }
        add(decoder.finish())
    }

    /// Reads a saved response that comes in pieces.
    init(saved pieces: some Sequence<ArraySlice<UInt8>>) {
        var decoder = ReplyDecoder(.saved)
        for piece in pieces where !decoder.isOver { add(decoder.feed(piece)) }
        add(decoder.finish())
    }

    private mutating func add(_ events: [ReplyEvent]) {
        for event in events {
            switch event {
            case .chunk(let chunk):
                sources.append(chunk.document.bytes)
                for choice in chunk.choices {
                    texts[choice.index, default: ""] += String(decoding: choice.text, as: UTF8.self)
                }
            case .end: endings.append("end")
            case .failure(let error): endings.append(Self.name(of: error))
            }
        }
    }

    private static func name(of error: ReplyError) -> String {
        switch error {
        case .empty: "empty"
        case .html: "html"
        case .unreadable: "unreadable"
        case .notACompletion: "foreign"
        case .noChoice: "noChoice"
        case .cutShort(let extent, .ended): "cutShort after \(extent.chunks)"
        case .cutShort(let extent, .error(let error)): "cutShort after \(extent.chunks): \(error.message)"
        case .cutShort(let extent, .finishReason(let reason, _)): "cutShort after \(extent.chunks): \(reason)"
        case .multipleReplies(let line): "several, line \(line)"
        case .server(let error): "server \(error.status) \(error.message)"
        }
    }
}
