import HTTP

/// A source of numbered requests, a limited number of which are in flight, that counts how each ended.
struct NumberedRequests: RequestSource, Sendable {
    private let url: String
    private let count: Int
    private let limit: Int
    private let prepare: @Sendable (inout HTTPRequest) -> Void
    private var started = 0
    private var inFlight = 0
    /// How often each request ended.
    private(set) var endings: [Int]
    /// Why each request got no whole reply; nil for those that did, or that have not ended.
    private(set) var failures: [TransportError?]
    /// The body that each request got.
    private(set) var bodies: [[UInt8]]
    /// The most that were in flight.
    private(set) var mostInFlight = 0
    /// How many have ended.
    private(set) var ended = 0
    /// Resident memory in bytes when a quarter of the requests had ended, and when all had; 0 where it can't be read.
    private(set) var memory = (early: 0, late: 0)

    /// - Parameter prepare: what else a request needs.
    init(
        _ count: Int, atOnce limit: Int, url: String,
        prepare: @escaping @Sendable (inout HTTPRequest) -> Void = { _ in }
    ) {
        (self.count, self.limit, self.url, self.prepare) = (count, limit, url, prepare)
        endings = Array(repeating: 0, count: count)
        failures = Array(repeating: nil, count: count)
        bodies = Array(repeating: [], count: count)
    }

    mutating func next(now: Double) -> SourceStep {
        guard started < count else { return .finished }
        guard inFlight < limit else { return .wait(until: nil) }
        defer { started += 1 }
        inFlight += 1
        mostInFlight = max(mostInFlight, inFlight)
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 10 + started % 3 * 40_000)
        let headers = [Header("X-Number", "\(started)")]
        var request = HTTPRequest(method: "POST", url: url, headers: headers, body: body)
        prepare(&request)
        return .request(id: started, request)
    }

    mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl {
        switch event {
        case .head: break
        case .body(let bytes): bodies[id] += bytes
        case .end: end(id)
        case .failure(let error):
            failures[id] = error
            end(id)
        }
        return .proceed
    }

    private mutating func end(_ id: Int) {
        endings[id] += 1
        inFlight -= 1
        ended += 1
        if ended == count / 4 { memory.early = ResidentMemory.now }
        if ended == count { memory.late = ResidentMemory.now }
    }
}
