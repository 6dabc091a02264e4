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

    /// An environment variable's bytes; nil when it is not set.
    func variable(_ name: String) -> [UInt8]? {
        getenv(name).map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))).map(UInt8.init(bitPattern:)) }
    }
}
