import CAllocator
import CLI
import Platform

callocator_on_failure { Program.endOutOfMemory(of: $0) }
// Everything is written by now; the libraries' own farewells would only take time.
StopSignals.exit(Program.run(.ofProcess()).rawValue)
