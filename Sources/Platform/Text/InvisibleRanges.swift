/// Characters that can't be seen, or only by what they do to others, and so can hide words or make two names look alike.
public enum InvisibleRanges {
    /// In order: Default_Ignorable_Code_Point and the bidirectional controls of Unicode 17.0, line and paragraph
    /// separators, the braille blank, interlinear annotations.
    static let all: [ClosedRange<UInt32>] = [
        0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
        0x2028...0x202E, 0x2060...0x206F, 0x2800...0x2800, 0x3164...0x3164, 0xFE00...0xFE0F, 0xFEFF...0xFEFF,
        0xFFA0...0xFFA0, 0xFFF0...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF,
    ]

    /// Whether a character is one of them.
    public static func contain(_ value: UInt32) -> Bool {
        value >= 0xAD && all.contains { $0.contains(value) }
    }
}
