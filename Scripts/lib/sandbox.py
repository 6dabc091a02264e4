"""Attacks on cerebras-sandbox.

Usage: sandbox.py CEREBRAS-SANDBOX. Prints a line for each kind of attack; exits 1 at the first that succeeds.
"""

import signal
import socket
import subprocess
import sys
import time

PROGRAM = sys.argv[1]


def fail(words):
    sys.exit(f"FAIL: {words}")


class Sandbox:
    """A server of its own for one attack."""

    def __init__(self):
        self.process = subprocess.Popen([PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.port = int(self.process.stdout.readline().rsplit(b":", 1)[1])

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        return connection

    def end(self, number=signal.SIGTERM):
        started = time.monotonic()
        self.process.send_signal(number)
        try:
            error = self.process.communicate(timeout=10)[1]
        except subprocess.TimeoutExpired:
            self.process.kill()
            fail(f"it does not end on signal {number}")
        if self.process.returncode != 0:
            fail(f"status {self.process.returncode} on signal {number}")
        return time.monotonic() - started, error.decode()


def show_signals():
    sandbox = Sandbox()
    held = [sandbox.connect() for _ in range(20)]
    for connection in held:
        connection.setblocking(False)
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * (8 << 20))
        except OSError:
            pass
    seconds, error = sandbox.end()
    if seconds > 1 or error:
        fail(f"it ended after {seconds} s, saying {error!r}")
    print("SIGTERM while 20 clients send without end: it ends within a second")


def show_words():
    odd = "\x1b]0;title\x07\u202e\x9b"
    commands = [[f"--{odd}"], ["--port", odd], ["--host", odd], ["--corpus", odd], ["--fault", odd], ["--fault", f"status={odd}"],
                ["--", odd], [odd], ["--fault", f"html:{odd}"]]
    for arguments in commands:
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=20)
        text = done.stderr.decode()
        if done.returncode == 0 or not text or any(character in text for character in odd if not character.isascii() or character < " "):
            fail(f"{arguments}: {done}")
    print(f"{len(commands)} errors about arguments with control characters: escaped")


show_words()
show_signals()
