"""The measures on what is known in advance: a sleep, an amount of work, an amount of memory, a number of bytes."""

import sys
import tempfile

import servers
import streams
from measure import Command, compare

BURN = "x = 0\nfor i in range({}): x += i"
HOLD = "x = bytearray({}); x[::4096] = bytes(len(x[::4096]))"


def python(code):
    return Command([sys.executable, "-S", "-c", code])


def expect(name, value, low, high):
    """Fails unless the value lies in between."""
    print(f"{name}: {value:.4g}, expected {low:.4g} to {high:.4g}")
    if not low <= value <= high:
        raise SystemExit(f"FAIL: {name}")


def run():
    """Measures them all."""
    figures = compare({
        "sleep": Command(["sleep", "0.2"]), "once": python(BURN.format(3_000_000)), "thrice": python(BURN.format(9_000_000)),
    }, runs=5)
    expect("wall time of sleep 0.2, seconds", figures["sleep"].of("wall")[0], 0.2, 0.22)
    expect("CPU time of sleep 0.2, seconds", figures["sleep"].of("cpu")[0], 0, 0.02)
    expect("three times the work", figures["thrice"].of("cpu")[1] / figures["once"].of("cpu")[1], 2.2, 3.5)
    little, much = (python(HOLD.format(size)).peak_memory() for size in (10_000_000, 110_000_000))
    expect("100 MB more memory", much - little, 95e6, 105e6)
    expect("memory of a program that needs next to none", Command(["true"]).peak_memory(), 0.1e6, 4e6)
    expect("exit statuses that are not expected end it", refuses(["false"]), 1, 1)
    with tempfile.TemporaryDirectory() as folder:
        nginx = servers.Nginx(folder)
        try:
            pieces = list(streams.stream(1000, 5))
            path = nginx.serve("known.stream", pieces)
            received = f"{folder}/received"
            Command(["curl", "-sS", "-d", "{}", f"{nginx.url('known.stream')}/v1/completions"], output=received).run()
            with open(received, "rb") as file:
                expect("bytes of a stream that were received", len(file.read()), path.stat().st_size, path.stat().st_size)
            expect("events of it", sum(piece.count(b"data: {") for piece in pieces), 1001, 1001)
        finally:
            nginx.close()
    server = servers.PausingServer(b"data: a\n\n", b"data: [DONE]\n\n", pause=0.5)
    elapsed = servers.first_byte(Command(["curl", "-sN", "-d", "{}", server.url]))
    expect("the first byte comes before the pause, seconds", elapsed, 0, 0.4)


def refuses(arguments):
    """Whether a command that fails ends the bench."""
    try:
        Command(arguments).run()
    except SystemExit:
        return 1
    return 0
