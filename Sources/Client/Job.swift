public import HTTP

/// A request, and what is wanted of its response.
public struct Job<Collector: ResponseCollector> {
    /// By which its source knows it; no two jobs that are open have the same.
    public let id: Int
    /// What is sent, with each attempt.
    public let request: HTTPRequest
    /// Gives a fresh collector for an attempt that begins at a time of the transport's clock.
    public let makeCollector: (_ now: Double) -> Collector

    /// A job.
    public init(_ id: Int, _ request: HTTPRequest, makeCollector: @escaping (_ now: Double) -> Collector) {
        self.id = id
        self.request = request
        self.makeCollector = makeCollector
    }
}

/// Where jobs come from and where their outcomes go: one request, a file of them, or a session.
public protocol JobSource {
    /// What takes the responses.
    associatedtype Collector: ResponseCollector

    /// What to do next. It is asked whenever one more job could be begun, and again after each event.
    ///
    /// - Parameter now: seconds of the transport's clock.
    mutating func next(now: Double) -> JobStep<Collector>

    /// Takes note of what happens with a job before its outcome.
    mutating func note(_ note: JobNote, of id: Int)

    /// Takes what a job came to; nothing more comes of it.
    mutating func take(_ outcome: JobOutcome<Collector>)

    /// Whether a response that was complete when the program was asked to stop is to count as whole.
    mutating func acceptsCompleteAtStop() -> Bool

    /// Whether a job may be tried again whose wait is over. If so, its request is sent at once.
    mutating func admitRetry(of id: Int, now: Double) -> RetryAdmission

    /// Whether jobs that wait for another attempt are given up, each with the outcome of one that was stopped.
    var dropsRetries: Bool { get }

    /// Descriptors that are waited for with everything else, since there may be another job once one of them is readable.
    var inputDescriptors: [Int32] { get }
}

extension JobSource {
    /// Nothing else holds most jobs back.
    public mutating func admitRetry(of id: Int, now: Double) -> RetryAdmission { .now }

    /// Most jobs are tried until they have an outcome.
    public var dropsRetries: Bool { false }

    /// Most jobs are known from the first.
    public var inputDescriptors: [Int32] { [] }
}

/// Whether a job may be tried again.
public enum RetryAdmission: Sendable {
    /// It may.
    case now
    /// Not before this time, unless an event comes first; nil to wait for an event alone.
    case wait(until: Double?)
}

/// What a job source wants done next.
public enum JobStep<Collector: ResponseCollector> {
    /// Do this job.
    case job(Job<Collector>)
    /// Begin nothing before this time, unless an event comes first; nil to wait for an event alone.
    case wait(until: Double?)
    /// There are no more jobs, unless an event changes that.
    case finished
}

/// What happens with a job before its outcome.
public enum JobNote {
    /// The head of a response has come.
    case head(ResponseHead)
    /// The request will be made again: which retry it is of how many, after what wait, and why.
    case retry(Int, of: Int, after: Duration, because: ClientError)
}

/// What a job came to.
public struct JobOutcome<Collector: ResponseCollector> {
    /// The job's ID.
    public let id: Int
    /// The collector of the last attempt; nil when the job ended while it waited for one.
    public let collector: Collector?
    /// Why there is no whole response; nil when there is.
    public let error: ClientError?
}
