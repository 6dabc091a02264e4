import CCurl
import Platform

/// What ends the wait for the network early, and everything with it.
struct TransferWakers {
    private let stopDescriptor: Int32
    private let output: OutputReader
    private let watched: [curl_waitfd]

    /// - Parameters:
    ///   - stopDescriptor: becomes readable when the program is asked to stop; negative for none.
    ///   - output: whoever reads what is written.
    init(stopDescriptor: Int32, output: OutputReader) {
        self.stopDescriptor = stopDescriptor
        self.output = output
        let all = [(stopDescriptor, Int16(CURL_WAIT_POLLIN)), (output.descriptor, 0)]
        watched = all.filter { $0.0 >= 0 }.map { curl_waitfd(fd: $0.0, events: $0.1, revents: 0) }
    }

    /// Whether nobody reads the output any more.
    var isOutputGone: Bool { output.isGone }

    /// Waits for the network, a clock, or one of these.
    ///
    /// - Parameter inputs: other descriptors to wait for until one is readable.
    /// - Returns: why everything is to end; nil when it goes on.
    func wait(_ multi: UnsafeMutableRawPointer, inputs: [Int32], milliseconds: Int32) -> TransportError? {
        var extra = watched
        for input in inputs { extra.append(curl_waitfd(fd: input, events: Int16(CURL_WAIT_POLLIN), revents: 0)) }
        guard ccurl_multi_poll(multi, &extra, UInt32(extra.count), milliseconds, nil) == CURLM_OK else { return nil }
        if stopDescriptor >= 0, extra[0].revents != 0 { return .stopped }
        // libcurl wakes up for it, and does not say so.
        return output.isGone ? .outputClosed : nil
    }
}
