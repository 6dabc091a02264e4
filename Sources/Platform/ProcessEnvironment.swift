#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The process's own environment, byte for byte.
public enum ProcessEnvironment {
    /// A variable's value; nil when it is not set.
    static func value(of name: String) -> [UInt8]? {
        getenv(name).map { UnsafeBufferPointer(start: $0, count: strlen($0)).map(UInt8.init(bitPattern:)) }
    }

    /// Every variable, `NAME=VALUE`, with some set anew.
    public static func setting(_ changes: [(name: String, value: [UInt8])]) -> [[UInt8]] {
        let kept = all.filter { variable in !changes.contains { variable.starts(with: "\($0.name)=".utf8) } }
        return kept + changes.map { Array("\($0.name)=".utf8) + $0.value }
    }

    private static var all: [[UInt8]] {
        #if canImport(Darwin)
        var next = _NSGetEnviron().pointee
        #else
        var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
        #endif
        var variables: [[UInt8]] = []
        while let variable = next?.pointee {
            variables.append(UnsafeBufferPointer(start: variable, count: strlen(variable)).map(UInt8.init(bitPattern:)))
            next? += 1
        }
        return variables
    }
}
