/// A request as the handler sees it, whatever brought it.
struct SandboxRequest: Sendable {
    /// The header fields that are read, by lower-case name.
    static let fields: Set = ["authorization", "content-type", "content-encoding"]

    let method: String
    let path: String
    /// What follows the path's question mark, by name.
    var query: [String: String] = [:]
    /// By lower-case name.
    let headers: [String: String]
    let body: [UInt8]
}

/// A response as the handler makes it.
struct SandboxReply: Sendable {
    /// The body.
    enum Body: Sendable {
        case whole([UInt8])
        /// A completion that is made before any of it is sent.
        case completion(CompletionRun)
        /// Server-sent events made while they are sent.
        case stream(CompletionRun)
    }

    var status: Int
    var headers: [String: String]
    var body: Body
}
