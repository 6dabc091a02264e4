@testable import Batch
@testable import JSON
import Platform

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = bytes(start, count)
    checkSkimmer(input)
    checkLine(ofOthers: input)
    checkRecord(of: input)
    return 0
}

/// The skimmer takes and refuses what a document does, and finds the members of its outermost object.
private func checkSkimmer(_ text: [UInt8]) {
    var skimmer = JSONSkimmer(memberDepth: 1)
    var (refusal, documentRefusal): (JSONError?, JSONError?)
    var document: JSONDocument?
    do throws(JSONError) {
        try text.withUnsafeBufferPointer { text throws(JSONError) in try skimmer.read(text) }
    } catch {
        refusal = error
    }
    do throws(JSONError) { document = try JSONDocument(parsing: text) } catch { documentRefusal = error }
    check(
        refusal == documentRefusal,
        "skimmed \(String(describing: refusal)), read \(String(describing: documentRefusal))")
    guard let document else { return }
    let members = document.root.members.map { (Array($0.key.source), Array($0.value.source)) }
    check(members.count == skimmer.members.count, "\(skimmer.members.count) members of \(members.count)")
    for (member, skimmed) in zip(members, skimmer.members) {
        check(member.0.elementsEqual(text[skimmed.key]), "a key is another")
        check(member.1.elementsEqual(text[skimmed.value]), "a value is another")
    }
    let compact = JSONCompaction.compact(text)
    check(compact == document.root.compactBytes, "compact text differs from the document's")
}

/// Any line is a record, or refused with one clause; what is torn is no whole record.
private func checkLine(ofOthers line: [UInt8]) {
    var reader = RecordLineReader()
    line.withUnsafeBufferPointer { line in
        do throws(RecordProblem) {
            _ = try reader.read(line)
            check(!reader.isTorn(line), "a whole record is torn")
        } catch {
            checkLine(error.reason, "a refusal")
            _ = reader.isTorn(line)
        }
        _ = try? reader.readForeign(line)
    }
}

/// A record of any content is one line, which reads back, and is torn wherever it is cut.
private func checkRecord(of input: [UInt8]) {
    let id = Array(String(decoding: input.prefix(20), as: UTF8.self).utf8)
    let digest = RequestDigest(bytes: [UInt8](repeating: input.first ?? 0, count: 32))
    let response = BatchRecord.Response(statusCode: 200, requestID: String(decoding: id, as: UTF8.self), content: input)
    let line = BatchRecord(id: id, digest: digest, .response(response)).line
    check(line.firstIndex(of: 0x0A) == line.count - 1, "a record is not one line")
    var reader = RecordLineReader()
    line.dropLast().withUnsafeBufferPointer { line in
        do throws(RecordProblem) {
            let head = try reader.read(line)
            check(head.id == id && head.digest == digest && head.isDone, "a record reads back as another")
        } catch {
            breach("a record does not read: \(error.reason.text(masking: Secrets()))")
        }
    }
    let cut = input.suffix(4).reduce(0) { ($0 << 8 | Int($1)) % (line.count - 1) }
    let isTorn = line.prefix(cut).withUnsafeBufferPointer { reader.isTorn($0) }
    check(isTorn, "a record that is cut at \(cut) is not torn")
}
