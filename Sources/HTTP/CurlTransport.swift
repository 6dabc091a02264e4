import CCurl
import Platform

/// The transport on libcurl's multi interface: one loop, one thread, one request or hundreds.
public struct CurlTransport: Transport {
    /// A descriptor that becomes readable when the program is asked to stop; negative for none.
    private let stopDescriptor: Int32
    private let output: OutputReader

    /// A transport.
    ///
    /// - Parameters:
    ///   - usesTLS: whether any URL will be `https`; without, the TLS library is not started.
    ///   - stopDescriptor: when it becomes readable every request ends with ``TransportError/stopped``.
    ///   - output: when it goes away every request ends with ``TransportError/outputClosed``.
    public init(usesTLS: Bool, stopDescriptor: Int32 = -1, output: OutputReader = OutputReader(of: -1)) {
        ccurl_global_init(usesTLS ? 1 : 0)
        self.stopDescriptor = stopDescriptor
        self.output = output
    }

    /// The libcurl in use and what it was built with, such as `libcurl/7.88.1 OpenSSL/3.0.17 ...`.
    public static var libraryVersion: String { String(cString: curl_version()) }

    /// Sends the requests and hands on what comes until every one has ended.
    public func run(
        _ requests: [HTTPRequest], limits: TimeLimits, handle: (Int, TransferEvent) -> TransferControl
    ) {
        do throws(TransportError) {
            let multi = try MultiHandle()
            let active = start(requests, limits, in: multi.raw, handle)
            var loop = TransferLoop(active: active, limits: limits, stopDescriptor: stopDescriptor, output: output)
            loop.run(multi.raw, handle: handle)
        } catch {
            for index in requests.indices { _ = handle(index, .failure(error)) }
        }
    }

    /// Starts the requests; one that can't be started fails alone.
    private func start(
        _ requests: [HTTPRequest], _ limits: TimeLimits, in multi: UnsafeMutableRawPointer,
        _ handle: (Int, TransferEvent) -> TransferControl
    ) -> [Transfer] {
        var started: [Transfer] = []
        for (index, request) in requests.enumerated() {
            do throws(TransportError) {
                let transfer = try Transfer(index, request, limits: limits)
                let code = curl_multi_add_handle(multi, transfer.raw)
                guard code == CURLM_OK else { throw .local(String(cString: curl_multi_strerror(code))) }
                started.append(transfer)
            } catch {
                _ = handle(index, .failure(error))
            }
        }
        return started
    }
}
