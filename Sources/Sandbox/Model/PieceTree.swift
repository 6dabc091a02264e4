/// Pieces as a tree of bytes, to find the longest one at a position.
struct PieceTree: Sendable {
    private static let none: Int32 = -1

    /// Indexed by node: the node's first child, its next sibling, the byte that leads to it, the token that ends there.
    private var firstChild: [Int32] = [none]
    private var sibling: [Int32] = [none]
    private var bytes: [UInt8] = [0]
    private var token: [Int32] = [none]

    /// A tree of pieces, none of them empty; each one's token is its place in the list.
    init(_ pieces: [[UInt8]]) {
        for (id, piece) in pieces.enumerated() { insert(piece, token: id) }
    }

    private mutating func insert(_ piece: [UInt8], token id: Int) {
        var node = 0
        for value in piece {
            if let next = child(of: node, by: value) {
                node = next
            } else {
                firstChild.append(Self.none)
                sibling.append(firstChild[node])
                bytes.append(value)
                token.append(Self.none)
                firstChild[node] = Int32(bytes.count - 1)
                node = bytes.count - 1
            }
        }
        token[node] = Int32(id)
    }

    /// The longest piece that the bytes begin with; nil when there is none.
    func longestPiece(in bytes: ArraySlice<UInt8>) -> (token: Int, length: Int)? {
        var node = 0
        var found: (token: Int, length: Int)?
        for (i, byte) in bytes.enumerated() {
            guard let next = child(of: node, by: byte) else { break }
            node = next
            if token[node] != Self.none { found = (Int(token[node]), i + 1) }
        }
        return found
    }

    private func child(of node: Int, by value: UInt8) -> Int? {
        var next = firstChild[node]
        while next != Self.none, bytes[Int(next)] != value { next = sibling[Int(next)] }
        return next == Self.none ? nil : Int(next)
    }
}
