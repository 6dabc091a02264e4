"""Scores of cerebras against an independent computation of the sandbox's model.

Usage: score.py CEREBRAS CEREBRAS-SANDBOX CORPUS. Prints a line for each kind of comparison; exits 1 at the first that fails.
"""

import json
import math
import os
import random
import subprocess
import sys
from collections import defaultdict

CEREBRAS, SANDBOX, CORPUS = sys.argv[1:]
SEED = int(os.environ.get("SEED", "20261201"))
CLOSE = 1e-9
UNITS = ["sum", "token", "char", "byte"]


def fail(words):
    sys.exit(f"FAIL: {words}")


def kind(byte):
    if byte >= 0x80 or chr(byte).isalpha():
        return "letter"
    if chr(byte).isdigit():
        return "digit"
    return {0x20: "space", 0x0A: "line"}.get(byte, "other")


def words(text):
    """Runs of one kind of byte, a space before a run of another kind being part of it."""
    start, found = 0, []
    while start < len(text):
        end = start + 1
        begins_with_space = text[start] == 0x20 and end < len(text) and kind(text[end]) != "space"
        if begins_with_space:
            end += 1
        run = kind(text[end - 1])
        while end < len(text) and kind(text[end]) == run and not (begins_with_space and run == "line"):
            end += 1
        found.append(text[start:end])
        start = end
    return found


class Model:
    """The sandbox's tokens and its n-gram model, after its description in Sources/Sandbox/Model."""

    def __init__(self, corpus):
        counts = defaultdict(int)
        for word in words(corpus):
            counts[word] += 1
        parts = defaultdict(int)
        for word in counts:
            if all(byte < 0x80 for byte in word):
                for length in range(2, max(2, min(len(word), 8))):
                    if length > 2:
                        parts[word[:length]] += 1
                    parts[word[-length:]] += 1
        learned = {word for word, count in counts.items() if count >= 2 or all(byte < 0x80 for byte in word)}
        learned |= {part for part, count in parts.items() if count >= 6}
        learned = sorted(piece for piece in learned if 1 < len(piece) <= 32)
        self.pieces = [bytes([value]) for value in range(256)] + learned + [b""]
        self.ids = {piece: number for number, piece in enumerate(self.pieces) if piece}
        self.end = len(self.pieces) - 1
        self.longest = max(map(len, self.pieces))
        self.counts = defaultdict(lambda: defaultdict(int))
        for paragraph in self.paragraphs(corpus):
            tokens = self.encode(paragraph) + [self.end]
            for place, token in enumerate(tokens):
                for length in range(0, min(3, place) + 1):
                    self.counts[tuple(tokens[place - length:place])][token] += 1

    @staticmethod
    def paragraphs(corpus):
        block, blocks = [], []
        for line in corpus.split(b"\n") + [b""]:
            if line:
                block.append(line)
            elif block:
                blocks.append(block)
                block = []
        for block in blocks:
            if any(line.startswith(b" ") for line in block):
                yield b"\n".join(block)
            else:
                for start in range(0, len(block), 3):
                    yield b" ".join(block[start:start + 3])

    def encode(self, text):
        tokens = []
        for word in words(text):
            while word:
                length = next(size for size in range(min(len(word), self.longest), 0, -1) if word[:size] in self.ids)
                tokens.append(self.ids[word[:length]])
                word = word[length:]
        return tokens

    def logprob(self, token, context):
        known = tuple(context[-3:])
        probability = 1 / len(self.pieces)
        for length in range(len(known) + 1):
            seen = self.counts.get(known[len(known) - length:])
            if seen is None:
                break
            total = sum(seen.values())
            kinds = total / 100 if length == 0 else len(seen) / 4
            probability = probability * kinds / (total + kinds) + seen.get(token, 0) / (total + kinds)
        return math.log(probability)

    def logprobs(self, tokens):
        """Of each token but the first, for which the server gives none."""
        return [None] + [self.logprob(token, tokens[:place]) for place, token in enumerate(tokens) if place]

    def score(self, prompt, continuation):
        """The log probability and the number of tokens of a continuation; None when it shares a token with the prompt."""
        whole, alone = self.encode(prompt + continuation), self.encode(prompt)
        if whole[:len(alone)] != alone:
            return None
        return math.fsum(self.logprobs(whole)[len(alone):]), len(whole) - len(alone)


def close(a, b):
    return a is not None and b is not None and abs(a - b) <= CLOSE * max(1, abs(b))


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
    show_broken()
finally:
    server.terminate()
