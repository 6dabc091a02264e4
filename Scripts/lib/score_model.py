"""An independent computation of the sandbox's model, for the proof of scores."""

import math
import sys
from collections import defaultdict

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


    def straddling_score(self, prompt, continuation):
        """The same when a token is of both, as a difference; None when the prompt's other tokens change, or nothing is left."""
        whole, alone = self.encode(prompt + continuation), self.encode(prompt)
        start, end = 0, 0
        while end + len(self.pieces[whole[start]]) <= len(prompt):
            end += len(self.pieces[whole[start]])
            start += 1
        if end == len(prompt) or start == 0 or whole[:start] != alone[:start]:
            return None
        logprob = math.fsum(self.logprobs(whole)[start:]) - math.fsum(self.logprobs(alone)[start:])
        return (logprob, len(whole) - start) if logprob <= 0 else None


def close(a, b):
    return a is not None and b is not None and abs(a - b) <= CLOSE * max(1, abs(b))
