import Compression

/// Undoes a reply's `Content-Encoding`. None is asked for, but some servers and proxies compress all the same.
final class ContentDecoding {
    /// Why the content can't be had.
    enum Problem: Error {
        /// An encoding that is not known here.
        case unknown(String)
        /// gzip that is damaged or ends early; what is wrong with it.
        case damaged(String)
    }

    private var gunzip: Gunzip?

    /// A decoding for the header's value; nil stands for none.
    init(_ name: String?) throws(Problem) {
        switch (name ?? "").lowercased() {
        case "", "identity": gunzip = nil
        case "gzip", "x-gzip":
            do throws(CompressionError) {
                // What is held of it is limited, not what passes through.
                gunzip = try Gunzip(limit: .max)
            } catch {
                throw .damaged("\(error)")
            }
        default: throw .unknown(name ?? "")
        }
    }

    /// Decodes the next bytes.
    func feed(_ bytes: [UInt8]) throws(Problem) -> [UInt8] {
        guard gunzip != nil else { return bytes }
        do throws(CompressionError) {
            return try gunzip?.feed(bytes) ?? bytes
        } catch {
            throw .damaged(Self.words(error))
        }
    }

    /// What is wrong with the content ending here; nil when nothing is.
    func problemAtEnd() -> Problem? {
        do throws(CompressionError) {
            try gunzip?.finish()
            return nil
        } catch {
            return .damaged(Self.words(error))
        }
    }

    private static func words(_ error: CompressionError) -> String {
        switch error {
        case .damaged(let reason): reason
        case .cutShort: "it ends early"
        case .overLimit(let limit): "it unpacks to more than \(limit >> 20) MiB"
        case .outOfMemory: "out of memory"
        }
    }
}
