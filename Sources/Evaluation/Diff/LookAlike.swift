/// Whether two spellings look alike though they are not the same.
public enum LookAlike {
    /// Characters that most fonts draw like ASCII ones, and those, in the same order.
    static let twins: [(others: String, plain: String)] = [
        ("\u{430}\u{435}\u{43E}\u{440}\u{441}\u{445}\u{443}\u{456}\u{458}\u{455}", "aeopcxyijs"),
        ("\u{4BB}\u{501}\u{51B}\u{51D}", "hdqw"),
        ("\u{410}\u{412}\u{415}\u{417}\u{41A}\u{41C}\u{41D}\u{41E}\u{420}\u{421}", "ABE3KMHOPC"),
        ("\u{422}\u{425}\u{423}\u{406}\u{408}\u{405}", "TXYIJS"),
        ("\u{391}\u{392}\u{395}\u{396}\u{397}\u{399}\u{39A}", "ABEZHIK"),
        ("\u{39C}\u{39D}\u{39F}\u{3A1}\u{3A4}\u{3A5}\u{3A7}", "MNOPTYX"),
        ("\u{3BF}\u{3BD}\u{3B9}\u{3F2}\u{3F3}\u{261}\u{131}", "ovicjgi"),
        ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{FE58}\u{FE63}", "---------"),
        ("\u{2018}\u{2019}\u{201B}\u{2BC}\u{2032}\u{B4}\u{60}", "\'\'\'\'\'\'\'"),
        ("\u{2024}\u{2044}\u{2215}\u{A789}\u{2236}\u{1C3}\u{201A}\u{37E}", ".//::!,;"),
        ("\u{201C}\u{201D}\u{201F}\u{2033}", "\"\"\"\""),
    ]

    private static let plain: [UInt32: UInt32] = twins.reduce(into: [:]) { table, row in
        for (other, plain) in zip(row.others.unicodeScalars, row.plain.unicodeScalars) {
            table[other.value] = plain.value
        }
    }

    /// Whether both would be read as the same, in whatever form they are composed.
    public static func isAlike(_ a: [UInt32], _ b: [UInt32]) -> Bool {
        a != b && skeleton(a) == skeleton(b)
    }

    /// What is seen of the characters: blanks as spaces, what leaves no ink left out. Swift compares the texts by
    /// canonical equivalence.
    private static func skeleton(_ points: [UInt32]) -> String {
        var text = String.UnicodeScalarView()
        for point in points {
            guard let scalar = Unicode.Scalar(plain[point] ?? point) else {
                text.append("\u{FFFD}")
                continue
            }
            switch scalar.properties.generalCategory {
            case .spaceSeparator: text.append(" ")
            case .format: continue
            default:
                if scalar.properties.isDefaultIgnorableCodePoint { continue }
                // Full-width forms of ASCII.
                let isWide = (0xFF01...0xFF5E).contains(point)
                text.append(isWide ? Unicode.Scalar(UInt8(point - 0xFEE0)) : point == 0x2800 ? " " : scalar)
            }
        }
        return String(text)
    }
}
