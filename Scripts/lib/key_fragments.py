"""Has a server repeat the key at every place where a message cuts it off, in every split and spelling, by every way that
an error takes, and looks for any eight consecutive characters of it in what the program shows.

Usage: key_fragments.py CEREBRAS. Prints a line for each kind of attack; exits 1 with the first fragments that are shown.
"""

import base64
import concurrent.futures
import gzip
import itertools
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading

PROGRAM = sys.argv[1]
KEY = "csk-0a1B2c3D4e5F6g7H8i9JkLmNoPqRsTuV"
RUNS = {KEY[i:i + 8] for i in range(len(KEY) - 7)}
HOME = tempfile.TemporaryDirectory()
# What separates in texts, pages and event streams, bytes that are not UTF-8, and the escapes by which it is shown.
SEPARATORS = ["\n", "\r\n", " ", "\t", "\x1b", "\u200b", "\u00ad", "\U000e0041", "<b>", "</p>\n<p>", "\ndata: ", "\x00", "\u2028", "\udcff",
              "\udce2\udc80", "\ufffd"]
SHOWN = re.compile(r"<[^<>]*>|\\u\{[0-9a-f]+\}|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[nrt]|data: ?|\s|\ufffd")
REPLIES = {}


def serve(connection):
    """Answers one request with the reply whose number is in its path."""
    with connection:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(65536)
            if not piece:
                return
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        while length and len(body) < int(length[1]):
            body += connection.recv(65536)
        number = int(re.search(rb" /(\d+)/", head)[1])
        connection.sendall(REPLIES[number])


def listen():
    server = socket.create_server(("127.0.0.1", 0), backlog=256)

    def accept():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return server.getsockname()[1]


PORT = listen()
NUMBERS = itertools.count()


def reply(status, body, *headers, kind="application/json", missing=0):
    body = body if isinstance(body, bytes) else body.encode(errors="surrogateescape")
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body) + missing}", *headers]
    return "\r\n".join(lines + ["", ""]).encode(errors="surrogateescape") + body


def run(arguments, answer=None, stdin=None):
    """What a run shows besides a completion: standard error, and of previews standard output."""
    environment = {"PATH": os.environ["PATH"], "HOME": HOME.name, "CEREBRAS_API_KEY": KEY, "LC_ALL": "C.UTF-8"}
    if answer is not None:
        number = next(NUMBERS)
        REPLIES[number] = answer
        arguments = [*arguments, "--base-url", f"http://127.0.0.1:{PORT}/{number}"]
    done = subprocess.run([PROGRAM, *arguments], env=environment, input=stdin, capture_output=True, timeout=60,
                          stdin=None if stdin is not None else subprocess.DEVNULL)
    if done.returncode < 0 or done.returncode == 127:
        return f"the program ended with {done.returncode}: {done.stderr!r}", done
    return None, done


def fragments(shown):
    """The runs of the key that stand in a text, also when what separates is taken out of it."""
    text = shown.decode(errors="replace")
    joined = SHOWN.sub("", text)
    return [part for part in RUNS if part in text or part in joined]


def try_all(title, jobs):
    """Makes every run; each is the arguments, the reply, and whether standard output is looked at, too."""
    def one(job):
        arguments, answer, looks_at_output = job
        problem, done = run(arguments, answer)
        found = fragments(done.stderr + (done.stdout if looks_at_output else b""))
        if problem or found:
            return problem or f"{found} of {arguments} for {(answer or b'')[:300]!r}: {(done.stderr + done.stdout)[:600]!r}"
        return None

    jobs = list(jobs)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        failures = [failure for failure in pool.map(one, jobs) if failure]
    for failure in failures[:5]:
        print(f"FAIL: {failure}", file=sys.stderr)
    if failures:
        sys.exit(f"{title}: {len(failures)} of {len(jobs)} runs show a part of the key")
    print(f"{title}: {len(jobs)} runs, no eight characters of the key")


COMPLETE = ["complete", "x", "--max-retries", "0"]
DONE = '"finish_reason":"stop"'


def ways(text):
    """Every way in which a server's text comes to be shown: a name, the arguments, the reply."""
    quoted = json.dumps(text, ensure_ascii=False)[1:-1]
    line = re.sub(r"[\r\n\x00]", " ", text)
    event = lambda data: "".join(f"data: {part}\n" for part in data.split("\n")) + "\n"
    yield "not JSON", COMPLETE, reply("200 OK", text)
    yield "foreign", COMPLETE, reply("200 OK", f'{{"a":"{quoted}"}}')
    yield "no choice", COMPLETE, reply("200 OK", f'{{"choices":[],"a":"{quoted}"}}')
    yield "broken off", COMPLETE, reply("200 OK", f'{{"a":"{quoted}', missing=9)
    yield "a page", COMPLETE, reply("200 OK", f"<p>{text}</p>")
    yield "redirect", COMPLETE, reply("302 Found", "", f"Location: http://h/{line}")
    yield "content encoding", COMPLETE, reply("200 OK", "", f"Content-Encoding: {line}")
    yield "damaged gzip", COMPLETE, reply("200 OK", text, "Content-Encoding: gzip")
    yield "JSON error", [*COMPLETE, "--json", "-v"], reply(
        "401 Unauthorized", f'{{"message":"{quoted}","type":"{quoted}","param":"{quoted}","code":"{quoted}"}}',
        f"X-Request-ID: {line}", f"X-Echo: {line}")
    yield "detail", COMPLETE, reply("422 No", f'{{"detail":[{{"loc":["{quoted}"],"msg":"{quoted}"}}]}}')
    yield "plain error", COMPLETE, reply("403 Forbidden", text, kind="text/plain")
    yield "HTML error", COMPLETE, reply("502 Bad", f"<html><title>a</title><p>{text}</p>", kind="text/html")
    yield "status line", [*COMPLETE, "-v"], reply(f"500 {line}", "")
    yield "rate limits", [*COMPLETE, "--json"], reply(
        "429 Slow", f'{{"message":"{quoted}"}}', f"X-Ratelimit-Limit-Requests-Day: {line}",
        "X-Ratelimit-Remaining-Requests-Day: 0")
    yield "a retry", ["complete", "x", "--max-retries", "1"], reply("503 No", text, "Retry-After-Ms: 1")
    yield "a long wait", ["complete", "x", "--max-retries", "1"], reply("503 No", text, "Retry-After: 9999")
    yield "an error in a stream", [*COMPLETE, "--stream"], reply(
        "200 OK", event(f'{{"error":{{"message":"{quoted}","code":"{quoted}"}}}}'), kind="text/event-stream")
    yield "a foreign event", [*COMPLETE, "--stream", "-f", "jsonl"], reply(
        "200 OK", event(f'{{"a":"{text}"}}'), kind="text/event-stream")
    yield "an expectation", [*COMPLETE, "--expect", "text=b"], reply(
        "200 OK", f'{{"choices":[{{"index":0,"text":"{quoted}",{DONE}}}]}}')
    yield "a finish reason", [*COMPLETE, "--expect", "finish=b"], reply(
        "200 OK", f'{{"choices":[{{"index":0,"text":"a","finish_reason":"{quoted}"}}]}}')
    yield "usage", [*COMPLETE, "--usage=json"], reply(
        "200 OK", f'{{"choices":[{{"index":0,"text":"a",{DONE}}}],"usage":{{"{quoted}":"{quoted}"}}}}',
        f"X-Request-ID: {line}", f"X-Ratelimit-Limit-Tokens-{re.sub('[^!-9;-~]', '', line)}: {line}")
    yield "models, no list", ["models", "--max-retries", "0"], reply("200 OK", f'{{"a":"{quoted}"}}')
    yield "models, not JSON", ["models", "--max-retries", "0"], reply("200 OK", text)
    yield "models, a page", ["models", "--max-retries", "0"], reply("200 OK", f"<p>{text}")
    yield "models, an error", ["models", "--json", "-v", "--max-retries", "0"], reply("400 No", f'{{"error":"{quoted}"}}')


NAMES = [name for name, _, _ in ways("")]


def way(place, text):
    _, arguments, answer = next(itertools.islice(ways(text), place, None))
    return arguments, answer, False


# Where the key begins in a text: an excerpt ends after 60 characters, the words of a page after 200.
cuts = [*range(0, 68), *range(150, 208, 2)]
try_all("the key at every place where it is cut off",
        (way(i, "x" * cut + KEY + "y" * 200) for cut in cuts for i in range(len(NAMES))))

# A rotation has each way meet every place and, over the places, every separator.
try_all("the key split at every place",
        (way(i, "a: " + KEY[:cut] + SEPARATORS[(cut + i) % len(SEPARATORS)] + KEY[cut:] + " b")
         for cut in range(1, len(KEY)) for i in range(len(NAMES))))

try_all("every character of the key apart",
        (way(i, "a: " + separator.join(KEY)) for separator in SEPARATORS for i in range(len(NAMES))))

SPELLINGS = {
    "JSON": "".join(f"\\u{ord(c):04x}" for c in KEY), "JSON in JSON": "".join(f"\\\\u{ord(c):04x}" for c in KEY),
    "URL": "".join(f"%{ord(c):02X}" for c in KEY), "HTML": "".join(f"&#{ord(c)};" for c in KEY),
    "HTML hexadecimal": "".join(f"&#x{ord(c):x};" for c in KEY),
    **{f"base64 after {n}": base64.b64encode(b"u" * n + KEY.encode()).decode() for n in range(3)},
    "base64 for URLs": base64.urlsafe_b64encode(KEY.encode()).decode(),
}


def decoded(shown):
    """What a reader could make of a text: its escapes resolved, its base64 read at every place."""
    text = shown.decode(errors="replace")
    for _ in range(2):
        text = re.sub(r"\\+u([0-9a-f]{4})|%([0-9A-Fa-f]{2})|&#x([0-9a-f]+);",
                      lambda m: chr(int(m[1] or m[2] or m[3], 16)), text)
        text = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), text)
    for word in re.findall(r"[A-Za-z0-9+/_-]{11,}", text):
        for start in range(4):
            part = word[start:].translate(str.maketrans("-_", "+/"))
            text += "\n" + base64.b64decode(part[:len(part) // 4 * 4]).decode("latin-1")
    return text


problems = []
count = 0
for (name, spelling), i in itertools.product(SPELLINGS.items(), range(len(NAMES))):
    # What a message's JSON would resolve is tried as it stands, too.
    arguments, answer, _ = way(i, "a: " + spelling)
    problem, done = run(arguments, answer)
    count += 1
    found = [part for part in RUNS if part in decoded(done.stderr)]
    if problem or found:
        problems.append(f"{name}, {NAMES[i]}: {problem or found}: {done.stderr[:400]!r}")
for problem in problems[:5]:
    print(f"FAIL: {problem}", file=sys.stderr)
if problems:
    sys.exit(f"the key in other spellings: {len(problems)} of {count} runs show it")
print(f"the key in other spellings: {count} runs, no eight characters of the key in what they decode to")

# Every part of the key that a server could cut out of it, many to a reply.
parts = [KEY[a:b] for a in range(len(KEY)) for b in range(a + 1, len(KEY) + 1)]
lines = [f"X-Part-{i}: ...{part}..." for i, part in enumerate(parts)]
message = json.dumps({"message": " | ".join(f"...{part}..." for part in parts)})
try_all("every part of the key", [
    ([*COMPLETE, "-v", "--json"], reply("400 No", message, *lines[a:a + 60]), False) for a in range(0, len(lines), 60)
])

with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    file.write(KEY)
    file.flush()
    os.chmod(file.name, 0o600)
    own = ["--header", f"X-Note: a {KEY[:20]} b", "--header", f"X-Api-Token: {KEY}", "--header", f"Cookie: a={KEY}"]
    previews = [["--dry-run"], ["--curl"], ["--curl", "--encoding", "msgpack"], ["--curl", "--compress", "gzip"]]
    prompts = ["a " + KEY[:cut] + separator + KEY[cut:] for cut in range(0, len(KEY), 3)
               for separator in ("", "\n", " ", "\u200b", "<b>")]
    try_all("the key in the request that a preview shows",
            ((["complete", prompt, *flags, *own, "--api-key-file", file.name], None, True)
             for prompt in prompts for flags in previews[:2 if prompt != prompts[0] else 4]))

    # What a preview pipes through base64 is looked into.
    for flags in (["--encoding", "msgpack"], ["--compress", "gzip"], []):
        prompt = f"{KEY} " + "x" * (0 if flags else 120_000)
        problem, done = run(["complete", prompt, "--curl", *flags])
        data = base64.b64decode(re.search(rb"printf %s (\S+)", done.stdout)[1])
        data = gzip.decompress(data) if "gzip" in flags else data
        if problem or fragments(data):
            sys.exit(f"FAIL: {flags}: {problem or fragments(data)} in the body of --curl")
    print("the body that --curl pipes through base64: 3 runs, no eight characters of the key")

misplaced = [["--api-key-file", KEY], ["--api-key-command", KEY], ["--top-p", KEY], ["--header", KEY], ["--header", f"Authorization {KEY}"],
             ["--set", KEY], [f"--{KEY}"], ["--base-url", f"http://u:{KEY}@h"], ["--base-url", f"u:{KEY}@h"], ["--profile", KEY],
             ["--format", KEY], ["--prompt-file", KEY], ["--cacert", KEY], ["-o", f"/no/{KEY}"], ["--expect", KEY], ["--columns", KEY],
             ["--header-file", KEY], ["y", KEY], ["--logit-bias", KEY], ["--timeout", KEY], ["--seed", KEY]]
try_all("the key in the wrong place of a command line", [
    *(([command, "x", *words], None, True) for command in ("complete", "config") for words in misplaced),
    *((["models", *words], None, True) for words in misplaced), ([KEY], None, True), (["help", KEY], None, True),
    (["show", KEY], None, True), (["diff", KEY, KEY], None, True), (["models", "a", KEY], None, True)])
