import API
import JSON

/// What is written of a record to a stream.
public enum RecordForm: Sendable {
    /// The record, on one line.
    case json
    /// The completion on one line: a backslash as `\\`, a newline as `\n`, a carriage return as `\r`.
    case line
    /// The completion byte for byte, ended by NUL.
    case null

    /// Why a record has no text that could stand for its row.
    public enum Problem: Error, Equatable, Sendable {
        /// The response holds this number of choices.
        case choices(Int)
    }

    /// What stands for a row without a completion.
    var emptyPiece: [UInt8] { self == .null ? [0] : [UInt8(ascii: "\n")] }

    /// What is written of a record: nothing but the end of a row that failed, where only completions are.
    func piece(of record: BatchRecord) -> Result<[UInt8], Problem> {
        guard self != .json else { return .success(record.line) }
        guard record.isDone, let response = record.response else { return .success(emptyPiece) }
        let texts = Self.texts(in: response.body)
        guard texts.count == 1 else { return .failure(.choices(texts.count)) }
        return .success((self == .line ? Self.escaped(texts[0]) : texts[0]) + emptyPiece)
    }

    /// The texts of a completion's choices; none for anything else.
    private static func texts(in body: [UInt8]) -> [[UInt8]] {
        var decoder = ReplyDecoder(.saved)
        // What is not JSON was made a JSON string: a response with NaN where a log probability stands, for one.
        let quoted = body.first == UInt8(ascii: "\"") ? try? JSONDocument(parsing: body) : nil
        let content = quoted?.root.stringBytes ?? body
        for case .chunk(let chunk) in decoder.feed(content[...]) + decoder.finish() { return chunk.choices.map(\.text) }
        return []
    }

    private static func escaped(_ text: [UInt8]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(text.count + 1)
        for byte in text {
            switch byte {
            case UInt8(ascii: "\\"): line += [byte, byte]
            case UInt8(ascii: "\n"): line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\r"): line += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            default: line.append(byte)
            }
        }
        return line
    }
}
