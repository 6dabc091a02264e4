import Flags

extension Section {
    /// Configuration, help and version, which every command has.
    static var general: Section {
        Section(
            "General",
            [
                .profile(
                    "Use this profile from the config file", environment: "CEREBRAS_PROFILE",
                    offer: .printed(by: ["--generate", "profiles"])),
                .noConfig("Ignore the config file"), .help, .version,
            ])
    }
}
