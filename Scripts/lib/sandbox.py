"""Attacks on cerebras-sandbox.

Usage: sandbox.py CEREBRAS-SANDBOX. Prints a line for each kind of attack; exits 1 at the first that succeeds.
"""

import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time

PROGRAM = sys.argv[1]
GET = b"GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"


def fail(words):
    sys.exit(f"FAIL: {words}")


class Sandbox:
    """A server of its own for one attack."""

    def __init__(self, descriptors=None, folder=None):
        environment = {**os.environ, "TMPDIR": folder} if folder else None
        limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))) if descriptors else None
        self.process = subprocess.Popen([PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit,
                                        env=environment)
        self.port = int(self.process.stdout.readline().rsplit(b":", 1)[1])

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        return connection

    def ask(self, *pieces):
        """Sends, and gives the status of the answer; None when the connection is just closed."""
        with self.connect() as connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
            except OSError:
                # It need not listen to the end.
                pass
            try:
                line = connection.recv(1 << 16)
            except ConnectionError:
                return None
            return int(line.split()[1]) if line else None

    def time(self):
        """The processor time that it took so far."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100

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


def show_endless():
    chunked = b"POST /v1/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    kinds = {
        "a request line": (b"", b"G"), "a header": (b"GET / HTTP/1.1\r\nX: ", b"a"), "headers": (b"GET / HTTP/1.1\r\n", b"a: b\r\n"),
        "empty lines": (b"", b"\r\n"), "a chunk's size": (chunked, b"0"), "a chunk's extension": (chunked + b"1;", b"x"),
        "trailers": (chunked + b"0\r\n", b"a: b\r\n"),
    }
    for name, (start, unit) in kinds.items():
        times = []
        for size in (4 << 20, 16 << 20):
            sandbox = Sandbox()
            before = sandbox.time()
            status = sandbox.ask(start, unit * (size // len(unit)))
            if status not in (431, 400, None):
                fail(f"{name} without end is answered with {status}")
            times.append(sandbox.time() - before)
            if sandbox.ask(GET) != 200:
                fail(f"nothing is served after {name} without end")
            sandbox.end()
        if times[1] > 1 and times[1] > 6 * times[0]:
            fail(f"{name} of 4 and 16 MB takes {times} s")
    print(f"{len(kinds)} things without end: refused, in linear time, and others are served")


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


def show_malformed():
    sandbox = Sandbox()
    requests = [
        b"\x00\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/2\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: \xff\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1 0\r\n", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;a\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"\xef\xbb\xbf" + GET, b"G\tT / HTTP/1.1\r\n\r\n", b"GET /\xc3\xa9 HTTP/1.1\r\n\r\n",
    ]
    for request in requests:
        if (status := sandbox.ask(request)) != 400:
            fail(f"{request} is answered with {status}")
    if sandbox.ask(GET) != 200:
        fail("nothing is served any more")
    sandbox.end()
    print(f"{len(requests)} requests that are none: 400, and the next one is served")


def show_descriptors():
    sandbox = Sandbox(descriptors=64)
    held = [sandbox.connect() for _ in range(200)]
    for connection in held[::2]:
        try:
            connection.sendall(GET)
        except OSError:
            pass
    time.sleep(0.5)
    for connection in held:
        connection.close()
    for _ in range(100):
        if sandbox.ask(GET) != 200:
            fail("nothing is served when there are descriptors again")
    _, error = sandbox.end()
    if error.count("out of descriptors") != 1 or len(error.splitlines()) != 1:
        fail(f"without descriptors it says {error!r}")
    for count in range(3, 40):
        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))
        process = subprocess.Popen([PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limit)
        line = process.stdout.readline()
        if line:
            with socket.create_connection(("127.0.0.1", int(line.rsplit(b":", 1)[1])), timeout=20) as connection:
                connection.sendall(GET)
                if not connection.recv(100).startswith(b"HTTP/1.1 200"):
                    fail(f"with {count} descriptors it serves nothing")
            process.terminate()
        error = process.communicate(timeout=20)[1]
        if not line and (not error or process.returncode == 0):
            fail(f"with {count} descriptors it ends with status {process.returncode}, saying {error!r}")
    print("no descriptors left: told once, and served again when there are; too few to begin with: told")


def show_large():
    sandbox = Sandbox()
    heads = [b"Content-Length: 99999999999\r\n\r\n", b"Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n",
             b"Transfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\n"]
    for head in heads:
        if (status := sandbox.ask(b"POST /v1/completions HTTP/1.1\r\n" + head)) != 413:
            fail(f"{head} is answered with {status}")
    if sandbox.ask(GET) != 200:
        fail("nothing is served after bodies over the limit")
    sandbox.end()
    print(f"{len(heads)} bodies over the limit: 413 before they come")


def show_busy():
    sandbox = Sandbox()
    body = b'{"model":"gpt-oss-120b","prompt":"It was","min_tokens":-1%s}'
    held = [sandbox.connect() for _ in range(40)]
    for number, connection in enumerate(held):
        text = body % (b',"stream":true' if number % 2 else b"")
        connection.sendall(b"POST /v1/completions HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text))
    started = time.monotonic()
    if sandbox.ask(GET) != 200:
        fail("nothing is served beside long completions")
    waited = time.monotonic() - started
    if waited > 2:
        fail(f"beside long completions a request takes {waited} s")
    sandbox.end()
    print("40 completions that fill the context: others are served meanwhile")


def show_idle():
    sandbox = Sandbox()
    held = [sandbox.connect() for _ in range(100)]
    for connection in held[:50]:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
    before = sandbox.time()
    for _ in range(20):
        for connection in held[:50]:
            connection.sendall(b"a")
        if sandbox.ask(GET) != 200:
            fail("nothing is served beside idle clients")
    seconds, error = sandbox.end()
    if seconds > 1 or error:
        fail(f"it ended after {seconds} s, saying {error!r}")
    print("50 idle and 50 slow clients: others are served")


def show_pipelined():
    sandbox = Sandbox()
    with sandbox.connect() as connection:
        connection.sendall(GET * 200)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    if answer.count(b"HTTP/1.1 200 OK") != 200:
        fail(f"200 requests at once get {answer.count(b'HTTP/1.1 200 OK')} replies")
    with sandbox.connect() as connection:
        connection.sendall(GET * 3 + b"nonsense\r\n\r\n" + GET)
        answer = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    if answer.count(b"HTTP/1.1 200 OK") != 3 or answer.count(b"HTTP/1.1 400") != 1:
        fail(f"three requests and nonsense get {answer!r}")
    sandbox.end()
    print("200 requests at once: answered in turn, up to what is none")


def show_streams():
    sandbox = Sandbox()
    body = b'{"model":"gpt-oss-120b","prompt":"It was","min_tokens":200,"max_tokens":200,"stream":true}'
    ask = b"POST /v1/completions HTTP/1.1\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    held = [sandbox.connect() for _ in range(64)]
    for connection in held:
        connection.sendall(ask)
    for connection in held[::2]:
        connection.recv(1000)
        connection.close()
    for connection in held[1::2]:
        if not b"".join(iter(lambda: connection.recv(1 << 16), b"")).endswith(b"data: [DONE]\n\n\r\n0\r\n\r\n"):
            fail("a stream beside those that were left is not whole")
    if sandbox.ask(GET) != 200:
        fail("nothing is served after 64 streams")
    sandbox.end()
    print("64 streams at once, half of them left: the others are whole")


def show_folder():
    with tempfile.TemporaryDirectory() as folder:
        for number in (signal.SIGTERM, signal.SIGINT):
            sandbox = Sandbox(folder=folder)
            names = os.listdir(folder)
            if len(names) != 1 or os.stat(os.path.join(folder, names[0])).st_mode & 0o777 != 0o700:
                fail(f"its folder is {names}")
            sandbox.end(number)
        subprocess.run([PROGRAM, "--", "true"], env={**os.environ, "TMPDIR": folder}, check=True)
        if os.listdir(folder):
            fail(f"it leaves {os.listdir(folder)}")
    print("its folder is its user's alone and gone at the end")


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
show_malformed()
show_endless()
show_signals()
show_large()
show_busy()
show_idle()
show_pipelined()
show_streams()
show_folder()
show_descriptors()
