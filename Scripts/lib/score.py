"""Scores of cerebras against an independent computation of the sandbox's model.

Usage: score.py CEREBRAS CEREBRAS-SANDBOX CORPUS. Prints a line for each kind of comparison; exits 1 at the first that fails.
"""

import json
import math
import os
import random
import subprocess
import sys

from score_model import CLOSE, UNITS, Model, close, fail
from score_rows import show_rows

CEREBRAS, SANDBOX, CORPUS = sys.argv[1:]
SEED = int(os.environ.get("SEED", "20261201"))


def run(*arguments, status=0):
    done = subprocess.run([CEREBRAS, "score", *arguments], capture_output=True, timeout=60)
    if done.returncode != status:
        fail(f"{arguments}: status {done.returncode}: {done.stderr.decode()}")
    return done


def next_token_score(prompt, text):
    """A score from the next token's alternatives; of a completion that happens to end at once there are none to see."""
    arguments = [prompt, "--continuation", text, "--method", "next-token", "--json"]
    for _ in range(5):
        done = subprocess.run([CEREBRAS, "score", *arguments], capture_output=True, timeout=60)
        if done.returncode != 5 or b"listed no next tokens" not in done.stderr:
            break
    if done.returncode != 0:
        fail(f"{arguments}: status {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout)["scores"][0]


def pieces_of(corpus, random_state):
    """Prompts and continuations out of the corpus and beside it."""
    lines = [line for line in corpus.decode().split("\n") if len(line) > 40 and line.isprintable()]
    for _ in range(60):
        line = random_state.choice(lines)
        places = [place for place, character in enumerate(line) if character == " " and place > 3]
        cut = random_state.choice(places)
        end = random_state.choice([place for place in places if place > cut] or [len(line)])
        other = random_state.choice([" and", " zebra crossing", " \u00e9t\u00e9", ", 42", " \U0001f600", "\n", " the the the"])
        yield line[:cut], [line[cut:end], other, " of the " + random_state.choice(lines)[:12].strip()]


def show_continuations(model, corpus):
    count = 0
    for prompt, continuations in pieces_of(corpus, random.Random(SEED)):
        expected = [model.score(prompt.encode(), text.encode()) for text in continuations]
        if None in expected:
            continue
        flags = [word for text in continuations for word in ("--continuation", text)]
        found = json.loads(run(prompt, *flags, "--json").stdout)
        values = {unit: [] for unit in UNITS}
        for text, (logprob, tokens), score in zip(continuations, expected, found["scores"]):
            sizes = {"sum": 1, "token": tokens, "char": len(text), "byte": len(text.encode())}
            if not close(score["logprob"], logprob) or score["tokens"] != tokens or score["chars"] != len(text):
                fail(f"{prompt!r} + {text!r}: {score}, expected {logprob} of {tokens} tokens (SEED={SEED})")
            for unit in UNITS:
                values[unit].append(logprob / sizes[unit])
            if not close(score["perplexity"], math.exp(-logprob / tokens)) or not close(score["per_byte"], values["byte"][-1]):
                fail(f"{prompt!r} + {text!r}: {score}")
            count += 1
        # As evaluation harnesses do it: the first of the greatest.
        winners = {unit: max(range(len(continuations)), key=values[unit].__getitem__) for unit in UNITS}
        if found["winner"] != winners:
            fail(f"{prompt!r}, {continuations}: the winners are {found['winner']}, expected {winners} (SEED={SEED})")
        top = max(values["sum"])
        total = math.fsum(math.exp(value - top) for value in values["sum"])
        for value, score in zip(values["sum"], found["scores"]):
            if not close(score["share"], math.exp(value - top) / total):
                fail(f"{prompt!r}: the share {score['share']} (SEED={SEED})")
        if not close(found["margin"], top - sorted(values["sum"])[-2]):
            fail(f"{prompt!r}: the margin {found['margin']} (SEED={SEED})")
    print(f"{count} continuations: log probability, tokens, units, winners, shares and margins within {CLOSE}")


def show_texts(model, corpus):
    lines = [line for line in corpus.split(b"\n") if len(line) > 20][::40] + ["Zo\u00eb said: \U0001f600!".encode()]
    for line in lines:
        values = model.logprobs(model.encode(line))[1:]
        total = math.fsum(values)
        size = len(line) - len(model.pieces[model.encode(line)[0]])
        score = json.loads(run("--text", line, "--json").stdout)["score"]
        if not close(score["logprob"], total) or not close(score["perplexity"], math.exp(-total / len(values))):
            fail(f"{line}: {score}, expected {total}")
        if not close(score["bits_per_byte"], -total / math.log(2) / size) or score["tokens"] != len(values):
            fail(f"{line}: {score}, expected {size} bytes")
        if [place["logprob"] for place in score["least_likely"]] != sorted(place["logprob"] for place in score["least_likely"]):
            fail(f"{line}: the least likely tokens are not in order")
    print(f"{len(lines)} texts: log probability, perplexity and bits per byte within {CLOSE}")


def show_next_token(model, corpus):
    count = 0
    for prompt, _ in pieces_of(corpus, random.Random(SEED + 1)):
        tokens = model.encode(prompt.encode())
        every = sorted(((model.logprob(token, tokens), token) for token in range(len(model.pieces))), reverse=True)
        texts = [model.pieces[token].decode("utf-8", "replace") for _, token in every[:40:7] + every[200:202]]
        names = [model.pieces[token].decode("utf-8", "replace") for token in range(len(model.pieces))]
        for text in texts:
            # What several tokens spell, or part of a character, is another matter.
            if not text or "\ufffd" in text or names.count(text) > 1 or "\0" in text:
                continue
            exact = model.logprob(model.ids[text.encode()], tokens)
            score = next_token_score(prompt, text)
            if score["is_bound"] and score["logprob"] < exact - CLOSE or not score["is_bound"] and not close(score["logprob"], exact):
                fail(f"{prompt!r} + {text!r}: {score}, expected {exact} (SEED={SEED})")
            count += 1
        if count > 120:
            break
    print(f"{count} single tokens from the next token's alternatives: exact within {CLOSE}, or bounded from above")


def show_token_ids(model, corpus):
    text = next(line for line in corpus.split(b"\n") if len(line) > 60)
    tokens = model.encode(text)
    for cut in range(1, len(tokens)):
        prompt, continuation = ",".join(map(str, tokens[:cut])), ",".join(map(str, tokens[cut:]))
        score = json.loads(run("--prompt-tokens", prompt, "--continuation-tokens", continuation, "--json").stdout)["scores"][0]
        if not close(score["logprob"], math.fsum(model.logprobs(tokens)[cut:])) or score["tokens"] != len(tokens) - cut:
            fail(f"token IDs cut at {cut}: {score}")
    print(f"{len(tokens) - 1} cuts of a prompt in token IDs: within {CLOSE}")


def show_broken():
    kinds = ["ignored", "altered", "extra-token", "missing-token", "doubled-start", "few-logprobs", "null-logprob", "no-logprobs",
             "chat-shape", "no-offsets", "joined-offsets"]
    reasons = set()
    for name in kinds:
        for arguments in (["It was a dark", "--continuation", " and", "--continuation", " night"], ["--text", "It was a dark night"]):
            done = subprocess.run([SANDBOX, "--fault", f"echo={name}", "--", CEREBRAS, "score", *arguments], capture_output=True,
                                  timeout=60)
            if done.returncode != 5 or done.stdout:
                fail(f"echo={name}: status {done.returncode}, {done.stdout!r}")
        reasons.add(done.stderr)
    if len(reasons) < len(kinds) - 1:
        fail(f"{len(kinds)} kinds of broken echo have {len(reasons)} reasons")
    print(f"{len(kinds)} kinds of broken echo: status 5, no number, the reason")


with open(CORPUS, "rb") as file:
    text = file.read()
server = subprocess.Popen([SANDBOX], stdout=subprocess.PIPE)
os.environ["CEREBRAS_BASE_URL"] = server.stdout.readline().decode().strip()
os.environ["CEREBRAS_API_KEY"] = "none"
try:
    own = Model(text)
    show_continuations(own, text)
    show_texts(own, text)
    show_token_ids(own, text)
    show_next_token(own, text)
    show_rows(CEREBRAS, own, text)
    show_broken()
finally:
    server.terminate()
