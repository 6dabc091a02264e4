import CCurl
import Platform

/// The multi handle with its connections, the transfers in flight, and those whose handles can be used again.
final class TransferPool {
    private let multi: MultiHandle
    /// Also runs while the source is at work.
    let clock: ProcessClock
    private var idle: [Transfer] = []
    private var active: [ObjectIdentifier: Transfer] = [:]
    private var ready: [Transfer] = []
    private var connected: [Int] = []
    /// Time that the source took for itself, in which no server was idle.
    private var pausedSeconds = 0.0
    /// The numbers of all sockets that were opened, which may be anyone's once a connection is closed.
    private(set) var sockets: Set<Int32> = []

    /// A pool without connections.
    init(_ clock: ProcessClock) throws(TransportError) {
        self.clock = clock
        multi = try MultiHandle()
    }

    deinit { removeAll() }

    /// Seconds of a clock that stands still while the source is at work.
    var now: Double { clock.now() - pausedSeconds }

    /// Everything in flight.
    var transfers: some Collection<Transfer> { active.values }

    /// How many are in flight, those left out whose response is complete for the source.
    private(set) var wantedCount = 0

    /// The handle to wait with.
    var raw: UnsafeMutableRawPointer { multi.raw }

    /// Starts a request.
    ///
    /// - Throws: ``TransportError`` when it can't be; the others go on.
    func start(_ id: Int, _ request: HTTPRequest, limits: TimeLimits) throws(TransportError) {
        let transfer: Transfer
        if let idle = idle.popLast() { transfer = idle } else { transfer = try Transfer(in: self) }
        do throws(TransportError) {
            try transfer.begin(id, request, limits: limits)
            let code = ccurl_multi_add_handle(multi.raw, transfer.raw)
            guard code == CURLM_OK else { throw .local(String(cString: ccurl_multi_strerror(code))) }
        } catch {
            transfer.reset()
            idle.append(transfer)
            throw error
        }
        active[ObjectIdentifier(transfer)] = transfer
        wantedCount += 1
    }

    /// Moves bytes.
    func perform() {
        var running: Int32 = 0
        ccurl_multi_perform(multi.raw, &running)
    }

    /// Notes that a transfer has events; it says so once until they are taken.
    func noteReady(_ transfer: Transfer) { ready.append(transfer) }

    /// The transfers that have events since the last call.
    func takeReady() -> [Transfer] {
        defer { ready.removeAll(keepingCapacity: true) }
        return ready
    }

    /// Notes that the connection of a request stands.
    func noteConnected(_ transfer: Transfer) { connected.append(transfer.id) }

    /// The requests whose connection stands since the last call.
    func takeConnected() -> [Int] {
        defer { connected.removeAll(keepingCapacity: true) }
        return connected
    }

    /// A transfer that has ended, and how; nil when there is no further one.
    func takeFinished() -> (transfer: Transfer, code: CURLcode)? {
        var left: Int32 = 0
        while let message = ccurl_multi_info_read(multi.raw, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            var context: UnsafeMutableRawPointer?
            ccurl_get_private(message.pointee.easy_handle, &context)
            if let transfer = Transfer.from(context) { return (transfer, message.pointee.data.result) }
        }
        return nil
    }

    /// Leaves a transfer to itself: the rest of its response is read and skipped.
    func drain(_ transfer: Transfer, until time: Double) {
        transfer.drain(until: time)
        wantedCount -= 1
    }

    /// Ends a transfer, if it has not ended, and keeps its handle for another.
    func remove(_ transfer: Transfer) {
        guard active.removeValue(forKey: ObjectIdentifier(transfer)) != nil else { return }
        if !transfer.isDraining { wantedCount -= 1 }
        ccurl_multi_remove_handle(multi.raw, transfer.raw)
        transfer.reset()
        idle.append(transfer)
    }

    /// Ends everything.
    func removeAll() {
        for transfer in Array(active.values) { remove(transfer) }
        (ready, connected) = ([], [])
    }

    /// Does what takes the source's time, for which no server is to blame.
    func pausing<Result>(_ body: () -> Result) -> Result {
        let before = clock.now()
        defer { pausedSeconds += clock.now() - before }
        return body()
    }

    /// Notes a socket that was opened for a connection.
    func noteOpen(_ socket: Int32) { sockets.insert(socket) }
}
