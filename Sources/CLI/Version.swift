/// What this build calls itself.
public enum Version {
    /// By the rules of semver.org.
    public static let number = "0.1.0"
    /// The `User-Agent` header, which an edge in front of the API insists on.
    static let userAgent = "cerebras/\(number)"
}
