import API
import HTTP

/// The body of a reply that is no success. Whatever is wrong with it, the reply's status holds.
struct ErrorBody {
    private var content: ContentDecoding?
    private var problem: ContentDecoding.Problem?
    private var bytes: [UInt8] = []

    /// The body that comes after a head.
    init(after head: ResponseHead) {
        do throws(ContentDecoding.Problem) {
            content = try ContentDecoding(head["content-encoding"])
        } catch {
            problem = error
        }
    }

    /// Whether more of it would change nothing.
    var saysEnough: Bool { problem != nil || bytes.count >= ResponseLimit.errorBody }

    /// Takes the next bytes.
    mutating func take(_ piece: [UInt8]) {
        guard !saysEnough else { return }
        do throws(ContentDecoding.Problem) {
            bytes += try (content?.feed(piece) ?? piece).prefix(ResponseLimit.errorBody - bytes.count)
        } catch {
            problem = error
        }
    }

    /// What the reply says, by its head and as far as this could be read; called at the body's end, wherever that came.
    func failure(_ head: ResponseHead) -> Failure {
        let atEnd = bytes.isEmpty ? content?.problemAtEnd() : nil
        if let problem = problem ?? atEnd { return .refused(by: head, unreadable: problem) }
        return .refused(by: head, bytes)
    }
}
