public import JSON

/// A row of the input that can be sent.
public struct Row: Sendable {
    /// Which line of the input it stands on, from 1; with input ended by NUL, which record it is.
    public let number: Int
    /// What its record is found by: its `custom_id`, or else its number; UTF-8.
    public let id: [UInt8]
    /// The request body: the row's own fields over those of the flags. It holds no field of a stream's.
    public let body: JSONValue
    /// Tells whether a record answers this very body.
    public let digest: RequestDigest

    /// A row.
    public init(number: Int, id: [UInt8], body: JSONValue, digest: RequestDigest) {
        self.number = number
        self.id = id
        self.body = body
        self.digest = digest
    }
}

/// A row of the input that can't be sent.
public struct RowError: Error, Equatable, Sendable {
    /// Which line of the input it stands on, from 1.
    public let number: Int
    /// What its record is found by, where that could be read; otherwise its number.
    public let id: [UInt8]
    /// What is wrong with it, for a person; it holds no key and no control characters.
    public let reason: String

    /// An error of a row.
    public init(number: Int, id: [UInt8], reason: String) {
        self.number = number
        self.id = id
        self.reason = reason
    }
}
