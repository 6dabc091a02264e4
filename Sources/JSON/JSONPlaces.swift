/// Keys that are looked up together, in one pass over an object: much faster than one at a time where there are many objects.
public struct JSONKeys: Sendable {
    /// At most eight.
    let keys: [StaticString]
    /// Of each as it is spelled without escapes, its quotes included; 0 for none.
    let lengths: SIMD8<UInt32>

    /// Keys, which their order numbers.
    public init(_ keys: StaticString...) {
        var lengths = SIMD8<UInt32>(repeating: 0)
        for (number, key) in keys.enumerated() { lengths[number] = UInt32(key.utf8CodeUnitCount + 2) }
        (self.keys, self.lengths) = (keys, lengths)
    }
}

/// Where in an object the values of ``JSONKeys`` are.
public struct JSONPlaces: Sendable {
    // Two of four, since one of eight would have every array of these aligned by 32 bytes.
    private var low = SIMD4<Int32>(repeating: 0)
    private var high = SIMD4<Int32>(repeating: 0)

    /// The place of the value of a key; 0 for none, where only a root can be.
    fileprivate(set) subscript(_ key: Int) -> Int {
        get { Int(key < 4 ? low[key] : high[key - 4]) }
        set {
            if key < 4 { low[key] = Int32(newValue) } else { high[key - 4] = Int32(newValue) }
        }
    }
}

extension JSONView {
    /// Finds the values of the last members with these keys; none at another kind than an object.
    public func places(of keys: JSONKeys) -> JSONPlaces { document.places(of: keys, inObject: index) }

    /// The value of a key, by its number; nil when there is none.
    ///
    /// - Parameter places: those of this object.
    public func value(_ key: Int, at places: JSONPlaces) -> JSONView? {
        places[key] == 0 ? nil : JSONView(document: document, index: places[key])
    }

    /// The kind of the value of a key, by its number; nil when there is none.
    ///
    /// - Parameter places: those of this object.
    public func kind(of key: Int, at places: JSONPlaces) -> JSONKind? {
        places[key] == 0 ? nil : document.nodes[places[key]].kind
    }
}

extension JSONDocument {
    fileprivate func places(of keys: JSONKeys, inObject object: Int) -> JSONPlaces {
        var places = JSONPlaces()
        guard nodes[object].kind == .object else { return places }
        var member = object + 1
        let end = Int(nodes[object].next)
        while member < end {
            let node = nodes[member]
            for number in 0..<keys.keys.count
            where (keys.lengths[number] == node.end - node.start || node.isEscaped)
                && hasString(keys.keys[number], at: member)
            {
                places[number] = member + 1
                break
            }
            member = Int(nodes[member + 1].next)
        }
        return places
    }
}
