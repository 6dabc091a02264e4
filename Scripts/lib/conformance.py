"""Compares what the vendor's SDK and the program at argv[1] send for the same parameters."""

import gzip
import http.server
import json
import math
import os
import random
import resource
import struct
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
    ({"extra_body": {"reasoning_format": "hidden"}}, ["--reasoning-format", "hidden"]),
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
    command = [PROGRAM, "complete", "-q", "--allow-empty-prompt", *flags, *extra]
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


def doubles():
    """20,000 doubles, the same each time: the edges, powers of two and ten with their neighbors, and random bits."""
    numbers = [0.0, -0.0, 0.1, 1 / 3, 5e-324, 2.225073858507201e-308, 2.2250738585072014e-308, sys.float_info.max]
    powers = [math.ldexp(1, exponent) for exponent in range(-1074, 1024)]
    powers += [float(f"1e{exponent}") for exponent in range(-323, 309)]
    for power in powers:
        numbers += [power, math.nextafter(power, 0), math.nextafter(power, math.inf)]
    random.seed(7)
    while len(numbers) < 20_000:
        # Half of any size, half of the sizes that the flags take.
        number = struct.unpack("<d", random.randbytes(8))[0] if len(numbers) % 2 else random.uniform(-100, 100)
        if math.isfinite(number):
            numbers.append(round(number, random.randint(0, 17)) if random.random() < 0.2 else number)
    return numbers


def same(number, digits):
    return struct.pack("<d", float(digits)) == struct.pack("<d", number)


def check_numbers():
    """Numbers have the digits of Python's repr where the program chooses them, and the user's own with --set."""
    numbers = doubles()
    for start in range(0, len(numbers), 4000):
        part = numbers[start:start + 4000]
        text = "[" + ",".join(map(repr, part)) + "]"
        flags = ["--prompt", "x", "--compress", "none", "--dry-run=body", "--set", f"a={text}"]
        assert text.encode() in run(flags)
        packed = run([*flags, "--encoding", "msgpack"])
        values = msgpack.unpackb(packed)["a"]
        assert len(values) == len(part) and all(map(same, part, values)), start
        # Each in the shorter form that holds it exactly.
        assert len(packed) == len(msgpack.packb({"model": "gpt-oss-120b", "prompt": "x", "a": None})) - 1 + len(
            msgpack.packb([None] * len(part))) + sum(4 if fits_single(number) else 8 for number in part), start
    biases = [number for number in numbers if abs(number) <= 100]
    for start in range(0, len(biases), 2000):
        part = biases[start:start + 2000]
        flags = ["--prompt", "x", "--compress", "none", "--dry-run=body"]
        for token, number in enumerate(part):
            flags += ["--logit-bias", f"{token}={number!r}"]
        spelled = json.loads(run(flags), parse_float=str, parse_int=str)["logit_bias"]
        packed = msgpack.unpackb(run([*flags, "--encoding", "msgpack"]))["logit_bias"]
        for token, number in enumerate(part):
            # A whole number needs no fraction.
            assert spelled[str(token)] == repr(number).removesuffix(".0"), (spelled[str(token)], number)
            assert same(number, packed[str(token)]), (packed[str(token)], number)
    print(f"{len(numbers)} doubles in JSON and MessagePack, {len(biases)} of them in the digits of Python's repr")


def fits_single(number):
    try:
        return struct.unpack("<f", struct.pack("<f", number))[0] == number
    except OverflowError:
        return False


def check_integers():
    """Whole numbers at every width's edge, and collections at every length's, in the smallest form of MessagePack."""
    edges = {sign * (2**width + step) for width in range(65) for step in (-1, 0, 1) for sign in (1, -1)}
    values = [sorted(number for number in edges if -(2**63) <= number < 2**64)]
    values += ["a" * length for length in (0, 31, 32, 255, 256, 65_535, 65_536)]
    values += [[0] * length for length in (0, 15, 16, 20_000)]
    values += [{f"{key}": 0 for key in range(length)} for length in (0, 15, 16, 5_000)]
    for value in values:
        text = json.dumps(value, separators=(",", ":"))
        flags = ["--prompt", "x", "--compress", "none", "--dry-run=body", "--set", f"a={text}", "--encoding", "msgpack"]
        assert run(flags).endswith(msgpack.packb(value)), text[:80]


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
    """A prompt of 100 MB, with a line break to escape after every word, costs less than three times its size."""
    size = 100_000_000
    path = os.path.join(os.path.dirname(sys.executable), "prompt.txt")
    with open(path, "w", encoding="ascii") as file:
        file.write("word\n" * (size // 5))
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
check_integers()
check_sizes()
check_memory()
