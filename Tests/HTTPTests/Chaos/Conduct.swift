/// How a server of the property test treats a request, by the number that the request carries.
enum Conduct: CaseIterable {
    /// The whole reply on a connection that stays open.
    case answer
    /// The whole reply, then the connection is closed.
    case answerAndClose
    /// The reply before the request's body was read, then the connection is closed.
    case answerEarly
    /// A redirect, which is a reply like any other here.
    case redirect
    /// A status that asks to come back later.
    case refuse
    /// The connection is reset before a byte of the reply.
    case resetAtOnce
    /// The connection is reset inside the reply's body.
    case resetInside
    /// The connection is closed inside the reply's body.
    case closeInside
    /// More bytes than the head promises: the connection can't be trusted any more.
    case surplus
    /// Something that is not HTTP.
    case garbage
    /// Nothing at all, until the client gives up.
    case stall

    /// Good replies are most of them. Few stall, since each takes the client's whole patience.
    init(of number: Int) {
        // A fixed permutation of small numbers, so that neighbors differ.
        let place = number * 37 % 101
        let isGood = place < 60
        self = number % 500 == 7 ? .stall : isGood ? .answer : Self.quick[place % Self.quick.count]
    }

    private static let quick = allCases.filter { $0 != .stall }

    /// Whether the client gets a whole reply.
    var isAnswered: Bool {
        switch self {
        case .answer, .answerAndClose, .answerEarly, .redirect, .refuse, .surplus: true
        case .resetAtOnce, .resetInside, .closeInside, .garbage, .stall: false
        }
    }

    /// Whether the connection may carry another request.
    var keepsConnection: Bool {
        switch self {
        case .answer, .redirect, .refuse: true
        default: false
        }
    }
}
