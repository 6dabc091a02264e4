import Flags
import JSON
import Platform
import Rendering

extension Value where Parsed == [UInt8] {
    /// UTF-8 text of limited length, in characters (Unicode scalars).
    static func text(name: String, length: ClosedRange<Int>) -> Value {
        let requirement = "\(length.lowerBound) to \(length.upperBound) characters"
        return Value(ValueSyntax(.required, name: name, requirement: requirement)) { bytes throws(BadValue) in
            if let offset = UTF8Sequence.firstInvalidOffset(in: bytes) {
                throw BadValue("the text is not UTF-8 at byte \(offset)")
            }
            let count = bytes.count { $0 & 0xC0 != 0x80 }
            guard length.contains(count) else { throw BadValue("\(count) characters, not \(own: requirement)") }
            return bytes
        }
    }
}

extension Value where Parsed == [[UInt8]] {
    /// A program's name and its arguments, separated by blanks; nothing is quoted.
    static var commandLine: Value {
        Value(ValueSyntax(.required, name: "COMMAND", offer: .files)) { bytes throws(BadValue) in
            let words = bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.map(Array.init)
            guard !words.isEmpty else { throw BadValue("\(quoted: bytes) is not a program's name") }
            return words
        }
    }
}

/// What stands between commas, without the blanks around it.
private func commaParts(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") }
    return bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { part in
        let start = part.drop(while: isBlank)
        return start.prefix(through: (start.lastIndex { !isBlank($0) } ?? start.startIndex - 1))
    }
}

extension Value where Parsed == [String] {
    /// Words separated by commas, none of them empty; completions offer the usual ones.
    static func words(name: String, usual: [NamedValue]) -> Value {
        let syntax = ValueSyntax(.required, name: name, requirement: "comma-separated", offer: .list(usual))
        return Value(syntax) { bytes throws(BadValue) in
            let words = commaParts(of: bytes)
            guard words.allSatisfy({ !$0.isEmpty && !$0.contains(UInt8(ascii: " ")) }) else {
                throw BadValue("\(quoted: bytes) is not a list of comma-separated words")
            }
            return words.map { String(decoding: $0, as: UTF8.self) }
        }
    }
}

/// A token and what is added to its score.
struct LogitBias: Equatable, Sendable {
    let id: Int
    let bias: Double
}

extension Value where Parsed == LogitBias {
    /// `ID=BIAS`.
    static var logitBias: Value {
        Value(ValueSyntax(.required, name: "ID=BIAS", requirement: "range: -100..100")) { bytes throws(BadValue) in
            let parts = bytes.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            // Double also reads hexadecimal.
            let isDecimal = bytes.allSatisfy { "+-.eE0123456789=".utf8.contains($0) }
            guard isDecimal, parts.count == 2, let id = Int(parts[0]), id >= 0, let bias = Double(parts[1]),
                abs(bias) <= 100
            else {
                throw BadValue("\(quoted: bytes) is not a token ID, '=' and a number in -100..100")
            }
            return LogitBias(id: id, bias: bias)
        }
    }
}

/// A body field and its value as spelled.
struct BodyField: Sendable {
    let name: String
    let value: JSONDocument
}

extension Value where Parsed == BodyField {
    /// `FIELD=JSON`.
    static var bodyField: Value {
        Value(ValueSyntax(.required, name: "FIELD=JSON")) { bytes throws(BadValue) in
            guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0,
                UTF8Sequence.firstInvalidOffset(in: Array(bytes[..<equals])) == nil
            else { throw BadValue("\(quoted: bytes) is not a field, '=' and JSON") }
            let name = String(decoding: bytes[..<equals], as: UTF8.self)
            do throws(JSONError) {
                return BodyField(name: name, value: try JSONDocument(parsing: Array(bytes[(equals + 1)...])))
            } catch {
                throw BadValue(
                    "the value of \(quoted: name.utf8) is not JSON: \(own: error.description) (a string needs quotes of its own)"
                )
            }
        }
    }
}

extension Value where Parsed == [Int] {
    /// Token IDs separated by commas.
    static var tokenIDs: Value {
        Value(ValueSyntax(.required, name: "IDS", requirement: "comma-separated, such as 1,2,3")) {
            bytes throws(BadValue) in
            let ids = commaParts(of: bytes).map { Int(String(decoding: $0, as: UTF8.self)) }
            guard ids.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else {
                throw BadValue("\(quoted: bytes) is not comma-separated token IDs, such as 1,2,3")
            }
            return ids.compactMap(\.self)
        }
    }
}

extension Value where Parsed == [TokenColumn] {
    /// Names of columns separated by commas.
    static var columns: Value {
        let names = TokenColumn.allCases.map(\.rawValue)
        let requirement = "one of " + names.joined(separator: ", ")
        let syntax = ValueSyntax(
            .required, name: "LIST", requirement: "comma-separated",
            offer: .list(TokenColumn.allCases.map { NamedValue($0.rawValue, $0.summary) }))
        return Value(syntax) { bytes throws(BadValue) in
            var columns: [TokenColumn] = []
            for name in commaParts(of: bytes) {
                guard let column = TokenColumn(rawValue: String(decoding: name, as: UTF8.self)) else {
                    throw BadValue("\(quoted: name) is not \(own: requirement)")
                }
                guard !columns.contains(column) else { throw BadValue("'\(own: column.rawValue)' is given twice") }
                columns.append(column)
            }
            return columns
        }
    }
}
