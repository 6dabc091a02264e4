/// Values by key, of which the one that was put in last is found without a search: for what comes again and again for the
/// same key, as the parts of a choice do.
public struct RecentMap<Key: Hashable, Value> {
    @usableFromInline var recent: (key: Key, value: Value)?
    /// Those of all other keys.
    @usableFromInline var others: [Key: Value] = [:]

    /// No values.
    @inlinable
    public init() {}

    /// The keys, in no order.
    @inlinable public var keys: [Key] { (recent.map { [$0.key] } ?? []) + others.keys }

    /// The values, in no order.
    @inlinable public var values: [Value] { (recent.map { [$0.value] } ?? []) + others.values }

    /// Whether there are no values.
    @inlinable public var isEmpty: Bool { recent == nil && others.isEmpty }

    /// A key's value; nil when it has none.
    @inlinable
    public subscript(key: Key) -> Value? {
        get { recent?.key == key ? recent?.value : others[key] }
        set {
            removeValue(forKey: key)
            guard let newValue else { return }
            if let recent { others[recent.key] = recent.value }
            recent = (key, newValue)
        }
    }

    /// Takes out a key's value, so that it can be changed without being copied; nil when it has none.
    @inlinable
    @discardableResult
    public mutating func removeValue(forKey key: Key) -> Value? {
        guard recent?.key == key else { return others.isEmpty ? nil : others.removeValue(forKey: key) }
        defer { recent = nil }
        return recent?.value
    }
}

extension RecentMap: Sendable where Key: Sendable, Value: Sendable {}
