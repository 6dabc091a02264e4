import HTTP
import Platform

/// Gives the transport for a command's requests.
struct TransportFactory: Sendable {
    /// Begins what takes time before the first request, beside other work.
    let prepare: @Sendable () -> Void

    /// Makes a transport.
    ///
    /// - Parameters:
    ///   - usesTLS: whether any request is encrypted.
    ///   - output: when it goes away, the requests end.
    let make: @Sendable (_ usesTLS: Bool, _ output: OutputReader) -> any Transport
}
