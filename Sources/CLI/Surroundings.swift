import Platform

/// What the program was started with. Nothing else of the process is looked at.
public struct Surroundings: Sendable {
    /// The arguments without the program's name, byte for byte.
    public let arguments: [[UInt8]]
    /// Descriptors of standard input, output and error.
    let input: Int32
    let output: Int32
    let error: Int32

    /// The process's own: `CommandLine.unsafeArgv`, since `CommandLine.arguments` repairs what is not UTF-8.
    public static func ofProcess() -> Surroundings {
        let arguments = UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
            .dropFirst().map {
                $0.map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))).map(UInt8.init(bitPattern:)) } ?? []
            }
        return Surroundings(
            arguments: arguments, input: STDIN_FILENO, output: STDOUT_FILENO, error: STDERR_FILENO)
    }

    /// An environment variable's bytes, without the white space around them that comes from how it was set, such as a
    /// carriage return of Windows; nil when it is not set.
    func variable(_ name: String) -> [UInt8]? {
        getenv(name).map { start in
            let bytes = UnsafeBufferPointer(start: start, count: strlen(start)).map(UInt8.init(bitPattern:))
            return Array(bytes.withoutSpace)
        }
    }

    /// The variables that libcurl reads by itself.
    static let proxyVariables = [
        "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy",
    ]

    /// Has libcurl read its variables as this program reads all others: without white space around them.
    func trimProxyVariables() {
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
    var withoutSpace: ArraySlice<UInt8> {
        let isSpace: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return []
        }
        return self[first...last]
    }
}
