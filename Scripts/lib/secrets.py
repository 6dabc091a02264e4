"""Looks for the key wherever it could leak: arguments of the process, output, errors, and what a redirect would send.

Usage: secrets.py CEREBRAS. Prints a line for each thing shown; exits 1 at the first leak.
"""

import http.server
import os
import subprocess
import sys
import tempfile
import threading

PROGRAM = sys.argv[1]
KEY = "csk-the-key-that-nobody-may-see"
CACHE = tempfile.TemporaryDirectory()
WHOLE = '{"choices":[{"index":0,"text":" a","finish_reason":"stop"}]}'


class Server(http.server.ThreadingHTTPServer):
    """Answers as it is told, and keeps what it was sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply = (200, {}, WHOLE)
        self.requests = []
        self.gate = threading.Event()
        self.gate.set()
        self.asked = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.requests.append((self.path, dict(self.headers), body))
        self.server.asked.set()
        self.server.gate.wait(20)
        status, headers, text = self.server.reply
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST

    def log_message(self, *_):
        pass


def command(server, *flags):
    return [PROGRAM, "complete", "x", "--base-url", server.url, *flags]


def models(server, *flags):
    return [PROGRAM, "models", "--base-url", server.url, *flags]


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CEREBRAS_")}
    # Neither the user's configuration nor his list of models is touched.
    return {**kept, "CEREBRAS_API_KEY": KEY, "CEREBRAS_CONFIG": "", "XDG_CACHE_HOME": CACHE.name, **more}


def fail(words):
    sys.exit(f"FAIL: {words}")


def without_key(what, data):
    if KEY.encode() in data:
        fail(f"the key is in {what}: {data.decode(errors='replace')[:400]}")


def show_arguments(server):
    """While a request waits, its process is looked at as any user of the machine could."""
    server.gate.clear()
    server.asked.clear()
    with tempfile.NamedTemporaryFile("w") as file:
        file.write(KEY)
        file.flush()
        os.chmod(file.name, 0o600)
        own = ["--api-key-command", f"cat {file.name}"]
        for flags in ([], ["--api-key-file", file.name], own, ["-v", "--header", "X-Test: y"]):
            server.asked.clear()
            server.gate.clear()
            variables = environment()
            if flags == own:
                del variables["CEREBRAS_API_KEY"]
            process = subprocess.Popen(command(server, *flags), env=variables, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            if not server.asked.wait(20):
                fail("no request came")
            with open(f"/proc/{process.pid}/cmdline", "rb") as arguments:
                without_key("the arguments", arguments.read())
            server.gate.set()
            out, err = process.communicate(timeout=20)
            if process.returncode != 0 or out != b" a":
                fail(f"{flags}: {process.returncode} {err}")
            without_key(f"what {flags} wrote", out + err)
    if server.requests[-1][1].get("Authorization") != f"Bearer {KEY}":
        fail("the server was not sent the key")
    print("the arguments of a process that waits for its reply: no key, which the server was sent")


def show_previews(server):
    count = len(server.requests)
    for flags in (["--dry-run"], ["--dry-run=body"], ["--curl"], ["--curl", "--encoding", "msgpack", "--compress", "gzip"]):
        done = subprocess.run(command(server, *flags), env=environment(), stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=20)
        if done.returncode != 0:
            fail(f"{flags}: {done.stderr}")
        without_key(f"what {flags} wrote", done.stdout + done.stderr)
    done = subprocess.run([PROGRAM, "config", "--base-url", server.url], env=environment(), stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=20)
    if done.returncode != 0 or b"CEREBRAS_API_KEY" not in done.stdout:
        fail(f"config: {done}")
    without_key("what config wrote", done.stdout + done.stderr)
    if len(server.requests) != count:
        fail("a preview sent something")
    print("--dry-run, --curl and config: no key, and nothing sent")


def show_errors(server, target):
    """A server that repeats the key wherever it can."""
    headers = {"x-request-id": KEY, "x-echo": f"Bearer {KEY}", "x-ratelimit-limit-requests-day": KEY,
               "x-ratelimit-remaining-requests-day": "0", "retry-after-ms": "1"}
    message = f'{{"message":"Wrong key {KEY}","type":"{KEY}","param":"{KEY}","code":"{KEY}"}}'
    event = "data: %s\n\n"
    replies = [
        (401, headers, message), (429, headers, message), (503, headers, f"<html>{KEY}</html>"),
        (200, headers, f'{{"x":"{KEY}"}}'), (200, headers, KEY), (200, headers, message.replace("message", "error", 1)),
        (200, headers, event % f'{{"error":{{"message":"{KEY}"}}}}'), (200, headers, WHOLE),
        (307, {**headers, "location": f"{target.url}/{KEY}"}, ""), (200, {**headers, "content-encoding": KEY}, WHOLE),
    ]
    runs = 0
    for reply in replies:
        server.reply = reply
        for flags in ([], ["-v"], ["--json", "-v", "--usage=json"], ["--stream", "-f", "jsonl", "-u"]):
            done = subprocess.run(command(server, *flags), env=environment(), stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=20)
            without_key(f"standard error of {flags} for {reply}", done.stderr)
            runs += 1
        for flags in (["-v"], ["--json"], [KEY]):
            done = subprocess.run(models(server, *flags), env=environment(), stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=20)
            without_key(f"standard error of models {flags} for {reply}", done.stderr)
            runs += 1
    if target.requests:
        fail(f"the target of a redirect was asked: {target.requests}")
    print(f"{runs} runs against a server that repeats the key: no key on standard error; a redirect is not followed")


def show_proxy(server):
    """A proxy that keeps what it is sent and refuses it: it learns of https no more than the host's name, and of an
    unencrypted server on this machine, to which the key would go through it in the clear, not even that."""
    proxy = Server()
    variables = {name: proxy.url for name in ("HTTPS_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")}
    heard = []

    def tunnel(handler):
        heard.append(handler.raw_requestline + bytes(handler.headers))
        handler.send_error(403)

    Handler.do_CONNECT = tunnel
    flags = ["--base-url", "https://api.example", "--max-retries", "0", "-v"]
    done = subprocess.run(command(server, *flags), env=environment(**variables), stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=20)
    if done.returncode != 7 or len(heard) != 1:
        fail(f"the proxy was not asked once: {heard} {done}")
    without_key("what a proxy is sent", heard[0])
    without_key("what is written of a proxy that refuses", done.stdout + done.stderr)
    server.reply = (200, {}, WHOLE)
    done = subprocess.run(command(server), env=environment(**variables), stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=20)
    if done.returncode != 0 or proxy.requests or len(heard) != 1:
        fail(f"a server on this machine was asked through a proxy: {proxy.requests} {done}")
    server.reply = (200, {}, '{"data":[{"id":"a"}]}')
    done = subprocess.run(models(server), env=environment(**variables), stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=20)
    if done.returncode != 0 or b"a" not in done.stdout or proxy.requests or len(heard) != 1:
        fail(f"models: a server on this machine was asked through a proxy: {proxy.requests} {done}")
    print("a proxy: no key in its CONNECT, and passed by where it would see an unencrypted one")


server, target = Server(), Server()
show_arguments(server)
show_previews(server)
show_errors(server, target)
show_proxy(server)
