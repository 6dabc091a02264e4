import Compression

/// Undoes a response's `Content-Encoding`. None is requested, but some servers and proxies compress all the same.
public final class ContentDecoding {
    /// Why the content can't be had.
    public enum Problem: Error, Sendable {
        /// An encoding that is not known here.
        case unknown(String)
        /// gzip that is damaged or ends early; what is wrong with it.
        case damaged(String)
    }

    private var gunzip: Gunzip?
    private var isAtStart = true

    /// A decoding for the header's value; nil stands for none.
    init(_ value: String?) throws(Problem) {
        let names = (value ?? "").split { $0 == "," || $0 == " " || $0 == "\t" }.map { $0.lowercased() }
        switch names.filter({ $0 != "identity" }) {
        case []: gunzip = nil
        case ["gzip"], ["x-gzip"]:
            do throws(CompressionError) {
                // What is held of it is limited, not what passes through.
                gunzip = try Gunzip(limit: .max)
            } catch {
                throw .damaged("\(error)")
            }
        default: throw .unknown(value ?? "")
        }
    }

    /// Decodes the next bytes. What begins like text is taken as it is, whatever the header says: some proxies unpack a
    /// response and leave its header as it was.
    func feed(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
        if isAtStart, let first = bytes.first {
            isAtStart = false
            if Self.isText(first) { gunzip = nil }
        }
        guard gunzip != nil else { return bytes }
        do throws(CompressionError) {
            return try gunzip?.feed(bytes) ?? bytes
        } catch {
            throw .damaged(Self.describe(error))
        }
    }

    /// What is wrong with the content ending here; nil when nothing is, as when there is none.
    func problemAtEnd() -> Problem? {
        if isAtStart { return nil }
        do throws(CompressionError) {
            try gunzip?.finish()
            return nil
        } catch {
            return .damaged(Self.describe(error))
        }
    }

    /// Whether a byte can begin JSON, a stream of events, a page or words; gzip begins with another.
    private static func isText(_ byte: UInt8) -> Bool {
        [0x09, 0x0A, 0x0D, 0xEF].contains(byte) || (0x20...0x7E).contains(byte)
    }

    private static func describe(_ error: CompressionError) -> String {
        switch error {
        case .damaged(let reason): reason
        case .cutShort: "it ends early"
        case .overLimit(let limit): "it unpacks to more than \(limit >> 20) MiB"
        case .outOfMemory: "out of memory"
        }
    }
}
