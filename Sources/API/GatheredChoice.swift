import JSON
import Platform

/// One choice, gathered over chunks.
struct GatheredChoice: Sendable {
    /// What becomes of a member over chunks.
    private enum Growth: Sendable {
        /// One value stands.
        case none
        /// What stands between the quotes is joined; nil while no text has come.
        case text(ByteBlocks?)
        /// What stands between the brackets is chained; nil while no array has come.
        case list(ByteBlocks?)
        case logprobs(GatheredLogprobs)

        init(_ key: ArraySlice<UInt8>) {
            if key.elementsEqual("\"text\"".utf8) {
                self = .text(nil)
            } else if key.elementsEqual("\"tokens\"".utf8) {
                self = .list(nil)
            } else if key.elementsEqual("\"logprobs\"".utf8) || key.elementsEqual("\"reasoning_logprobs\"".utf8) {
                self = .logprobs(GatheredLogprobs())
            } else {
                self = .none
            }
        }
    }

    private static let names: [StaticString] = ["text", "tokens", "logprobs", "reasoning_logprobs"]

    private var members = MergedMembers()
    /// By the places of the members.
    private var growths: [Growth] = []
    /// What a chunk brings, while it is taken.
    private var additions: [(place: Int, value: JSONView)] = []

    mutating func add(_ choice: JSONView) {
        for member in choice.members {
            let key = MergedMembers.spelling(of: member.key, plain: Self.names)
            let place = merge(key, member.value.source)
            // Of a key that a chunk has twice the last value counts, as for every reader of the document.
            if let earlier = additions.firstIndex(where: { $0.place == place }) { additions.remove(at: earlier) }
            additions.append((place, member.value))
        }
        for (place, value) in additions { grow(place, by: value) }
        additions.removeAll(keepingCapacity: true)
    }

    private mutating func merge(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Int {
        guard let place = members.place(of: key) else {
            members.add(key, value)
            growths.append(Growth(key))
            return growths.count - 1
        }
        if !hasGrown(place) { members.update(place, value, prefer: .last) }
        return place
    }

    /// Whether what has grown stands in place of a member's value.
    private func hasGrown(_ place: Int) -> Bool {
        switch growths[place] {
        case .none: false
        case .text(let bytes), .list(let bytes): bytes != nil
        case .logprobs(let logprobs): !logprobs.isEmpty
        }
    }

    private mutating func grow(_ place: Int, by value: JSONView) {
        let growth = growths[place]
        // What is in two places is copied when it changes.
        growths[place] = .none
        switch growth {
        case .none: break
        case .text(let bytes):
            var grown = bytes
            if let text = value.stringSource {
                if grown == nil { grown = ByteBlocks() }
                grown?.append(text)
            }
            growths[place] = .text(grown)
        case .list(let bytes):
            var grown = bytes
            if value.kind == .array {
                if grown == nil { grown = ByteBlocks() }
                for element in value.elements {
                    if grown?.isEmpty == false { grown?.append(UInt8(ascii: ",")) }
                    grown?.append(element.source)
                }
            }
            growths[place] = .list(grown)
        case .logprobs(let logprobs):
            var grown = logprobs
            if value.kind == .object { grown.add(value) }
            growths[place] = .logprobs(grown)
        }
    }

    /// Appends the choice to an output, and forgets what has grown; false when no more is wanted.
    mutating func write(to output: inout [UInt8], _ flush: OutputFlush) -> Bool {
        var growths = growths
        self.growths = []
        return members.write(to: &output) { place, output in
            switch growths[place] {
            case .none, .text(nil), .list(nil): return nil
            case .text(var bytes?):
                growths[place] = .none
                output.append(UInt8(ascii: "\""))
                guard bytes.drain(to: &output, flush) else { return false }
                output.append(UInt8(ascii: "\""))
            case .list(var bytes?):
                growths[place] = .none
                output.append(UInt8(ascii: "["))
                guard bytes.drain(to: &output, flush) else { return false }
                output.append(UInt8(ascii: "]"))
            case .logprobs(var logprobs):
                guard !logprobs.isEmpty else { return nil }
                growths[place] = .none
                return logprobs.write(to: &output, flush)
            }
            return true
        }
    }
}
