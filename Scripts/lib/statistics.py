"""Compares the figures of `cerebras complete --format tsv` with ones computed here from the same replies.

    statistics.py CEREBRAS COUNT SEED

Each reply is drawn from a distribution over a small vocabulary that is known whole, so that beside the issue's formulas
the entropy bounds are held against the entropy itself. Replies come whole or as streams cut anywhere, with one to three
choices, null entries, lists that are missing, shorter, shuffled, with keys that decode alike, and sampled tokens that are
absent from their own lists.
"""

import http.server
import json
import math
import os
import random
import subprocess
import sys
import threading

TOLERANCE = 1e-9
COLUMNS = (
    "choice,position,offset,token,logprob,prob,rank,margin,surprise,entropy,missing,total,perplexity,flags,alternatives"
)


class Reply:
    """A seeded reply: its bytes, what was asked for, and the tokens of each choice as they were drawn."""

    def __init__(self, seed):
        rng = random.Random(seed)
        self.vocabulary_size = rng.choice([30, 100, 1000, 4000])
        self.tells_size = rng.random() < 0.8
        self.top_count = rng.randint(0, 20)
        self.is_stream = rng.random() < 0.5
        self.is_odd = rng.random() < 0.4
        length = rng.choice([1, 2, 5, 20, 60, 200])
        if self.vocabulary_size > 1000:
            length = min(length, 60)
        self.choices = [self.tokens(rng, length) for _ in range(rng.choice([1, 1, 1, 2, 3]))]
        self.content = self.stream(rng) if self.is_stream else self.whole()

    def tokens(self, rng, length):
        tokens, offset = [], rng.choice([0, 30])
        for _ in range(length):
            token = self.token(rng)
            token["offset"] = offset
            offset += len(token["text"])
            tokens.append(token)
        return tokens

    def token(self, rng):
        size, heat = self.vocabulary_size, rng.choice([0.2, 1, 3, 8])
        scores = [rng.gauss(0, 1) * heat for _ in range(size)]
        most = max(scores)
        log_sum = most + math.log(math.fsum(math.exp(score - most) for score in scores))
        logprobs = [score - log_sum for score in scores]
        entropy = math.fsum(-math.exp(value) * value / math.log(2) for value in logprobs if math.exp(value) > 0)
        order = sorted(range(size), key=lambda token: -logprobs[token])
        sampled = rng.choices(range(size), weights=[math.exp(value) for value in logprobs])[0]
        if rng.random() < 0.1:
            sampled = rng.choice(order)
        names = {token: f" w{token}" for token in order}
        listed = order[: self.top_count]
        token = {"is_plain": True}
        if self.is_odd and rng.random() < 0.2:
            for other in rng.sample(listed, min(3, len(listed))) + rng.choice([[], [sampled]]):
                names[other] = "\ufffd"
        if sampled not in listed:
            listed = listed + [sampled]
        if self.is_odd and rng.random() < 0.1:
            listed = [other for other in listed if other != sampled]
            token["is_plain"] = False
        if self.is_odd and rng.random() < 0.1:
            listed = listed[: rng.randint(0, len(listed))]
            token["is_plain"] = False
        top = [[names[other], logprobs[other]] for other in listed]
        if self.is_odd and rng.random() < 0.3:
            rng.shuffle(top)
        token.update(text=names[sampled], logprob=logprobs[sampled], entropy=entropy, top=top)
        if self.top_count == 0:
            token["top"] = None
        if self.is_odd and rng.random() < 0.05:
            token["logprob"] = None
        if self.is_odd and rng.random() < 0.05:
            token["top"] = None
        return token

    @staticmethod
    def choice(index, tokens, reason):
        pairs = lambda top: "{%s}" % ",".join(f"{json.dumps(text)}:{value!r}" for text, value in top)
        tops = ",".join("null" if token["top"] is None else pairs(token["top"]) for token in tokens)
        texts = [token["text"] for token in tokens]
        return (
            f'{{"index":{index},"text":{json.dumps("".join(texts))},"finish_reason":{json.dumps(reason)},"logprobs":'
            f'{{"text_offset":{json.dumps([token["offset"] for token in tokens])},"tokens":{json.dumps(texts)},'
            f'"token_logprobs":{json.dumps([token["logprob"] for token in tokens])},"top_logprobs":[{tops}]}}}}'
        )

    def whole(self):
        choices = ",".join(self.choice(index, tokens, "stop") for index, tokens in enumerate(self.choices))
        return f'{{"object":"text_completion","choices":[{choices}]}}'.encode()

    def stream(self, rng):
        left, result = [list(tokens) for tokens in self.choices], ""
        while any(left):
            index = rng.choice([index for index, tokens in enumerate(left) if tokens])
            count = rng.randint(1, 3)
            now, left[index] = left[index][:count], left[index][count:]
            result += 'data: {"choices":[%s]}\n\n' % self.choice(index, now, None if left[index] else "length")
        return result.encode()


def expected(reply, token):
    """The issue's figures of one token, by name; None for what can't be known."""
    own, top = token["logprob"], token["top"] or []
    values = sorted((value for _, value in top), reverse=True)
    figures = dict.fromkeys(["rank", "margin", "missing", "entropy_low", "entropy_high", "prob", "surprise"])
    # The sampled token is the one of its text whose number is nearest.
    same = [value for text, value in top if text == token["text"]]
    listed = (min(same, key=lambda value: abs(value - own)) if own is not None else max(same)) if same else None
    # Of those that all decode to U+FFFD, one with another number is another token.
    if token["text"] == "\ufffd" and None not in (own, listed) and abs(listed - own) > 0.1:
        listed = None
    if own is not None:
        figures["prob"], figures["surprise"] = math.exp(own), -own / math.log(2)
        others = list(values)
        if listed is not None:
            others.remove(listed)
        if others:
            figures["margin"] = own - others[0]
    if not values:
        return figures
    # Nothing is told of the others where only the sampled token is listed, unless one token was asked for.
    if len(values) == 1 and listed is not None and reply.top_count != 1:
        return figures
    # One more than was asked for is the sampled token, which is outside of the top, and then it comes last.
    # Of several that decode alike any may be the sampled one when its own number is not told.
    may_be_last = (own is None and len(same) > 1) or (listed is not None and listed == values[-1])
    is_added = may_be_last and reply.top_count < len(values)
    top_count = len(values) - 1 if is_added else len(values)
    if own is not None:
        likelier = sum(value > (own if listed is None else listed) for value in values)
        figures["rank"] = str(likelier + 1) if likelier < top_count else f">{top_count}"
    if top_count == 0:
        return figures
    known = [math.exp(value) for value in values]
    least = known[top_count - 1]
    if listed is None and own is not None:
        known.append(math.exp(own))
    missing = max(0.0, 1 - math.fsum(known))
    bits = lambda p: -p * math.log2(p) if p > 0 else 0.0
    count = math.floor(missing / least) if least > 0 else 0
    rest = max(0.0, missing - count * least)
    figures["missing"] = missing
    figures["entropy_low"] = math.fsum([bits(p) for p in known] + [count * bits(least), bits(rest)])
    unknown = reply.vocabulary_size - len(known)
    if reply.tells_size and (unknown > 0 or (unknown == 0 and missing == 0)):
        spread = missing / unknown if missing > 0 else 0.0
        figures["entropy_high"] = math.fsum([bits(p) for p in known] + [unknown * bits(spread)])
    return figures


class Check:
    """Counts what was compared, and remembers how far apart it was."""

    def __init__(self):
        self.counts, self.worst, self.faults, self.bounded = {}, {}, [], 0

    def fault(self, where, words):
        self.faults.append(f"{where}: {words}")

    def number(self, where, name, cell, value):
        self.counts[name] = self.counts.get(name, 0) + 1
        if (cell == "") != (value is None):
            return self.fault(where, f"{name} is {cell or 'empty'}, not {value}")
        if value is None:
            return None
        difference = abs(float(cell) - value) / max(1.0, abs(value))
        self.worst[name] = max(self.worst.get(name, 0.0), difference)
        if not difference <= TOLERANCE:
            self.fault(where, f"{name} is {cell}, not {value!r}")
        return None

    def word(self, where, name, cell, value):
        self.counts[name] = self.counts.get(name, 0) + 1
        if cell != (value or ""):
            self.fault(where, f"{name} is '{cell}', not '{value or ''}'")


def compare(check, seed, reply, output):
    lines = output.decode().split("\n")
    header, rows = lines[0].split("\t"), [line.split("\t") for line in lines[1:-1]]
    tokens = [(index, place) for index, tokens in enumerate(reply.choices) for place in range(len(tokens))]
    if len(rows) != len(tokens) or lines[-1]:
        return check.fault(f"reply {seed}", f"{len(rows)} lines for {len(tokens)} tokens")
    sums = {}
    for row, (index, place) in zip(rows, tokens):
        where, cells, token = f"reply {seed}, choice {index}, token {place}", dict(zip(header, row)), reply.choices[index][place]
        figures = expected(reply, token)
        check.word(where, "choice", cells["choice"], str(index))
        check.word(where, "position", cells["position"], str(place))
        check.word(where, "offset", cells["offset"], str(token["offset"]))
        check.word(where, "token", cells["token"], token["text"])
        check.word(where, "rank", cells["rank"], figures["rank"])
        if token["logprob"] is not None:
            sums.setdefault(index, []).append(token["logprob"])
            if float(cells["logprob"]) != token["logprob"]:
                check.fault(where, f"logprob is {cells['logprob']}, not {token['logprob']!r}")
        for name in ["prob", "surprise", "margin", "missing", "entropy_low", "entropy_high"]:
            check.number(where, name, cells[name], figures[name])
        seen = sums.get(index, [])
        check.number(where, "total", cells["total"], math.fsum(seen))
        perplexity = math.exp(-math.fsum(seen) / len(seen)) if seen else None
        check.number(where, "perplexity", cells["perplexity"], perplexity)
        if token["is_plain"] and cells["entropy_low"] and cells["entropy_high"]:
            check.bounded += 1
            if not float(cells["entropy_low"]) - 1e-9 <= token["entropy"] <= float(cells["entropy_high"]) + 1e-9:
                check.fault(where, f"{token['entropy']} is not between {cells['entropy_low']} and {cells['entropy_high']}")
    return None


def main():
    program, count, first = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    replies = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            reply = replies[int(self.path.split("/")[1])]
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream" if reply.is_stream else "application/json")
            self.send_header("Content-Length", str(len(reply.content)))
            self.end_headers()
            self.wfile.write(reply.content)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {"PATH": os.environ["PATH"], "CEREBRAS_API_KEY": "test"}
    check, tokens = Check(), 0
    for seed in range(first, first + count):
        reply = replies[seed] = Reply(seed)
        tokens += sum(map(len, reply.choices))
        command = [program, "complete", "x", "-q", "--format", "tsv", "--columns", COLUMNS]
        command += ["--logprobs", str(reply.top_count), "--n", str(len(reply.choices))]
        command += ["--base-url", f"http://127.0.0.1:{server.server_port}/{seed}"]
        command += ["--stream"] if reply.is_stream else []
        command += ["--vocab-size", str(reply.vocabulary_size)] if reply.tells_size else []
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False)
        if run.returncode:
            check.fault(f"reply {seed}", f"status {run.returncode}: {run.stderr.decode().strip()}")
        else:
            compare(check, seed, reply, run.stdout)
        del replies[seed]
    print(f"{count} replies, {tokens} tokens; entropy itself between its bounds {check.bounded} times")
    for name, number in check.counts.items():
        worst = f", farthest {check.worst[name]:.1e}" if name in check.worst else ""
        print(f"  {name:13} {number:7} compared{worst}")
    for fault in check.faults[:20]:
        print(fault, file=sys.stderr)
    if check.faults:
        sys.exit(f"{len(check.faults)} differ")


main()
