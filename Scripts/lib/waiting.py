"""What is waited for and what is not, measured by the clock.

Usage: waiting.py CEREBRAS. Each thing runs against a listener of its own that says so much and no more. Prints a line for
each thing shown.
"""

import os
import pty
import resource
import socket
import struct
import subprocess
import sys
import threading
import time

PROGRAM = sys.argv[1]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
CHUNK = b'data: {"choices":[{"index":0,"text":" a\\n","finish_reason":null}]}\n\n'
LAST = CHUNK.replace(b"null", b'"stop"')


def serve(answer):
    """Lets a function answer every connection once a request has come; gives the port and what counts connections."""
    listener = socket.create_server(("127.0.0.1", 0))
    count = []

    def talk(connection):
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.recv(65536)
            try:
                answer(connection)
            except OSError:
                pass

    def accept():
        while True:
            connection, _ = listener.accept()
            count.append(connection)
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1], count


def silent(first):
    def answer(connection):
        connection.sendall(first)
        time.sleep(60)
    return answer


def trickle(head, rest, pause):
    def answer(connection):
        for byte in head:
            connection.sendall(bytes([byte]))
            time.sleep(pause)
        connection.sendall(rest)
    return answer


def command(port, *flags, scheme="http"):
    return [PROGRAM, "complete", "x", "--stream", "--base-url", f"{scheme}://127.0.0.1:{port}", *flags]


ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "CEREBRAS_API_KEY": "test-key"}


def run(words, **options):
    begin = time.monotonic()
    result = subprocess.run(
        words, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60,
        **{"stdout": subprocess.PIPE, **options})
    return result, time.monotonic() - begin


def trickling():
    port, _ = serve(trickle(HEAD, LAST, 0.05))
    result, seconds = run(command(port, "--idle-timeout", "1500ms", "--max-retries", "0"))
    assert result.returncode == 0 and result.stdout == b" a\n" and seconds > 3, (result, seconds)
    port, _ = serve(silent(HEAD[:30]))
    result, seconds = run(command(port, "--idle-timeout", "1500ms", "--max-retries", "0"))
    assert result.returncode == 8 and b"--idle-timeout" in result.stderr and 1.4 < seconds < 4, (result, seconds)
    print("a head of which a byte comes every 50 ms is not silence; half a head and no more is, after the idle timeout")


def gone(first, close, *flags):
    """Starts it with an output whose reader `close` ends once the program waits; gives the status and the seconds."""
    port, _ = serve(silent(first))
    ours, theirs, leave = close()
    process = subprocess.Popen(
        command(port, *flags), env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    if first.endswith(b"\n\n"):
        os.read(ours, 100)
    else:
        time.sleep(0.5)
    begin = time.monotonic()
    leave()
    _, error = process.communicate(timeout=50)
    return process.returncode, time.monotonic() - begin, error


def of_pipe():
    ours, theirs = os.pipe()
    return ours, theirs, lambda: os.close(ours)


def of_socket():
    ours, theirs = socket.socketpair()
    ours, theirs = ours.detach(), theirs.detach()
    return ours, theirs, lambda: os.close(ours)


def of_terminal():
    ours, theirs = pty.openpty()
    return ours, theirs, lambda: os.close(ours)


def leaving():
    for close in [of_pipe, of_socket, of_terminal]:
        for first in [b"", HEAD[:20], HEAD, HEAD + CHUNK]:
            status, seconds, error = gone(first, close)
            assert status == -13 and seconds < 1 and error == b"", (close.__name__, first, status, seconds, error)
    status, seconds, error = gone(b"HTTP/1.1 503 X\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n", of_pipe)
    assert status == -13 and seconds < 1, (status, seconds, error)
    port, _ = serve(silent(HEAD + CHUNK + CHUNK))
    shell = " ".join(f"'{word}'" for word in command(port)) + ' | head -n 1; echo "${PIPESTATUS[@]}"'
    result, seconds = run(["bash", "-c", shell])
    assert result.stdout == b" a\n141 0\n" and seconds < 2, (result, seconds)
    print("a reader that goes away (pipe, socket, terminal; before, in and after the head; between tries; | head) ends it, "
          "though the server is silent")


def idling():
    port, _ = serve(silent(HEAD + CHUNK))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for output in [subprocess.PIPE, subprocess.DEVNULL]:
        result, seconds = run(command(port, "--idle-timeout", "2s", "--max-retries", "0"), stdout=output)
        assert result.returncode == 8 and seconds > 1.9, (result, seconds)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert used < 0.5, f"{used} s of work while there was none"
    print(f"4 s of silence with a reader take {used * 1000:.0f} ms of work")


def handshakes():
    def reset(connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def alert(connection):
        connection.sendall(b"\x15\x03\x03\x00\x02\x02\x50")

    for answer in [lambda connection: None, reset, alert]:
        port, count = serve(answer)
        result, _ = run(command(port, "--max-retry-wait", "10ms", scheme="https"))
        assert result.returncode == 7 and len(count) == 3, (result, len(count))
        assert result.stderr.count(b"note: retry") == 2 and b"--cacert" not in result.stderr, result
    print("a handshake that is closed, reset or given up is tried again twice")


for show in [trickling, leaving, idling, handshakes]:
    show()
