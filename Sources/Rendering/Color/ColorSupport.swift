/// What an output can show besides plain characters.
public struct ColorSupport: Sendable, Equatable {
    /// How many colors.
    public let depth: ColorDepth
    /// Whether bold, dim and underlined are shown.
    public let hasAttributes: Bool

    /// Plain characters only.
    public static let plain = ColorSupport(depth: .none, hasAttributes: false)

    /// An output that shows this.
    public init(depth: ColorDepth, hasAttributes: Bool) {
        self.depth = depth
        self.hasAttributes = hasAttributes
    }

    /// Decides from what the user wants, what the output is and what the environment says, the earlier before the later.
    /// Of the variables, `FORCE_COLOR` is stronger than `NO_COLOR`, as in Node and the programs that follow it.
    ///
    /// - Parameters:
    ///   - isTerminal: whether the output is a terminal.
    public static func detect(
        _ choice: ColorChoice, isTerminal: Bool, environment: ColorEnvironment
    ) -> ColorSupport {
        switch choice {
        case .never: return .plain
        case .always: return ColorSupport(depth: forced(environment) ?? atLeastBasic(environment), hasAttributes: true)
        case .auto: break
        }
        let hasAttributes = isTerminal && environment.hasEscapes
        if environment.forceColor != nil {
            let depth = named(environment) ?? atLeastBasic(environment)
            return ColorSupport(depth: depth, hasAttributes: hasAttributes || depth > .none)
        }
        let showsColor = isTerminal && environment.noColor == nil
        return ColorSupport(depth: showsColor ? environment.terminalDepth : .none, hasAttributes: hasAttributes)
    }

    /// The depth that `FORCE_COLOR` names, when that is not none.
    private static func forced(_ environment: ColorEnvironment) -> ColorDepth? {
        named(environment).flatMap { $0 > .none ? $0 : nil }
    }

    private static func named(_ environment: ColorEnvironment) -> ColorDepth? {
        switch environment.forceColor {
        case "0", "false": ColorDepth.none
        case "1": .basic
        case "2": .indexed
        case "3": .direct
        default: nil
        }
    }

    private static func atLeastBasic(_ environment: ColorEnvironment) -> ColorDepth {
        max(.basic, environment.terminalDepth)
    }
}
