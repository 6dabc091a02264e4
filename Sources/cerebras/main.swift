import CLI
import Platform

exit(Program.run(.ofProcess()).rawValue)
