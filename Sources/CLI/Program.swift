import HTTP
import Platform

/// The process around a command: its descriptors, its signals and how it ends.
public enum Program {
    /// Runs the command that the arguments name.
    ///
    /// - Returns: how the process is to end; a signal that ended it has then been raised anew.
    public static func run(_ context: ProcessContext) -> ExitStatus {
        Descriptor.fillClosedStandards()
        let status: ExitStatus
        do throws(Failure) {
            let stopDescriptor = try system(StopSignals.watch())
            let transports = TransportFactory(prepare: CurlTransport.prepare) { usesTLS, output in
                CurlTransport(usesTLS: usesTLS, stopDescriptor: stopDescriptor, output: output, clock: context.clock)
            }
            status = Command.run(context, transports)
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
}
