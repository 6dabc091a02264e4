/// The colors of probability: dark blue for a likely token, through gray, to light orange for an unlikely one.
///
/// The 24-bit colors lie on a straight line of the OKLab space, in equal steps, so that each looks as far from the next
/// as any other; lightness grows along it, so that the order is seen without hue as well: in print, and by the
/// color-blind. Every color is a background with a text color of its own, of a contrast of at least 4.5 to 1, so that
/// it does not matter whether the terminal is dark or light.
enum HeatPalette {
    /// A background and the text on it.
    struct Swatch: Equatable {
        let background: RGB
        let text: RGB
    }

    /// From OKLCH (0.40, 0.11, 260) to (0.79, 0.135, 62).
    private static let directColors: [RGB] = [
        RGB(0x214682), RGB(0x465881), RGB(0x69697F), RGB(0x8C797B), RGB(0xAF8973), RGB(0xD39768), RGB(0xF8A558),
    ]

    private static let lightColors: [RGB] = [
        RGB(0xC3E2FE), RGB(0xCED2DE), RGB(0xD7C2BE), RGB(0xDEB19E), RGB(0xE39F7D), RGB(0xE78C59), RGB(0xE97729),
    ]

    /// Of the 256 colors, those near the line that keep its steps most even and apart also for the color-blind.
    private static let indexedColors = [24, 241, 244, 137, 174, 180, 214]

    /// The parameters of the sixteen colors, background and text. There is no orange among them: red stands for it.
    private static let basicColors = ["44;97", "104;97", "46;30", "47;30", "103;30", "101;30", "41;97"]

    /// A step's colors on a light page, where pale blue is the quiet end: OKLCH (0.90, 0.05, 245) to (0.69, 0.165, 50).
    static func lightSwatch(_ likelihood: Likelihood) -> Swatch {
        Swatch(background: lightColors[likelihood.rawValue], text: .black)
    }

    /// A step's colors in 24 bits.
    static func swatch(_ likelihood: Likelihood) -> Swatch {
        Swatch(
            background: directColors[likelihood.rawValue],
            text: likelihood <= .probable ? .white : .black)
    }

    /// The number of a step's background among the 256 colors, and of its text.
    static func indices(_ likelihood: Likelihood) -> (background: Int, text: Int) {
        (indexedColors[likelihood.rawValue], likelihood <= .likely ? 231 : 16)
    }

    /// The parameters of the sequence that sets a step's background and text; nil without color.
    static func parameters(_ likelihood: Likelihood, depth: ColorDepth) -> String? {
        switch depth {
        case .none: return nil
        case .basic: return basicColors[likelihood.rawValue]
        case .indexed:
            let (background, text) = indices(likelihood)
            return "48;5;\(background);38;5;\(text)"
        case .direct:
            let swatch = swatch(likelihood)
            let (back, text) = (swatch.background, swatch.text)
            return "48;2;\(back.red);\(back.green);\(back.blue);38;2;\(text.red);\(text.green);\(text.blue)"
        }
    }
}
