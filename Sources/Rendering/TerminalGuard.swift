import API
import JSON
import Platform

/// Keeps what a model wrote from steering the terminal it is shown on: it could move the cursor, set the title or write
/// the clipboard.
///
/// Control characters other than newline and tab, C1 controls, bidirectional overrides and bytes that are not UTF-8 become
/// visible escapes, also when they come in pieces.
struct TerminalGuard: Renderer {
    /// How an escape is spelled.
    enum Spelling {
        /// `\x1b`, `\u{9b}`.
        case text
        /// `\u009b`, which leaves JSON the value it was.
        case json
    }

    private var renderer: any Renderer
    private let spelling: Spelling
    /// Whether a NUL is a separator, which a terminal passes over.
    private let keepsNUL: Bool
    /// The beginning of a character whose end has not come.
    private var open: [UInt8] = []

    /// Guards what a renderer writes, if it goes to a terminal and the user has not asked for it raw.
    static func around(_ renderer: any Renderer, _ context: RenderContext, _ spelling: Spelling) -> any Renderer {
        guard context.isTerminal, !context.isRaw else { return renderer }
        return TerminalGuard(renderer: renderer, spelling: spelling, keepsNUL: context.separator == .nul)
    }

    /// A JSON value as a terminal may show it: laid out on lines, and what a terminal would act on escaped.
    static func shown(_ document: JSONView) -> [UInt8] { shown(document.prettyBytes) }

    /// JSON as it is laid out, with what a terminal would act on escaped.
    static func shown(_ json: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        let guarding = TerminalGuard(renderer: JSONLinesRenderer(), spelling: .json, keepsNUL: false)
        guarding.append(json[...], to: &output)
        return output
    }

    private init(renderer: any Renderer, spelling: Spelling, keepsNUL: Bool) {
        self.keepsNUL = keepsNUL
        self.renderer = renderer
        self.spelling = spelling
    }

    mutating func render(_ chunk: CompletionChunk, to output: inout [UInt8]) {
        var bytes = open
        renderer.render(chunk, to: &bytes)
        let end = bytes.count - UTF8Sequence.openLength(atEndOf: bytes)
        open = Array(bytes[end...])
        append(bytes[..<end], to: &output)
    }

    mutating func finish(isWhole: Bool, to output: inout [UInt8]) {
        var bytes = open
        open = []
        renderer.finish(isWhole: isWhole, to: &bytes)
        append(bytes[...], to: &output)
    }

    private func append(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var position = 0
            while position < buffer.count {
                let length = UTF8Sequence.length(at: position, in: buffer)
                if let escape = escape(buffer, position, length) {
                    output += Array(escape.utf8)
                } else {
                    output += buffer[position..<position + length]
                }
                position += max(1, length)
            }
        }
    }

    /// The spelling of a character that a terminal would act on; nil for every other.
    private func escape(_ buffer: UnsafeBufferPointer<UInt8>, _ position: Int, _ length: Int) -> String? {
        let lead = buffer[position]
        switch length {
        case 0: return spelling == .text ? Self.hex(lead, "\\x", 2) : "\u{FFFD}"
        case 1:
            guard lead < 0x20 || lead == 0x7F, lead != UInt8(ascii: "\n"), lead != UInt8(ascii: "\t") else {
                return nil
            }
            if lead == 0, keepsNUL { return nil }
            if spelling == .json { return Self.hex(lead, "\\u", 4) }
            return lead == UInt8(ascii: "\r") ? "\\r" : Self.hex(lead, "\\x", 2)
        default:
            let character = String(decoding: buffer[position..<position + length], as: UTF8.self)
            guard let scalar = character.unicodeScalars.first, Self.isUnsafe(scalar.value) else { return nil }
            return spelling == .json
                ? Self.hex(scalar.value, "\\u", 4) : "\\u{\(String(scalar.value, radix: 16))}"
        }
    }

    private static func isUnsafe(_ scalar: UInt32) -> Bool {
        (0x80..<0xA0).contains(scalar) || (0x202A...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
    }

    private static func hex(_ value: some BinaryInteger, _ prefix: String, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return prefix + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
