import Foundation

/// The memory of this process that is in use.
enum ResidentMemory {
    /// Bytes that are resident, from Linux's /proc; 0 on a system without it.
    static var now: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let fields = text.split(separator: " ")
        return fields.count > 1 ? (Int(fields[1]) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE))) : 0
    }
}
