public import HTTP

/// Collects a response that is one document, whole.
public struct DocumentCollector: ResponseCollector {
    private let maxSize: Int
    private var reader: ResponseReader
    /// The document, as far as it has come.
    public private(set) var body: [UInt8] = []
    /// Why the attempt failed; nil while all is well.
    public private(set) var failure: AttemptFailure?

    /// A collector for an attempt that begins.
    public init(_ request: HTTPRequest, _ connection: Connection) {
        maxSize = connection.maxResponseSize
        reader = ResponseReader(url: request.url, limits: connection.limits)
    }

    /// The response's head; nil before it has come.
    public var head: ResponseHead? { reader.head }

    /// Only its end completes a document.
    public var isComplete: Bool { false }

    /// Takes the next event.
    ///
    /// - Parameter now: seconds of the transport's clock.
    public mutating func take(_ event: TransferEvent, now: Double) -> TransferControl {
        do throws(AttemptFailure) {
            switch try reader.take(event) {
            case .nothing, .end(nil): break
            case .content(let bytes): body += bytes
            case .end(let problem?): throw reader.failure(problem)
            case .broken(let error): throw reader.failure(error, after: nil)
            }
            if body.count > maxSize {
                throw AttemptFailure(.tooLarge(limit: maxSize, requestID: reader.requestID))
            }
        } catch {
            failure = error
        }
        return failure == nil ? .proceed : .stop
    }
}
