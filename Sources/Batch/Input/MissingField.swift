/// A field that a template names and a row does not have.
public struct MissingField: Equatable, Sendable {
    /// So many fields of a row are kept to be named.
    private static let keptCount = 8

    /// The field's name, UTF-8.
    public let name: [UInt8]
    /// The names of the fields that the row has, the first few.
    public let present: [[UInt8]]
    /// How many more it has.
    public let moreCount: Int

    /// A field that is missing beside those that a row has.
    init(_ name: [UInt8], beside fields: RowFields) {
        self.name = name
        present = fields.members.prefix(Self.keptCount).map(\.name)
        moreCount = fields.members.count - present.count
    }
}
