import Testing

@testable import Rendering

@Suite("The colors of probability")
struct HeatPaletteTests {
    private static let direct = Likelihood.allCases.map { HeatPalette.swatch($0) }

    private static let light = Likelihood.allCases.map { HeatPalette.lightSwatch($0) }

    private static let indexed = Likelihood.allCases.map { likelihood in
        let (background, text) = HeatPalette.indices(likelihood)
        return HeatPalette.Swatch(background: cube(background), text: cube(text))
    }

    /// A color of the cube, 16 to 231, or of the greys after it.
    private static func cube(_ index: Int) -> RGB {
        func level(_ step: Int) -> UInt32 { step == 0 ? 0 : UInt32(55 + 40 * step) }
        if index >= 232 { return RGB(UInt32(8 + 10 * (index - 232)) * 0x010101) }
        let place = index - 16
        return RGB(level(place / 36) << 16 | level(place / 6 % 6) << 8 | level(place % 6))
    }

    @Test("a text's contrast with its background is at least 4.5", arguments: [direct, light, indexed])
    func contrast(swatches: [HeatPalette.Swatch]) {
        for swatch in swatches {
            #expect(Appearance(swatch.background).contrast(with: Appearance(swatch.text)) >= 4.5, "\(swatch)")
        }
    }

    @Test("steps look evenly far apart: in 24 bits within 5 percent, in 256 colors within 17")
    func evenness() {
        for (swatches, tolerance) in [(Self.direct, 0.05), (Self.light, 0.05), (Self.indexed, 0.17)] {
            let looks = swatches.map { Appearance($0.background) }
            let steps = zip(looks, looks.dropFirst()).map { $0.distance(to: $1) }
            let mean = steps.reduce(0, +) / Double(steps.count)
            #expect(steps.allSatisfy { abs($0 / mean - 1) < tolerance }, "\(steps)")
        }
    }

    @Test("lightness orders the steps, so that it is seen without hue", arguments: [direct, light.reversed(), indexed])
    func lightness(swatches: [HeatPalette.Swatch]) {
        let lightness = swatches.map { Appearance($0.background).oklab[0] }
        #expect(zip(lightness, lightness.dropFirst()).allSatisfy { $1 - $0 > 0.02 }, "\(lightness)")
    }

    @Test("the color-blind tell any two steps apart", arguments: [direct, light, indexed])
    func colorBlindness(swatches: [HeatPalette.Swatch]) {
        for matrix in Appearance.colorBlindness {
            let looks = swatches.map { Appearance($0.background).seen(by: matrix) }
            for (place, look) in looks.enumerated() {
                for other in looks[(place + 1)...] { #expect(look.distance(to: other) > 0.04, "\(swatches[place])") }
            }
        }
    }

    @Test("of the sixteen colors, text and background are legible in xterm's and the VGA's palette")
    func basicColors() throws {
        let xterm: [UInt32] = [
            0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000,
            0x00FF00,
            0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
        ]
        let video: [UInt32] = [
            0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA, 0x555555, 0xFF5555,
            0x55FF55,
            0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
        ]
        for palette in [xterm, video] {
            for likelihood in Likelihood.allCases {
                let parameters = try #require(HeatPalette.parameters(likelihood, depth: .basic))
                let colors = parameters.split(separator: ";").compactMap { Int($0) }.map { code in
                    Appearance(RGB(palette[code % 10 + (code >= 90 ? 8 : 0)]))
                }
                #expect(colors.count == 2 && colors[0].contrast(with: colors[1]) >= 4.5, "\(parameters)")
            }
        }
    }

    @Test("each depth has seven sequences of its own; without color there is none")
    func parameters() {
        for depth in ColorDepth.allCases where depth > .none {
            let all = Likelihood.allCases.compactMap { HeatPalette.parameters($0, depth: depth) }
            #expect(Set(all).count == 7)
        }
        #expect(HeatPalette.parameters(.remote, depth: .direct) == "48;2;248;165;88;38;2;0;0;0")
        #expect(HeatPalette.parameters(.certain, depth: .indexed) == "48;5;24;38;5;231")
        #expect(HeatPalette.parameters(.certain, depth: .none) == nil)
    }
}
