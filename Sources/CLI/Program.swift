import API
import Client
import Flags
import HTTP
import JSON
import Logprobs
import Platform
import Rendering

/// The program: what was started with in, an exit status out.
public enum Program {
    /// Runs the command that the arguments name.
    ///
    /// - Returns: how the process is to end; a signal that ended it has then been raised anew.
    public static func run(_ context: ProcessContext) -> ExitStatus {
        Descriptor.fillClosedStandards()
        let status: ExitStatus
        do throws(Failure) {
            let stopDescriptor = try system(StopSignals.watch())
            status = Command.run(context, stopDescriptor: stopDescriptor)
        } catch {
            Notes(context).report(error)
            return error.status
        }
        if let signal = StopSignals.received, status == .interrupted || status == .terminated {
            StopSignals.die(of: signal)
        }
        if status == .closedPipe { StopSignals.die(of: StopSignals.closedPipe) }
        return status
    }

    /// Ends the process for an allocation that failed: temporary files are removed, and it is reported.
    ///
    /// - Parameter size: how many bytes could not be had.
    public static func endOutOfMemory(of size: Int) -> Never {
        Watchdog.endOutOfMemory(of: size)
        StopSignals.exit(ExitStatus.local.rawValue)
    }

    /// Asks for a completion and writes it: arguments, invocation, plan, request, reply, output.
    static func complete(_ arguments: [[UInt8]], _ context: ProcessContext, stopDescriptor: Int32) -> ExitStatus {
        var invocation = Invocation()
        var notes = Notes(context)
        var loss: Message?
        var hasKey = false
        do throws(Failure) {
            let outcome = try Command.parse(
                arguments, by: CompleteCommand.sections, context, into: &invocation
            ) { (invocation) throws(UsageError) in try invocation.check() }
            notes.isQuiet = invocation.output.isQuiet
            notes.isForPrograms = invocation.output.format.reportsErrorsAsJSON
            guard outcome.request == .run else { return try Command.answer(outcome.request, .complete, context) }
            try invocation.connection.begin(outcome, &notes)
            let sources = try invocation.sources(of: outcome, context)
            let output = try Output(invocation.output.file, context)
            output.noteWay(to: notes)
            do throws(Failure) {
                let plan = try Plan(
                    invocation, sources, context, output: output, errorIsTerminal: notes.isTerminal)
                if let key = plan.connection.key { notes.secrets.add(key.utf8) }
                hasKey = plan.connection.key != nil
                for note in plan.notes { notes.note(note) }
                if let kind = invocation.preview {
                    let preview = try Preview(plan, notes.secrets).make(kind)
                    try show(preview.bytes, on: output, notes)
                    for note in preview.notes { notes.note(note) }
                    return .done
                }
                let answer = try send(plan, of: invocation, to: output, notes, context, stopDescriptor: stopDescriptor)
                let failure = answer.failure
                try output.commit(notes)
                if let failure { throw failure }
            } catch {
                if error.status != .unexpected { loss = output.discard() }
                throw error
            }
            return .done
        } catch {
            StopSignals.unlimit()
            notes.secrets.add(invocation.connection)
            notes.isForPrograms = invocation.output.format.reportsErrorsAsJSON
            notes.report(
                error,
                hint: error.hint(on: .completion(invocation.model), by: invocation.connection, hasKey: hasKey, context))
            if let loss, !error.message.isEmpty { notes.note(loss) }
            return error.status
        }
    }

    private static func show(_ bytes: [UInt8], on output: Output, _ notes: Notes) throws(Failure) {
        var bytes = bytes
        try output.flush(&bytes)
        try output.commit(notes)
    }

    private static func send(
        _ plan: Plan, of invocation: Invocation, to output: Output, _ notes: Notes, _ context: ProcessContext,
        stopDescriptor: Int32
    ) throws(Failure) -> AnswerSummary {
        var (notes, output) = (notes, output)
        notes.sign = WaitingSign(notes, context)
        output.sign = notes.sign
        // Which the end of the process has to erase, too.
        Watchdog.report(to: notes)
        let payload = try plan.payload()
        let request = plan.connection.completion(payload)
        if invocation.isVerbose {
            VerboseLog.write(request, to: notes)
            notes.verbose("* \(own: payload.summary)")
        }
        try system(StopSignals.check())
        let exchange = Exchange(
            transport: CurlTransport(
                usesTLS: request.url.hasPrefix("https"), stopDescriptor: stopDescriptor, output: output.reader,
                clock: context.clock),
            connection: plan.connection, clock: context.clock, notes: notes, isVerbose: invocation.isVerbose)
        let expectation = ReplyExpectation(
            plan.connection, choiceCount: plan.context.choiceCount, streams: plan.streams)
        let reply = try exchange.run(request) { now in
            ReplyCollector(expectation, into: ReplyWriter(plan, to: output), now: now)
        }
        if let failure = reply.sink.failure { throw failure }
        let summary = AnswerSummary(
            plan.checks, reply.sink.record, reply.progress, echoing: plan.echoedPrompts)
        summary.report(of: plan, to: notes)
        guard invocation.output.usage != nil else { return summary }
        UsageReport(
            usage: reply.progress.usage, timeInfo: reply.progress.timeInfo, limits: reply.head?.rateLimits ?? [],
            requestID: reply.head?.requestID, firstToken: reply.timing.firstToken, total: reply.timing.total,
            payload: payload, cost: cost(reply.progress.usage, invocation, context)
        ).write(invocation.output.usage, to: notes)
        return summary
    }

    /// What a completion cost, if its price is known.
    private static func cost(_ usage: JSONView?, _ invocation: Invocation, _ context: ProcessContext) -> Double? {
        ModelPrices.price(of: invocation.model, at: invocation.connection.baseURL, context)?.cost(of: usage)
    }
}
