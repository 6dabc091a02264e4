import CCurl
import Platform

/// The loop over a multi handle: move bytes, hand them on, note what ended, wait.
struct TransferLoop {
    private var active: [Transfer]
    private let limits: TimeLimits
    private let stopDescriptor: Int32
    private let output: OutputReader
    /// Why everything is to end; nil while it goes on.
    private var ending: TransportError?

    init(active: [Transfer], limits: TimeLimits, stopDescriptor: Int32, output: OutputReader) {
        self.active = active
        self.limits = limits
        self.stopDescriptor = stopDescriptor
        self.output = output
    }

    mutating func run(_ multi: UnsafeMutableRawPointer, handle: (Int, TransferEvent) -> TransferControl) {
        if output.isGone { end(active, with: .outputClosed, multi, handle) }
        while !active.isEmpty {
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            handOn(multi, handle)
            endFinished(multi, handle)
            endLate(multi, handle)
            guard !active.isEmpty else { return }
            wait(multi)
            if let ending { end(active, with: ending, multi, handle) }
        }
    }

    /// Hands on what has come. A reader that makes us wait must not make the server look idle.
    private mutating func handOn(
        _ multi: UnsafeMutableRawPointer, _ handle: (Int, TransferEvent) -> TransferControl
    ) {
        let before = MonotonicClock.now
        for transfer in active {
            events: for event in transfer.takeEvents() {
                switch handle(transfer.index, event) {
                case .proceed: transfer.drainEnd = .infinity
                case .drain(let end): transfer.drainEnd = end
                case .stop:
                    remove(transfer, from: multi)
                    break events
                }
            }
        }
        let spent = MonotonicClock.now - before
        for transfer in active { transfer.lastActivity += spent }
    }

    private mutating func endFinished(
        _ multi: UnsafeMutableRawPointer, _ handle: (Int, TransferEvent) -> TransferControl
    ) {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            let (raw, code) = (message.pointee.easy_handle, message.pointee.data.result)
            guard let transfer = active.first(where: { $0.raw == raw }) else { continue }
            remove(transfer, from: multi)
            _ = handle(transfer.index, transfer.lastEvent(for: code))
        }
    }

    /// Ends what has used up its time.
    private mutating func endLate(
        _ multi: UnsafeMutableRawPointer, _ handle: (Int, TransferEvent) -> TransferControl
    ) {
        let now = MonotonicClock.now
        for transfer in active where !transfer.isConnected { transfer.lastActivity = now }
        let idle = active.filter { now >= min($0.lastActivity + limits.idle.inSeconds, $0.drainEnd) }
        end(idle, with: .timeout(.idle), multi, handle)
    }

    private mutating func end(
        _ transfers: [Transfer], with error: TransportError, _ multi: UnsafeMutableRawPointer,
        _ handle: (Int, TransferEvent) -> TransferControl
    ) {
        for transfer in transfers {
            remove(transfer, from: multi)
            _ = handle(transfer.index, .failure(error))
        }
    }

    private mutating func remove(_ transfer: Transfer, from multi: UnsafeMutableRawPointer) {
        curl_multi_remove_handle(multi, transfer.raw)
        active.removeAll { $0 === transfer }
    }

    /// Waits for the network, for a clock, for the order to stop, or for the output's reader to go away.
    private mutating func wait(_ multi: UnsafeMutableRawPointer) {
        let watched = [(stopDescriptor, CURL_WAIT_POLLIN), (output.descriptor, 0)].filter { $0.0 >= 0 }
        var extra = watched.map { curl_waitfd(fd: $0.0, events: Int16($0.1), revents: 0) }
        let milliseconds = Int32(clamping: millisecondsToNextClock)
        guard curl_multi_poll(multi, &extra, UInt32(extra.count), milliseconds, nil) == CURLM_OK else { return }
        let now = MonotonicClock.now
        for transfer in active where transfer.hasUnreadBytes { transfer.lastActivity = now }
        if stopDescriptor >= 0, extra[0].revents != 0 {
            ending = .stopped
        } else if output.isGone {
            // libcurl wakes up for it, and does not say so.
            ending = .outputClosed
        }
    }

    private var millisecondsToNextClock: Int {
        let now = MonotonicClock.now
        let idle = active.map { min($0.lastActivity + limits.idle.inSeconds, $0.drainEnd) }.min() ?? now
        return max(0, Int((idle - now) * 1000) + 1)
    }
}
