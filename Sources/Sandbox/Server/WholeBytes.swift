import FlyingSocks

/// The bytes of a whole body that comes late, or not to its end.
struct WholeBytes: AsyncBufferedSequence {
    typealias Element = UInt8

    /// All of the body.
    let bytes: [UInt8]
    /// How it is late, or where it ends.
    let misbehavior: Misbehavior

    func makeAsyncIterator() -> Iterator {
        Iterator(bytes: bytes, misbehavior: misbehavior)
    }

    struct Iterator: AsyncBufferedIteratorProtocol {
        private let misbehavior: Misbehavior
        private var rest: ArraySlice<UInt8>
        /// How many are not to be sent.
        private let withheld: Int

        init(bytes: [UInt8], misbehavior: Misbehavior) {
            self.misbehavior = misbehavior
            rest = bytes[...]
            switch misbehavior.breakOff {
            case let breakOff? where breakOff.rest != .error:
                withheld = breakOff.chunks == 0 ? bytes.count : (bytes.count + 1) / 2
            default: withheld = 0
            }
        }

        mutating func next() async throws -> UInt8? {
            // FlyingFox reads buffers only.
            nil
        }

        mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
            guard !rest.isEmpty else { return nil }
            guard rest.count > withheld else {
                if misbehavior.breakOff?.rest == .silence { try await Task.sleep(for: BreakOff.silence) }
                // Fewer bytes than were promised; there is nothing to do but close.
                throw SocketError.disconnected
            }
            if let pace = misbehavior.pace { try await Task.sleep(for: pace) }
            defer { rest = rest.suffix(withheld) }
            return Array(rest.dropLast(withheld))
        }
    }
}
