import API
import Flags
import HTTP
import Platform

/// Whom to ask, and how: what the commands that ask a server have in common.
struct ConnectionOptions {
    var baseURL = BaseURL.vendor
    /// nil for the environment's.
    var key: KeySource?
    /// For the whole command; nil for no limit.
    var timeout: Duration?
    var limits = TimeLimits()
    var retries = RetryPolicy()
    /// The most of a response that may be held in memory.
    var maxResponseSize = ResponseLimit.standard
    /// A path; nil for the environment's or the system's.
    var trustFile: [UInt8]?
    /// Whether key and prompt may leave this machine unencrypted.
    var allowsHTTP = false
    /// Headers besides the program's own, in order.
    var headers: [Header] = []
    /// The API's dated version; nil for the server's choice.
    var apiVersion: Int?

    /// Refuses to have key and prompt sent unencrypted to another machine, unless that was allowed.
    func check() throws(UsageError) {
        guard baseURL.isUnencrypted, !baseURL.isLoopback, !allowsHTTP else { return }
        throw UsageError(
            "refusing to send the key and prompt unencrypted to \(plain: baseURL.text)", hint: Self.encryptionAdvice)
    }

    /// What to do where nothing may be sent unencrypted.
    static let encryptionAdvice: Message = "use https://, or allow it with --allow-http"
}
