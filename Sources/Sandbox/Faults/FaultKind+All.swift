import Flags
import Platform

extension FaultKind {
    /// All of them, in the order of the help.
    static let all: [FaultKind] = heads + bodies + breaks

    /// The kind of this name.
    static func named(_ name: [UInt8]) -> FaultKind? {
        all.first { Array($0.name.utf8) == name }
    }

    private static let heads = [
        FaultKind(
            "status", takes: .integer(in: 200...599, name: "CODE"),
            "Respond with this HTTP status; from 300 on, the body is an error."
        ) { $0.status = $1 },
        FaultKind(
            "retry-after", takes: .headerText(name: "WHEN"),
            "Add this Retry-After header (seconds or a date) to error responses."
        ) { $0.retryAfter = $1 },
        FaultKind(
            "redirect", takes: .headerText(name: "URL"), takesURL: true,
            "Respond with 307, or the status given, and this Location."
        ) { $0.target = $1 },
    ]

    private static let bodies = [
        FaultKind("html", takes: .switch, "Respond with a web page, as a proxy or guest network does.") { fault, _ in
            fault.disguise = .html
        },
        FaultKind("empty", takes: .switch, "Respond with an empty body.") { fault, _ in fault.disguise = .empty },
        FaultKind("garbage", takes: .switch, "Respond with text that is not JSON; a stream has it as its only event.") {
            fault, _ in fault.disguise = .garbage
        },
        FaultKind(
            "nested-error", takes: .switch,
            "Respond with an error inside a member \"error\", as other servers do; status 500, or the one given."
        ) { fault, _ in fault.disguise = .nestedError },
        FaultKind(
            "echo", takes: .choice(of: EchoFault.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "KIND"),
            "Spoil an echoed prompt and its log probabilities in a whole body: "
                + EchoFault.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: ", ") + "."
        ) { $0.echoFault = EchoFault(rawValue: $1) },
    ]

    private static let breaks = [
        FaultKind(
            "cut-after", takes: .integer(in: 0...Int.max),
            "End a stream cleanly after N chunks, without [DONE] or anything else that would follow. Of a whole body, send "
                + "half (nothing if N is 0) and close the connection."
        ) { $0.cutAfter = $1 },
        FaultKind(
            "error-after", takes: .integer(in: 0...Int.max),
            "Send an error inside a stream after N chunks, then end it. A whole body is that error, with status 200."
        ) { $0.errorAfter = $1 },
        FaultKind(
            "stall-after", takes: .integer(in: 0...Int.max),
            "Send N chunks of a stream, then nothing, and keep the connection open. Of a whole body, send half (nothing if "
                + "N is 0)."
        ) { $0.stallAfter = $1 },
        FaultKind("no-done", takes: .switch, "Omit a stream's [DONE]; whole bodies are unaffected.") { fault, _ in
            fault.omitsDone = true
        },
        FaultKind(
            "bare-error", takes: .switch,
            "Send the error of error-after as a line of JSON without \"data:\", followed by [DONE]."
        ) { fault, _ in fault.errorIsBare = true },
        FaultKind(
            "padding", takes: .switch, "Send padding and keep-alives before, between and after the chunks of a stream."
        ) {
            fault, _ in fault.pads = true
        },
        FaultKind(
            "hold-open", takes: .switch,
            "Send comments without end after a stream's last chunk, without [DONE]; whole bodies are unaffected."
        ) { fault, _ in fault.holdsOpen = true },
        FaultKind("slow", takes: .duration, "Wait before each chunk of a stream, and once before a whole body.") {
            $0.pace = $1
        },
    ]
}

extension Value where Parsed == String {
    /// Text that a header can hold: printable ASCII characters.
    fileprivate static func headerText(name: String) -> Value {
        Value(ValueSyntax(.required, name: name)) { bytes throws(BadValue) in
            guard !bytes.isEmpty, bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
                throw BadValue("\(quoted: bytes) is not printable ASCII text")
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
