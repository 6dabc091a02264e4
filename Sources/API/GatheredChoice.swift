import JSON
import Platform

/// One choice, gathered over chunks.
struct GatheredChoice: Sendable {
    /// What becomes of a member over chunks.
    private enum Growth: Sendable {
        /// One value stands.
        case none
        /// What stands between the quotes is joined.
        case text
        /// What stands between the brackets is chained.
        case list
        /// The arrays in it are chained, each token at its place in all of them.
        case logprobs

        init(_ key: ArraySlice<UInt8>) {
            if key.elementsEqual("\"text\"".utf8) {
                self = .text
            } else if key.elementsEqual("\"tokens\"".utf8) {
                self = .list
            } else if key.elementsEqual("\"logprobs\"".utf8) || key.elementsEqual("\"reasoning_logprobs\"".utf8) {
                self = .logprobs
            } else {
                self = .none
            }
        }
    }

    /// What has grown of a member, if anything has.
    private struct Grown: Sendable {
        let growth: Growth
        var bytes: ByteBlocks?
        var logprobs: GatheredLogprobs?

        /// Whether it stands in place of the member's value.
        var isThere: Bool { bytes != nil || logprobs?.isEmpty == false }

        mutating func add(_ value: JSONView) {
            switch growth {
            case .none: break
            case .text:
                guard let text = value.stringSource else { return }
                if bytes == nil { bytes = ByteBlocks() }
                bytes?.append(text)
            case .list:
                guard value.kind == .array else { return }
                if bytes == nil { bytes = ByteBlocks() }
                for element in value.elements {
                    if bytes?.isEmpty == false { bytes?.append(UInt8(ascii: ",")) }
                    bytes?.append(element.source)
                }
            case .logprobs:
                guard value.kind == .object else { return }
                if logprobs == nil { logprobs = GatheredLogprobs() }
                logprobs?.add(value)
            }
        }

        /// Appends it to an output, and forgets it; false when no more is wanted.
        mutating func write(to output: inout [UInt8], _ flush: OutputFlush) -> Bool {
            if logprobs != nil { return logprobs?.write(to: &output, flush) ?? true }
            output.append(UInt8(ascii: growth == .text ? "\"" : "["))
            guard bytes?.drain(to: &output, flush) ?? true else { return false }
            output.append(UInt8(ascii: growth == .text ? "\"" : "]"))
            return true
        }
    }

    private static let names: [StaticString] = ["text", "tokens", "logprobs", "reasoning_logprobs"]

    private var members = MergedMembers()
    /// By the places of the members.
    private var grown: [Grown] = []
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
        for (place, value) in additions { grown[place].add(value) }
        additions.removeAll(keepingCapacity: true)
    }

    private mutating func merge(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Int {
        guard let place = members.place(of: key) else {
            members.add(key, value)
            grown.append(Grown(growth: Growth(key)))
            return grown.count - 1
        }
        if !grown[place].isThere { members.update(place, value, prefer: .last) }
        return place
    }

    /// Appends the choice to an output, and forgets what has grown; false when no more is wanted.
    mutating func write(to output: inout [UInt8], _ flush: OutputFlush) -> Bool {
        var grown = grown
        self.grown = []
        return members.write(to: &output) { place, output in
            grown[place].isThere ? grown[place].write(to: &output, flush) : nil
        }
    }
}
