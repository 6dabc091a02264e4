"""Responses as a real server sends them, of any length."""

import json
import math

WORDS = (
    " the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which you"
    " were her all she there would their we him been has when who will more no if out so said what up its about into than"
).split(" ")[1:]
HEAD = {"id": "cmpl-6f2d0f0e-9a43-4f7b-b2a1-0d6a1f6d4f4f", "object": "text_completion", "created": 1764547200,
        "model": "gpt-oss-120b", "system_fingerprint": "fp_5f7a9a3c2b1d4e6f8a90"}


def numbers(seed):
    """Endless numbers from 0 to below 1, the same with every version of Python."""
    state = seed
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


def tokens(count, tops, seed=1):
    """Tokens, each with its log probability and `tops` likely ones."""
    source = numbers(seed)
    for place in range(count):
        text = f" {pick(WORDS, source)}" if place % 9 else pick([",", ".", "\n"], source)
        logprob = -4 * next(source) ** 4
        others, left = {text: logprob}, 1 - math.exp(logprob)
        while len(others) < tops:
            left /= 2
            others.setdefault(f" {pick(WORDS, source)}{pick(['', 's', 'ly', 'er', 'est'], source)}", math.log(left + 1e-9))
        yield text, logprob, others


def pick(values, source):
    """One of them."""
    return values[int(next(source) * len(values))]


def choice(text, pieces, tops, offset, reason=None):
    """A choice, with log probabilities if any are wanted."""
    logprobs = None
    if tops:
        starts, at = [], offset
        for piece, _, _ in pieces:
            starts.append(at)
            at += len(piece)
        logprobs = {"text_offset": starts, "token_logprobs": [logprob for _, logprob, _ in pieces],
                    "tokens": [piece for piece, _, _ in pieces], "top_logprobs": [others for _, _, others in pieces]}
    return {"index": 0, "text": text, "logprobs": logprobs, "finish_reason": reason}


def stream(count, tops):
    """The events of a streamed completion, one chunk per token."""
    offset = 0
    for piece in tokens(count, tops):
        yield event({**HEAD, "choices": [choice(piece[0], [piece], tops, offset)]})
        offset += len(piece[0])
    usage = {"prompt_tokens": 6, "completion_tokens": count, "total_tokens": count + 6}
    yield event({**HEAD, "choices": [choice("", [], 0, offset, "length")], "usage": usage})
    yield b"data: [DONE]\n\n"


def event(value):
    """A server-sent event."""
    return b"data: " + json.dumps(value, separators=(",", ":")).encode() + b"\n\n"


def whole(count, tops):
    """A whole response with this number of tokens."""
    pieces = list(tokens(count, tops))
    text = "".join(piece for piece, _, _ in pieces)
    usage = {"prompt_tokens": 6, "completion_tokens": count, "total_tokens": count + 6}
    return json.dumps({**HEAD, "choices": [choice(text, pieces, tops, 0, "length")], "usage": usage},
                      separators=(",", ":")).encode()


def echo(count):
    """A text of `count` tokens, and the response that repeats it with their log probabilities and goes on by one."""
    pieces = list(tokens(count + 1, 1))
    pieces[0] = (pieces[0][0], None, None)
    text = "".join(piece for piece, _, _ in pieces)
    body = {**HEAD, "choices": [choice(text, pieces, 1, 0, "length")]}
    return text[:-len(pieces[-1][0])], json.dumps(body, separators=(",", ":")).encode()


def bytes_that_begin(size, chunks):
    """The chunks until there are so many bytes, and the end of a stream."""
    done = 0
    for chunk in chunks:
        yield chunk
        done += len(chunk)
        if done >= size:
            break
    yield event({**HEAD, "choices": [choice("", [], 0, 0, "length")]})
    yield b"data: [DONE]\n\n"
