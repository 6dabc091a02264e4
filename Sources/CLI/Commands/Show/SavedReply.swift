import API
import Batch
import Flags
import Logprobs
import Platform

/// A response that was saved to a file, alone or in a row of a result file, or that standard input brings.
struct SavedReply {
    /// In bytes: what is decoded at once, so that it stays where the processor has it at hand.
    private static let pieceSize = 32 << 10

    /// Where its bytes are.
    private enum Source {
        /// A descriptor; where a regular file begins to be read, nil for what can be read only once.
        case descriptor(Int32, start: Int?)
        /// In memory.
        case bytes([UInt8])
    }

    /// What it is, for errors.
    let label: Message
    private let source: Source
    /// Why the row failed that it stands in; nil for one that did not, and for a response alone.
    private let rowFailure: Failure?

    /// Opens the file at a path; `-` is standard input.
    ///
    /// - Parameter row: the `custom_id` of a row in a result file; nil for a file that holds one response.
    /// - Throws: ``Failure`` when it can't be opened, or has no such row.
    init(_ path: [UInt8], row: [UInt8]? = nil, _ context: ProcessContext) throws(Failure) {
        let isInput = path.elementsEqual("-".utf8)
        let file: Message =
            isInput ? "standard input" : "\(own: row == nil ? "saved response" : "result file") \(quoted: path)"
        let descriptor = try isInput ? context.input : system(Descriptor.open(path, file))
        guard let row else {
            (label, rowFailure) = (file, nil)
            source = .descriptor(descriptor, start: Descriptor.position(of: descriptor))
            return
        }
        label = "row \(quoted: row) of \(file)"
        let record: RecordLookup.Found
        do throws(RecordLookup.Problem) {
            record = try RecordLookup.find(row, in: descriptor, file)
        } catch {
            throw Failure(error, row, file)
        }
        rowFailure = record.failure(label)
        source = .bytes(record.savedResponse)
        if record.content == nil, let rowFailure { throw rowFailure }
    }

    /// Reads the response from its beginning, or what is left of it when it can be read only once.
    ///
    /// - Parameters:
    ///   - take: takes the events that a piece completes; false for no more.
    /// - Returns: what was seen of the response.
    /// - Throws: ``Failure`` when it can't be read, or its row failed.
    @discardableResult
    func read(_ take: ([ReplyEvent]) throws(Failure) -> Bool) throws(Failure) -> ReplyProgress {
        var decoder = ReplyDecoder(.saved)
        var isWanted = true
        switch source {
        case .bytes(let bytes): isWanted = try take(decoder.feed(bytes[...]))
        case .descriptor(let descriptor, let start):
            if let start { Descriptor.seek(descriptor, to: start) }
            let reader = DescriptorReader(descriptor, label)
            var isAtStart = true
            while isWanted, !decoder.isOver, var rest = try system(reader.next()) {
                if isAtStart { try checkStart(rest) }
                isAtStart = false
                while isWanted, !decoder.isOver, !rest.isEmpty {
                    isWanted = try take(decoder.feed(rest.prefix(Self.pieceSize)))
                    rest = rest.dropFirst(Self.pieceSize)
                }
            }
        }
        if isWanted { isWanted = try take(decoder.finish()) }
        // What the response shows of it was said before.
        if isWanted, let rowFailure { throw rowFailure }
        return decoder.progress
    }

    /// Refuses a result file, which holds many responses.
    private func checkStart(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        guard bytes.starts(with: Array("{\"id\":\"".utf8) + RecordKind.responses.prefix) else { return }
        throw .usage(
            UsageError("\(label): it holds results of cerebras batch", hint: "name a row by its custom_id: --id ID"))
    }

    /// Whether it can be read more than once.
    var isFile: Bool {
        switch source {
        case .bytes: true
        case .descriptor(_, let start): start != nil
        }
    }

    /// Looks through a file and comes back to where it was read.
    ///
    /// - Parameter details: those of ``InferredRequest/details`` that matter.
    /// - Returns: what the whole response shows; nil when it can be read only once.
    func inferredRequest(_ details: CompletionRecord.Details) throws(Failure) -> InferredRequest? {
        var place: (descriptor: Int32, position: Int)?
        if case .descriptor(let descriptor, let start) = source {
            guard start != nil, let position = Descriptor.position(of: descriptor) else { return nil }
            place = (descriptor, position)
        }
        var record = CompletionRecord(keeping: details)
        do throws(Failure) {
            try read { events in
                for case .chunk(let chunk) in events { record.note(chunk) }
                return true
            }
        } catch {
            // It is thrown again when the response itself is read.
            guard rowFailure != nil else { throw error }
        }
        if let place { Descriptor.seek(place.descriptor, to: place.position) }
        return InferredRequest(record)
    }

    /// Reads all of it: the response, or what a stream gathers to.
    ///
    /// - Throws: ``Failure`` when there is no complete response.
    func whole() throws(Failure) -> CompletionChunk {
        var gatherer = StreamGatherer()
        var whole: CompletionChunk?
        try read { events throws(Failure) in
            for event in events {
                switch event {
                case .chunk(let chunk):
                    if chunk.isWholeReply { whole = chunk } else { gatherer.add(chunk) }
                case .end: break
                case .failure(let error): throw .saved(label, error)
                }
            }
            return true
        }
        if let whole { return whole }
        do throws(ReplyError) {
            return try gatherer.wholeReply()
        } catch {
            throw .saved(label, error)
        }
    }
}
