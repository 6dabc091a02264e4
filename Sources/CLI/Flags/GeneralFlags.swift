import Flags

extension Section {
    /// Configuration, help and version, which every command has.
    static var general: Section {
        Section(
            "General",
            [
                .profile("Use this profile from the config file", environment: "CEREBRAS_PROFILE"),
                .noConfig("Ignore the config file"), .help, .version,
            ])
    }
}
