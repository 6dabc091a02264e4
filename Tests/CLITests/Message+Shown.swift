import Platform

extension Message {
    /// The line as it is written where there is nothing to hide.
    var shown: String { text(masking: Secrets()) }
}
