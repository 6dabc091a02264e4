"""A batch through kills, faults and resuming: each row exactly once, in bounded memory.

Usage: batch.py CEREBRAS [--long] [--seed N]. Prints a line for each thing shown.
"""

import argparse
import collections
import json
import os
import random
import shutil
import subprocess
import tempfile
import time

import batch_runs
import batch_server
from batch_runs import fail
from measured import missed

CONCURRENCY = 16
# About the bytes of a line of results.
LINE = 300
SCANNED = 100e6

parser = argparse.ArgumentParser()
parser.add_argument("program", type=os.path.abspath)
parser.add_argument("--long", action="store_true")
parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
OPTIONS = parser.parse_args()
PROGRAM = OPTIONS.program
ROWS, KILLS = (100_000, 50) if OPTIONS.long else (10_000, 20)
RANDOM = random.Random(OPTIONS.seed)


def prompts(count):
    """Prompts by their rows' ids, with characters that JSON, lines and Swift strings treat specially."""
    odd = ["", "\n", "\r\n", "\u2028", "é", "e\u0301", "夜", "\\", '"', "\x7f", "🙂", "\x00", "{text}"]
    return {f"row-{n}" if n % 3 else str(n): f"Prompt {n}{odd[n % len(odd)]}" for n in range(1, count + 1)}


def lines(rows):
    """Input lines of every form: strings, objects, lines of the batch API."""
    for n, (name, prompt) in enumerate(rows.items(), 1):
        if name == str(n):
            yield json.dumps(prompt, ensure_ascii=n % 2 == 0)
        elif n % 3 == 1:
            yield json.dumps({"custom_id": name, "prompt": prompt}, ensure_ascii=n % 2 == 0)
        else:
            yield json.dumps({"custom_id": name, "method": "POST", "url": "/v1/completions", "body": {"prompt": prompt}})


def problems(records, rows):
    """How often each kind of problem is found in the records of a run that is over."""
    found = collections.Counter()
    times = collections.Counter(record.custom_id for record in records)
    found["missing"] = sum(name not in times for name in rows)
    found["repeated"] = sum(count - 1 for count in times.values())
    for record in records:
        if record.custom_id not in rows:
            found["foreign"] += 1
            continue
        request = batch_runs.request(rows[record.custom_id])
        if record.status != 200 or record.error is not None:
            found["failed"] += 1
        elif record.body != batch_server.squeeze(batch_server.response(request)):
            found["another body"] += 1
        if record.id != batch_runs.record_id(request):
            found["another id"] += 1
    return +found


def check_checker():
    """What `problems` finds in records with known ones."""
    rows = prompts(20)

    def line(name, prompt, status=200):
        request = batch_runs.request(prompt)
        body = batch_server.squeeze(batch_server.response(request)).decode()
        head = f'{{"id":"{batch_runs.record_id(request)}","custom_id":"{name}","response":{{"status_code":{status},'
        return batch_runs.record((head + f'"request_id":"\\"body\\":","body": {body} }},"error":null}}').encode())

    good = [line(name, prompt) for name, prompt in rows.items()]
    if problems(good, rows):
        fail(f"the check finds {problems(good, rows)} in good records")
    bad = [*good[2:], good[5], line("row-1", "Prompt 2"), line("other", "x"), line("row-2", rows["row-2"], 500)]
    if problems(bad, rows) != {"another body": 1, "another id": 1, "repeated": 1, "foreign": 1, "failed": 1}:
        fail(f"the check finds {problems(bad, rows)}")
    if problems(good[1:], rows) != {"missing": 1}:
        fail(f"the check finds {problems(good[1:], rows)} where a row is missing")


def size(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def bytes_left(target):
    """About how much is still to be written, by the length of the lines that stand there."""
    if not size(target):
        return ROWS * LINE
    with open(target, "rb") as file:
        written = file.read()
    count = max(written.count(b"\n"), 1)
    return (ROWS - count) * len(written) / count


def kill_again_and_again(command, environment, target):
    """Starts it and kills it, half of the times at any moment from its start on, the others when so much more is written;
    gives how often it was killed. However fast it is, each run is killed while it leaves something for those after it."""
    killed = 0
    while killed < KILLS:
        most = bytes_left(target) / (KILLS - killed + 1)
        growth = RANDOM.uniform(0, most) if RANDOM.random() < 0.5 else most
        moment = RANDOM.uniform(0, 0.1) if growth == most else float("inf")
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True)
        start, before = time.monotonic(), size(target)
        while process.poll() is None and size(target) - before < growth and time.monotonic() - start < moment:
            time.sleep(0.001)
        process.kill()
        error = process.communicate()[1]
        if process.returncode != -9:
            fail(f"it ended with {process.returncode} before kill {killed + 1}: {error[-1000:]}")
        killed += 1
    return killed


def show_kills(folder):
    rows = prompts(ROWS)
    source, target = os.path.join(folder, "prompts.jsonl"), os.path.join(folder, "results.jsonl")
    batch_runs.write_lines(source, lines(rows))
    with batch_server.Server("--faults", "--seed", OPTIONS.seed) as server:
        environment = batch_runs.environment(server.url)
        command = [PROGRAM, "batch", source, "-o", target, *batch_runs.flags(
            "--concurrency", CONCURRENCY, "--request-timeout", "1s", "--max-retries", 9)]
        killed = kill_again_and_again(command, environment, target)
        last = batch_runs.run(command, environment)
        if last.status != 0:
            fail(f"the last run ended with {last.status}: {last.error[-2000:]}")
        found = problems(batch_runs.records(target), rows)
        if found:
            fail(f"after {killed} kills: {dict(found)}")
        counts = server.counts()
        if counts["distinct"] != ROWS or counts["repeated"] > killed * CONCURRENCY:
            fail(f"the server was asked more than it had to: {counts}")
        if counts["most_in_flight"] > CONCURRENCY:
            fail(f"{counts['most_in_flight']} requests were in flight at --concurrency {CONCURRENCY}")
        for name in RANDOM.sample(sorted(rows), 20):
            single = batch_runs.run(
                [PROGRAM, "complete", "--prompt-file", "-", "--max-retries", 9, "--format", "json", "--compact",
                 *batch_runs.flags()], environment, input=rows[name].encode())
            expected = batch_server.squeeze(batch_server.response(batch_runs.request(rows[name])))
            if batch_server.squeeze(single.output) != expected:
                fail(f"a single call for {name} gives {single}")
        again = batch_runs.run(command, environment)
        if again.status != 0 or server.counts()["distinct"] != ROWS:
            fail(f"a run with nothing to do: {again}")
        if server.counts()["whole"] > counts["whole"] + 20:
            fail(f"a run with nothing to do sent requests: {counts}, {server.counts()}")
    print(f"{ROWS} rows through {killed} kills: each id once, every body as from a single call, {counts['outcomes']}; "
          f"{counts['repeated']} responses were sent again, {killed} x {CONCURRENCY} are allowed")
    verify(source, target, environment)
    return source, target


def verify(source, target, environment):
    """--verify finds nothing in the results, and each thing that is done to them."""
    command = [PROGRAM, "batch", *batch_runs.flags("--verify"), source]
    whole = batch_runs.run([*command, target], environment)
    if whole.status != 0:
        fail(f"--verify of whole results: {whole.status}, {whole.error[-500:]}")
    with open(target, "rb") as file:
        kept = file.read().split(b"\n")[:-1]
    changes = {
        "a row is missing": kept[1:], "a row is repeated": [*kept, kept[0]],
        "a row is foreign": [*kept, kept[0].replace(b'"custom_id":"', b'"custom_id":"no-')],
        "a row is changed": [altered(kept[0]), *kept[1:]],
    }
    for name, changed in changes.items():
        path = target + ".changed"
        with open(path, "wb") as file:
            file.writelines(line + b"\n" for line in changed)
        done = batch_runs.run([*command, path], environment)
        if done.status != 10:
            fail(f"--verify where {name}: {done.status}, {done.error[-500:]}")
        os.remove(path)
    print(f"--verify: 0 for these results, 10 where {', '.join(changes)}")


def altered(line):
    """A record for another body."""
    start = line.index(b"batch_req_") + len(b"batch_req_")
    return line[:start] + bytes(reversed(line[start:start + 64])) + line[start + 64:]


def show_full_disk(folder):
    """On a disk that fills up: what is counted is there, no more is sent than what was in flight, and then nothing."""
    small = os.path.join(folder, "small")
    os.mkdir(small)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", small], capture_output=True).returncode:
        print("full disk: mounting a small one is not permitted here")
        return
    try:
        rows = prompts(5000)
        source, target = os.path.join(folder, "5000.jsonl"), os.path.join(small, "results.jsonl")
        summary = os.path.join(folder, "summary.json")
        batch_runs.write_lines(source, lines(rows))
        with batch_server.Server() as server:
            command = [PROGRAM, "batch", source, "-o", target, "--summary", summary,
                       *batch_runs.flags("--concurrency", CONCURRENCY)]
            sent = []
            for _ in range(2):
                done = batch_runs.run(command, batch_runs.environment(server.url))
                sent.append(server.counts()["requests"])
                with open(summary, encoding="utf-8") as file:
                    counts = json.load(file)["rows"]
                stored = len(batch_runs.records(target))
                if done.status != 1 or counts["completed"] + counts["complete_before"] != stored:
                    fail(f"{stored} results fit on the disk: {counts}, {done}")
            if sent[0] > stored + CONCURRENCY or sent[1] != sent[0]:
                fail(f"{stored} results fit on the disk, and {sent} requests were sent")
        print(f"full disk: {stored} of {len(rows)} results fit, {sent[0]} requests were sent, none by the next run")
    finally:
        subprocess.run(["umount", small], check=True)


def show_memory(folder):
    peaks = {}
    for count in (1000, ROWS):
        rows = prompts(count)
        source, target = os.path.join(folder, f"{count}.jsonl"), os.path.join(folder, f"{count}.out")
        batch_runs.write_lines(source, lines(rows))
        with batch_server.Server() as server:
            done = batch_runs.run([PROGRAM, "batch", source, "-o", target, *batch_runs.flags("--concurrency", 64)],
                                  batch_runs.environment(server.url))
        if done.status != 0 or problems(batch_runs.records(target), rows):
            fail(f"{count} rows: {done}")
        peaks[count] = done.peak
    most = 1.2 * peaks[1000] + 64 * ROWS
    print(f"memory: {peaks[1000] / 2**20:.1f} MiB at most for 1,000 rows, {peaks[ROWS] / 2**20:.1f} for {ROWS} "
          f"({most / 2**20:.1f} are allowed)")
    if peaks[ROWS] > most:
        fail("too much memory")


def show_scan(folder):
    """Resuming where everything is done already: what is left of its processor time without that of reading the input. It
    is one thread, and what else the machine does is not to decide."""
    source, target = os.path.join(folder, "same.jsonl"), os.path.join(folder, "same.out")
    prompt = "The same prompt. " * 50
    count = 150_000
    with batch_server.Server() as server:
        environment = batch_runs.environment(server.url)
        batch_runs.write_lines(source, [json.dumps({"custom_id": "row-0000000", "prompt": prompt})])
        command = [PROGRAM, "batch", source, "-o", target, *batch_runs.flags()]
        first = batch_runs.run(command, environment)
        with open(target, "rb") as file:
            line = file.read()
        if first.status != 0 or line.count(b"row-0000000") != 1:
            fail(f"one row: {first}, {line[:300]}")
        batch_runs.write_lines(source, (json.dumps({"custom_id": f"row-{n:07}", "prompt": prompt}) for n in range(count)))
        with open(target, "wb") as file:
            file.writelines(line.replace(b"row-0000000", b"row-%07d" % n) for n in range(count))
        sent = server.counts()["requests"]
        # Without the file of results, which it would read, too.
        preview = [PROGRAM, "batch", source, *batch_runs.flags("--dry-run")]
        reading = min(batch_runs.run(preview, environment).processor for _ in range(3))
        runs = [batch_runs.run(command, environment) for _ in range(3)]
        if any(run.status for run in runs) or server.counts()["requests"] != sent:
            fail(f"a run with nothing to do: {runs[0]}")
    seconds = min(run.processor for run in runs)
    rate = os.path.getsize(target) / max(seconds - reading, 1e-3)
    print(f"resuming: {os.path.getsize(target) / 1e6:.0f} MB of results in {count} lines are scanned at {rate / 1e6:.0f} MB/s "
          f"({seconds:.2f} s, of which reading the input takes {reading:.2f} s)")
    if rate < SCANNED:
        missed(f"less than {SCANNED / 1e6:.0f} MB/s")


print(f"seed {OPTIONS.seed}")
batch_runs.check_meter()
check_checker()
folder = tempfile.mkdtemp()
try:
    show_kills(folder)
    show_full_disk(folder)
    show_memory(folder)
    show_scan(folder)
finally:
    shutil.rmtree(folder)
