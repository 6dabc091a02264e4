/// What a whole answer must be for the program to end well.
struct AnswerChecks {
    /// Finish reasons that are not to be taken for success.
    var failReasons: [String] = []
}
