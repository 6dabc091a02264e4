"""A completions server for the proofs of batch, whose responses depend on the request alone.

Usage: batch_server.py [--faults] [--latency SECONDS] [--padding BYTES] [--seed N]. Prints its URL and serves until it is
killed. With --faults some attempts fail: 5 % with status 429, 2 % with 503, and some are reset, cut short or left without
a response. Which ones depends on the request, on how often it has come, and on the seed. GET /counts gives what was sent.
"""

import argparse
import asyncio
import collections
import hashlib
import json
import re
import struct
import subprocess
import sys
import urllib.request

TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[^\s"]+')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
# Of 1,000 attempts.
FAULTS = [("429", 50), ("503", 20), ("reset", 5), ("cut", 5), ("stall", 1)]
QUOTA = {
    "message": "Requests per minute limit exceeded", "type": "too_many_requests_error", "param": "quota",
    "code": "request_quota_exceeded",
}
TRAFFIC = {
    "message": "We're experiencing high traffic right now! Please try again soon.", "type": "too_many_requests_error",
    "param": "queue", "code": "queue_exceeded",
}
TROUBLE = {
    "message": "Encountered a server error, please try again.", "type": "server_error", "param": "", "code": "",
}


def squeeze(text):
    """JSON text without the white space between tokens, everything else as it is."""
    return b"".join(TOKEN.findall(text))


def completion(prompt, padding=0):
    """The text that the server completes a prompt with."""
    mark = hashlib.sha256(prompt.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f" [{mark}] {prompt}" + "=" * padding


def tokens(text):
    """How many tokens the server counts."""
    return len(text.encode("utf-8", "surrogatepass")) // 4 + 1


def canonical(request):
    """The bytes that stand for a request, however its body is laid out."""
    return json.dumps(request, sort_keys=True, separators=(",", ":")).encode()


def response(request, padding=0):
    """The response's body for a request, in one of several layouts, with numbers and repeated names that a parser which
    makes values of them would lose."""
    digest = hashlib.sha256(canonical(request)).hexdigest()
    prompt = request["prompt"]
    text = completion(prompt, padding)
    asked, made = tokens(prompt), tokens(text)
    document = {
        "id": "chatcmpl-" + digest[:24],
        "choices": [{"index": 0, "finish_reason": "stop", "logprobs": None, "text": text, "tokens": None}],
        "created": 1765000000, "model": request["model"], "object": "text_completion",
        "usage": {"completion_tokens": made, "prompt_tokens": asked, "total_tokens": asked + made},
    }
    layout = int(digest[0], 16)
    indent = None if layout < 10 else 2
    made = json.dumps(document, indent=indent, ensure_ascii=layout % 2 == 0).encode("utf-8", "surrogatepass")
    odd = b'"time_info": {"queue_time": 4.6730e-05, "total_time": 1.50, "big": 123456789012345678901234567890}, "x": 1, "x": 2,'
    made = made.replace(b'"usage"', odd + b' "usage"', 1)
    return made.replace(b"\n", b"\r\n") if layout == 15 else made


class Counts:
    """What was asked and sent."""

    def __init__(self):
        # By the digest of a request.
        self.attempts = collections.Counter()
        self.whole = collections.Counter()
        self.outcomes = collections.Counter()
        self.in_flight = 0
        self.most_in_flight = 0

    def document(self):
        return {
            "requests": sum(self.attempts.values()), "distinct": len(self.attempts), "outcomes": dict(self.outcomes),
            "whole": sum(self.whole.values()), "repeated": sum(count - 1 for count in self.whole.values()),
            "most_in_flight": self.most_in_flight,
        }


class Connection(asyncio.Protocol):
    """One client's connection; requests come one after another."""

    def __init__(self, options, counts):
        self.options = options
        self.counts = counts
        self.buffer = bytearray()
        self.is_busy = False

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, error):
        if self.is_busy:
            self.counts.in_flight -= 1
            self.is_busy = False

    def data_received(self, data):
        self.buffer += data
        self.take()

    def take(self):
        """Begins with a request if all of it came."""
        if self.is_busy:
            return
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        length = LENGTH.search(self.buffer, 0, end)
        size = end + 4 + (int(length.group(1)) if length else 0)
        if len(self.buffer) < size:
            return
        is_post = self.buffer.startswith(b"POST /v1/completions ")
        is_counts = self.buffer.startswith(b"GET /counts ")
        body = bytes(self.buffer[end + 4:size])
        del self.buffer[:size]
        if not is_post:
            return self.send(200 if is_counts else 404, json.dumps(self.counts.document() if is_counts else {}).encode())
        self.is_busy = True
        self.counts.in_flight += 1
        self.counts.most_in_flight = max(self.counts.most_in_flight, self.counts.in_flight)
        if self.options.latency:
            asyncio.get_running_loop().call_later(self.options.latency, self.complete, body)
        else:
            self.complete(body)

    def complete(self, body):
        """Sends what the request gets, if the client is still there."""
        if self.transport.is_closing():
            return
        request = json.loads(body)
        key = hashlib.sha256(canonical(request)).digest()
        attempt = self.counts.attempts[key]
        self.counts.attempts[key] += 1
        fault = self.fault(key, attempt) if self.options.faults else None
        self.counts.outcomes[fault or "whole"] += 1
        if fault == "stall":
            return
        self.counts.in_flight -= 1
        self.is_busy = False
        if fault == "429":
            wait = key[0] % 10 + 1
            self.send(429, json.dumps(QUOTA if key[1] % 2 else TRAFFIC).encode(), f"retry-after-ms: {wait}\r\n")
        elif fault == "503":
            self.send(503, json.dumps(TROUBLE).encode(), "retry-after-ms: 5\r\n")
        elif fault == "reset":
            self.transport.abort()
        else:
            made = response(request, self.options.padding)
            if fault is None:
                self.counts.whole[key] += 1
                self.send(200, made)
            else:
                self.send(200, made, cut=len(made) * key[2] // 256)
        self.take()

    def fault(self, key, attempt):
        draw = hashlib.sha256(key + struct.pack("<QQ", attempt, self.options.seed)).digest()
        rest = int.from_bytes(draw[:4], "little") % 1000
        for name, share in FAULTS:
            rest -= share
            if rest < 0:
                return name
        return None

    def send(self, status, body, headers="", cut=None):
        head = (f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nx-request-id: {len(body):x}-test\r\n"
                f"{headers}content-length: {len(body)}\r\n\r\n").encode()
        self.transport.write(head + body[:cut])
        if cut is not None:
            self.transport.close()


class Server:
    """The server in a process of its own."""

    def __init__(self, *flags):
        self.process = subprocess.Popen([sys.executable, __file__, *map(str, flags)], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()

    def counts(self):
        with urllib.request.urlopen(self.url + "/counts") as reply:
            return json.load(reply)

    def post(self, body):
        """Status and body of a single call."""
        request = urllib.request.Request(self.url + "/v1/completions", data=body)
        with urllib.request.urlopen(request) as reply:
            return reply.status, reply.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


async def main(options):
    counts = Counts()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(options, counts), "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--latency", type=float, default=0)
    parser.add_argument("--padding", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asyncio.run(main(parser.parse_args()))
