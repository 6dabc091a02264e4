import Foundation
import Platform
import Testing

@Suite("Whether anyone reads the output")
struct OutputReaderTests {
    @Test("a pipe's reader goes away when its end is closed")
    func pipes() {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        let reader = OutputReader(of: ends[1])
        #expect(reader.descriptor == ends[1] && !reader.isGone)
        close(ends[0])
        #expect(reader.isGone)
        close(ends[1])
    }

    @Test("a pipe that is full is read by someone all the same")
    func full() {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        let block = [UInt8](repeating: 0, count: 4096)
        while write(ends[1], block, block.count) > 0 {}
        #expect(!OutputReader(of: ends[1]).isGone)
        for end in ends { close(end) }
    }

    @Test("a socket's reader goes away when it is closed")
    func sockets() {
        var ends: [Int32] = [-1, -1]
        #if canImport(Darwin)
        #expect(socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0)
        #else
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        #endif
        let reader = OutputReader(of: ends[1])
        #expect(reader.descriptor == ends[1] && !reader.isGone)
        close(ends[0])
        #expect(reader.isGone)
        close(ends[1])
    }

    @Test("a terminal's reader goes away when it hangs up")
    func terminals() {
        var (own, terminal): (Int32, Int32) = (-1, -1)
        #expect(openpty(&own, &terminal, nil, nil, nil) == 0)
        let reader = OutputReader(of: terminal)
        #expect(reader.descriptor == terminal && !reader.isGone)
        close(own)
        #expect(reader.isGone && OutputReader.isGone(terminal))
        close(terminal)
    }

    @Test("nobody reads along what goes to a file or a device")
    func files() {
        let device = open("/dev/null", O_WRONLY)
        #expect(OutputReader(of: device).descriptor == -1 && !OutputReader(of: device).isGone)
        #expect(OutputReader(of: -1).descriptor == -1 && !OutputReader(of: -1).isGone)
        close(device)
    }
}
