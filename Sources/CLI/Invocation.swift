import API
import Flags
import JSON
import Rendering

/// What the command line of `complete` says: plain data, nothing looked up, nothing read.
struct Invocation: FieldReceiver {
    /// Where a prompt comes from.
    enum PromptSource: Equatable {
        case argument([UInt8])
        case file([UInt8])
        case standardInput

        /// A file by its name; `-` is standard input.
        static func named(_ path: [UInt8]) -> PromptSource {
            path.elementsEqual("-".utf8) ? .standardInput : .file(path)
        }
    }

    var prompts: [PromptSource] = []
    var dropsFinalNewline = false
    var model: [UInt8] = []
    /// The body fields that were set, by name.
    var fields: [String: JSONValue] = [:]
    /// nil when neither --stream nor --no-stream was given.
    var streams: Bool?
    var format = Format.all[0]
    /// nil when neither --pretty nor --compact was given.
    var layout: RenderContext.Layout?
    var separator = RenderContext.Separator.heading
    /// A path; nil for standard output.
    var output: [UInt8]?
    var baseURL = BaseURL.vendor
    /// A path; `-` is standard input.
    var keyFile: [UInt8]?
    var timeout: Duration?
    var isQuiet = false
    var isVerbose = false

    mutating func receive(_ scalar: Scalar, field: String, isListElement: Bool) {
        let value = JSONValue(scalar)
        if isListElement, case .array(let list)? = fields[field] {
            fields[field] = .array(list + [value])
        } else {
            fields[field] = isListElement ? .array([value]) : value
        }
    }
}

extension JSONValue {
    /// A flag's value as a field's.
    fileprivate init(_ scalar: Scalar) {
        switch scalar {
        case .bool(let value): self = .bool(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .double(value)
        case .text(let bytes): self = .string(bytes)
        }
    }
}
