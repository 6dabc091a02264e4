/// The ids that came through a pipe so far. Rows without an id of their own are kept as ranges of numbers, so that a filter
/// for any number of them takes no memory for each.
struct SeenIDs {
    private let table = RowTable()
    /// The rows whose number is their id, in order.
    private var numbered: [Range<Int>] = []

    /// Takes a row's id.
    ///
    /// - Returns: the number of the row that has it already; nil when none has.
    mutating func insert(_ id: [UInt8], of number: Int) -> Int? {
        if let own = Self.number(id), own == number || isNumbered(own) {
            guard own == number else { return own }
            // The table can hold it only when an earlier row chose the number for its id.
            if table.count > 0, let index = table.index(of: IDDigest(of: id)) { return table.line(at: index) }
            if numbered.last?.upperBound == number {
                numbered[numbered.count - 1] = numbered[numbered.count - 1].lowerBound..<number + 1
            } else {
                numbered.append(number..<number + 1)
            }
            return nil
        }
        switch table.insert(IDDigest(of: id), digest: nil, line: number) {
        case .inserted: return nil
        case .repeated(let index): return table.line(at: index)
        }
    }

    private func isNumbered(_ number: Int) -> Bool {
        var (low, high) = (0, numbered.count)
        while low < high {
            let middle = (low + high) / 2
            if numbered[middle].upperBound <= number { low = middle + 1 } else { high = middle }
        }
        return low < numbered.count && numbered[low].contains(number)
    }

    /// A number as ``RowParser/id(of:)`` spells it.
    private static func number(_ id: [UInt8]) -> Int? {
        guard let first = id.first, first != UInt8(ascii: "0"), id.count < 20,
            id.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") })
        else { return nil }
        return Int(String(decoding: id, as: UTF8.self))
    }
}
