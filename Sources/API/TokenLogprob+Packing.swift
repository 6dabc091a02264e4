public import Platform

/// Tokens kept in a tenth of the room that they take otherwise, for who needs all of a response again at its end.
extension TokenLogprob {
    /// Which members stand in the bytes.
    private struct Members: OptionSet {
        let rawValue: UInt8
        static let text = Members(rawValue: 1)
        static let offset = Members(rawValue: 2)
        static let logprob = Members(rawValue: 4)
        static let id = Members(rawValue: 8)
        static let brokenText = Members(rawValue: 16)
        static let alternatives = Members(rawValue: 32)
    }

    /// Appends all that is known of the token.
    public func pack(into bytes: inout [UInt8]) { pack(into: &bytes, alternatives) }

    /// Appends the same, with the alternatives that were read before, in any order.
    public func pack(into bytes: inout [UInt8], _ alternatives: [Alternative]?) {
        var members: Members = []
        if text != nil { members.insert(.text) }
        if offset != nil { members.insert(.offset) }
        if logprob != nil { members.insert(.logprob) }
        if id != nil { members.insert(.id) }
        if brokenText != nil { members.insert(.brokenText) }
        if alternatives != nil { members.insert(.alternatives) }
        bytes.append(members.rawValue)
        if let text { bytes.append(packed: text) }
        if let offset { bytes.append(packed: offset) }
        if let logprob { bytes.append(packed: logprob) }
        if let id { bytes.append(packed: id) }
        if let brokenText { bytes.append(packed: brokenText) }
        guard let alternatives else { return }
        bytes.append(packed: alternatives.count)
        for alternative in alternatives { Self.pack(alternative, into: &bytes) }
    }

    /// Reads what ``pack(into:)`` wrote.
    public init(_ reader: inout PackedReader) {
        let members = Members(rawValue: reader.byte())
        self.init(
            text: members.contains(.text) ? reader.array() : nil,
            offset: members.contains(.offset) ? reader.integer() : nil,
            logprob: members.contains(.logprob) ? reader.double() : nil,
            id: members.contains(.id) ? reader.integer() : nil,
            brokenText: members.contains(.brokenText) ? reader.array() : nil,
            list: members.contains(.alternatives) ? AlternativeList(Self.readAlternatives(&reader)) : nil)
    }

    private static func pack(_ alternative: Alternative, into bytes: inout [UInt8]) {
        var members: Members = alternative.isNamed ? .text : []
        if alternative.logprob != nil { members.insert(.logprob) }
        if alternative.id != nil { members.insert(.id) }
        bytes.append(members.rawValue)
        bytes.append(packed: alternative.text.count)
        bytes += alternative.text
        if let logprob = alternative.logprob { bytes.append(packed: logprob) }
        if let id = alternative.id { bytes.append(packed: id) }
    }

    private static func readAlternatives(_ reader: inout PackedReader) -> [Alternative] {
        let count = reader.integer()
        var alternatives: [Alternative] = []
        alternatives.reserveCapacity(count)
        for _ in 0..<count {
            let members = Members(rawValue: reader.byte())
            alternatives.append(
                Alternative(
                    text: reader.slice(), logprob: members.contains(.logprob) ? reader.double() : nil,
                    id: members.contains(.id) ? reader.integer() : nil, isNamed: members.contains(.text)))
        }
        return alternatives
    }
}
