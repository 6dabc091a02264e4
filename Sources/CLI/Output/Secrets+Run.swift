import HTTP
import Platform

extension Secrets {
    /// The key and the passwords of proxies that variables hold.
    static func ofEnvironment(_ context: ProcessContext) -> Secrets {
        var secrets = Secrets()
        if let key = context.variable("CEREBRAS_API_KEY") { secrets.add(key) }
        for name in ProxySetting.variables {
            if let address = context.variable(name) { secrets.addPassword(of: address[...]) }
        }
        return secrets
    }

    /// Hides what the command line says of secrets: headers that hold credentials, and a key in the place of a file's or a
    /// program's name.
    mutating func add(_ connection: ConnectionOptions) {
        add(connection.headers)
        switch connection.key {
        case .file(let name) where KeyReader.isLikeKey(name): add(name)
        case .command(let words): for word in words where KeyReader.isLikeKey(word) { add(word) }
        case .file, nil: break
        }
    }

    /// Hides the values of headers that hold credentials.
    private mutating func add(_ headers: [Header]) {
        for header in headers where header.isSecret {
            let value = Array(header.value.utf8)[...]
            if header.name.lowercased() == "cookie" {
                for pair in value.split(separator: UInt8(ascii: ";")) {
                    add(pair.drop { $0 != UInt8(ascii: "=") }.dropFirst())
                }
                continue
            }
            // A scheme such as Bearer is no secret.
            let words = value.split(separator: UInt8(ascii: " "))
            guard let scheme = words.first, words.count > 1 else {
                add(value)
                continue
            }
            for word in words.dropFirst() { add(word) }
            if String(decoding: scheme, as: UTF8.self).lowercased() == "basic", let pair = Base64.decode(words[1]) {
                add(pair.drop { $0 != UInt8(ascii: ":") }.dropFirst())
            }
        }
    }

    /// Hides what stands before the `@` of an address: the password, or all of it where there is none.
    private mutating func addPassword(of address: ArraySlice<UInt8>) {
        let start = address.firstRange(matching: "://".utf8)?.upperBound ?? address.startIndex
        guard let end = address[start...].lastIndex(of: UInt8(ascii: "@")) else { return }
        let user = address[start..<end]
        let password = user.firstIndex(of: UInt8(ascii: ":")).map { user[($0 + 1)...] } ?? user
        add(password)
        add(Self.unescaped(password))
    }

    /// With `%XX` read.
    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), rest.count >= 2, let value = UInt8(digits, radix: 16) {
                result.append(value)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return result
    }
}

extension Header {
    /// Whether a request's header of this name holds credentials, which are shown nowhere.
    var isSecret: Bool {
        let name = name.lowercased()
        return ["authorization", "proxy-authorization", "cookie", "set-cookie"].contains(name)
            || ["api-key", "api_key", "apikey", "token", "secret"].contains { name.includes($0) }
    }

    /// Whether a response's header of this name holds credentials; that it counts tokens makes it none.
    var isSecretInResponse: Bool {
        let name = name.lowercased()
        return name.hasPrefix("set-cookie") || isSecret && !name.includes("ratelimit")
    }
}
