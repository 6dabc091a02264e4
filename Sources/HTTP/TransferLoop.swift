import CCurl
import Platform

/// The loop over a pool of transfers for one source: start what it gives, move bytes, hand them on, note what ended, wait.
///
/// What a turn costs depends on what happened in it, not on how many requests are in flight.
struct TransferLoop<Source: RequestSource> {
    /// How long the rest of a response that is complete for the source may take.
    private static var drainSeconds: Double { 1 }

    private let pool: TransferPool
    private let limits: TimeLimits
    private let wakers: TransferWakers
    /// When a clock of a transfer has to be looked at next, by the pool's clock.
    private var nextCheck = Double.infinity
    /// Transfers that have been silent for half of their time. Of a head libcurl tells only whole lines, so that these are
    /// asked for bytes after every wait.
    private var silent: [Transfer] = []
    /// When the source is to be asked again; nil when an event comes first.
    private var nextStart: Double?
    private var isFinished = false

    init(_ pool: TransferPool, limits: TimeLimits, wakers: TransferWakers) {
        self.pool = pool
        self.limits = limits
        self.wakers = wakers
    }

    /// Runs until the source is finished and nothing is in flight.
    ///
    /// - Returns: why it ended before; nil when it did not.
    mutating func run(_ source: inout Source) -> TransportError? {
        defer { pool.removeAll() }
        start(&source)
        if wakers.isOutputGone { return end(with: .outputClosed, &source) }
        while pool.wantedCount > 0 || !isFinished {
            pool.perform()
            for id in pool.takeConnected() { source.noteConnected(id, now: pool.clock.now()) }
            deliver(&source)
            endFinished(&source)
            checkClocks(&source)
            start(&source)
            guard pool.wantedCount > 0 || !isFinished else { return nil }
            if let error = wait(source.inputDescriptors) { return end(with: error, &source) }
        }
        return nil
    }

    /// Starts what the source gives. A request that can't be started fails alone.
    private mutating func start(_ source: inout Source) {
        (nextStart, isFinished) = (nil, false)
        while true {
            let now = pool.clock.now()
            switch pool.pausing({ source.next(now: now) }) {
            case .request(let id, let request):
                do throws(TransportError) {
                    try pool.start(id, request, limits: limits)
                    nextCheck = min(nextCheck, pool.now + limits.firstCheck)
                } catch {
                    hand(.failure(error), of: id, to: &source)
                }
            case .wait(let time):
                nextStart = time
                return
            case .finished:
                isFinished = true
                return
            }
        }
    }

    @discardableResult
    private func hand(_ event: TransferEvent, of id: Int, to source: inout Source) -> TransferControl {
        pool.pausing { source.take(event, of: id, now: pool.clock.now()) }
    }

    /// Hands on what has come.
    private mutating func deliver(_ source: inout Source) {
        for transfer in pool.takeReady() {
            events: for event in transfer.takeEvents() {
                switch hand(event, of: transfer.id, to: &source) {
                case .proceed: transfer.proceed(until: nil)
                case .proceedUntil(let time):
                    let end = time - pool.clock.now() + pool.now
                    transfer.proceed(until: end)
                    nextCheck = min(nextCheck, end)
                case .stop:
                    pool.remove(transfer)
                    break events
                case .drain:
                    let end = pool.now + Self.drainSeconds
                    pool.drain(transfer, until: end)
                    nextCheck = min(nextCheck, end)
                    break events
                }
            }
        }
    }

    private mutating func endFinished(_ source: inout Source) {
        while let (transfer, code) = pool.takeFinished() {
            let (id, isWanted) = (transfer.id, !transfer.isDraining)
            let event = transfer.lastEvent(for: code)
            pool.remove(transfer)
            if isWanted { hand(event, of: id, to: &source) }
        }
    }

    /// Ends what has used up its time, and finds out when to look again.
    private mutating func checkClocks(_ source: inout Source) {
        let now = pool.now
        guard now >= nextCheck else { return }
        let idle = limits.idle.inSeconds
        (nextCheck, silent) = (.infinity, [])
        for transfer in Array(pool.transfers) {
            switch transfer.patience(at: now, idle: idle) {
            case .until(let time): nextCheck = min(nextCheck, time)
            case .watched(let time):
                silent.append(transfer)
                nextCheck = min(nextCheck, time)
            case .over(let limit):
                let (id, isWanted) = (transfer.id, !transfer.isDraining)
                pool.remove(transfer)
                if isWanted { hand(.failure(.timeout(limit)), of: id, to: &source) }
            }
        }
    }

    /// Waits for the network, for the source's input, for a clock, or for what ends everything.
    private func wait(_ inputs: [Int32]) -> TransportError? {
        let untilCheck = nextCheck - pool.now
        let untilStart = nextStart.map { $0 - pool.clock.now() } ?? .infinity
        let seconds = max(0, min(untilCheck, untilStart, 3600))
        let ending = wakers.wait(pool.raw, inputs: inputs, milliseconds: Int32((seconds * 1000).rounded(.up)))
        for transfer in silent { transfer.noteUnreadBytes() }
        return ending
    }

    private func end(with error: TransportError, _ source: inout Source) -> TransportError {
        for transfer in Array(pool.transfers) {
            let (id, isWanted) = (transfer.id, !transfer.isDraining)
            pool.remove(transfer)
            if isWanted { hand(.failure(error), of: id, to: &source) }
        }
        return error
    }
}
