import Batch
import Flags
import Platform

/// The rows of a run: where they come from, how they are read, and what one pass over a file found.
struct BatchRows {
    let input: BatchInput
    let parser: any RowParsing
    /// The part that is taken; nil for all.
    let shard: Shard?
    /// nil for a pipe.
    let scan: InputScan?

    /// Opens the input, and looks through it if it is a file.
    ///
    /// - Throws: ``Failure`` when it can't be read, or holds what is refused.
    init<Options: RowsOptions>(_ options: Options, _ run: CommandRun<Options>) throws(Failure) {
        shard = try Self.shard(options.rows.shard, run)
        try Self.checkSummary(options, shard, run.context)
        input = try system(BatchInput.open(options.input, run.context))
        parser = options.makeParser()
        guard input.isFile else {
            scan = nil
            try Self.checkPipe(options.rows)
            return
        }
        let scan = try system(
            InputScan(input, parser, shard: shard, groupsPrefixes: options.rows.groupsPrefixes))
        self.scan = scan
        if let refusal = scan.refusal(isStrict: options.rows.isStrict) {
            throw .usage(UsageError("\(input.label): \(refusal)"))
        }
    }

    private static func checkSummary(
        _ options: some RowsOptions, _ shard: Shard?, _ context: ProcessContext
    ) throws(Failure) {
        guard let summary = options.results.summaryFile else { return }
        let results = [options.results.file, options.results.errorFile].compactMap(\.self)
        let fill = { (path: [UInt8]) in shard?.fill(path) ?? path }
        try SummaryFile.check(
            fill(summary), besides: [options.input] + options.resultFiles + results.map(fill), context)
    }

    private static func checkPipe(_ options: RowOptions) throws(Failure) {
        let needing = [("--strict", options.isStrict), ("--group-prefixes", options.groupsPrefixes)]
        guard let first = needing.first(where: { $0.1 }) else { return }
        throw .usage(
            UsageError("\(own: first.0) needs a file, which can be read twice", hint: "name the file as the argument"))
    }

    private static func shard<Options>(
        _ choice: ShardChoice?, _ run: CommandRun<Options>
    ) throws(Failure) -> Shard? {
        guard let choice else { return nil }
        do throws(ShardError) {
            let (shard, note) = try choice.resolve { run.context.variable($0) }
            if let note { run.notes.note(note) }
            return shard
        } catch {
            throw .usage(UsageError("--shard: \(error.problem)", hint: error.hint))
        }
    }

    /// What a row is called in messages.
    var unit: String { parser.format.unit }

    /// How many rows there are, those that can't be sent included; nil for a pipe.
    var total: Int? { scan.map { $0.rowCount + $0.errorCount } }

    /// The rows from the first on.
    ///
    /// - Parameter passesDone: whether those that results were found for are not parsed again.
    func reader(passesDone: Bool = false) -> RowReader {
        RowReader(input, parser, shard: shard, scan: scan, passesDone: passesDone)
    }

    /// The rows that a journal does not hold yet.
    func remaining(_ journal: Journal?) -> RemainingRows {
        RemainingRows(input, reader(passesDone: journal != nil), journal)
    }

    /// A path with the shard filled in.
    ///
    /// - Throws: ``Failure`` when there is none.
    func fill(_ path: [UInt8]) throws(Failure) -> [UInt8] {
        if let shard { return shard.fill(path) }
        guard !Shard.hasPlaceholder(path) else {
            throw .usage(UsageError("\(quoted: path) names a shard, and no --shard is given"))
        }
        return path
    }
}
