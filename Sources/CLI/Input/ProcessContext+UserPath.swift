import Platform

extension ProcessContext {
    /// The path of one of the program's files in a folder of the user's, as the XDG base directory specification has it.
    ///
    /// - Parameters:
    ///   - variable: names the folder, such as `XDG_CONFIG_HOME`; a relative path in it is ignored.
    ///   - fallback: the folder below the home directory where it is not set, such as `/.config`.
    /// - Returns: nil when the variable names no folder and there is no home directory.
    func userPath(_ variable: String, _ fallback: String, _ name: String) -> [UInt8]? {
        let file = Array("/cerebras/\(name)".utf8)
        if let folder = self.variable(variable), folder.first == UInt8(ascii: "/") { return folder + file }
        guard let home = self.variable("HOME"), !home.isEmpty else { return nil }
        return home + Array(fallback.utf8) + file
    }
}
