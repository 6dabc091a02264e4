"""Unencrypted, nothing leaves this machine, whatever address a name has.

Usage: loopback.py CEREBRAS LIBRARY FOLDER, in a mount and network namespace of its own. There 203.0.113.7 is elsewhere: a
listener takes connections and counts what it is sent. Names that look like this machine lead there, by /etc/hosts and by a
libcurl (LIBRARY, preloaded) that resolves localhost as it is told. Prints a line for each thing shown.
"""

import os
import socket
import subprocess
import sys
import threading

PROGRAM, LIBRARY, FOLDER = sys.argv[1:]
ELSEWHERE = "203.0.113.7"
NAMES = ["127.0.0.08", "127.0.0.256", "127.0.0.1.", "localhost.", "a.localhost.", "127.08"]
COMMANDS = [["complete", "a prompt"], ["complete", "a prompt", "--stream"], ["models"]]


def system(*words):
    subprocess.run(words, check=True)


system("ip", "link", "set", "lo", "up")
system("ip", "address", "add", f"{ELSEWHERE}/32", "dev", "lo")
hosts = os.path.join(FOLDER, "hosts")
with open(hosts, "w") as file:
    file.write(f"{ELSEWHERE} {' '.join(NAMES)}\n::1 both.localhost. \n{ELSEWHERE} both.localhost.\n")
system("mount", "--make-rprivate", "/")
system("mount", "--bind", hosts, "/etc/hosts")


class Listener:
    """Answers nothing but an error, and keeps what it is sent."""

    def __init__(self, address, family=socket.AF_INET, port=0):
        self.connections, self.bytes, self.ends = 0, b"", []
        self.marks = set()
        self.marked = threading.Event()
        self.listener = socket.create_server((address, port), family=family)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, peer = self.listener.accept()
            if peer[1] in self.marks:
                connection.close()
                self.marked.set()
                continue
            self.connections += 1
            thread = threading.Thread(target=self.take, args=(connection,), daemon=True)
            thread.start()
            self.ends.append(thread)

    def take(self, connection):
        with connection:
            while piece := connection.recv(65536):
                self.bytes += piece
                if b"\r\n\r\n" in self.bytes:
                    connection.sendall(b"HTTP/1.1 418 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return

    def settle(self):
        """Waits until every connection is taken, and read to its end."""
        with socket.socket(self.listener.family) as mark:
            mark.bind((self.listener.getsockname()[0], 0))
            self.marked.clear()
            self.marks = {mark.getsockname()[1]}
            mark.connect(self.listener.getsockname())
            assert self.marked.wait(20), "connections are not taken"
        for thread in self.ends:
            thread.join(20)
            assert not thread.is_alive(), "a connection stays open"


elsewhere = Listener(ELSEWHERE)
here = Listener("127.0.0.1")
here6 = Listener("::1", socket.AF_INET6)
runs = 0


def run(command, url, *flags, **variables):
    global runs
    runs += 1
    environment = {"PATH": os.environ["PATH"], "HOME": FOLDER, "CEREBRAS_API_KEY": "a-key-that-stays-here", **variables}
    result = subprocess.run(
        [PROGRAM, *command, "--base-url", url, *flags], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=30)
    return result.returncode, result.stderr.decode()


def untouched(what):
    elsewhere.settle()
    assert elsewhere.bytes == b"", f"{what}: elsewhere was sent {elsewhere.bytes!r}"


def refused(what, command, host, **variables):
    status, error = run(command, f"http://{host}:{elsewhere.port}/v1", **variables)
    assert status == 7 and f"refusing to send the key and prompt unencrypted to {ELSEWHERE}" in error, (what, status, error)
    assert "retry" not in error and "hint: use https://, or allow it with --allow-http" in error, (what, error)
    untouched(what)


def resolving(host, **variables):
    return {"LD_PRELOAD": LIBRARY, "RESOLVE": f"{host}:{elsewhere.port}:{ELSEWHERE}", **variables}


# That the trap works: with leave the request goes there.
status, error = run(COMMANDS[0], f"http://{NAMES[0]}:{elsewhere.port}", "--allow-http", "--max-retries", "0")
elsewhere.settle()
assert status == 4 and b"a-key-that-stays-here" in elsewhere.bytes, (status, error, elsewhere.bytes)
elsewhere.bytes = b""

for command in COMMANDS:
    status, error = run(command, f"http://{ELSEWHERE}:{elsewhere.port}")
    assert status == 2 and "refusing to send" in error, (status, error)
    for name in NAMES:
        refused(name, command, name)
print(f"names that lead elsewhere by /etc/hosts ({', '.join(NAMES)}): refused, not a byte was sent there")

for host in ["localhost", "LOCALHOST", "a.localhost", *NAMES]:
    for command in COMMANDS:
        before = elsewhere.connections
        refused(f"{host}, any libcurl", command, host, **resolving(host))
        refused(f"{host}, before 7.80", command, host, **resolving(host, NO_PREREQ="1"))
        assert elsewhere.connections == before, f"{host}: connected elsewhere"
        refused(f"{host}, connected", command, host, **resolving(host, NO_OPENSOCKET="1"))
        assert elsewhere.connections == before + 1, f"{host}: not connected elsewhere, or more than once"
print("localhost where libcurl takes it elsewhere: refused before and after the connection is made, by each check alone, once")

for host in ["127.0.0.1", "127.1", "localhost", "0.0.0.0", "[::]", "[::1%lo]"]:
    server = here6 if "::" in host else here
    server.bytes = b""
    for name in ["http_proxy", "all_proxy", "ALL_PROXY", "HTTP_PROXY"]:
        status, error = run(COMMANDS[0], f"http://{host}:{server.port}", **{name: f"http://{ELSEWHERE}:{elsewhere.port}"})
        assert status == 4 and "HTTP 418" in error, (host, status, error)
        untouched(f"{host} with {name}")
    assert b"a-key-that-stays-here" in server.bytes, host
status, error = run(COMMANDS[0], f"http://both.localhost.:{here6.port}")
assert status == 4, (status, error)
untouched("a name with two addresses")
print("this machine by its addresses, 0.0.0.0 and [::] among them: reached, past every proxy; of two addresses its own")
print(f"{runs} runs; elsewhere was sent nothing")
