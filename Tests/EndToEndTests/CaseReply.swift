import TestSupport

/// HTTP messages as cases write them: lines ending in LF, an empty line, the body as it stands.
enum CaseReply {
    /// A canned reply from a `reply` section.
    ///
    /// Its words: `bytewise` sends every byte in a write of its own, `reset` and `hang` end the connection so.
    static func make(_ section: CaseFile.Section) -> CannedReply {
        let bytes = message(section.content)
        let pieces = section.words.contains("bytewise") ? bytes.map { [$0] } : [bytes]
        let ending = section.words.compactMap { CannedReply.Ending(rawValue: $0) }.first ?? .close
        return CannedReply(pieces, ending: ending)
    }

    /// A message with CRLF in its head; `Content-Length: *` becomes the body's length.
    static func message(_ content: [UInt8]) -> [UInt8] {
        guard !content.isEmpty else { return [] }
        let gap = content.firstRange(of: Array("\n\n".utf8))
        let head = content[..<(gap?.lowerBound ?? content.endIndex)]
        let body = content[(gap?.upperBound ?? content.endIndex)...]
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\n").map { line in
            line == "Content-Length: *" ? "Content-Length: \(body.count)" : line
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }
}
