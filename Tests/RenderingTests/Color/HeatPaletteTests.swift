import Testing

@testable import Rendering

@Suite("The colors of probability")
struct HeatPaletteTests {
    private static let colored = Likelihood.allCases.filter { $0 > .certain }
    private static let direct = colored.compactMap { HeatPalette.swatch($0) }
    private static let light = colored.compactMap { HeatPalette.lightPageSwatch($0) }
    private static let dark = colored.compactMap { HeatPalette.darkPageSwatch($0) }

    private static let indexed = colored.compactMap { HeatPalette.indices($0) }.map { background, text in
        HeatPalette.Swatch(background: cube(background), text: cube(text))
    }

    /// A color of the cube, 16 to 231, or of the grays after it.
    private static func cube(_ index: Int) -> RGB {
        func level(_ step: Int) -> UInt32 { step == 0 ? 0 : UInt32(55 + 40 * step) }
        if index >= 232 { return RGB(UInt32(8 + 10 * (index - 232)) * 0x010101) }
        let place = index - 16
        return RGB(level(place / 36) << 16 | level(place / 6 % 6) << 8 | level(place % 6))
    }

    @Test("a text's contrast with its background is at least 4.5", arguments: [direct, light, dark, indexed])
    func contrast(swatches: [HeatPalette.Swatch]) {
        for swatch in swatches {
            #expect(Appearance(swatch.background).contrast(with: Appearance(swatch.text)) >= 4.5, "\(swatch)")
        }
    }

    @Test("steps look about evenly far apart: in 24 bits within 12 percent, in 256 colors within 28")
    func evenness() {
        for (swatches, tolerance) in [
            (Self.direct, 0.12), (Self.light, 0.12), (Self.dark, 0.12), (Self.indexed, 0.28),
        ] {
            let looks = swatches.map { Appearance($0.background) }
            let steps = zip(looks, looks.dropFirst()).map { $0.distance(to: $1) }
            let mean = steps.reduce(0, +) / Double(steps.count)
            #expect(steps.allSatisfy { abs($0 / mean - 1) < tolerance }, "\(steps)")
        }
    }

    @Test(
        "lightness orders the steps, so that it is seen without hue",
        arguments: [direct.reversed(), light.reversed(), dark, indexed.reversed()])
    func lightness(swatches: [HeatPalette.Swatch]) {
        let lightness = swatches.map { Appearance($0.background).oklab[0] }
        #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $1 - $0 > 0.08 }, "\(lightness)")
    }

    @Test("the color-blind tell any two steps apart", arguments: [direct, light, dark, indexed])
    func colorBlindness(swatches: [HeatPalette.Swatch]) {
        for matrix in Appearance.colorBlindness {
            let looks = swatches.map { Appearance($0.background).seen(by: matrix) }
            for (place, look) in looks.enumerated() {
                for other in looks[(place + 1)...] { #expect(look.distance(to: other) > 0.055, "\(swatches[place])") }
            }
        }
    }

    /// The sixteen colors of xterm, of the VGA, which the Linux console has, too, and of Visual Studio Code.
    private static let palettes: [[UInt32]] = [
        [
            0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000,
            0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
        ],
        [
            0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA, 0x555555, 0xFF5555,
            0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
        ],
        [
            0x000000, 0xCD3131, 0x0DBC79, 0xE5E510, 0x2472C8, 0xBC3FBC, 0x11A8CD, 0xE5E5E5, 0x666666, 0xF14C4C,
            0x23D18B, 0xF5F543, 0x3B8EEA, 0xD670D6, 0x29B8DB, 0xE5E5E5,
        ],
    ]

    /// The colors of each step in a palette: background and text.
    private func basicColors(_ palette: [UInt32]) throws -> [[Appearance]] {
        try Self.colored.map { likelihood in
            let parameters = try #require(HeatPalette.parameters(likelihood, depth: .basic))
            return parameters.split(separator: ";").compactMap { Int($0) }.map { code in
                Appearance(RGB(palette[code % 10 + (code >= 90 ? 8 : 0)]))
            }
        }
    }

    @Test("of the sixteen colors, text and background are legible", arguments: palettes)
    func legible(palette: [UInt32]) throws {
        for colors in try basicColors(palette) { #expect(colors[0].contrast(with: colors[1]) >= 4) }
    }

    @Test("lightness orders the steps in sixteen colors, also for the color-blind", arguments: palettes)
    func basicLightness(palette: [UInt32]) throws {
        let looks = try basicColors(palette).map { $0[0] }
        let lightness = looks.map { $0.oklab[0] }
        #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $0 - $1 > 0.04 }, "\(lightness)")
        for matrix in Appearance.colorBlindness {
            let seen = looks.map { $0.seen(by: matrix) }
            for (place, look) in seen.enumerated() {
                for other in seen[(place + 1)...] { #expect(look.distance(to: other) > 0.055, "\(palette[place])") }
            }
        }
    }

    @Test("each depth has four sequences of its own; what was almost certain has none")
    func parameters() {
        for depth in ColorDepth.allCases where depth > .none {
            #expect(Set(Self.colored.compactMap { HeatPalette.parameters($0, depth: depth) }).count == 4)
            #expect(HeatPalette.parameters(.certain, depth: depth) == nil)
        }
        #expect(HeatPalette.parameters(.remote, depth: .direct) == "48;2;178;26;24;38;2;255;255;255")
        #expect(HeatPalette.parameters(.likely, depth: .indexed) == "48;5;186;38;5;16")
        #expect(HeatPalette.parameters(.remote, depth: .none) == nil)
    }
}
