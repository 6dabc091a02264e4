/// A color of the sRGB space.
struct RGB: Equatable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8

    /// From `0xRRGGBB`.
    init(_ value: UInt32) {
        red = UInt8(truncatingIfNeeded: value >> 16)
        green = UInt8(truncatingIfNeeded: value >> 8)
        blue = UInt8(truncatingIfNeeded: value)
    }

    static let black = RGB(0x000000)
    static let white = RGB(0xFFFFFF)

    /// `#rrggbb`.
    var hex: String {
        "#"
            + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
