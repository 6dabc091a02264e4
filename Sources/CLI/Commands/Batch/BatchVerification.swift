import Batch
import Flags
import JSON
import Platform

/// `--verify`: result files beside the input that they are of.
struct BatchVerification<Options: RowsOptions> {
    private let options: Options
    private let rows: BatchRows
    private let run: CommandRun<Options>

    /// Reads the input.
    ///
    /// - Throws: ``Failure`` when it can't be, or can be only once.
    init(_ run: CommandRun<Options>) throws(Failure) {
        (options, self.run) = (run.options, run)
        rows = try BatchRows(options, run)
        guard rows.scan != nil else {
            throw .usage(UsageError("--verify needs a file, which can be read twice", hint: "name the file first"))
        }
    }

    /// Compares, and prints what was found.
    ///
    /// - Throws: ``Failure`` when a file can't be read.
    func perform() throws(Failure) -> ExitStatus {
        guard let scan = rows.scan else { return .usage }
        var verification = Verification(
            scan.table, of: options.kind, keepsForeign: options.results.journal.keepsForeign,
            isUnexpected: options.isUnexpected)
        for file in options.resultFiles {
            let descriptor = try system(Descriptor.open(file, VerificationReport.label(of: file)))
            defer { Descriptor.close(descriptor) }
            try system(verification.read(descriptor, file))
        }
        verification.count()
        if verification.wantsNames {
            var reader = rows.reader()
            naming: while true {
                switch try system(reader.next(waits: true)) {
                case .row(let row): verification.name(row.id, number: row.number)
                case .error(let error): verification.name(error.id, number: error.number)
                case .blank, .done, .pending: continue
                case .end: break naming
                }
            }
        }
        let text = verification.report.lines.map { $0.text(masking: run.notes.secrets) + "\n" }.joined()
        try run.print(Array(text.utf8))
        if let file = options.results.summaryFile {
            let line = verification.report.json(masking: run.notes.secrets).jsonBytes + Array("\n".utf8)
            try SummaryFile.write(line, to: file, run.context, run.notes)
        }
        return verification.report.isGood ? .done : .unexpected
    }
}
