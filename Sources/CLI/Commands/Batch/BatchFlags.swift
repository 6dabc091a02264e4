import Batch
import Client
import Flags
import Platform

extension Section where Options == RowOptions {
    /// How the input is read.
    static let rows = Section(
        "Input",
        [
            Flag(
                "input-format",
                takes: .choice(of: InputFormat.allCases.map { NamedValue($0.rawValue, $0.summary) }, name: "FORMAT"),
                defaultValue: InputFormat.jsonl.rawValue, isCommon: true,
                "How the input holds its rows"
            ) { $0.format = InputFormat(rawValue: $1) ?? .jsonl },
            Flag(
                "template", takes: .template, isConfigurable: false,
                "Fill each row's fields into TEXT",
                details: "{NAME} stands for a field, {{ and }} for braces; \\n, \\t and other escapes are read. A row "
                    + "without the field fails."
            ) { $0.template = $1 },
            Flag("allow-empty-prompt", takes: .switch, "Allow empty prompts") { $0.allowsEmptyPrompt = $1 },
            Flag(
                "strict", takes: .switch,
                "Refuse the whole file for one bad row",
                details: "Otherwise a row that can't be sent fails alone. A pipe can't be checked in advance."
            ) { $0.isStrict = $1 },
            Flag(
                "shard", takes: .shard, isConfigurable: false,
                "Take every N-th row only",
                details:
                    "I/N with I from 1; auto reads the variables of Slurm, Kubernetes, AWS Batch and other engines; "
                    + "auto/N gives the number of shards where the engine does not, as for one task of a Slurm array that is "
                    + "submitted again alone. --rpm and --tpm are divided by N."
            ) { $0.shard = $1 },
            Flag(
                "group-prefixes", takes: .switch,
                "Send rows with the same long prefix together",
                details: "For prompt caching. Files only."
            ) { $0.groupsPrefixes = $1 },
        ])
}

extension Section where Options == ResultOptions {
    /// Where results go.
    static let results = Section(
        "Output",
        [
            Flag(
                "output", short: "o", takes: .file, isCommon: true, isConfigurable: false,
                "Append results to FILE and continue from it",
                details:
                    "One line a row, in order of completion. Rows that are complete there are not requested again; "
                    + "failed ones are. {shard} and {shards} stand for the shard's number and count."
            ) { $0.file = $1 },
            Flag(
                "errors", takes: .file, isConfigurable: false,
                "Write failed rows to FILE instead"
            ) { $0.errorFile = $1 },
            Flag(
                "ordered", takes: .switch,
                "Put the finished file into input order"
            ) { $0.journal.isOrdered = $1 },
            Flag(
                "text", takes: .switch, isCommon: true, isConfigurable: false,
                "Write completions only, one a line",
                details:
                    "In input order; \\\\, \\n and \\r stand for a backslash, a newline and a carriage return. A failed "
                    + "row is an empty line."
            ) { $0.isText = $1 },
            Flag(
                "null", short: "0", takes: .switch,
                "End completions of --text with NUL, unescaped"
            ) { $0.endsWithNull = $1 },
            Flag(
                "redo-changed", takes: .switch, isConfigurable: false,
                "Request rows again whose request has changed",
                details: "Their old results stay in FILE until the new ones are there."
            ) { $0.journal.redoesChanged = $1 },
            Flag(
                "keep-foreign", takes: .switch, isConfigurable: false,
                "Keep rows in FILE that are not in the input",
                details: "With --verify, pass over such rows."
            ) { $0.journal.keepsForeign = $1 },
            Flag(
                "fsync", takes: .duration,
                "Store results on disk at least this often",
                details: "Otherwise when the system does, and at the end."
            ) { $0.journal.syncInterval = $1.inSeconds },
            Flag(
                "summary", takes: .file, isConfigurable: false,
                "Write the summary as JSON to FILE",
                details: "With --verify, what was found."
            ) { $0.summaryFile = $1 },
        ])
}

extension Section where Options == RequestOptions {
    /// The body fields of a row's request, with a stream that nobody watches.
    static let batchSampling = Section(
        sampling.title,
        sampling.flags.filter { !["stream", "stream-usage"].contains($0.name) } + [
            Flag(
                "stream", takes: .negatableSwitch,
                "Request streamed responses",
                details: "Results are the same; --idle-timeout then ends a request that stalls. A row's own stream "
                    + "field counts before it."
            ) { $0.streams = $1 }
        ])
}

extension Section where Options == PaceOptions {
    /// How fast rows are sent, and how far.
    static let pace = Section(
        "Pace",
        [
            Flag(
                "concurrency", takes: .integer(in: 1...512), isCommon: true,
                "Requests in flight at a time",
                details:
                    "By default up to 64, as far as more of them bring more responses a second; fewer after a 429 or "
                    + "503."
            ) { $0.concurrency = $1 },
            Flag(
                "rpm", takes: .integer(in: 1 ... .max), isCommon: true,
                "Requests per minute",
                details: "Limits that the server states in its responses hold as well."
            ) { $0.requestsPerMinute = Double($1) },
            Flag(
                "tpm", takes: .integer(in: 1 ... .max), isCommon: true,
                "Tokens per minute",
                details: "Counted as the API counts: those of the prompt, estimated, and --max-tokens."
            ) { $0.tokensPerMinute = Double($1) },
            Flag(
                "max-requests", takes: .integer(in: 1 ... .max),
                "Stop after N requests",
                details: "Retries count. The exit status is 11; the same command continues."
            ) { $0.maxRequests = $1 },
            Flag(
                "token-budget", takes: .integer(in: 1 ... .max),
                "Stop before using more than N tokens",
                details: "Of prompts and completions together. The exit status is 11; the same command continues."
            ) { $0.tokenBudget = $1 },
            Flag(
                "request-timeout", takes: .duration,
                "Maximum time for one request",
                details: "Unlimited by default; --timeout is for the whole command."
            ) { $0.requestTimeout = $1 },
        ])
}

extension Section where Options == RowsTask {
    /// What is done instead of sending rows.
    static let rowsTask = Section(
        "Task",
        [
            Flag(
                "dry-run", takes: .switch, isCommon: true, isConfigurable: false,
                "Count rows, tokens, time and cost; send nothing",
                details: "Needs no key. The cost is shown where the model's price is known."
            ) { $0 = $1 ? .preview : $0 },
            Flag(
                "verify", takes: .switch, isConfigurable: false, overrideGroup: "dry-run",
                "Compare result files with the input",
                details:
                    "Reports rows that are missing, repeated, failed, changed or foreign; exit status 10 if there are "
                    + "any. Give the flags that the results were made with."
            ) { $0 = $1 ? .verify : $0 },
        ])
}

extension Section where Options == BatchOptions {
    /// What is done besides sending rows.
    static let task = Section(
        Section<RowsTask>.rowsTask.title,
        Section<RowsTask>.rowsTask.within(\.task).flags + [
            Flag(
                "escapes", short: "e", takes: .switch,
                "Interpret escapes in stop sequences"
            ) { $0.readsEscapes = $1 },
            Flag(
                "quiet", short: "q", takes: .switch,
                "Suppress notes on stderr; print only errors"
            ) { $0.isQuiet = $1 },
            Flag(
                "verbose", short: "v", takes: .switch,
                "Print each attempt and its outcome to stderr",
                details: "A line with the row's id when it is sent, when a response begins, and before a retry."
            ) { $0.isVerbose = $1 },
        ])
}

extension InputFormat {
    /// What it is, for the documents.
    fileprivate var summary: String {
        switch self {
        case .jsonl: "JSON Lines: prompts, or objects of request fields"
        case .lines: "A prompt a line, byte for byte"
        case .null: "Prompts ended by NUL, byte for byte"
        }
    }
}

extension Value where Parsed == Template {
    /// A text with fields in braces.
    fileprivate static var template: Value {
        Value(ValueSyntax(.required, name: "TEXT", requirement: "a text with {FIELD} in it")) {
            bytes throws(BadValue) in
            do throws(TemplateError) {
                return try Template(parsing: bytes)
            } catch {
                throw BadValue("\(quoted: bytes): \(error.problem)")
            }
        }
    }
}

extension Value where Parsed == ShardChoice {
    /// A part of the rows.
    fileprivate static var shard: Value {
        Value(
            ValueSyntax(
                .required, name: "I/N", requirement: "I/N, auto or auto/N",
                offer: .beginnings([NamedValue("auto", "From the variables of an engine")]))
        ) {
            bytes throws(BadValue) in
            do throws(ShardError) {
                return try ShardChoice(parsing: bytes)
            } catch {
                throw BadValue(error.problem)
            }
        }
    }
}
