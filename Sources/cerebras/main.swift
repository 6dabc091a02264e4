import CLI
import Platform

// Everything is written by now; the libraries' own farewells would only take time.
_exit(Program.run(.ofProcess()).rawValue)
