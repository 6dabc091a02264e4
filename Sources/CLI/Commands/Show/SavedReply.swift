import API
import Logprobs
import Platform

/// A reply that was saved to a file, or that standard input brings.
struct SavedReply {
    /// What it is, for errors.
    let label: Message
    private let descriptor: Int32
    /// Where a regular file begins to be read; nil for what can be read only once.
    private let start: Int?

    /// Opens the file at a path; `-` is standard input.
    ///
    /// - Throws: ``Failure`` when it can't be opened.
    init(_ path: [UInt8], _ context: ProcessContext) throws(Failure) {
        let isInput = path.elementsEqual("-".utf8)
        label = isInput ? "standard input" : "saved response \(quoted: path)"
        descriptor = try isInput ? context.input : system(Descriptor.open(path, label))
        start = Descriptor.position(of: descriptor)
    }

    /// Reads the reply from its beginning, or what is left of it when it can be read only once.
    ///
    /// - Parameters:
    ///   - take: takes the events that a piece completes; false for no more.
    /// - Returns: what was seen of the answer.
    /// - Throws: ``Failure`` when it can't be read.
    @discardableResult
    func read(_ take: ([ReplyEvent]) throws(Failure) -> Bool) throws(Failure) -> ReplyProgress {
        var decoder = ReplyDecoder(.saved)
        if let start { Descriptor.seek(descriptor, to: start) }
        var isWanted = true
        let reader = DescriptorReader(descriptor, label)
        while isWanted, !decoder.isOver, let bytes = try system(reader.next()) {
            isWanted = try take(decoder.feed(bytes))
        }
        if isWanted { _ = try take(decoder.finish()) }
        return decoder.progress
    }

    /// Looks through a file and comes back to where it was read.
    ///
    /// - Returns: what the whole reply shows; nil when it can be read only once.
    func inferredRequest() throws(Failure) -> InferredRequest? {
        guard start != nil, let place = Descriptor.position(of: descriptor) else { return nil }
        var record = CompletionRecord(keeping: InferredRequest.details)
        try read { events in
            for case .chunk(let chunk) in events { record.note(chunk) }
            return true
        }
        Descriptor.seek(descriptor, to: place)
        return InferredRequest(record)
    }

    /// Reads all of it: the reply, or what a stream gathers to.
    ///
    /// - Throws: ``Failure`` when there is no whole answer.
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
