/// Finds the end of a body that comes in pieces, and what of it is passed on: its content, and chunks' sizes written anew,
/// without extensions and trailers (RFC 9112, 7.1).
struct BodyReader {
    private enum Part {
        case sized(Int)
        case chunkSize
        case chunk(Int)
        case chunkEnd
        case trailers
        case untilClose
        case over
    }

    private static let lineEnd = Array("\r\n".utf8)

    private var part: Part
    private var lines = Self.newLines
    /// How many bytes of content may still come.
    private var room: Int
    private let losesChunks: Bool

    /// The body of a message with this head.
    init(of head: MessageHead) {
        losesChunks = head.losesChunks
        room = head.contentLimit
        part =
            switch head.framing {
            case .sized(let size): size == 0 ? .over : .sized(size)
            case .chunked: .chunkSize
            case .untilClose: .untilClose
            }
    }

    /// Whether all of it came.
    var isOver: Bool { if case .over = part { true } else { false } }

    /// Takes off `input` what is of the body, and gives what is passed on of it.
    ///
    /// - Throws: a ``Refusal``.
    mutating func pass(_ input: inout ArraySlice<UInt8>) throws(Refusal) -> [UInt8] {
        var passed: [UInt8] = []
        while !input.isEmpty, !isOver {
            switch part {
            case .sized(let rest):
                let left = Self.move(rest, from: &input, to: &passed)
                part = left == 0 ? .over : .sized(left)
            case .chunk(let rest):
                let left = Self.move(rest, from: &input, to: &passed)
                part = left == 0 ? .chunkEnd : .chunk(left)
            case .untilClose: _ = Self.move(.max, from: &input, to: &passed)
            case .chunkSize, .chunkEnd, .trailers:
                if let line = try lines.next(&input) { try take(line, &passed) }
            case .over: break
            }
        }
        return passed
    }

    private mutating func take(_ line: [UInt8], _ passed: inout [UInt8]) throws(Refusal) {
        switch part {
        case .chunkSize:
            let size = try Self.chunkSize(line)
            guard size <= room else { throw .contentTooLarge }
            room -= size
            if !losesChunks { passed += Array(String(size, radix: 16).utf8) + Self.lineEnd }
            part = size == 0 ? .trailers : .chunk(size)
        case .chunkEnd:
            guard line.isEmpty else { throw .malformed }
            if !losesChunks { passed += Self.lineEnd }
            part = .chunkSize
        default:
            guard line.isEmpty else { return }
            if !losesChunks { passed += Self.lineEnd }
            part = .over
        }
        if case .trailers = part { return }
        lines = Self.newLines
    }

    private static var newLines: LineReader { LineReader(room: MessageHead.limit, takesBareFeeds: false) }

    /// The number that a line begins with; blanks, and an extension after a semicolon, may follow it.
    private static func chunkSize(_ line: [UInt8]) throws(Refusal) -> Int {
        let digits = line.prefix { "0123456789abcdefABCDEF".utf8.contains($0) }
        let rest = line.dropFirst(digits.count).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard rest.isEmpty || rest.first == UInt8(ascii: ";"),
            let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw .malformed }
        return size
    }

    /// Moves so many bytes, or as many as there are; gives how many are left to be moved.
    private static func move(_ count: Int, from input: inout ArraySlice<UInt8>, to passed: inout [UInt8]) -> Int {
        let piece = input.prefix(count)
        passed += piece
        input = input[piece.endIndex...]
        return count - piece.count
    }
}
