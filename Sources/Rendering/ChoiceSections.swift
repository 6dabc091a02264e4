import API

/// Keeps choices apart that arrive interleaved or out of order: the lowest one not yet ended is written as it comes, the
/// others wait for their turn.
struct ChoiceSections {
    private let separator: RenderContext.Separator?
    private let heading: (Int) -> String
    private var hasHeadings: Bool
    /// Bytes not yet written of the choice being written.
    private var next: [UInt8] = []
    private var hasNext = false
    /// Bytes not yet written of the others.
    private var waiting: [Int: [UInt8]] = [:]
    private var ended: Set<Int> = []
    /// The choice being written.
    private var current = 0
    private var isOpen = false
    private var isFirst = true
    /// Whether what was written last ended a line; true before anything was.
    private(set) var isAtLineStart = true

    /// The choices of a response.
    ///
    /// - Parameters:
    ///   - heading: the line or lines above a choice, by its number, when there are several.
    init(_ context: RenderContext, heading: ((Int) -> String)? = nil) {
        separator = context.separator
        self.heading = heading ?? { "==> \(context.heading(ofChoice: $0)) <==\n" }
        hasHeadings = context.choiceCount > 1
    }

    /// Choices that follow each other with nothing between them.
    init() {
        (separator, hasHeadings) = (nil, false)
        heading = { _ in "" }
    }

    /// Takes note of a chunk before its choices, since one that names several shows that there are.
    mutating func begin(_ chunk: CompletionChunk) {
        if separator != nil, chunk.choices.contains(where: { $0.index != 0 }) { hasHeadings = true }
    }

    /// Takes a choice's next bytes, and whether it ended with them.
    mutating func add(_ bytes: [UInt8], to index: Int, hasEnded: Bool) {
        if hasEnded { ended.insert(index) }
        guard !bytes.isEmpty || hasEnded else { return }
        if index == current {
            next += bytes
            hasNext = true
        } else {
            waiting[index, default: []] += bytes
        }
    }

    /// Writes what need not wait.
    mutating func settle(_ output: inout [UInt8]) {
        while true {
            writeWaiting(&output)
            guard isOpen, ended.contains(current) else { return }
            close(&output)
            begin(current + 1)
        }
    }

    /// Writes everything that still waits, in the order of the choices.
    mutating func finish(_ output: inout [UInt8]) {
        settle(&output)
        close(&output)
        for index in waiting.keys.sorted() {
            begin(index)
            writeWaiting(&output)
            close(&output)
        }
    }

    /// Goes on to another choice, of which all that came so far waits.
    private mutating func begin(_ index: Int) {
        current = index
        guard let bytes = waiting.removeValue(forKey: index) else { return }
        (next, hasNext) = (bytes, true)
    }

    private mutating func writeWaiting(_ output: inout [UInt8]) {
        guard hasNext else { return }
        if !isOpen { open(&output) }
        write(next, &output)
        next.removeAll(keepingCapacity: true)
        hasNext = false
    }

    private mutating func open(_ output: inout [UInt8]) {
        isOpen = true
        if hasHeadings, separator == .heading {
            write(Array("\(isFirst ? "" : "\n")\(heading(current))".utf8), &output)
        }
        isFirst = false
    }

    private mutating func close(_ output: inout [UInt8]) {
        guard isOpen else { return }
        isOpen = false
        if separator == .nul {
            write([0], &output)
        } else if separator == .newline {
            write([UInt8(ascii: "\n")], &output)
        } else if hasHeadings, !isAtLineStart {
            write([UInt8(ascii: "\n")], &output)
        }
    }

    private mutating func write(_ bytes: [UInt8], _ output: inout [UInt8]) {
        output += bytes
        if let last = bytes.last { isAtLineStart = last == UInt8(ascii: "\n") || last == 0 }
    }
}
