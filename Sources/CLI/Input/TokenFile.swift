import JSON
import Platform

/// Token IDs in a JSON file: a list, or a list of lists.
enum TokenFile {
    case one([Int])
    case several([[Int]])

    /// Reads the file's bytes.
    ///
    /// - Parameter label: what they are, for the error.
    static func parse(_ bytes: [UInt8], _ label: Message) throws(Failure) -> TokenFile {
        let root: JSONView
        do throws(JSONError) {
            root = try JSONDocument(parsing: bytes).root
        } catch {
            throw .local(label, reason: "not JSON: \(own: error.description); token IDs are a list such as [1,2,3]")
        }
        if let ids = ids(root) { return .one(ids) }
        let lists = root.elements.map(ids)
        guard root.kind == .array, !lists.contains(nil) else {
            throw .local(label, reason: "must hold token IDs: a list of whole numbers from 0, or a list of such lists")
        }
        return .several(lists.compactMap(\.self))
    }

    private static func ids(_ value: JSONView) -> [Int]? {
        guard value.kind == .array else { return nil }
        var ids: [Int] = []
        for element in value.elements {
            guard let id = element.integer, id >= 0 else { return nil }
            ids.append(id)
        }
        return ids
    }
}
