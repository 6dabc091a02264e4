import HTTP
import Platform

/// A transport that has a sign say what is waited for.
final class WaitingTransport: Transport {
    private let transport: any Transport
    private let sign: WaitingSign

    /// Requests go through another transport.
    init(_ transport: any Transport, _ sign: WaitingSign) {
        (self.transport, self.sign) = (transport, sign)
    }

    /// Runs the source; the sign is gone at its end.
    func run<Source: RequestSource>(_ source: inout Source, limits: TimeLimits) -> TransportError? {
        var watched = WatchedSource(source: source, sign: sign)
        defer {
            source = watched.source
            sign.end()
        }
        return transport.run(&watched, limits: limits)
    }
}

/// A source that updates a sign with its steps and events.
private struct WatchedSource<Source: RequestSource>: RequestSource {
    var source: Source
    let sign: WaitingSign
    private var inFlight = 0

    init(source: Source, sign: WaitingSign) {
        (self.source, self.sign) = (source, sign)
    }

    mutating func next(now: Double) -> SourceStep {
        let step = source.next(now: now)
        switch step {
        case .request:
            inFlight += 1
            sign.wait(for: .connection, now: now)
        case .wait(let time):
            if inFlight == 0, let time { sign.wait(for: .retry(at: time), now: now) }
            guard let change = sign.update(now: now) else { break }
            return .wait(until: min(time ?? .infinity, change))
        case .finished: break
        }
        return step
    }

    mutating func noteConnected(_ id: Int, now: Double) {
        sign.wait(for: .response, now: now)
        source.noteConnected(id, now: now)
    }

    mutating func take(_ event: TransferEvent, of id: Int, now: Double) -> TransferControl {
        if case .body = event { sign.wait(for: .rest, now: now) }
        let control = source.take(event, of: id, now: now)
        switch (event, control) {
        case (.end, _), (.failure, _), (_, .stop), (_, .drain): inFlight -= 1
        default: break
        }
        return control
    }
}
