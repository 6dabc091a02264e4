/// Reads one message that comes in pieces, and gives what of it is passed on.
struct MessageReader {
    private let role: MessageHead.Role
    private var headLines = LineReader(room: MessageHead.limit, takesBareFeeds: true)
    private var lines: [[UInt8]] = []
    private var body: BodyReader?
    /// Its head, once all of that came.
    private(set) var head: MessageHead?

    /// A message of which nothing came.
    init(_ role: MessageHead.Role) {
        self.role = role
    }

    /// Whether all of it came.
    var isOver: Bool { body?.isOver ?? false }

    /// Takes off `input` what is of the message, and gives what is passed on of it. A head is passed on once it came to its end
    /// and is one; a body as it comes.
    ///
    /// - Throws: a ``Refusal``.
    mutating func pass(_ input: inout ArraySlice<UInt8>) throws(Refusal) -> [UInt8] {
        var passed: [UInt8] = []
        while body == nil, let line = try headLines.next(&input) {
            if !line.isEmpty {
                lines.append(line)
            } else if !lines.isEmpty {
                let head = try MessageHead(lines, of: role)
                (self.head, body, lines) = (head, BodyReader(of: head), [])
                passed = head.bytes
            }
        }
        try passed += body?.pass(&input) ?? []
        return passed
    }
}
