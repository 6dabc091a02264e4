import Flags

extension TopicOutline {
    /// `cerebras-scripts(7)`.
    static var scripts: TopicOutline {
        TopicOutline(
            "scripts", "Exit statuses, errors, retries and output files of cerebras.",
            description: [
                "Standard output holds the completion and nothing else. Notes and errors go to standard error, one line "
                    + "each; a line that begins with \"hint:\" says what to do. --quiet hides the notes."
            ],
            parts: [
                ManualPart("Standard error as JSON", .paragraphs(errorObjects), .lines(errorExample)),
                ManualPart("Retries", .paragraphs(retries)),
                ManualPart("Truncated responses", .paragraphs(truncation)),
                ManualPart("Checks", .paragraphs(checks), .lines(checkExample)),
                ManualPart("Output files", .paragraphs(outputFiles)),
                ManualPart("Exit status", .terms(ExitStatus.terms)),
            ],
            related: [("cerebras-complete", 1), ("cerebras-diff", 1), ("cerebras-show", 1)])
    }

    private static let errorObjects = [
        "With --format json or jsonl, each line of standard error is a JSON object with one member: error, note, retry, verbose "
            + "or usage_report. At a terminal the lines stay plain. Of an error, kind names the exit status; status, type, "
            + "code, message and request_id are the server's; hint says what to do."
    ]

    private static let errorExample = [
        #"{"retry":{"number":1,"of":2,"seconds":0.47,"reason":"HTTP 503"}}"#,
        #"{"error":{"kind":"key","status":401,"type":null,"code":"...", ...}}"#,
    ]

    private static let retries = [
        "Transient failures are retried twice (--max-retries): a failed connection, a timeout, an empty response, and the "
            + "statuses 408, 409, 429 and 500 and up. A connection that this machine refuses is not: nothing listens there. A note gives the reason and the wait, which is the one the server "
            + "requested, or about 0.5 s, doubled with each retry.",
        "A stream is not retried once any of it was written.",
    ]

    private static let truncation = [
        "A response that ends before every choice has a finish reason is truncated: what was received is written to "
            + "standard output, but never to an --output file, and the exit status is 9. A completion that ended at its "
            + "token limit is complete, with finish reason length; --fail-on length makes it a failure."
    ]

    private static let checks = [
        "--expect and --fail-on judge a completion after it was written, and end with exit status 10. Each failed check is "
            + "a line on standard error. cerebras show has them too, for a saved response."
    ]

    private static let checkExample = [
        "cerebras complete 'France: Paris. Italy:' --expect 'text~Rome'",
        "cerebras show a.json --expect finish=stop --expect 'perplexity<20'",
    ]

    private static let outputFiles = [
        "How an --output file is written is decided before the request is sent. A regular file is replaced by rename once "
            + "the completion is complete and stored, and keeps its owner, group, mode, access control list and "
            + "extended attributes; set-ID bits are dropped.",
        "A file whose attributes can't be kept, that has other hard links, or that is a mount point is written in place "
            + "once the completion is complete, and a note says so. If that is impossible too, the command ends before "
            + "anything is sent.",
        "A symbolic link of another user in a shared directory such as /tmp is not followed.",
    ]
}
