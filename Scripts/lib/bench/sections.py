"""What is measured. Each section takes the bench, adds its rows, and needs nothing of the others."""

import json
import statistics
import subprocess

import servers
import streams
from measure import Command, compare

FORMATS = ("text", "jsonl", "json", "table", "tsv", "markdown", "heatmap", "html")
#: Of a stream: how many likely tokens each chunk has.
KINDS = {"no logprobs": 0, "5 logprobs": 5, "20 logprobs": 20}
PROMPT = "It was a dark and stormy night"


def startup(bench):
    """Commands that need no server."""
    saved = bench.folder / "saved.json"
    saved.write_bytes(streams.whole(8, 2))
    commands = {
        "curl --version": Command(["curl", "--version"]),
        "--version": bench.cerebras("--version"),
        "--help": bench.cerebras("--help"),
        "complete --help": bench.cerebras("complete", "--help"),
        "config": bench.cerebras("config"),
        "--generate complete-bash": bench.cerebras("--generate", "complete-bash"),
        "show of a small file": bench.cerebras("show", saved),
        "diff of two small files": bench.cerebras("diff", saved, saved),
    }
    add_wall_times(bench, "Start-up", commands, bench.runs(60))


def add_wall_times(bench, section, commands, runs):
    """Rows of wall times; the first command is curl's. A slow client is run less often."""
    figures = compare(commands, runs)
    wall = {name: [value * 1000 for value in figure.of("wall")] for name, figure in figures.items()}
    curl = next(iter(wall.values()))[0]
    sdk = wall.get("the vendor's SDK", [None])[0]
    for name, values in wall.items():
        bench.results.add(section, name, "ms", values, curl=values[0] / curl, SDK=sdk and values[0] / sdk)


def completion(bench):
    """One whole completion, by every client."""
    bench.nginx.serve("whole", [streams.whole(16, 0)])
    commands = {
        "curl": bench.curl("whole"),
        "complete": bench.complete("whole"),
        "the vendor's SDK": (bench.sdk("whole", stream=False), bench.runs(5)),
        "openai": (bench.openai("whole"), bench.runs(5)),
        "llm": (bench.llm("whole"), bench.runs(5)),
    }
    add_wall_times(bench, "One whole completion of 16 tokens", commands, bench.runs(60))


def stream(bench, count, kind):
    """A stream in every format: CPU time as a multiple of what curl needs to pass its bytes on, and peak memory."""
    name = f"{count}-{KINDS[kind]}.stream"
    path = bench.nginx.serve(name, streams.stream(count, KINDS[kind]))
    runs = bench.runs(3 if count > 10_000 else 10)
    commands = {"curl -N": bench.curl(name, "-N"), "show": bench.cerebras("show", path, "-f", "text")}
    for output in FORMATS:
        commands[output] = bench.complete(name, "--stream", "-f", output)
    commands["the vendor's SDK"] = (bench.sdk(name, stream=True), 1 if count > 10_000 else bench.runs(3))
    figures = compare(commands, runs)
    section = f"Stream of {count:,} chunks, {kind}: CPU time a chunk"
    cpu = {name: [value / count * 1e6 for value in figure.of("cpu")] for name, figure in figures.items()}
    for name, values in cpu.items():
        bench.results.add(section, name, "us", values, curl=values[0] / cpu["curl -N"][0],
                          SDK=values[0] / cpu["the vendor's SDK"][0])
    section = f"Stream of {count:,} chunks, {kind}: peak memory"
    size = path.stat().st_size
    bench.results.add(section, "bytes of the stream", "MB", [size / 1e6] * 3)
    for name, command in commands.items():
        add_memory(bench, section, name, command)


def add_memory(bench, section, name, command):
    """A row of the memory that a command takes in one run."""
    command = command[0] if isinstance(command, tuple) else command
    bench.results.add(section, name, "MB", [command.peak_memory() / 1e6] * 3)


def short_streams(bench):
    """Streams of 1,000 chunks."""
    for kind in KINDS:
        stream(bench, 1_000, kind)


def long_streams(bench):
    """Streams of 100,000 chunks."""
    for kind in KINDS:
        stream(bench, bench.size(100_000), kind)


def first_token(bench):
    """From the start of the program to the first byte that it writes."""
    events = list(streams.stream(2, 0))
    server = servers.PausingServer(events[0], b"".join(events[1:]))
    body = json.dumps({"model": "m", "prompt": PROMPT, "stream": True})
    commands = {
        "curl -N": Command(["curl", "-sN", "-H", "Content-Type: application/json", "-d", body,
                            f"{server.url}/v1/completions"]),
        "complete --stream": bench.cerebras("complete", PROMPT, "--stream", "--base-url", server.url),
    }
    times = {name: [] for name in commands}
    for turn in range(bench.runs(20) + 1):
        for name, command in commands.items():
            elapsed = servers.first_byte(command)
            if turn:
                times[name].append(elapsed * 1000)
    curl = statistics.median(times["curl -N"])
    for name, values in times.items():
        middle = statistics.median(values)
        bench.results.add("First token on the screen", name, "ms", [middle, min(values), max(values)], curl=middle / curl)


def large_requests(bench):
    """A prompt of 50,000 token IDs in each encoding, and one of 100 MB."""
    bench.nginx.serve("whole", [streams.whole(16, 0)])
    ids = [place * 7919 % 200_000 for place in range(50_000)]
    tokens = bench.folder / "tokens.json"
    tokens.write_text(json.dumps(ids))
    body = bench.folder / "tokens-body.json"
    body.write_text(json.dumps({"model": "m", "prompt": ids}, separators=(",", ":")))
    commands = {"curl --data-binary @FILE": bench.curl("whole", body=body)}
    for encoding in ("json", "msgpack"):
        for compression in ("none", "gzip"):
            commands[f"complete, {encoding}, {compression}"] = bench.complete(
                "whole", "--encoding", encoding, "--compress", compression, prompt=["--prompt-tokens-file", tokens])
    add_wall_times(bench, "Prompt of 50,000 token IDs", commands, bench.runs(20))
    text = "the quick brown fox jumps over the lazy dog, again and again; " * (bench.size(100_000_000) // 62)
    prompt = bench.folder / "prompt.txt"
    prompt.write_text(text)
    body.write_text(json.dumps({"model": "m", "prompt": text}))
    commands = {
        "curl --data-binary @FILE": bench.curl("whole", body=body),
        "complete --prompt-file FILE": bench.complete("whole", "--compress", "none", prompt=["--prompt-file", prompt]),
    }
    add_wall_times(bench, "Prompt of 100 MB", commands, bench.runs(3))


def saved_files(bench):
    """`show` and `diff` of 100 MB."""
    size = bench.size(100_000_000)
    pieces = list(streams.stream(min(200_000, size // 400), 5))
    one, two = bench.folder / "one.stream", bench.folder / "two.stream"
    for path in (one, two):
        with open(path, "wb") as file:
            file.writelines(streams.bytes_that_begin(size, pieces))
    commands = {"cat": Command(["cat", one], output="/dev/null")}
    for output in ("text", "jsonl", "table", "html"):
        commands[f"show -f {output}"] = bench.cerebras("show", one, "-f", output)
    commands["diff"] = bench.cerebras("diff", one, two)
    figures = compare(commands, bench.runs(2), warmups=0)
    for name, figure in figures.items():
        bench.results.add("Saved stream of 100 MB, 5 logprobs: CPU time", name, "s", figure.of("cpu"))
    for name, command in commands.items():
        add_memory(bench, "Saved stream of 100 MB, 5 logprobs: peak memory", name, command)


def batch(bench):
    """Many small requests at 64 in flight."""
    count = bench.size(20_000)
    bench.nginx.serve("whole", [streams.whole(16, 0)])
    rows, answers, config = bench.folder / "rows.jsonl", bench.folder / "answers", bench.folder / "curl.config"
    answers.mkdir(exist_ok=True)
    prompts = [f"{PROMPT}, {place}" for place in range(count)]
    rows.write_text("".join(json.dumps(prompt) + "\n" for prompt in prompts))
    url = f"{bench.nginx.url('whole')}/v1/completions"
    config.write_text("next\n".join(
        f'url = "{url}"\nsilent\nheader = "Content-Type: application/json"\n'
        f'data = {json.dumps(json.dumps({"model": "m", "max_tokens": 16, "prompt": prompt}))}\n'
        f'output = "{answers}/{place}"\n' for place, prompt in enumerate(prompts)))
    results = bench.folder / "results.jsonl"
    remove = f'rm -f "{results}" && exec "$0" "$@"'
    commands = {
        "curl --parallel": Command(["curl", "--parallel", "--parallel-max", "64", "--config", config]),
        "batch --concurrency 64": Command(
            ["sh", "-c", remove, bench.program, "batch", rows, "-o", results, "--max-tokens", "16", "--concurrency", "64",
             "--base-url", bench.nginx.url("whole")], bench.environment),
    }
    figures = compare(commands, bench.runs(3), warmups=0)
    curl = {name: figures["curl --parallel"].of(name)[0] for name in ("wall", "cpu")}
    for name, figure in figures.items():
        middle, least, most = figure.of("wall")
        bench.results.add(f"{count:,} requests, 64 in flight: a second", name, "requests",
                          [count / middle, count / most, count / least], curl=curl["wall"] / middle)
    for name, figure in figures.items():
        values = [value / count * 1e6 for value in figure.of("cpu")]
        bench.results.add(f"{count:,} requests, 64 in flight: CPU time of each", name, "us", values,
                          curl=figure.of("cpu")[0] / curl["cpu"])


def score(bench):
    """A text of many tokens, which the server repeats with their log probabilities."""
    count = bench.size(100_000)
    text, response = streams.echo(count)
    bench.nginx.serve("echo", [response])
    file, body = bench.folder / "text.txt", bench.folder / "text-body.json"
    file.write_text(text)
    body.write_text(json.dumps({"model": "m", "prompt": text, "max_tokens": 1, "echo": True, "logprobs": 1}))
    commands = {"curl --data-binary @FILE": bench.curl("echo", body=body)}
    for output in ("table", "json", "html"):
        commands[f"score --text-file FILE -f {output}"] = bench.cerebras(
            "score", "--text-file", file, "-f", output, "--model", "m", "--base-url", bench.nginx.url("echo"))
    figures = compare(commands, bench.runs(5))
    curl = figures["curl --data-binary @FILE"].of("cpu")[0]
    for name, figure in figures.items():
        values = [value / count * 1e6 for value in figure.of("cpu")]
        bench.results.add(f"Score of a text of {count:,} tokens: CPU time a token", name, "us", values,
                          curl=figure.of("cpu")[0] / curl)
    for name, command in commands.items():
        add_memory(bench, f"Score of a text of {count:,} tokens: peak memory", name, command)


def binary(bench):
    """The program's file."""
    stripped = bench.folder / "stripped"
    subprocess.run(["strip", "-o", stripped, bench.program], check=True)
    libraries = [line for line in output(["readelf", "-d", bench.program]) if "(NEEDED)" in line]
    relocations = [line for line in output(["readelf", "-rW", bench.program]) if "R_" in line]
    symbols = output(["nm", "-D", "--defined-only", bench.program])
    for name, unit, value in (
        ("size, stripped", "MB", stripped.stat().st_size / 1e6), ("shared libraries", "", len(libraries)),
        ("relocations", "", len(relocations)), ("exported symbols", "", len(symbols)),
    ):
        bench.results.add("The program", name, unit, [value] * 3)


def output(command):
    """The lines that a command prints."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout.splitlines()


ALL = {
    "startup": startup, "completion": completion, "first-token": first_token, "short-streams": short_streams,
    "long-streams": long_streams, "large-requests": large_requests, "saved-files": saved_files, "batch": batch, "score": score,
    "binary": binary,
}
