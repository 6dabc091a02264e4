import TestSupport
import Testing

/// One fault, and what the command makes of it when it asks for a stream and when it asks for a whole reply.
struct FaultRow: Sendable, CustomTestStringConvertible {
    /// Who has the fault.
    enum Server: Sendable {
        /// The sandbox, told so with `--fault`.
        case sandbox([String])
        /// The raw server, which always answers so.
        case bytes(CannedReply)
        /// The raw server, which streams or not as it is asked to.
        case asAsked(streamed: CannedReply, whole: CannedReply)
        /// The raw server, which sends this stream even when a whole reply was asked for.
        case stream(CannedReply)
        /// The raw server, which answers the first requests so, and the others as it should.
        case first([CannedReply])
        /// The raw server, which answers the first request so, as it is asked to, and the others as it should.
        case firstAsAsked(streamed: CannedReply, whole: CannedReply)
    }

    /// What is wrong.
    let name: String
    /// Who has the fault.
    let server: Server
    /// Flags beside those of every row.
    let flags: [String]
    /// What is expected when a stream was asked for.
    let streamed: FaultCell
    /// What is expected when a whole reply was asked for.
    let whole: FaultCell

    /// A fault that ends differently in the two forms.
    init(_ name: String, _ server: Server, flags: [String] = [], streamed: FaultCell, whole: FaultCell) {
        self.name = name
        self.server = server
        self.flags = flags
        self.streamed = streamed
        self.whole = whole
    }

    /// A fault that ends alike in both forms.
    init(_ name: String, _ server: Server, flags: [String] = [], both cell: FaultCell) {
        self.init(name, server, flags: flags, streamed: cell, whole: cell)
    }

    /// A fault of the sandbox, named as it is written on its command line.
    init(sandbox name: String, flags: [String] = [], streamed: FaultCell, whole: FaultCell) {
        let specs = name.split(separator: " ").map(String.init)
        self.init(name, .sandbox(specs), flags: flags, streamed: streamed, whole: whole)
    }

    /// A fault of the sandbox that ends alike in both forms.
    init(sandbox name: String, flags: [String] = [], both cell: FaultCell) {
        self.init(sandbox: name, flags: flags, streamed: cell, whole: cell)
    }

    var testDescription: String { name }

    /// Whether what comes is a stream even when a whole reply was asked for.
    var isAlwaysStreamed: Bool {
        if case .stream = server { true } else { false }
    }

    /// What the raw server answers, one request after the other.
    func replies(to form: FaultForm) -> [CannedReply] {
        switch server {
        case .sandbox: []
        case .bytes(let reply), .stream(let reply): [reply]
        case .asAsked(let streamed, let whole): [form == .streamed ? streamed : whole]
        case .first(let replies): replies + [FaultAnswer.reply(form)]
        case .firstAsAsked(let streamed, let whole):
            [form == .streamed ? streamed : whole, FaultAnswer.reply(form)]
        }
    }

    /// What is expected of a form.
    func cell(_ form: FaultForm) -> FaultCell { form == .streamed ? streamed : whole }
}

/// The two forms of reply that can be asked for.
enum FaultForm: String, CaseIterable, Sendable {
    case streamed
    case whole

    /// The flag that asks for it.
    var flag: String { self == .streamed ? "--stream" : "--no-stream" }
}
