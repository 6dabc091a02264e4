import Foundation
import Sandbox

exit(await SandboxProgram.run())
