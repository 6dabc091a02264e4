import API
import Client
import Flags
import HTTP
import Platform

/// The server and how to reach it: what the commands that use one have in common.
struct ConnectionOptions {
    /// No completion takes so much memory; what is made to be huge does.
    static let usualResponseSize = ByteCount(256 << 20)

    var baseURL = BaseURL.vendor
    /// The profile of the configuration that the base URL comes from, which no other key is for; nil for none.
    var profile: String?
    /// nil for the environment's, if that is for the base URL.
    var key: KeySource?
    /// For the whole command; nil for no limit.
    var timeout: Duration?
    var limits = TimeLimits()
    var retries = RetryPolicy()
    /// The most of a response that may be held in memory.
    var maxResponseSize = usualResponseSize
    /// A path; nil for the environment's or the system's.
    var trustFile: [UInt8]?
    /// Whether key and prompt may leave this machine unencrypted.
    var allowsHTTP = false
    /// Headers besides the program's own, in order.
    var headers: [Header] = []
    /// Files with more of them, in order.
    var headerFiles: [[UInt8]] = []
    /// The API's dated version; nil for the server's choice.
    var apiVersion: Int?

    /// Starts the clock of the whole command and reads the header files.
    ///
    /// - Parameter profile: the profile that the base URL comes from; nil for none.
    /// - Returns: what is to be noted of the files.
    /// - Throws: ``Failure`` for a header file that can't be read or holds anything else.
    mutating func prepare(profile: String?) throws(Failure) -> [Message] {
        if let timeout { StopSignals.limit(to: timeout, exitStatus: ExitStatus.timeout.rawValue) }
        self.profile = profile
        return try readHeaderFiles()
    }

    /// Takes the headers out of the files.
    ///
    /// - Returns: what is to be said of a file that others can read.
    /// - Throws: ``Failure`` for a file that can't be read or holds anything else.
    private mutating func readHeaderFiles() throws(Failure) -> [Message] {
        var warnings: [Message] = []
        for file in headerFiles {
            let read = try HeaderFile.read(file)
            headers += read
            if read.contains(where: \.isSecret),
                let warning = KeyReader.warning(on: file, "header file \(quoted: file)")
            {
                warnings.append(warning)
            }
        }
        headerFiles = []
        return warnings
    }

    /// Refuses to have key and prompt sent unencrypted to another machine, unless that was allowed.
    func check() throws(UsageError) {
        guard baseURL.isUnencrypted, !baseURL.isLoopback, !allowsHTTP else { return }
        throw UsageError(
            "refusing to send the key and prompt unencrypted to \(plain: baseURL.text)", hint: Self.encryptionAdvice)
    }

    /// What to do where nothing may be sent unencrypted.
    static let encryptionAdvice: Message = "use https://, or allow it with --allow-http"
}
