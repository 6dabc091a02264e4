extension Message {
    /// The line as it is written: outside text masked, then shortened, then escaped.
    ///
    /// - Parameter secrets: those of the run.
    public func text(masking secrets: Secrets) -> String {
        parts.reduce(into: "") { line, part in
            switch part {
            case .own(let words): line += words
            case .outside(let bytes, let style): line += Self.shown(bytes, style, secrets)
            }
        }
    }

    private static func shown(_ bytes: [UInt8], _ style: Style, _ secrets: Secrets) -> String {
        let masked = secrets.mask(bytes)
        var shown = ""
        var isWhole = true
        if style.isEscaped {
            isWhole = VisibleText.spell(masked, upTo: style.limit ?? .max, into: &shown)
            // An escape may spell what was no part of a secret before.
            if !shown.utf8.elementsEqual(masked) {
                shown = String(decoding: secrets.mask(Array(shown.utf8)), as: UTF8.self)
            }
        } else {
            shown = String(decoding: masked, as: UTF8.self)
        }
        let end = isWhole ? "" : "\u{2026}"
        return style.isQuoted ? "'\(shown)\(end)'" : shown + end
    }
}
