import Flags

extension Section {
    /// Configuration, help and version, which every command has.
    static var general: Section {
        Section(
            "General",
            [
                .profile("Add the configuration's lines of this profile.", environment: "CEREBRAS_PROFILE"),
                .noConfig("Ignore the configuration file."), .help, .version,
            ])
    }
}
