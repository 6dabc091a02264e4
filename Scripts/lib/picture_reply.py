#!/usr/bin/env python3
"""A response as a real model sends it, for the README's pictures: most tokens are above 90 %, and a few could have been others.

    picture_reply.py            writes it as an event stream, at once
    picture_reply.py --serve    prints the URL of a server on this machine that sends it at a model's pace
"""
import http.server
import json
import math
import sys
import time

# Milliseconds between tokens as they were received once, over and over; the first token takes longer.
FIRST, PACE = 420, (52, 61, 38, 70, 49, 55, 44, 83, 58, 47, 36, 66, 51, 112, 40, 57)

# The completion's tokens, a vertical bar between them; one with choices has its probability in percent and theirs after it.
TEXT = """
,;93;.;5| and| the| rain;74; wind;23; thunder;1| was| coming;31; falling;29; pouring;21; beating;12| down| in| sheets;91;\
 torrents;7|.| The| old;62; only;9; house;8; wind;7| house;88; man;5| on| the| hill;84; edge;9; corner;4| creaked;41;\
 stood;38; groaned;12| and| groaned;94; mo;3|,;37;.;34; in;13; as;11| its| shutters;52; windows;39; timbers;5| banging|\
 against| the| walls;58; wall;14; stone;8; frames;7|.| Inside|,| a| single;71; fire;11; lone;6| candle|\
 flickered;72; burned;25| on| the| table;44; kitchen;21; mantel;13; window;9|,| and| an;6; a;43; the;19; Martha;8; in;5| old| woman|\
 sat| knitting;24; beside;19; by;17; in;13; alone;9|,| as| if| nothing| in| the| world;82; house;7| could| trouble;7; disturb;38;\
 harm;17; touch;12; be;9| her|.| Then| came| the| knock;63; sound;12; three;5|.|
"""


def read(place, entry):
    """The token, and the probability in percent of it and of others."""
    parts = entry.split(";")
    if len(parts) > 1:
        named = [part for part in parts[2:] if part]
        if len(named) % 2:
            named.append("0.5")
        pairs = [(named[i], float(named[i + 1])) for i in range(0, len(named), 2)]
        return parts[0], dict([(parts[0], float(parts[1]))] + pairs)
    share = 91.2 + place * 37 % 85 / 10
    left = 100 - share
    usual = [other for other in (" the", " a", ",", ".", " and", " of") if other != entry]
    first = place % len(usual)
    others = {usual[(first + step) % len(usual)]: left * part for step, part in enumerate((0.4, 0.2, 0.1, 0.05))}
    return entry, {entry: share} | others


def chunks():
    for place, entry in enumerate(TEXT.replace("\n", "").strip("|").split("|")):
        text, shares = read(place, entry)
        logs = {token: round(math.log(percent / 100), 4) for token, percent in shares.items()}
        top = dict(sorted(logs.items(), key=lambda item: -item[1])[:5]) | {text: logs[text]}
        yield text, {"tokens": [text], "token_logprobs": [logs[text]], "top_logprobs": [top]}


def events():
    """The event stream, one event for each token, and the last."""
    tokens = list(chunks())
    for place, (text, logprobs) in enumerate(tokens):
        is_last = place == len(tokens) - 1
        choice = {"index": 0, "text": text, "logprobs": logprobs, "finish_reason": "stop" if is_last else None}
        chunk = {"id": "cmpl-1", "object": "text_completion", "model": "gpt-oss-120b", "choices": [choice]}
        if is_last:
            chunk["usage"] = {"prompt_tokens": 9, "completion_tokens": len(tokens), "total_tokens": 9 + len(tokens)}
        yield "data: " + json.dumps(chunk) + "\n\n"
    yield "data: [DONE]\n\n"


class Model(http.server.BaseHTTPRequestHandler):
    """Sends the response to every request, each token in its time."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for place, event in enumerate(events()):
            time.sleep((PACE[place % len(PACE)] if place else FIRST) / 1000)
            self.wfile.write(event.encode())

    def log_message(self, *_):
        pass


def main():
    if sys.argv[1:] == ["--serve"]:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()
    for event in events():
        sys.stdout.write(event)


main()
