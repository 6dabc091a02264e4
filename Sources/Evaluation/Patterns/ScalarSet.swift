/// Scalar values that one place of a pattern takes.
struct ScalarSet: Sendable {
    /// A part of a set.
    enum Member: Sendable {
        case range(ClosedRange<UInt32>)
        case digit, word, space
        /// A general category of Unicode, by its short name or the first letter of it.
        case category(String)
        indirect case anyBut(ScalarSet)
    }

    /// Its parts.
    var members: [Member]
    /// Whether it is all but these.
    var isNegated = false
    /// Whether upper and lower case are the same.
    var ignoresCase = false

    /// One scalar.
    init(_ scalar: Unicode.Scalar, ignoresCase: Bool) {
        members = [.range(scalar.value...scalar.value)]
        self.ignoresCase = ignoresCase
    }

    /// All of these, or all but these.
    init(_ members: [Member], isNegated: Bool = false, ignoresCase: Bool = false) {
        self.members = members
        self.isNegated = isNegated
        self.ignoresCase = ignoresCase
    }

    /// Every scalar.
    static let all = ScalarSet([], isNegated: true)
    /// Every scalar that ends no line.
    static let line = ScalarSet([.range(0x0A...0x0D), .range(0x85...0x85), .range(0x2028...0x2029)], isNegated: true)

    /// Whether a scalar belongs to it.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        if holds(scalar) { return !isNegated }
        guard ignoresCase else { return isNegated }
        return Self.cases(of: scalar).contains { holds($0) } != isNegated
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        members.contains { member in
            switch member {
            case .range(let range): range.contains(scalar.value)
            case .digit: scalar.properties.generalCategory == .decimalNumber
            case .word: Self.isWord(scalar)
            case .space: scalar.properties.isWhitespace
            case .category(let name): scalar.properties.generalCategory.shortName.hasPrefix(name)
            case .anyBut(let set): !set.contains(scalar)
            }
        }
    }

    /// A scalar in lower and upper case; a case of several scalars is none.
    private static func cases(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        guard !scalar.isASCII else {
            let letter = scalar.value | 0x20
            return (0x61...0x7A).contains(letter) ? [letter, letter ^ 0x20].compactMap(Unicode.Scalar.init) : []
        }
        return [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping].compactMap { mapping in
            mapping.unicodeScalars.count == 1 ? mapping.unicodeScalars.first : nil
        }
    }

    /// Whether a scalar is a letter, a digit or an underscore.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            return (0x61...0x7A).contains(scalar.value | 0x20) || (0x30...0x39).contains(scalar.value) || scalar == "_"
        }
        return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .decimalNumber
    }

    /// Whether a scalar ends a line.
    static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { !line.contains(scalar) }
}

extension Unicode.GeneralCategory {
    /// As Unicode abbreviates it.
    fileprivate var shortName: String {
        switch self {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }

    /// Whether a name is that of a category, or the first letter of some.
    static func hasName(_ name: String) -> Bool {
        let names = [
            "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
            "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Cn",
        ]
        return names.contains(name) || name.utf8.count == 1 && names.contains { $0.hasPrefix(name) }
    }
}
