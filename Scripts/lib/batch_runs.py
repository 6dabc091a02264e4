"""Runs of `cerebras batch` for the proofs, what they left, and what they took."""

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import time

import batch_server

MODEL = "gpt-oss-120b"
MAX_TOKENS = 64
DECODER = json.JSONDecoder()


def fail(words):
    sys.exit(f"FAIL: {words}")


def environment(url, **others):
    """The variables of a run: no settings but the server's address."""
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "CEREBRAS_API_KEY": "test-key", "CEREBRAS_BASE_URL": url,
            **others}


def flags(*others):
    """The arguments of a run that asks for MODEL and MAX_TOKENS."""
    return ["--model", MODEL, "--max-tokens", str(MAX_TOKENS), *map(str, others)]


def request(prompt):
    """The body that `flags` make of a prompt, in the order in which it is written."""
    return {"model": MODEL, "prompt": prompt, "max_tokens": MAX_TOKENS}


def record_id(body):
    """The `id` of the record for a body, as anybody can compute it."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return "batch_req_" + hashlib.sha256(text.encode()).hexdigest()


@dataclasses.dataclass
class Record:
    """A line of results."""
    id: str
    custom_id: str
    status: int
    # As it stands in the line, white space between tokens left out.
    body: bytes
    error: object
    line: bytes


def record(line):
    """Reads a line; what is not as it must be is an exception."""
    text = line.decode("utf-8", "surrogateescape")
    document = json.loads(text)
    assert list(document) == ["id", "custom_id", "response", "error"], line[:200]
    reply = document["response"]
    body = b""
    if reply is not None:
        # The values of strings before it hold no such name unquoted.
        start = text.index('"body":', text.index('"response":')) + len('"body":')
        start += len(text[start:]) - len(text[start:].lstrip())
        end = DECODER.raw_decode(text, start)[1]
        body = batch_server.squeeze(text[start:end].encode("utf-8", "surrogateescape"))
    return Record(document["id"], document["custom_id"], reply and reply["status_code"], body, document["error"], line)


def records(path):
    """The lines of a file, each ended by a newline."""
    with open(path, "rb") as file:
        data = file.read()
    if data and not data.endswith(b"\n"):
        fail(f"{path} ends within a line")
    return [record(line) for line in data.split(b"\n")[:-1]]


@dataclasses.dataclass
class Outcome:
    """What a process did and took."""
    status: int
    output: bytes
    error: str
    seconds: float
    # User and system time in seconds.
    processor: float
    # Of memory, in bytes.
    peak: int


def run(command, environment, input=None, timeout=300, **options):
    """Runs a command to its end. A small process in between measures it: what a child of this one is charged with has
    this one's own memory in it."""
    meter = ["/usr/bin/time", "--quiet", "--format", "%M %U %S"]
    begin = time.monotonic()
    if input is None:
        options["stdin"] = subprocess.DEVNULL
    done = subprocess.run([*meter, *map(str, command)], env=environment, input=input, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=timeout, **options)
    seconds = time.monotonic() - begin
    *words, last = done.stderr.decode(errors="replace").rstrip("\n").split("\n")
    peak, user, system = last.split()
    return Outcome(done.returncode, done.stdout, "\n".join(words), seconds, float(user) + float(system), int(peak) * 1024)


def check_meter():
    """What is measured of a process whose time and memory are known."""
    code = ("import time; block = bytearray(b'x') * (64 << 20); end = time.process_time() + 0.3\n"
            "while time.process_time() < end: pass\ntime.sleep(0.2)")
    taken = run([sys.executable, "-c", code], os.environ)
    if not (64 << 20 <= taken.peak < 90 << 20 and 0.3 <= taken.processor < 0.5 and taken.seconds >= 0.5):
        fail(f"64 MiB, 0.3 s of work and 0.2 s of sleep are measured as {taken}")


def write_lines(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
