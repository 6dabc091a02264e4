"""Ends long jobs by signals and by --timeout, in every command and format.

Usage: signals.py CEREBRAS. Each job would take many seconds; it must end within one second of the signal with the status
of the signal, or 8 when its time is over, say what is usual, leave the output file as it was and no file beside it. The
time from the signal to the end is printed, the longest last.
"""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import canned
from measured import missed

PROGRAM = os.path.abspath(sys.argv[1])
TOKENS = 2_500_000
FORMATS = ["text", "json --pretty", "jsonl", "table", "tsv", "markdown", "heatmap", "html"]
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]
# Time to get into the middle of the job, in seconds.
HEADSTART = 0.25
times = []


def reply():
    """A whole reply of very many tokens, each with its alternatives."""
    block = 1000
    rounds = TOKENS // block
    words = [f" w{n}" for n in range(block)]

    def array(items):
        return "[" + ",".join([",".join(items)] * rounds) + "]"

    top = [json.dumps({word: -0.5, " a": -1.5, " b": -2.5}) for word in words]
    logprobs = ('{"tokens":' + array([json.dumps(word) for word in words]) + ',"token_logprobs":'
                + array(["-0.5"] * block) + ',"top_logprobs":' + array(top) + "}")
    return ('{"id":"r","object":"text_completion","model":"m","choices":[{"index":0,"text":"' + "".join(words) * rounds
            + '","logprobs":' + logprobs + ',"finish_reason":"stop"}]}')


def serve(body):
    """Answers every request with the body; gives the URL."""
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)

    def answer(connection):
        connection.recv(65536)
        connection.sendall(head + body)

    return canned.serve(answer)


def fail(name, problem):
    sys.exit(f"FAIL: {name}: {problem}")


def start(arguments, folder, environment=None):
    with open(os.path.join(folder, "out"), "w") as out:
        out.write("old\n")
    variables = {"HOME": folder, "PATH": os.environ["PATH"], "CEREBRAS_API_KEY": "k" * 8, **(environment or {})}
    return subprocess.Popen([PROGRAM, *arguments], cwd=folder, env=variables, stdin=subprocess.DEVNULL,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def check(name, process, folder, status, message, since):
    """Waits for the end, and looks at all that it left."""
    try:
        error = process.communicate(timeout=20)[1].decode(errors="replace")
    except subprocess.TimeoutExpired:
        process.kill()
        fail(name, "it does not end")
    took = time.monotonic() - since
    if process.returncode != status:
        fail(name, f"status {process.returncode}, expected {status}: {error[:300]}")
    if message not in error or (not message and error):
        fail(name, f"it says {error[:300]!r}")
    with open(os.path.join(folder, "out")) as out:
        if out.read() != "old\n":
            fail(name, "the output file has changed")
    left = [file for file in os.listdir(folder) if file.startswith(".cerebras")]
    if left:
        fail(name, f"it leaves {left}")
    if took > 1:
        missed(f"{name}: {took:.2f} s to the end")
    times.append(took)
    return f"{took * 1000:.0f} ms"


def by_signal(name, arguments, folder, number, environment=None):
    process = start(arguments, folder, environment)
    time.sleep(HEADSTART)
    if process.poll() is not None:
        error = process.stderr.read()[:300]
        if process.returncode != 0:
            fail(name, f"it had ended before the signal, with status {process.returncode}: {error}")
        missed(f"{name}: it had ended before the signal")
    since = time.monotonic()
    process.send_signal(number)
    return check(name, process, folder, -number, "", since)


def by_timeout(name, arguments, folder, environment=None, json_error=False):
    since = time.monotonic() + HEADSTART
    process = start([*arguments, "--timeout", f"{int(HEADSTART * 1000)}ms"], folder, environment)
    message = '{"error":{"kind":"timeout"' if json_error else f"within {HEADSTART:g} s (--timeout)"
    return check(name, process, folder, 8, message, since)


def jobs(folder):
    """Names, command lines and environments of jobs without an end in sight, and whether they take --timeout."""
    body = reply()
    with open(os.path.join(folder, "reply.json"), "w") as file:
        file.write(body)
    for form in FORMATS:
        yield f"show {form}", ["show", "reply.json", "-o", "out", "-f", *form.split()], {}, False
    for form in ["text", "json", "html"]:
        yield f"diff {form}", ["diff", "reply.json", "reply.json", "-f", form], {}, False
    url = {"CEREBRAS_BASE_URL": serve(body.encode())}
    for form in FORMATS:
        yield (f"complete {form}", ["complete", "x", "--no-stream", "--max-response-size", "4G", "-o", "out", "-f",
                                    *form.split()], url, True)
    models = '{"data":[' + ",".join('{"id":"model-%d","context_length":%d}' % (n, n) for n in range(2_000_000)) + "]}"
    yield "models", ["models"], {"CEREBRAS_BASE_URL": serve(models.encode())}, True
    short = b'{"choices":[{"index":0,"text":"' + b"a" * (1 << 22) + b'b","finish_reason":"stop"}]}'
    with open(os.path.join(folder, "short.json"), "wb") as file:
        file.write(short)
    expect = ["-o", "out", "--expect", "text~^((a{0,50}){0,50})*$"]
    yield "show --expect", ["show", "short.json", *expect], {}, False
    yield "complete --expect", ["complete", "x", *expect], {"CEREBRAS_BASE_URL": serve(short)}, True
    os.mkfifo(os.path.join(folder, "fifo"))
    yield "config from a fifo", ["config"], {"CEREBRAS_CONFIG": "fifo"}, False
    yield "prompt from a fifo", ["complete", "--prompt-file", "fifo", "--dry-run", "-o", "out"], {}, True
    yield "key from a fifo", ["complete", "x", "--api-key-file", "fifo", "-o", "out"], {}, True
    yield "show a fifo", ["show", "fifo", "-o", "out"], {}, False
    yield "diff a fifo", ["diff", "fifo", "short.json"], {}, False
    with open(os.path.join(folder, "ids.json"), "w") as file:
        file.write("[" + ",".join(["1234"] * 30_000_000) + "]")
    tokens = ["complete", "--prompt-tokens-file", "ids.json", "--dry-run=body", "-o", "out"]
    yield "token IDs", tokens, {}, True
    yield "token IDs in MessagePack, compressed", [*tokens, "--encoding", "msgpack", "--compress", "gzip"], {}, True


def freeing(folder):
    """How long the system takes to take back the memory of a killed job."""
    process = start(["show", "reply.json", "-o", "out", "-f", "html"], folder)
    time.sleep(HEADSTART)
    since = time.monotonic()
    process.kill()
    process.communicate()
    return time.monotonic() - since


folder = tempfile.mkdtemp()
try:
    numbers = itertools.cycle(SIGNALS)
    for name, arguments, environment, has_timeout in jobs(folder):
        number = next(numbers)
        line = f"{name}: {number.name} {by_signal(name, arguments, folder, number, environment)}"
        if has_timeout:
            took = by_timeout(name, arguments, folder, environment, json_error="json" in name)
            line += f", --timeout {took}"
        print(line, flush=True)
    print(f"of which the system takes {freeing(folder) * 1000:.0f} ms to free the memory of show html, as after SIGKILL")
finally:
    shutil.rmtree(folder)
quick = sum(took <= 0.05 for took in times)
print(f"signals: {len(times)} jobs ended, the longest {max(times) * 1000:.0f} ms after the signal or the end of the time; "
      f"{quick} of them within 50 ms, half of them within {sorted(times)[len(times) // 2] * 1000:.0f} ms")
