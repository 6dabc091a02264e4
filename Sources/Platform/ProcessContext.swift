/// What the program was started with. Nothing else of the process is looked at.
public struct ProcessContext: Sendable {
    /// The arguments without the program's name, byte for byte.
    public let arguments: [[UInt8]]
    /// The descriptor of standard input.
    public let input: Int32
    /// The descriptor of standard output.
    public let output: Int32
    /// The descriptor of standard error.
    public let error: Int32

    /// A context made of parts, as tests give them; the environment is the process's.
    public init(arguments: [[UInt8]], input: Int32, output: Int32, error: Int32) {
        (self.arguments, self.input, self.output, self.error) = (arguments, input, output, error)
    }

    /// The process's own: `CommandLine.unsafeArgv`, since `CommandLine.arguments` repairs what is not UTF-8.
    public static func ofProcess() -> ProcessContext {
        let arguments = UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
            .dropFirst().map {
                $0.map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))).map(UInt8.init(bitPattern:)) } ?? []
            }
        return ProcessContext(
            arguments: arguments, input: STDIN_FILENO, output: STDOUT_FILENO, error: STDERR_FILENO)
    }

    /// An environment variable's bytes, without the white space around them that comes from how it was set, such as a
    /// carriage return of Windows; nil when it is not set.
    public func variable(_ name: String) -> [UInt8]? {
        getenv(name).map { start in
            let bytes = UnsafeBufferPointer(start: start, count: strlen(start)).map(UInt8.init(bitPattern:))
            return Array(bytes.withoutSpace)
        }
    }

    /// The variables that libcurl reads by itself.
    public static let proxyVariables = [
        "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy",
    ]

    /// Has libcurl read its variables as this program reads all others: without white space around them.
    public func trimProxyVariables() {
        for name in Self.proxyVariables {
            guard let value = getenv(name).map({ String(cString: $0) }), let trimmed = variable(name),
                !trimmed.elementsEqual(value.utf8)
            else { continue }
            _ = CPath.with(trimmed) { setenv(name, $0, 1) }
        }
    }
}

extension [UInt8] {
    /// The bytes without the blanks, tabs and line ends around them.
    public var withoutSpace: ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return []
        }
        return self[first...last]
    }
}
