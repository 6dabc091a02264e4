"""Pace: a batch keeps to the limits of a server that refuses what is over them, and uses what they admit.

Usage: batch_pace.py CEREBRAS CEREBRAS-SANDBOX [--long]. Prints a line for each thing shown.
"""

import argparse
import asyncio
import collections
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

import batch_runs
from batch_runs import fail
from measured import missed

parser = argparse.ArgumentParser()
parser.add_argument("program", type=os.path.abspath)
parser.add_argument("sandbox", type=os.path.abspath)
parser.add_argument("--long", action="store_true")
OPTIONS = parser.parse_args()
SECONDS = 300 if OPTIONS.long else 45
# Of what the limits admit in the time that a run takes, and of the requests that are refused.
USED, REFUSED = 0.95, 0.02
# How far an estimate of tokens may be away that no response has corrected; BatchTests show what 100 responses make of it.
ESTIMATED = 0.2


class Sandbox:
    """The sandbox, and in front of it a relay that counts the statuses of its responses."""

    STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")

    def __init__(self, *flags):
        self.process = subprocess.Popen([OPTIONS.sandbox, *map(str, flags)], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])
        self.statuses = collections.Counter()
        # Of the first and the last response that is no refusal.
        self.first = self.last = None
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self.serve, args=(ready,), daemon=True).start()
        ready.wait()

    def serve(self, ready):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.connect, "127.0.0.1", 0, backlog=256))
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        self.loop.run_forever()

    async def connect(self, reader, writer):
        back, forth = await asyncio.open_connection("127.0.0.1", self.port)
        await asyncio.gather(self.copy(reader, forth, False), self.copy(back, writer, True))

    async def copy(self, source, target, is_reply):
        try:
            while data := await source.read(1 << 16):
                if is_reply:
                    self.count(data)
                target.write(data)
                await target.drain()
        except OSError:
            pass
        target.close()

    def count(self, data):
        # A head comes in one piece: the sandbox writes it at once, and it is small.
        for status in self.STATUS.findall(data):
            self.statuses[int(status)] += 1
            if status == b"200":
                self.last = time.monotonic()
                self.first = self.first or self.last

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def post(url, body):
    """The status and the document that a body gets."""
    call = urllib.request.Request(url + "/v1/completions", data=json.dumps(body).encode(),
                                  headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(call) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def check_counting():
    """A limit of 5 admits 5 of 12 requests that come at once; that is what is counted, and all that was admitted."""
    sandbox = Sandbox("--rpm", 5)
    statuses = collections.Counter(post(sandbox.url, {"model": batch_runs.MODEL, "prompt": "x", "max_tokens": 1})[0]
                                   for _ in range(12))
    if statuses != {200: 5, 429: 7} or sandbox.statuses != statuses:
        fail(f"12 requests at a limit of 5 get {statuses}, of which {sandbox.statuses} are counted")
    used = share(5, 5, sandbox.last - sandbox.first)
    if not 0.9 < used <= 1.0:
        fail(f"{used:.0%} of the limit are said to be used where all of it is")
    sandbox.end()


def share(spent, limit, seconds):
    """How much of what a limit per minute admits in a time, which begins with a full minute's, was spent."""
    return spent / (limit + limit / 60 * seconds)


TEXTS = {
    "English": "The keeper of the lighthouse wrote down the weather every evening, and nobody ever read what he had written. "
               "When the storm came at last, his notes were the only ones that told how the wind had turned.",
    "code": "for (int index = 0; index < count; index++) {\n    total += values[index] * weights[index];\n}\nreturn total / "
            "(double) count;\n\ndef mean(values):\n    return sum(values) / len(values)\n",
    "Japanese": "灯台守は毎晩天気を書き留めていたが、誰もそれを読まなかった。ついに嵐が来たとき、"
                "風がどう変わったかを伝えるものは彼の記録だけだった。",
}


def prompts(count, text):
    """Parts of a text of many lengths, each another one."""
    return [f"{n} " + text[n % 40:][:20 + 7 * n % 150] for n in range(count)]


def show_pace(folder, name, count, most, server, client):
    """Runs rows against limits; gives what was used of the tighter one."""
    sandbox = Sandbox(*server)
    source, target = os.path.join(folder, name + ".jsonl"), os.path.join(folder, name + ".out")
    batch_runs.write_lines(source, (json.dumps(prompt) for prompt in prompts(count, TEXTS["English"])))
    begin = time.monotonic()
    done = batch_runs.run(
        [OPTIONS.program, "batch", source, "-o", target, "--model", batch_runs.MODEL, "--max-tokens", most,
         "--max-retries", 8, *client], batch_runs.environment(sandbox.url), timeout=SECONDS * 4)
    seconds = time.monotonic() - begin
    sandbox.end()
    if done.status != 0:
        fail(f"{name}: {done}")
    records = batch_runs.records(target)
    if len({record.custom_id for record in records}) != count:
        fail(f"{name}: {len(records)} records of {count}")
    prompt_tokens = sum(json.loads(record.body)["usage"]["prompt_tokens"] for record in records)
    limits = dict(zip(server[::2], server[1::2]))
    spent = {"--rpm": count, "--tpm": prompt_tokens + most * count}
    used = max(share(spent[name], limits[name], seconds) for name in spent if name in limits)
    refused = sandbox.statuses[429] / sum(sandbox.statuses.values())
    words = (f"{name}: {count} rows in {seconds:.1f} s use {used:.1%} of what the server admits; "
             f"{sandbox.statuses[429]} of {sum(sandbox.statuses.values())} requests are refused ({refused:.1%})")
    return used, refused, words


def show_paces(folder):
    rpm, tpm, most = 1200, 60_000, 40
    by_requests = int(rpm + rpm / 60 * SECONDS)
    # A prompt has some 23 tokens.
    by_tokens = int((tpm + tpm / 60 * SECONDS) / (most + 23))
    runs = [
        ("limit of requests, given", by_requests, 8, ("--rpm", rpm), ("--rpm", rpm)),
        ("limit of tokens, given", by_tokens, most, ("--tpm", tpm), ("--tpm", tpm)),
        ("limit of requests, learned", by_requests, 8, ("--rpm", rpm), ()),
        ("limit of tokens, learned", by_tokens, most, ("--tpm", tpm, "--latency", "50ms"), ()),
    ]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        outcomes = [run.result() for run in [pool.submit(show_pace, folder, *run) for run in runs]]
    for _, _, words in outcomes:
        print(words)
    for used, refused, words in outcomes:
        if used < USED or refused >= REFUSED:
            missed(f"at least {USED:.0%} are to be used and fewer than {REFUSED:.0%} refused; {words}")


def show_estimates(folder):
    """What --dry-run says of prompts beside what the server counts, in different kinds of text."""
    sandbox = Sandbox()
    environment = batch_runs.environment(sandbox.url)
    for kind, text in TEXTS.items():
        source, target = os.path.join(folder, kind + ".jsonl"), os.path.join(folder, kind + ".out")
        batch_runs.write_lines(source, (json.dumps(prompt) for prompt in prompts(200, text)))
        command = [OPTIONS.program, "batch", source, "-o", target, "--model", batch_runs.MODEL, "--max-tokens", 1]
        before = sum(sandbox.statuses.values())
        preview = batch_runs.run([*command, "--dry-run"], environment)
        if preview.status != 0 or sum(sandbox.statuses.values()) != before:
            fail(f"--dry-run: {preview}, {sandbox.statuses}")
        estimate = int(re.search(r"^prompt tokens: about (\d+)$", preview.output.decode(), re.MULTILINE).group(1))
        done = batch_runs.run(command, environment)
        records = batch_runs.records(target)
        if done.status != 0 or len(records) != 200:
            fail(f"{kind}: {done}")
        counted = sum(json.loads(record.body)["usage"]["prompt_tokens"] for record in records)
        print(f"{kind}: --dry-run estimates {estimate} tokens of prompts, the server counts {counted} "
              f"({estimate / counted - 1:+.0%})")
        if abs(estimate / counted - 1) > ESTIMATED:
            fail(f"more than {ESTIMATED:.0%} away")
    sandbox.end()


batch_runs.check_meter()
check_counting()
folder = tempfile.mkdtemp()
try:
    show_estimates(folder)
    show_paces(folder)
finally:
    shutil.rmtree(folder)
