#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What a run of the program is given from outside: arguments, environment, standard descriptors, time and chance.
///
/// Nothing else in the program reads the environment, a clock, or random numbers that show.
public struct ProcessContext: Sendable {
    /// The arguments without the program's name, byte for byte.
    public let arguments: [[UInt8]]
    /// The descriptor of standard input.
    public let input: Int32
    /// The descriptor of standard output.
    public let output: Int32
    /// The descriptor of standard error.
    public let error: Int32
    /// Time, and the chance that waits are varied by.
    public let clock: ProcessClock
    private let environment: @Sendable (String) -> [UInt8]?

    /// - Parameter environment: the bytes of a variable as it was set; nil for one that was not.
    public init(
        arguments: [[UInt8]] = [], input: Int32 = -1, output: Int32 = -1, error: Int32 = -1,
        clock: ProcessClock = .system, environment: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }
    ) {
        (self.arguments, self.input, self.output, self.error) = (arguments, input, output, error)
        (self.clock, self.environment) = (clock, environment)
    }

    /// The process's own: `CommandLine.unsafeArgv`, since `CommandLine.arguments` repairs what is not UTF-8.
    public static func ofProcess() -> ProcessContext {
        let arguments = UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
            .dropFirst().map {
                $0.map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))).map(UInt8.init(bitPattern:)) } ?? []
            }
        return ProcessContext(
            arguments: arguments, input: STDIN_FILENO, output: STDOUT_FILENO, error: STDERR_FILENO,
            environment: { ProcessEnvironment.value(of: $0) })
    }

    /// An environment variable's bytes, without the white space around them that comes from how it was set, such as a
    /// carriage return of Windows; nil when it is not set.
    public func variable(_ name: String) -> [UInt8]? {
        environment(name).map { Array($0.withoutSpace) }
    }

    /// The value of the first of some variables that is set and not empty, and its name; nil when none is.
    public func firstVariable(of names: [String]) -> (name: String, value: [UInt8])? {
        for name in names {
            if let value = variable(name), !value.isEmpty { return (name, value) }
        }
        return nil
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
