import API
import JSON
import Rendering

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let document = try? JSONDocument(parsing: bytes(start, count)),
        let models = ModelInfo.read(document.root)
    else { return 0 }
    let table = ModelTable.make(models)
    check(table.unicodeScalars.allSatisfy { $0 == "\n" || !isUnsafe($0) }, "the table shows what a terminal acts on")
    check(models.allSatisfy { !$0.id.isEmpty }, "a model without a name")
    return 0
}
