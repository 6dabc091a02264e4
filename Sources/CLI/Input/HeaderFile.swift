import Flags
import HTTP
import Platform

/// Request headers in a file, a line each as with `--header`, so that credentials need not stand in a command line.
enum HeaderFile {
    /// Reads the headers.
    ///
    /// - Parameter path: lines ended by LF or CRLF; blank ones and those that begin with `#` are skipped.
    /// - Throws: ``Failure`` that names the line, never what stands in it.
    static func read(_ path: [UInt8]) throws(Failure) -> [Header] {
        let label: Message = "header file \(quoted: path)"
        let bytes = try system(InputFile.read(path, label, upTo: 1 << 20))
        var headers: [Header] = []
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let line = Array(Array(line).withoutSpace)
            guard let first = line.first, first != UInt8(ascii: "#") else { continue }
            do throws(BadValue) {
                headers.append(try Value.header.parse(line))
            } catch {
                throw .local(label, reason: "line \(index + 1): \(error.problem)")
            }
        }
        return headers
    }
}
