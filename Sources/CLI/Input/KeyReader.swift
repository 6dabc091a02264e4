import Platform

/// Finds the API key and refuses what could not be one. No message repeats any of it.
enum KeyReader {
    /// The key from the file, else from `CEREBRAS_API_KEY`; nil when there is none and none is needed.
    static func read(
        file: [UInt8]?, isNeeded: Bool, _ surroundings: Surroundings
    ) throws(Failure) -> String? {
        if let file {
            let thing = "key file \(VisibleText.quote(file))"
            let isInput = file.elementsEqual("-".utf8)
            let bytes = try isInput ? Descriptor.readAll(surroundings.input, thing) : InputFile.read(file, thing)
            return try check(trim(bytes), in: thing)
        }
        if let bytes = surroundings.variable("CEREBRAS_API_KEY"), !trim(bytes).isEmpty {
            return try check(trim(bytes), in: "CEREBRAS_API_KEY")
        }
        guard isNeeded else { return nil }
        throw .key("no API key: neither CEREBRAS_API_KEY nor --api-key-file is set")
    }

    /// White space around a key comes from how it was stored.
    private static func trim(_ bytes: [UInt8]) -> [UInt8] {
        let isSpace: (UInt8) -> Bool = { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }

    private static func check(_ key: [UInt8], in thing: String) throws(Failure) -> String {
        guard !key.isEmpty else { throw .key("\(thing) holds no key") }
        guard key.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .key("\(thing) holds a space, a line break or another character that no key has")
        }
        return String(decoding: key, as: UTF8.self)
    }
}
