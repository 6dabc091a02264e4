public import Platform

/// What one pass over a file finds before anything is sent.
public struct InputScan {
    /// A row whose id another row has already.
    public struct Repetition: Equatable, Sendable {
        /// The id of both.
        public let id: [UInt8]
        /// The number of the earlier row.
        public let first: Int
        /// The number of the later one.
        public let second: Int
    }

    /// So many errors and repetitions are kept to be named; all are counted.
    public static let keptCount = 3

    /// Each row of the file, those of other shards and those that can't be sent included.
    public let table = RowTable()
    /// How many rows of this shard can be sent.
    public private(set) var rowCount = 0
    /// How many rows of this shard can't be sent.
    public private(set) var errorCount = 0
    /// How many records the file holds for all shards.
    public private(set) var recordCount = 0
    /// How many of them are no rows.
    private var blankCount = 0
    /// The template's field that the first row lacks, and how many rows lack it; nil when the first row lacks none.
    private var lacking: (field: MissingField, number: Int, count: Int)?
    /// The first row whose prompt ends in a carriage return; nil for none.
    public private(set) var firstCarriageReturn: Int?
    /// Errors of this shard's rows, the first few.
    public private(set) var firstErrors: [RowError] = []
    /// How many rows repeat the id of an earlier one, in whichever shard.
    public private(set) var repetitionCount = 0
    /// The first few of them.
    public private(set) var firstRepetitions: [Repetition] = []
    /// What this shard's rows take of tokens.
    public private(set) var tokens = TokenTotals()
    /// In which order rows with the same prefixes stand next to each other; nil when that was not asked for.
    public private(set) var order: PrefixOrder?
    private let unit: String

    /// Reads a file to its end.
    ///
    /// - Parameters:
    ///   - shard: whose rows are to be sent; nil for all.
    ///   - groupsPrefixes: whether to find an order by prefixes.
    /// - Throws: ``SystemError`` when it can't be read or has too many rows, and for a signal.
    public init(
        _ input: BatchInput, _ parser: any RowParsing, shard: Shard? = nil, groupsPrefixes: Bool = false
    ) throws(SystemError) {
        unit = parser.format.unit
        if groupsPrefixes { order = PrefixOrder() }
        var records = RecordReader(input, terminator: parser.format.terminator)
        while case .record(let record) = try records.read(waits: true) {
            recordCount += 1
            guard recordCount <= RowTable.limit else {
                throw .refused(input.label, reason: "more than \(RowTable.limit) rows")
            }
            if parser.isBlank(record) {
                blankCount += 1
                continue
            }
            take(parser.parse(record), record, isElsewhere: !(shard?.contains(record.number) ?? true))
        }
        order?.sort()
    }

    private mutating func take(_ result: Result<Row, RowError>, _ record: Record, isElsewhere: Bool) {
        switch result {
        case .success(let row):
            insert(row.id, row.digest, record.number, isElsewhere)
            guard !isElsewhere else { return }
            rowCount += 1
            if row.endsInCarriageReturn { firstCarriageReturn = firstCarriageReturn ?? record.number }
            tokens.add(row)
            order?.add(row, record)
        case .failure(let error):
            insert(error.id, nil, record.number, isElsewhere)
            if let field = error.missingField { noteMissing(field, record.number) }
            guard !isElsewhere else { return }
            errorCount += 1
            if firstErrors.count < Self.keptCount { firstErrors.append(error) }
            order?.add(record)
        }
    }

    private mutating func noteMissing(_ field: MissingField, _ number: Int) {
        if lacking == nil, recordCount - blankCount == 1 { lacking = (field, number, 0) }
        if lacking?.field.name == field.name { lacking?.count += 1 }
    }

    private mutating func insert(_ id: [UInt8], _ digest: RequestDigest?, _ number: Int, _ isElsewhere: Bool) {
        guard
            case .repeated(let index) = table.insert(
                IDDigest(of: id), digest: digest, line: number, isElsewhere: isElsewhere)
        else { return }
        repetitionCount += 1
        if firstRepetitions.count < Self.keptCount {
            firstRepetitions.append(Repetition(id: id, first: table.line(at: index), second: number))
        }
    }

    /// Why nothing of the file is to be sent; nil when nothing is wrong with it.
    ///
    /// - Parameter isStrict: whether one row that can't be sent is enough.
    public func refusal(isStrict: Bool) -> Message? {
        if repetitionCount > 0 {
            let named: [Message] = firstRepetitions.map {
                "\(quoted: $0.id) on \(own: unit)s \($0.first) and \($0.second)"
            }
            return "repeated custom_id: \(named.joined(separator: ", "))" + more(repetitionCount - named.count)
        }
        if let lacking, lacking.count == recordCount - blankCount {
            return Self.describe(lacking.field, lacking.number)
        }
        guard isStrict, errorCount > 0 else { return nil }
        let named: [Message] = firstErrors.map { "\(own: unit) \($0.number): \(plain: $0.reason)" }
        return named.joined(separator: "; ") + more(errorCount - named.count)
    }

    /// A template with a field that no row has is not meant for the file.
    private static func describe(_ field: MissingField, _ number: Int) -> Message {
        let names = field.present.map { "\(quoted: $0)" as Message }.joined(separator: ", ")
        let rest: Message = field.moreCount > 0 ? " and \(field.moreCount) more" : ""
        let has: Message = field.present.isEmpty ? "no fields" : names + rest
        return "no row has the field \(quoted: field.name) of --template; line \(number) has \(has)"
    }

    private func more(_ count: Int) -> Message { count > 0 ? ", and \(count) more" : "" }
}
