"""Requests per second and processor time per request, side by side.

Usage: batch_speed.py CEREBRAS [--long], with the Python that has the vendor's SDK. Prints a table, and fails where batch is
slower than curl --parallel or not ten times as fast as the SDK.
"""

import argparse
import collections
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import batch_runs
from batch_runs import fail
from measured import missed

parser = argparse.ArgumentParser()
parser.add_argument("program", type=os.path.abspath)
parser.add_argument("--long", action="store_true")
OPTIONS = parser.parse_args()
COUNT = 200_000 if OPTIONS.long else 20_000
# The SDK is slow, and no faster with more.
SDK_COUNT = 20_000 if OPTIONS.long else 2000
IN_FLIGHT = 64
ROUNDS = 3
# What two measurements of the same may differ by.
NOISE = 0.05

BODY = json.dumps({
    "id": "chatcmpl-canned", "choices": [{"index": 0, "finish_reason": "length", "logprobs": None,
                                          "text": " the sea was calm, and the ship lay still." * 4, "tokens": None}],
    "created": 1765000000, "model": batch_runs.MODEL, "object": "text_completion",
    "usage": {"prompt_tokens": 9, "completion_tokens": 40, "total_tokens": 49},
}, separators=(",", ":"))

NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/a; fastcgi_temp_path {folder}/b;
    uwsgi_temp_path {folder}/c; scgi_temp_path {folder}/d;
    keepalive_requests 1000000000;
    server {{
        listen 127.0.0.1:{port};
        location = /v1/completions {{ default_type application/json; return 200 '{body}'; }}
    }}
}}
"""

SDK = """
import asyncio, sys
import cerebras.cloud.sdk as sdk

async def main():
    prompts = iter([f"Prompt {n}" for n in range(int(sys.argv[1]))])
    client = sdk.AsyncCerebras(warm_tcp_connection=False, max_retries=0)
    async def work():
        for prompt in prompts:
            done = await client.completions.create(model=sys.argv[2], prompt=prompt, max_tokens=64)
            print(done.choices[0].text)
    await asyncio.gather(*[work() for _ in range(64)])

asyncio.run(main())
"""

WRK = """
wrk.method = "POST"
wrk.body = '{{"model":"{model}","prompt":"Prompt 1","max_tokens":64}}'
wrk.headers["Content-Type"] = "application/json"
"""


def serve(folder):
    """nginx with a canned response; gives the process and the port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    path = os.path.join(folder, "nginx.conf")
    with open(path, "w") as file:
        file.write(NGINX.format(folder=folder, port=port, body=BODY))
    process = subprocess.Popen(["/usr/sbin/nginx", "-c", path, "-e", os.path.join(folder, "error.log")],
                               stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return process, port
        except OSError:
            time.sleep(0.05)
    fail("nginx does not start")


def bodies(count):
    return [json.dumps(batch_runs.request(f"Prompt {n}"), separators=(",", ":")) for n in range(count)]


class Batch:
    """`cerebras batch`, from a file into a file."""
    name, count = "cerebras batch", COUNT

    def __init__(self, folder, url):
        self.source, self.target = os.path.join(folder, "in.jsonl"), os.path.join(folder, "out.jsonl")
        batch_runs.write_lines(self.source, (json.dumps(f"Prompt {n}") for n in range(COUNT)))
        self.environment = batch_runs.environment(url)
        self.command = [OPTIONS.program, "batch", self.source, "-o", self.target, *batch_runs.flags("--concurrency", IN_FLIGHT)]

    def run(self):
        if os.path.exists(self.target):
            os.remove(self.target)
        return batch_runs.run(self.command, self.environment)

    def check(self, done):
        records = batch_runs.records(self.target)
        names = {record.custom_id for record in records}
        if len(records) != COUNT or len(names) != COUNT or any(record.body != BODY.encode() for record in records):
            fail(f"{len(records)} records, {len(names)} ids, {records[0].line[:300]}")
        return records[0].line


class Curl:
    """`curl --parallel` with a body and a file for each request, from one configuration."""
    name, count = "curl --parallel", COUNT

    def __init__(self, folder, url):
        self.folder = os.path.join(folder, "curl")
        self.environment = batch_runs.environment(url)
        configuration = os.path.join(folder, "curl.conf")
        entry = ('url = "{url}/v1/completions"\nheader = "Authorization: Bearer test-key"\n'
                 'header = "Content-Type: application/json"\ndata = "{data}"\noutput = "{output}"\n')
        with open(configuration, "w") as file:
            file.write("next\n".join(
                entry.format(url=url, data=body.replace('"', '\\"'), output=f"{self.folder}/{n}")
                for n, body in enumerate(bodies(COUNT))))
        self.command = ["curl", "--silent", "--show-error", "--parallel", "--parallel-max", IN_FLIGHT, "--config", configuration]

    def run(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.mkdir(self.folder)
        return batch_runs.run(self.command, self.environment)

    def check(self, done):
        sizes = collections.Counter(entry.stat().st_size for entry in os.scandir(self.folder))
        if sizes != {len(BODY): COUNT}:
            fail(f"curl's files by size: {sizes}")
        with open(os.path.join(self.folder, "7"), "rb") as file:
            return file.read()


class Vendor:
    """The vendor's asynchronous SDK."""
    name, count = "vendor's async SDK", SDK_COUNT

    def __init__(self, folder, url):
        self.script = os.path.join(folder, "sdk.py")
        with open(self.script, "w") as file:
            file.write(SDK)
        self.environment = batch_runs.environment(url)
        self.command = [sys.executable, self.script, SDK_COUNT, batch_runs.MODEL]

    def run(self):
        return batch_runs.run(self.command, self.environment)

    def check(self, done):
        lines = done.output.splitlines()
        if lines != [json.loads(BODY)["choices"][0]["text"].encode()] * SDK_COUNT:
            fail(f"the SDK prints {len(lines)} lines, {lines[:2]}")
        return lines[0]


class Wrk:
    """`wrk`, which reads responses and keeps none: the ceiling."""
    name = "wrk (keeps nothing)"

    def __init__(self, folder, url):
        script = os.path.join(folder, "wrk.lua")
        with open(script, "w") as file:
            file.write(WRK.format(model=batch_runs.MODEL))
        self.environment = batch_runs.environment(url)
        self.command = ["wrk", "--threads", 1, "--connections", IN_FLIGHT, "--duration", "3s", "--script", script,
                        url + "/v1/completions"]
        self.count = 0

    def run(self):
        done = batch_runs.run(self.command, self.environment)
        self.count = int(done.output.decode().split(" requests in")[0].split()[-1])
        return done

    def check(self, done):
        if b"Non-2xx" in done.output or b"Socket errors" in done.output:
            fail(done.output.decode())
        return done.output.strip().splitlines()[-2]


def measure(tools):
    """Requests per second and microseconds of processor time per request, of each tool in each round; in turns, so that
    what else the machine does meets all of them."""
    taken = collections.defaultdict(list)
    for number in range(ROUNDS):
        for tool in tools:
            done = tool.run()
            if done.status != 0:
                fail(f"{tool.name}: {done.status}, {done.error[-1000:]}")
            line = tool.check(done)
            if number == 0:
                print(f"{tool.name}: {line[:150].decode(errors='replace')}")
            taken[tool.name].append((tool.count / done.seconds, done.processor / tool.count * 1e6))
    return taken


def show(tools):
    taken = measure(tools)
    best = {name: max(rate for rate, _ in rounds) for name, rounds in taken.items()}
    costs = {name: min(cost for _, cost in rounds) for name, rounds in taken.items()}
    print(f"| {IN_FLIGHT} in flight | requests per second, best of {ROUNDS} (all) | processor time per request, least |")
    print("| --- | --- | --- |")
    for name, rounds in taken.items():
        rates = ", ".join(f"{rate:.0f}" for rate, _ in rounds)
        print(f"| {name} | {best[name]:.0f} ({rates}) | {costs[name]:.0f} us |")
    if best[Batch.name] < (1 - NOISE) * best[Curl.name] or costs[Batch.name] > (1 + NOISE) * costs[Curl.name]:
        missed("batch is slower than curl --parallel")
    if best[Batch.name] < 10 * best[Vendor.name]:
        missed("batch is not ten times as fast as the SDK")


batch_runs.check_meter()
# In memory where that is possible: files on a disk cost curl more than everything else.
folder = tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
# nginx serves as another user when it is started by root.
os.chmod(folder, 0o755)
process, port = serve(folder)
try:
    show([kind(folder, f"http://127.0.0.1:{port}") for kind in (Batch, Curl, Vendor, Wrk)])
finally:
    process.terminate()
    process.wait()
    shutil.rmtree(folder)
