public import Platform

/// Compares result files with an input: whether they hold each row exactly once and well.
///
/// The files are read one after the other, then the input over again, so that rows can be named by their ids.
public struct Verification {
    private let rows: RowTable
    private let keepsForeign: Bool
    private let isUnexpected: ((_ content: [UInt8]) -> Bool)?
    private var reader: RecordLineReader
    /// What was found so far.
    public private(set) var report: VerificationReport

    /// A comparison with an input.
    ///
    /// - Parameters:
    ///   - rows: every row of it, without states.
    ///   - kind: what the files hold.
    ///   - keepsForeign: whether records of rows that are not in it are passed over.
    ///   - isUnexpected: whether a complete response is not as it was expected to be; nil to ask of none.
    public init(
        _ rows: RowTable, of kind: RecordKind = .responses, keepsForeign: Bool,
        isUnexpected: ((_ content: [UInt8]) -> Bool)? = nil
    ) {
        (self.rows, self.keepsForeign, self.isUnexpected) = (rows, keepsForeign, isUnexpected)
        reader = RecordLineReader(kind)
        report = VerificationReport(of: kind)
    }

    /// Reads a result file.
    ///
    /// - Parameter path: the file's, by which it is named.
    /// - Throws: ``SystemError`` when it can't be read.
    public mutating func read(_ descriptor: Int32, _ path: [UInt8]) throws(SystemError) {
        let scan = LineScan(descriptor, VerificationReport.label(of: path))
        while let line = try scan.next() {
            let place = VerificationReport.Place.file(path, line: line.number)
            do throws(RecordProblem) {
                let head = try scan.withBytes { bytes throws(RecordProblem) in try reader.read(bytes) }
                note(head, place) { [reader] in scan.withBytes { reader.content(of: head, in: $0) } }
            } catch {
                report.add(.invalid, nil, place, because: error.reason)
            }
        }
    }

    private mutating func note(_ head: RecordHead, _ place: VerificationReport.Place, _ content: () -> [UInt8]) {
        guard let index = rows.index(of: IDDigest(of: head.id)), !rows.isElsewhere(at: index) else {
            if !keepsForeign { report.add(.foreign, head.id, place) }
            return
        }
        guard rows[state: index] == .open else {
            rows[state: index] = .repeated
            return
        }
        let isSame = head.digest.map { rows.matches($0, at: index) } ?? rows.isBad(at: index)
        rows[state: index] = !isSame ? .changed : head.isDone ? .done : .failed
        if let isUnexpected, isSame, head.isDone { rows[isUnexpected: index] = isUnexpected(content()) }
    }

    /// Counts the rows by what was found of them, once every file was read.
    public mutating func count() {
        for index in 0..<rows.count where !rows.isElsewhere(at: index) {
            report.count(rows[state: index], isUnexpected: rows[isUnexpected: index])
        }
    }

    /// Whether the input is to be read over again, each row of which is then given to ``name(_:number:)``.
    public var wantsNames: Bool { report.wantsNames }

    /// Names a row if something is wrong with it.
    ///
    /// - Parameter number: which line of the input it stands on, from 1.
    public mutating func name(_ id: [UInt8], number: Int) {
        guard let index = rows.index(of: IDDigest(of: id)), !rows.isElsewhere(at: index) else { return }
        report.name(rows[state: index], isUnexpected: rows[isUnexpected: index], id, .input(line: number))
    }
}
