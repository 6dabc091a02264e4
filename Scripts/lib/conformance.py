"""Compares what the vendor's SDK and the program at argv[1] send for the same parameters."""

import gzip
import http.server
import json
import math
import os
import random
import resource
import subprocess
import sys
import threading

import msgpack
from cerebras.cloud.sdk import Cerebras

PROGRAM = sys.argv[1]
REPLY = json.dumps({
    "id": "r", "object": "text_completion", "created": 1, "model": "m", "system_fingerprint": "f",
    "choices": [{"index": 0, "text": "ok", "finish_reason": "stop"}],
}).encode()
recorded = []


class Recorder(http.server.BaseHTTPRequestHandler):
    """Keeps each completions request and answers it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(b"{}")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        recorded.append((dict(self.headers), body))
        self.answer(REPLY)

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
threading.Thread(target=server.serve_forever, daemon=True).start()
URL = f"http://127.0.0.1:{server.server_port}"
os.environ.update(CEREBRAS_API_KEY="key", CEREBRAS_BASE_URL=URL)
for name in ("CEREBRAS_MODEL", "HTTP_PROXY", "http_proxy"):
    os.environ.pop(name, None)
client = Cerebras(api_key="key", base_url=URL, max_retries=0)

# What the SDK is given, and the same as flags. The model and, if not given, the prompt are added to both.
TEXTS = {
    "plain": "It was a dark and stormy night", "unicode": "é夜ß\u0301 Ω\u2028", "emoji": "👨‍👩‍👧🇩🇪😀",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\"\\/", "empty": "", "crlf": "a\r\nb\r", "long": "word " * 5000,
}
CALLS = [({"prompt": text}, ["--prompt", text]) for text in TEXTS.values()]
CALLS += [
    ({"prompt": ["one", "two", ""]}, ["--prompt", "one", "--prompt", "two", "--prompt", ""]),
    ({"prompt": [1, 2, 199999]}, ["--prompt-tokens", "1,2,199999"]),
    ({"prompt": [[1], [2, 3]]}, ["--prompt-tokens", "1", "--prompt-tokens", "2,3"]),
    ({"max_tokens": 0}, ["--max-tokens", "0"]),
    ({"max_tokens": 2**31}, ["--max-tokens", str(2**31)]),
    ({"min_tokens": -1}, ["--min-tokens", "-1"]),
    ({"seed": -(2**63)}, ["--seed", str(-(2**63))]),
    ({"seed": 2**63 - 1}, ["--seed", str(2**63 - 1)]),
    ({"temperature": 0.0}, ["-t0"]),
    ({"temperature": 0.1 + 0.2}, ["--temperature", repr(0.1 + 0.2)]),
    ({"temperature": 5e-324}, ["--temperature", "5e-324"]),
    ({"top_p": 1.0}, ["--top-p", "1.0"]),
    ({"top_p": 1 / 3}, ["--top-p", repr(1 / 3)]),
    ({"stop": ["\n"]}, ["--stop", "\n"]),
    ({"stop": ["a", "b", "é", "😀"]}, ["--stop", "a", "--stop", "b", "--stop", "é", "--stop", "😀"]),
    ({"logprobs": 0}, ["--logprobs", "0"]),
    ({"logprobs": 20}, ["--logprobs", "20"]),
    ({"echo": True}, ["--echo"]),
    ({"return_raw_tokens": True}, ["--return-raw-tokens"]),
    ({"grammar_root": "value"}, ["--grammar-root", "value"]),
    ({"user": "Zoë"}, ["--user", "Zoë"]),
    ({"n": 3}, ["--n", "3"]),
    ({"best_of": 4, "n": 2}, ["--best-of", "4", "--n", "2"]),
    ({"frequency_penalty": -2.0}, ["--frequency-penalty", "-2"]),
    ({"presence_penalty": 1.25}, ["--presence-penalty", "1.25"]),
    ({"logit_bias": {"5": -100, "70000": 2.5}}, ["--logit-bias", "5=-100", "--logit-bias", "70000=2.5"]),
    ({"extra_body": {"prompt_cache_key": "k" * 1024}}, ["--prompt-cache-key", "k" * 1024]),
    ({"extra_body": {"new": [1, None, "x"]}}, ["--set", 'new=[1,null,"x"]']),
    ({
        "prompt": TEXTS["unicode"], "max_tokens": 7, "min_tokens": 1, "seed": 7, "temperature": 0.7, "top_p": 0.9,
        "stop": ["."], "logprobs": 5, "echo": True, "user": "u", "n": 2, "best_of": 2, "frequency_penalty": 0.5,
        "presence_penalty": 0.5, "grammar_root": "root",
    }, [
        "--prompt", TEXTS["unicode"], "--max-tokens", "7", "--min-tokens", "1", "--seed", "7", "-t", "0.7", "--top-p",
        "0.9", "--stop", ".", "--logprobs", "5", "--echo", "--user", "u", "--n", "2", "--best-of", "2",
        "--frequency-penalty", "0.5", "--presence-penalty", "0.5", "--grammar-root", "root",
    ]),
]


def last():
    headers, body = recorded.pop()
    assert not recorded, "more than one request"
    return headers, body


def decode(headers, body):
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return msgpack.unpackb(body) if headers["Content-Type"] == "application/vnd.msgpack" else json.loads(body)


def run(flags, *extra):
    command = [PROGRAM, "complete", "-q", *flags, *extra]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=60).stdout


def check(call, flags):
    flags = ["--model", "gpt-oss-120b", *flags]
    if "prompt" not in call:
        call, flags = {"prompt": "x", **call}, [*flags, "--prompt", "x"]
    client.completions.create(model="gpt-oss-120b", **call)
    expected = decode(*last())
    for encoding in ("json", "msgpack"):
        for compression in ("none", "gzip"):
            how = ["--encoding", encoding, "--compress", compression]
            run(flags, *how)
            headers, body = last()
            assert decode(headers, body) == expected, (call, how)
            assert run(flags, *how, "--dry-run=body") == body, (call, how, "--dry-run=body")
            command = run(flags, *how, "--curl")
            subprocess.run(["sh", "-c", command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            curl_headers, curl_body = last()
            assert curl_body == body, (call, how, "--curl")
            assert {k.lower(): v for k, v in curl_headers.items()} == {k.lower(): v for k, v in headers.items()}, how


def check_numbers():
    """Numbers in their shortest digits: those that Python's repr has."""
    random.seed(7)
    numbers = [0.1, 1e21, 1e22, 1.5e300, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 123456789.125]
    numbers += [random.uniform(-2, 2) * 10 ** random.randint(-30, 30) for _ in range(40)]
    for number in numbers:
        bias = f"7={number!r}"
        if abs(number) > 100:
            continue
        body = run(["--prompt", "x", "--logit-bias", bias], "--dry-run=body")
        digits = body.split(b'"7":')[1].split(b"}")[0].decode()
        assert float(digits) == number and len(digits) <= len(repr(number)), (digits, number)


def check_sizes():
    """50,000 token IDs drawn log-uniformly from 0 to 199,999, as token use is."""
    random.seed(1)
    ids = [int(math.exp(random.uniform(0, math.log(200_000)))) - 1 for _ in range(50_000)]
    path = os.path.join(os.path.dirname(sys.executable), "tokens.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(ids, file)
    sizes = {}
    for encoding in ("json", "msgpack"):
        for compression in ("none", "gzip"):
            body = run(["--prompt-tokens-file", path, "--encoding", encoding, "--compress", compression], "--dry-run=body")
            kind = "application/vnd.msgpack" if encoding == "msgpack" else "application/json"
            headers = {"Content-Type": kind} | ({"Content-Encoding": "gzip"} if compression == "gzip" else {})
            assert decode(headers, body)["prompt"] == ids
            sizes[encoding, compression] = len(body)
    plain = sizes["json", "none"]
    for key, least in (("msgpack", "none"), 0.40), (("json", "gzip"), 0.50), (("msgpack", "gzip"), 0.52):
        saved = 1 - sizes[key] / plain
        print(f"50,000 token IDs, {'+'.join(key)}: {plain} -> {sizes[key]} bytes, {saved:.1%} smaller")
        assert saved >= least, key
    assert min(sizes.values()) == sizes["msgpack", "gzip"]


def check_memory():
    """A prompt of 100 MB costs less than three times its size."""
    size = 100_000_000
    path = os.path.join(os.path.dirname(sys.executable), "prompt.txt")
    with open(path, "w", encoding="ascii") as file:
        file.write("word " * (size // 5))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    run(["--prompt-file", path])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert len(json.loads(last()[1])["prompt"]) == size
    assert before * 1024 < peak < 3 * size, peak
    print(f"a prompt of 100 MB: peak memory {peak / 1e6:.0f} MB")


for call, flags in CALLS:
    check(call, flags)
print(f"{len(CALLS)} parameter sets in 4 encodings: equal to the SDK's, and curl sends the same bytes")
check_numbers()
check_sizes()
check_memory()
