/// Where a transport's requests come from and where their events go: one request, a file of them, or a session.
///
/// The transport asks for the next step whenever it could send one more, and again after each event, so a source may add
/// a request after an event.
public protocol RequestSource {
    /// What to do next.
    ///
    /// - Parameter now: seconds of the transport's monotonic clock, which ``SourceStep/wait(until:)`` is measured by.
    mutating func next(now: Double) -> SourceStep

    /// Takes note that a request's connection stands, so that from now on its server is waited for; libcurl tells from 7.80 on.
    mutating func noteConnected(_ id: Int, now: Double)

    /// Takes the next event of a request; after ``TransferEvent/end`` or ``TransferEvent/failure(_:)`` there are none.
    ///
    /// - Parameters:
    ///   - id: as the source gave it.
    ///   - now: seconds of the transport's monotonic clock.
    mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl

    /// Descriptors that are waited for with the network, since there may be another step once one of them is readable.
    var inputDescriptors: [Int32] { get }
}

extension RequestSource {
    /// Most sources have no use for it.
    public mutating func noteConnected(_ id: Int, now: Double) {}

    /// Most sources read nothing.
    public var inputDescriptors: [Int32] { [] }
}

/// A source's decision on what to send next.
public enum SourceStep: Sendable {
    /// Send this request. No other request in flight has its ID.
    case request(id: Int, HTTPRequest)
    /// Send nothing before this time, unless an event comes first; nil to wait for an event alone.
    case wait(until: Double?)
    /// There is nothing more to send, unless an event changes that. Ends the run once nothing is in flight.
    case finished
}
