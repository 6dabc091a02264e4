"""Senders without an end, and memory that is used up.

Usage: limits.py CEREBRAS. Whatever a server sends without an end, complete and models end with status 5 and hold little
more than --max-response-size. Files that show and diff read have no such limit: where the system gives less memory than
they need, the program ends with status 1 and one line. Prints a line for each sender and for each command.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib

import canned

PROGRAM = os.path.abspath(sys.argv[1])
MEBIBYTE = 1 << 20
LIMIT = 16
# Over the limit: the program itself, buffers, and what an array that grows takes until it is copied.
SLACK = 3 * LIMIT + 32

OK = "HTTP/1.1 200 OK\r\n"
STREAM = OK + "content-type: text/event-stream\r\n\r\n"
CHUNKED = OK + "transfer-encoding: chunked\r\n\r\n"
EVENT = 'data: {"id":"s","choices":[{"index":0,"text":" token","finish_reason":null}]}\n\n'


def bomb():
    """The beginning of a gzip stream of a whole reply, and what can follow it without an end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(b'{"choices":[{"index":0,"text":"') + packer.flush(zlib.Z_FULL_FLUSH)
    return first, packer.compress(b"a" * MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH)


BEGIN, MORE = bomb()
PACKED = (OK + "content-encoding: gzip\r\n\r\n").encode() + BEGIN
# What is asked, what the server sends first, and what then without an end.
SENDERS = {
    "a whole reply": ("complete x", OK + '\r\n{"choices":[{"index":0,"text":"', "a" * 1000),
    "blanks": ("complete x", OK + "\r\n", " " * 1000),
    "a gzip bomb": ("complete x", PACKED, MORE),
    "a line of a stream": ("complete x --stream", STREAM + EVENT + "data: ", "a" * 1000),
    "a comment": ("complete x --stream", STREAM + EVENT + ": ", "a" * 1000),
    "a field without meaning": ("complete x --stream", STREAM + EVENT + "x: ", "a" * 1000),
    "an event": ("complete x --stream", STREAM + EVENT, "data: 1\n" * 100),
    "a stream for a document": ("complete x --stream -f json", STREAM, EVENT),
    "a stream for a page": ("complete x --stream -f html", STREAM, EVENT),
    "a choice that waits": ("complete x --stream --n 2", STREAM, EVENT.replace('"index":0', '"index":1')),
    "an error": ("complete x", "HTTP/1.1 500 No\r\n\r\n", "a" * 1000),
    "a status line": ("complete x", "HTTP/1.1 200 ", "a" * 1000),
    "a header": ("complete x", OK + "x: ", "a" * 1000),
    "headers": ("complete x", OK, "x: y\r\n"),
    "informational heads": ("complete x", "", "HTTP/1.1 103 Early Hints\r\n\r\n"),
    "trailers": ("complete x", CHUNKED + "0\r\n", "x: y\r\n"),
    "a trailer": ("complete x", CHUNKED + "0\r\nx: ", "a" * 1000),
    "a list of models": ("models", OK + '\r\n{"data":[', '{"id":"m"},' * 100),
    "a list of models, packed": ("models", PACKED, MORE),
    "an error of models": ("models", "HTTP/1.1 500 No\r\n\r\n", "a" * 1000),
    "a head of models": ("models", OK, "x: y\r\n"),
}


def packed_events():
    """A head, and a packed stream of very many small events, a few hundred of which are one byte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    events = b'data: {"choices":[{"index":0,"text":"a"}]}\n\n' * 2_000_000
    return STREAM.replace("\r\n\r\n", "\r\ncontent-encoding: gzip\r\n\r\n"), packer.compress(events) + packer.flush()


def serve(first, more, times=None):
    """Answers every request with the first bytes, then the others over and over; gives the URL."""
    first, more = (part if isinstance(part, bytes) else part.encode() for part in (first, more))
    piece = more * max(1, 65536 // len(more))

    def answer(connection):
        connection.recv(65536)
        connection.sendall(first)
        count = 0
        while times is None or count < times:
            connection.sendall(piece)
            count += len(piece) // len(more)

    return canned.serve(answer)


def measure(arguments, url):
    """Exit status, standard error, and MiB of the largest resident set."""
    command = ["/usr/bin/time", "--quiet", "--format", "%M", PROGRAM, *arguments, "--base-url", url, "--max-retries", "0",
               "--quiet"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          env={"PATH": os.environ["PATH"], "CEREBRAS_API_KEY": "k" * 8}, timeout=100)
    *words, peak = done.stderr.decode(errors="replace").rstrip("\n").split("\n")
    return done.returncode, "\n".join(words), int(peak) / 1024


def show_senders():
    most = 0
    for name, (command, first, more) in SENDERS.items():
        arguments = [*command.split(), "--max-response-size", f"{LIMIT}M"]
        status, words, peak = measure(arguments, serve(first, more))
        print(f"{name}: status {status}, {peak:.0f} MiB, {words.splitlines()[0][:110] if words else 'no words'}")
        if status != 5 or not words.startswith(("cerebras: ", '{"error"')) or peak > LIMIT + SLACK:
            sys.exit(f"FAIL: {name}: status {status}, {peak:.0f} MiB: {words[:300]}")
        most = max(most, peak)
    status, words, peak = measure(["complete", "x", "--stream", "--max-response-size", "1M"],
                                  serve(STREAM, EVENT, times=1_000_000))
    print(f"a stream of 80 MB that passes through a limit of 1 MiB: status {status}, {peak:.0f} MiB, {words[:80]}")
    if status != 9 or peak > 40:
        sys.exit(f"FAIL: a stream that passes through: status {status}, {peak:.0f} MiB: {words[:300]}")
    status, words, peak = measure(["complete", "x", "--stream", "--max-response-size", "1M", "-f", "table"], serve(*packed_events(), times=1))
    print(f"a packed stream of 88 MB that passes through a limit of 1 MiB: status {status}, {peak:.0f} MiB, {words[:80]}")
    if status != 9 or peak > 80:
        sys.exit(f"FAIL: a packed stream that passes through: status {status}, {peak:.0f} MiB: {words[:300]}")
    return most


def reply(tokens):
    words = [f" w{n % 1000}" for n in range(tokens)]
    top = [{word: -0.5, " a": -1.5} for word in words]
    choice = {"index": 0, "text": "".join(words), "finish_reason": "stop",
              "logprobs": {"tokens": words, "token_logprobs": [-0.5] * tokens, "top_logprobs": top}}
    return json.dumps({"id": "r", "choices": [choice]})


def show_exhaustion():
    folder = tempfile.mkdtemp()
    try:
        with open(os.path.join(folder, "reply.json"), "w") as file:
            file.write(reply(300_000))
        commands = [f"show reply.json -o out -f {form}" for form in
                    ["text", "json --pretty", "jsonl", "table", "tsv", "markdown", "heatmap", "html"]]
        for command in [*commands, "diff reply.json reply.json --json"]:
            ended = {0: 0, 1: 0}
            for mebibytes in range(100, 1300, 100):
                with open(os.path.join(folder, "out"), "w") as file:
                    file.write("old\n")
                script = f'ulimit -v {mebibytes * 1024}; exec "$0" {command}'
                done = subprocess.run(["sh", "-c", script, PROGRAM], cwd=folder, stdin=subprocess.DEVNULL,
                                      stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                      env={"PATH": os.environ["PATH"], "HOME": folder}, timeout=100)
                words = done.stderr.decode(errors="replace")
                ended[done.returncode] = ended.get(done.returncode, 0) + 1
                if done.returncode == 0:
                    break
                lines = words.splitlines()
                notes = [line for line in lines if "note: " in line or line.startswith('{"note"')]
                is_told = re.match(r'cerebras: out of memory|{"error":.*"message":"out of memory', words)
                is_one_line = is_told and len(lines) == 1 + len(notes)
                with open(os.path.join(folder, "out")) as file:
                    is_same = file.read() == "old\n"
                left = [file for file in os.listdir(folder) if file.startswith(".cerebras")]
                if done.returncode != 1 or not is_one_line or not is_same or left:
                    sys.exit(f"FAIL: {command} with {mebibytes} MiB: status {done.returncode}, {words[:300]}{left}")
            print(f"{command}: status 1 and one line with {ended[1]} limits of address space, then status 0")
            if not ended[1] or not ended[0]:
                sys.exit(f"FAIL: {command}: {ended}")
        return len(commands) + 1
    finally:
        shutil.rmtree(folder)


most = show_senders()
count = show_exhaustion()
print(f"limits: {len(SENDERS)} endless senders ended with status 5 and at most {most:.0f} MiB at a limit of {LIMIT} MiB; "
      f"{count} commands out of memory ended with status 1")
