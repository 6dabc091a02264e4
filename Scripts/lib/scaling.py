"""CPU time of show, diff, score and batch at a size and at four times that size.

Usage: scaling.py CEREBRAS [SHAPE...]. Every output of every shape of reply, every score and every batch may take at most six
times the CPU time for four times the data. The size is chosen for each pair, so that a run is long enough for its time to
mean something. Prints a line for each shape, and the greatest ratio of all.
"""

import concurrent.futures
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

import canned
from measured import missed

LIMIT = 6
#: Seconds of CPU time that a run at the smaller size should take, and the bytes that no reply exceeds.
ENOUGH, LARGEST = 0.1, 32 << 20
#: A time below this counts as this long: of so little even the clock's ticks are much.
LEAST = 0.03
RUNS = 2
#: Further runs of the larger size where it seems too slow: what else the machine does passes, a quadratic loop does not.
DOUBTS = 5
#: Seconds after which a run is ended and has failed.
LONGEST = 20


def usage(command, **options):
    """Runs a command; gives its exit status, and the seconds of user time and of wall time that it took."""
    begin = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **options)
    timer = threading.Timer(LONGEST, child.kill)
    timer.start()
    _, status, spent = os.wait4(child.pid, 0)
    timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(status)
    return child.returncode, spent.ru_utime, time.monotonic() - begin


def check_usage():
    """The measure itself, on what is known: sleeping is no CPU time, and three times the work is three times the time."""
    status, user, wall = usage(["sleep", "0.2"])
    assert status == 0 and user < 0.02 and 0.2 <= wall < 0.4, (status, user, wall)
    burn = "x = 0\nfor i in range({}): x += i"
    once, thrice = (min(usage([sys.executable, "-S", "-c", burn.format(n * 2_000_000)])[1] for _ in range(RUNS))
                    for n in (1, 3))
    assert 2 < thrice / once < 4, (once, thrice)
    print(f"measure: sleep 0.2 took {wall * 1000:.0f} ms of wall time; three times the work {thrice / once:.1f} times")


def choice(text, tokens, index=0, offsets=None, tops=None):
    logprobs = {"tokens": tokens, "token_logprobs": [-0.5 - place % 5 for place in range(len(tokens))]}
    if offsets:
        logprobs["text_offset"] = offsets
    logprobs["top_logprobs"] = tops or [{"a": -1, "b": -2} for _ in tokens]
    return {"index": index, "text": text, "finish_reason": "stop", "logprobs": logprobs}


def reply(*choices, **members):
    return json.dumps({"id": "x", "choices": choices, **members}, ensure_ascii=False).encode()


def words(tokens, offsets=True):
    starts, at = [], 0
    for token in tokens:
        starts.append(at)
        at += len(token)
    return reply(choice("".join(tokens), tokens, offsets=starts if offsets else None))


def spelled(n):
    """Tokens in byte-level spelling."""
    return reply(choice(" the\u00e9\n" * n, ["\u0120the", "\u00c3\u00a9", "\u010a"] * n))


def bare(n):
    """Tokens that are a character's bytes."""
    content = [{"token": "\ufffd", "bytes": list(part), "logprob": -1} for part in (b"\xe5\xa4", b"\x9c")] * n
    return reply({"index": 0, "text": "\u591c" * n, "finish_reason": "stop", "logprobs": {"content": content}})


def unnamed(n):
    """Tokens without text, of which the offsets are known."""
    logprobs = {"token_logprobs": [-1] * n, "text_offset": list(range(0, 3 * n, 3))}
    return reply({"index": 0, "text": "\u591c a" * n, "finish_reason": "stop", "logprobs": logprobs})


def keys(n):
    members = {f"key{place}": place for place in range(n)}
    return reply(choice("ab", ["a", "b"]), usage=members, **members)


def alternatives(n):
    return reply(choice("a", ["a"], tops=[{f"word{place}": -place for place in range(n)}]))


def choices(n):
    return reply(*(choice("a b", ["a", " b"], index=place) for place in range(n)))


def event(text, tokens, index=0, reason=None):
    chunk = {"id": "x", "choices": [{**choice(text, tokens, index), "finish_reason": reason}]}
    return b"data: " + json.dumps(chunk, ensure_ascii=False).encode() + b"\n\n"


def events(n, late=0):
    """A stream of small events; with late, the text of each token comes so many events after it."""
    tokens = [f" word{place % 1000}" for place in range(n)]
    texts = [""] * late + tokens
    pairs = ((text, tokens[place:place + 1]) for place, text in enumerate(texts))
    return b"".join(event(text, own) for text, own in pairs) + event("", [], reason="stop")


def many_choices(n):
    return b"".join(event("a", ["a"], place, "stop") for place in range(n))


def members_of_chunks(n):
    """A stream each of whose events brings a member of its own."""
    chunks = ({"id": "x", f"key{place}": 1, "choices": [{"index": 0, "text": "a", f"own{place}": 1}]} for place in range(n))
    lines = b"".join(b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in chunks)
    return lines + event("", [], reason="stop")


#: How a reply of size n is made.
SHAPES = {
    "ASCII": lambda n: words([f" word{place % 1000}" for place in range(n)]),
    "Japanese": lambda n: words(["\u591c\u306e", "\u6d77", "\u3002"] * n),
    "empty tokens": lambda n: reply(choice("\u591c" * n, ["\u591c"] + [""] * n)),
    "partial characters": lambda n: reply(choice("\u591c" * n, ["\ufffd"] * n)),
    "characters of bytes": bare,
    "byte-level spelling": spelled,
    "tokens without text": unnamed,
    "tokens of another text": lambda n: reply(choice("a b c " * n, ["xy", "a ", "ab "] * n)),
    "distinct keys": keys,
    "alternatives": alternatives,
    "one long ASCII token": lambda n: words(["a" * 8 * n]),
    "one long Japanese token": lambda n: words(["\u591c\u306e" * n]),
    "lines and controls": lambda n: words(["a\n\x1b\"\\|`<&\u202e" * n]),
    "many choices": choices,
    "many choices, streamed": many_choices,
    "many events": events,
    "text behind its tokens": lambda n: events(n, n // 2),
    "many members, streamed": members_of_chunks,
    "one long line": lambda n: event("a" * 8 * n, ["a" * 8 * n], reason="stop"),
}
FORMATS = ["text", "table", "tsv", "markdown", "html", "heatmap", "json", "jsonl"]
#: Stand for the reply, and for one with other keys and another end.
FILE, OTHER = "FILE", "OTHER"
#: The command line of each output.
OUTPUTS = {name: ["show", FILE, "--format", name] for name in FORMATS} | {
    "diff": ["diff", FILE, OTHER],
    "diff --json": ["diff", FILE, OTHER, "--json"],
    "diff -f html": ["diff", FILE, OTHER, "-f", "html"],
}


class Scaling:
    """One shape's replies, which are made once for each size."""

    def __init__(self, program, folder, shape):
        self.program, self.folder, self.shape, self.sizes = program, folder, shape, {}
        self.size = 500

    def path(self, n):
        if n not in self.sizes:
            path = f"{self.folder}/{list(SHAPES).index(self.shape)}-{n}"
            data = SHAPES[self.shape](n)
            for name, content in (path, data), (path + OTHER, data.replace(b'"key', b'"new').replace(b"stop", b"length")):
                with open(name, "wb") as file:
                    file.write(content)
            self.sizes[n] = path
        return self.sizes[n]

    def words(self, output, n):
        """The command line of an output at a size."""
        return [self.path(n) + OTHER if word == OTHER else self.path(n) if word == FILE else word for word in OUTPUTS[output]]

    def seconds(self, output, n):
        status, user, _ = usage([self.program, *self.words(output, n)], stderr=subprocess.DEVNULL)
        if status not in (0, 10, -signal.SIGKILL):
            raise ValueError(f"FAIL: {self.shape}, {output}: exit status {status}")
        return user

    def ratio(self, output):
        """How many times the CPU time four times the data take; and that time, and the size."""
        # Outputs of one shape are about as fast as each other.
        n = self.size
        few = self.seconds(output, n)
        while few < ENOUGH and 8 * os.path.getsize(self.path(n)) < LARGEST:
            n *= 2
            few = self.seconds(output, n)
        self.size = max(500, n // 2)
        few = min(few, *(self.seconds(output, n) for _ in range(RUNS - 1)))
        many = self.seconds(output, 4 * n)
        for _ in range(DOUBTS):
            if many <= LIMIT * max(few, LEAST):
                break
            many = min(many, self.seconds(output, 4 * n))
        return many / max(few, LEAST), many, n

    def close(self):
        for path in self.sizes.values():
            os.unlink(path)
            os.unlink(path + OTHER)


def echo(n):
    """A text of `n` tokens, and a response that repeats it with their log probabilities and goes on by one token."""
    tokens = [f" word{place % 1000}" for place in range(n)]
    value = json.loads(words([*tokens, " end"]))
    value["choices"][0]["logprobs"]["token_logprobs"][0] = None
    return "".join(tokens).encode(), json.dumps(value).encode()


class Served(Scaling):
    """Commands whose requests are answered from this process: one text, or many rows."""

    def __init__(self, program, folder, shape):
        super().__init__(program, folder, shape)
        self.bodies = {}
        self.url = canned.serve(self.answer)

    def answer(self, connection):
        """Answers each request of a connection with the body that its path names."""
        data = b""
        while True:
            while b"\r\n\r\n" not in data:
                part = connection.recv(1 << 20)
                if not part:
                    return
                data += part
            head, _, data = data.partition(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
            while len(data) < length:
                data += connection.recv(1 << 20)
            data = data[length:]
            body = self.bodies[head.split(b" ")[1].split(b"/")[1].decode()]
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
                               + body)

    def path(self, n):
        if n not in self.sizes:
            path = f"{self.folder}/served-{n}"
            text, self.bodies[f"echo-{n}"] = echo(n)
            self.bodies["row"] = reply(choice("a b", ["a", " b"]), usage={"prompt_tokens": 1, "completion_tokens": 2})
            rows = "".join(f'{{"id":"{place}","prompt":"word {place}"}}\n' for place in range(n)).encode()
            for name, content in (path, text), (path + OTHER, rows):
                with open(name, "wb") as file:
                    file.write(content)
            self.sizes[n] = path
        return self.sizes[n]

    def words(self, output, n):
        path = self.path(n)
        results = f"{path}-{output}.jsonl"
        if output.startswith("score"):
            flags = ["--format", output.split()[1]] if " " in output else []
            return ["score", "--text-file", path, "--base-url", f"{self.url}/echo-{n}", *flags]
        if output == "batch --dry-run":
            return ["batch", path + OTHER, "--dry-run"]
        if os.path.exists(results):
            os.unlink(results)
        return ["batch", path + OTHER, "-o", results, "--base-url", f"{self.url}/row", "--concurrency", "8"]


#: What is measured at a server.
SERVED = ["score", "score json", "score heatmap", "score html", "batch", "batch --dry-run"]


def measure(program, folder, shape):
    scaling = (Served if shape == "requests" else Scaling)(program, folder, shape)
    result = {output: scaling.ratio(output) for output in (SERVED if shape == "requests" else OUTPUTS)}
    scaling.close()
    return shape, result


def main(program, *shapes):
    check_usage()
    failed = []
    greatest = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for shape, result in pool.map(lambda shape: measure(program, folder, shape), shapes or [*SHAPES, "requests"]):
            output, (ratio, seconds, n) = max(result.items(), key=lambda item: item[1][0])
            print(f"{shape}: at most {ratio:.1f} times the time for four times the data ({output}, {4 * n}: {seconds:.2f} s)",
                  flush=True)
            greatest = max(greatest, ratio)
            failed += [f"{shape}, {output}: {ratio:.1f} times ({4 * n}: {seconds:.2f} s)"
                       for output, (ratio, seconds, n) in result.items() if ratio > LIMIT]
    if failed:
        missed("more than linear:\n" + "\n".join(failed))
    print(f"{len(SHAPES)} shapes in {len(OUTPUTS)} outputs, and {len(SERVED)} commands at a server: at most {greatest:.1f} times "
          "the time for four times the data")


main(*sys.argv[1:])
