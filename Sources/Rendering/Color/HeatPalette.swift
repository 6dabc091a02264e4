/// The colors of probability: none for a token that was almost certain, then yellow, through orange, to red for an unlikely
/// one.
///
/// Each scale is a way through the OKLab space in nearly equal steps on which lightness changes steadily, so that the order is
/// seen without hue as well: in print, and by the color-blind. Every color is a background with a text color of its own, of a
/// contrast of at least 4.5 to 1, so that it does not matter whether the terminal is dark or light.
enum HeatPalette {
    /// A background and the text on it.
    struct Swatch: Equatable {
        let background: RGB
        let text: RGB
    }

    /// From OKLCH (0.82, 0.10, 98) to (0.49, 0.185, 28): not so light at its quiet end that it would be loud on a dark ground.
    private static let directColors: [RGB] = [RGB(0xD5C577), RGB(0xD09434), RGB(0xC46320), RGB(0xB21A18)]

    /// From OKLCH (0.94, 0.075, 100) to (0.53, 0.2, 28).
    private static let lightPageColors: [RGB] = [RGB(0xF6EDB3), RGB(0xEBB761), RGB(0xE1782C), RGB(0xC51F1C)]

    /// From OKLCH (0.40, 0.065, 95) to (0.68, 0.19, 30): on a dark page the quiet end is dark.
    private static let darkPageColors: [RGB] = [RGB(0x53471A), RGB(0x835800), RGB(0xBB6127), RGB(0xF75F4C)]

    /// Of the 256 colors, those near the line that keep its steps apart also for the color-blind.
    private static let indexedColors = [186, 178, 166, 124]

    /// The parameters of the sixteen colors, background and text: bright yellow, bright magenta, bright red, red. Each is darker
    /// than the one before in the palettes of xterm, the VGA and the Linux console, where yellow that is not bright is brown.
    private static let basicColors = ["103;30", "105;30", "101;30", "41;97"]

    /// A step's colors on a light page; nil for none.
    static func lightPageSwatch(_ likelihood: Likelihood) -> Swatch? { swatch(likelihood, of: lightPageColors) }

    /// A step's colors on a dark page; nil for none.
    static func darkPageSwatch(_ likelihood: Likelihood) -> Swatch? {
        place(likelihood).map { Swatch(background: darkPageColors[$0], text: $0 < 2 ? .white : .black) }
    }

    /// A step's colors in 24 bits; nil for none.
    static func swatch(_ likelihood: Likelihood) -> Swatch? { swatch(likelihood, of: directColors) }

    /// The number of a step's background among the 256 colors, and of its text; nil for none.
    static func indices(_ likelihood: Likelihood) -> (background: Int, text: Int)? {
        place(likelihood).map { (indexedColors[$0], likelihood == .remote ? 231 : 16) }
    }

    /// The parameters of the sequence that sets a step's background and text; nil without color.
    static func parameters(_ likelihood: Likelihood, depth: ColorDepth) -> String? {
        switch depth {
        case .none: return nil
        case .basic: return place(likelihood).map { basicColors[$0] }
        case .indexed: return indices(likelihood).map { "48;5;\($0.background);38;5;\($0.text)" }
        case .direct:
            return swatch(likelihood).map { swatch in
                let (back, text) = (swatch.background, swatch.text)
                return "48;2;\(back.red);\(back.green);\(back.blue);38;2;\(text.red);\(text.green);\(text.blue)"
            }
        }
    }

    private static func swatch(_ likelihood: Likelihood, of colors: [RGB]) -> Swatch? {
        place(likelihood).map { Swatch(background: colors[$0], text: likelihood == .remote ? .white : .black) }
    }

    /// A step's place on the scales; nil for what has no color.
    private static func place(_ likelihood: Likelihood) -> Int? {
        likelihood == .certain ? nil : likelihood.rawValue - 1
    }
}
