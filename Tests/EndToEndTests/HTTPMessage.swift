/// HTTP messages as cases write them: a head in lines, an empty line, and the body as it stands.
enum HTTPMessage {
    /// Head and body on the wire: each line of the head ends in CRLF. What has no empty line is a head without its end
    /// if its last line is not ended, and else a head without a body.
    static func onTheWire(_ text: [UInt8], followedBy count: Int = 0) -> [UInt8] {
        let gap = text.firstRange(of: [0x0A, 0x0A])
        let head = text[..<(gap?.lowerBound ?? text.endIndex)]
        let body = text[(gap?.upperBound ?? text.endIndex)...]
        var lines = head.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        if gap == nil, lines.last?.isEmpty == true { lines.removeLast() }
        for index in lines.indices where lines[index].elementsEqual("Content-Length: *".utf8) {
            lines[index] = Array("Content-Length: \(body.count + count)".utf8)
        }
        let ending = gap != nil || head.last == 0x0A ? Array("\r\n\r\n".utf8) : []
        return Array(lines.joined(separator: [0x0D, 0x0A])) + ending + body
    }
}
