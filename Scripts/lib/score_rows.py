"""A file of questions through kills and resuming, beside an independent computation of the sandbox's model."""

import hashlib
import json
import math
import os
import random
import subprocess
import tempfile
import time

from score_model import CLOSE, UNITS, close, fail

ROWS, KILLS = 2000, 12
SEED = int(os.environ.get("SEED", "20261201"))


def run(command):
    done = subprocess.run(command, capture_output=True, timeout=120)
    if done.returncode != 0:
        fail(f"{command}: status {done.returncode}: {done.stderr.decode()[-1000:]}")


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def row_id(question):
    asked = {"model": "gpt-oss-120b", **question, "max_tokens": 1, "echo": True, "logprobs": 1}
    return "score_" + hashlib.sha256(compact(asked).encode()).hexdigest()


def winners_of(scores):
    sizes = {"sum": lambda score: 1, "token": lambda score: score["tokens"], "char": lambda score: score["chars"],
             "byte": lambda score: score["bytes"]}
    values = {unit: [score["logprob"] / size(score) for score in scores] for unit, size in sizes.items()}
    return {unit: max(range(len(scores)), key=values[unit].__getitem__) for unit in UNITS}


def random_question(model, lines, state):
    """A question in text or token IDs, and what its record has; None where the server would have no score of it."""
    line = state.choice(lines)
    places = [place for place in range(4, len(line) - 8) if line[place] == " "]
    cut = state.choice(places) + state.choice([0, 0, 0, 0, -1])
    prompt, texts = line[:cut], [line[cut:cut + state.randint(3, 30)], state.choice([" and", " \u00e9t\u00e9", "xyz", " 42"])]
    if state.random() < 0.1:
        tokens = model.encode(line.encode())[:8]
        question = {"prompt": tokens[:4], "continuations": [tokens[4:], [state.randrange(300)]]}
        scores = []
        for part in question["continuations"]:
            names = b"".join(model.pieces[token] for token in part).decode("utf-8", "replace")
            values = model.logprobs(tokens[:4] + part)[4:]
            scores.append((math.fsum(values), len(part), len(names), len(names.encode()), False))
    else:
        question = {"prompt": prompt, "continuations": texts}
        scores = []
        for text in texts:
            found = model.score(prompt.encode(), text.encode())
            straddles = found is None
            found = found or model.straddling_score(prompt.encode(), text.encode())
            if found is None:
                return None
            scores.append((*found, len(text), len(text.encode()), straddles))
    if state.random() < 0.8:
        question["answer"] = state.randrange(2)
    names = ["logprob", "tokens", "chars", "bytes", "straddles"]
    return question, [dict(zip(names, score)) for score in scores]


def random_rows(model, corpus):
    """ROWS rows by their ids: what each asks, and what its record has; every tenth is a text."""
    state = random.Random(SEED + 2)
    lines = [line for line in corpus.decode().split("\n") if len(line) > 40 and line.isascii() and line.isprintable()]
    rows = {}
    while len(rows) < ROWS:
        name = f"row-{len(rows)}"
        if len(rows) % 10 == 9:
            text = state.choice(lines)[:40]
            values = model.logprobs(model.encode(text.encode()))[1:]
            rows[name] = {"text": text}, {"logprob": math.fsum(values), "tokens": len(values)}
        else:
            row = random_question(model, lines, state)
            if row:
                rows[name] = row
    return rows


def check_records(path, rows):
    """Each row has one record with its scores; gives the records by id."""
    with open(path) as file:
        records = [json.loads(line) for line in file]
    if sorted(record["custom_id"] for record in records) != sorted(rows):
        fail(f"{path}: {len(records)} records of {len({record['custom_id'] for record in records})} rows")
    for record in records:
        question, expected = rows[record["custom_id"]]
        if record["id"] != row_id(question) or record["error"] is not None:
            fail(f"{path}: {record}, expected id {row_id(question)} (SEED={SEED})")
        scores = [record["score"]] if "text" in question else record["scores"]
        wanted = [expected] if "text" in question else expected
        for score, want in zip(scores, wanted, strict=True):
            same = all(score[name] == value for name, value in want.items() if name != "logprob")
            if not same or not close(score["logprob"], want["logprob"]):
                fail(f"{path}: {record['custom_id']}, {question}: {score}, expected {want} (SEED={SEED})")
        if "text" not in question and (record["winner"] != winners_of(wanted) or record["answer"] != question.get("answer")):
            fail(f"{path}: {record['custom_id']}: {record['winner']}, {record['answer']}")
    return {record["custom_id"]: record for record in records}


def wilson(right, total):
    """The interval as the solutions of (p - q)^2 = z^2 q (1 - q) / n."""
    share, square = right / total, 1.959963984540054 ** 2 / total
    half = math.sqrt((2 * share + square) ** 2 - 4 * (1 + square) * share ** 2)
    return [(2 * share + square + sign * half) / (2 * (1 + square)) for sign in (-1, 1)]


def check_summary(path, rows):
    """The accuracy by each unit, of all rows, whichever run scored them."""
    with open(path) as file:
        summary = json.load(file)
    answered = [(question["answer"], winners_of(scores)) for question, scores in rows.values() if "answer" in question]
    for unit in UNITS:
        right = sum(winners[unit] == answer for answer, winners in answered)
        found = summary["accuracy"][unit]
        low, high = wilson(right, len(answered))
        if (found["right"], found["of"]) != (right, len(answered)) or not close(found["low"], low) or not close(found["high"], high):
            fail(f"accuracy by {unit}: {found}, expected {right} of {len(answered)}, {low} to {high}")
    texts = [score for question, score in rows.values() if "text" in question]
    perplexity = math.exp(-math.fsum(score["logprob"] for score in texts) / sum(score["tokens"] for score in texts))
    if not close(summary["texts"]["perplexity"], perplexity):
        fail(f"perplexity of texts: {summary['texts']}, expected {perplexity}")
    return summary


def kill_again_and_again(command, target):
    """Starts it and kills it once it has written so much more; a limit of requests has each run leave something for those after
    it, however fast it is. Gives how many were killed; the others had reached their limit."""
    state, killed = random.Random(SEED + 3), 0
    share = ROWS // (KILLS + 1)
    for _ in range(KILLS):
        before = os.path.getsize(target) if os.path.exists(target) else 0
        growth, moment = state.uniform(0, 300 * share), state.choice([0.05, 60])
        process = subprocess.Popen([*command, "--max-requests", str(share)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        end = time.monotonic() + moment
        while process.poll() is None and time.monotonic() < end and (
                not os.path.exists(target) or os.path.getsize(target) - before < growth):
            time.sleep(0.001)
        process.kill()
        error = process.communicate()[1]
        if process.returncode not in (-9, 11):
            fail(f"a run that was to be killed ended with {process.returncode}: {error.decode()[-1000:]}")
        killed += process.returncode == -9
    return killed


def show_rows(program, model, corpus):
    """Scores ROWS rows at once, and again through KILLS kills."""
    rows = random_rows(model, corpus)
    with tempfile.TemporaryDirectory() as folder:
        source, whole, target, summary = (os.path.join(folder, name) for name in ["rows", "whole", "killed", "summary"])
        with open(source, "w") as file:
            file.writelines(compact({**question, "custom_id": name}) + "\n" for name, (question, _) in rows.items())
        command = [program, "score", "--rows", source, "-o", target, "--concurrency", "8", "--summary", summary]
        run([whole if word == target else word for word in command])
        uninterrupted = check_records(whole, rows)
        check_summary(summary, rows)
        killed = kill_again_and_again(command, target)
        run(command)
        if check_records(target, rows) != uninterrupted:
            fail("the records of the runs that were killed are others than those of one run")
        accuracy = check_summary(summary, rows)["accuracy"]["sum"]
        run([program, "score", "--rows", source, "--verify", target])
    straddling = sum(score["straddles"] for question, scores in rows.values() if "text" not in question for score in scores)
    print(f"{ROWS} rows ({straddling} continuations share a token with their prompt) through {killed} kills: each id once, scores "
          f"within {CLOSE} and as from one run; accuracy {accuracy['value']:.3f}, {accuracy['low']:.3f} to {accuracy['high']:.3f}")
