"""A batch as a task of an engine, and as a filter.

Usage: batch_engines.py CEREBRAS [--long], with a Python that has kubernetes-validate. Prints a line for each thing shown.
"""

import argparse
import collections
import hashlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

import batch_runs
import batch_server
from batch_runs import fail

parser = argparse.ArgumentParser()
parser.add_argument("program", type=os.path.abspath)
parser.add_argument("--long", action="store_true")
OPTIONS = parser.parse_args()
PROGRAM = OPTIONS.program
EXAMPLES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "engines")
ROWS = 97
LINES = 1_000_000 if OPTIONS.long else 100_000


def slurm(n, count, first=0, step=1):
    return {"SLURM_ARRAY_TASK_ID": first + n * step, "SLURM_ARRAY_TASK_COUNT": count, "SLURM_ARRAY_TASK_MIN": first,
            "SLURM_ARRAY_TASK_MAX": first + (count - 1) * step, "SLURM_ARRAY_TASK_STEP": step, "SLURM_ARRAY_JOB_ID": 7}


def grid(n, count, first=1, step=1):
    return {"SGE_TASK_ID": first + n * step, "SGE_TASK_FIRST": first, "SGE_TASK_LAST": first + (count - 1) * step,
            "SGE_TASK_STEPSIZE": step}


# The variables of task n (from 0) of so many, and what of them tells the count; None where the engine tells none, so that
# it is given with --shard auto/N.
ENGINES = {
    "Slurm array 0-3": (lambda n, count: slurm(n, count), "SLURM_ARRAY_TASK_COUNT"),
    "Slurm array 10-22:4": (lambda n, count: slurm(n, count, 10, 4), "SLURM_ARRAY_TASK_COUNT"),
    "Kubernetes Indexed Job": (lambda n, count: {"JOB_COMPLETION_INDEX": n}, None),
    "AWS Batch": (lambda n, count: {"AWS_BATCH_JOB_ARRAY_INDEX": n, "AWS_BATCH_JOB_ARRAY_SIZE": count},
                  "AWS_BATCH_JOB_ARRAY_SIZE"),
    "Cloud Run": (lambda n, count: {"CLOUD_RUN_TASK_INDEX": n, "CLOUD_RUN_TASK_COUNT": count, "CLOUD_RUN_TASK_ATTEMPT": 0},
                  "CLOUD_RUN_TASK_COUNT"),
    "LSF": (lambda n, count: {"LSB_JOBINDEX": n + 1, "LSB_JOBINDEX_END": count, "LSB_JOBID": 7}, None),
    "PBS": (lambda n, count: {"PBS_ARRAY_INDEX": n + 1}, None),
    "Torque": (lambda n, count: {"PBS_ARRAYID": n + 1}, None),
    "Grid Engine 1-4": (grid, "SGE_TASK_LAST"),
    "Grid Engine 3-15:4": (lambda n, count: grid(n, count, 3, 4), "SGE_TASK_LAST"),
    "HyperQueue": (lambda n, count: {"HQ_TASK_ID": n + 1}, None),
    "GNU parallel": (lambda n, count: {"PARALLEL_SEQ": n + 1}, None),
    "GitLab CI": (lambda n, count: {"CI_NODE_INDEX": n + 1, "CI_NODE_TOTAL": count}, "CI_NODE_TOTAL"),
    "CircleCI": (lambda n, count: {"CIRCLE_NODE_INDEX": n, "CIRCLE_NODE_TOTAL": count}, "CIRCLE_NODE_TOTAL"),
}


def union(paths, rows):
    """What is wrong with shards: rows in none, in several, or with another completion."""
    times, wrong = collections.Counter(), 0
    for path in paths:
        for record in batch_runs.records(path):
            times[record.custom_id] += 1
            expected = batch_server.response(batch_runs.request(rows.get(record.custom_id, "")))
            wrong += record.body != batch_server.squeeze(expected)
    return {"missing": len(rows.keys() - times.keys()), "repeated": sum(times.values()) - len(times), "wrong": wrong}


NOTHING = {"missing": 0, "repeated": 0, "wrong": 0}


def check_checker(folder):
    """What `union` says of shards that overlap and leave a row out."""
    def line(name, prompt):
        body = batch_server.squeeze(batch_server.response(batch_runs.request(prompt))).decode()
        return f'{{"id":"i","custom_id":"{name}","response":{{"status_code":200,"request_id":"r","body":{body}}},"error":null}}'

    rows = {"a": "A", "b": "B", "c": "C"}
    paths = [os.path.join(folder, name) for name in ("one", "two")]
    batch_runs.write_lines(paths[0], [line("a", "A"), line("b", "B")])
    for second, expected in [([line("c", "C")], NOTHING), ([line("b", "C")], {"missing": 1, "repeated": 1, "wrong": 1})]:
        batch_runs.write_lines(paths[1], second)
        if union(paths, rows) != expected:
            fail(f"the check finds {union(paths, rows)}, not {expected}")


def inputs(folder, count=ROWS):
    rows = {f"row-{n}": f"Prompt {n}" for n in range(count)}
    path = os.path.join(folder, "prompts.jsonl")
    batch_runs.write_lines(path, (json.dumps({"custom_id": name, "prompt": prompt}) for name, prompt in rows.items()))
    return rows, path


def show_engines(folder, server):
    rows, source = inputs(folder)
    count, refused = 4, 0
    for name, (variables, counted) in ENGINES.items():
        target = tempfile.mkdtemp(dir=folder)
        share = "auto" if counted else f"auto/{count}"
        command = [PROGRAM, "batch", source, "-o", target + "/part-{shard}-of-{shards}.jsonl", *batch_runs.flags(), "--shard"]
        for n in range(count):
            own = {name: str(value) for name, value in variables(n, count).items()}
            done = batch_runs.run([*command, share], batch_runs.environment(server.url, **own))
            if done.status != 0 or f"{count}" not in done.error:
                fail(f"{name}, task {n}: {done}")
            left = {key: value for key, value in own.items() if key != counted}
            # Slurm's other variables tell a count without a step; each of the others is the only one that does.
            if not (counted or "").startswith("SLURM"):
                done = batch_runs.run([*command, "auto"], batch_runs.environment(server.url, **left))
                if done.status != 2 or "cerebras: " not in done.error:
                    fail(f"{name} without a count, task {n}: {done}")
                refused += 1
        paths = [os.path.join(target, file) for file in os.listdir(target)]
        found = union(paths, rows)
        if len(paths) != count or found != NOTHING:
            fail(f"{name}: {len(paths)} shards, {found}")
    print(f"{len(ENGINES)} conventions: each one's {count} shards are disjoint and together the input; "
          f"{refused} runs without a count end with status 2")
    show_refusals(folder, server, source)


def show_refusals(folder, server, source):
    """What leaves the place unknown is refused, and nothing is sent."""
    sparse = {**slurm(0, 3), "SLURM_ARRAY_TASK_MAX": "9"}
    two = {**slurm(0, 2), "CI_NODE_INDEX": 1, "CI_NODE_TOTAL": 2}
    undefined = {"SGE_TASK_ID": "undefined", "SGE_TASK_FIRST": "undefined", "SGE_TASK_LAST": "undefined"}
    cases = {
        "no engine": {}, "a sparse array": sparse, "two engines": two, "no array": undefined,
        "LSF without an array": {"LSB_JOBINDEX": 0}, "an index over the count": {"CI_NODE_INDEX": 3, "CI_NODE_TOTAL": 2},
        "an empty index": {"AWS_BATCH_JOB_ARRAY_INDEX": "", "AWS_BATCH_JOB_ARRAY_SIZE": 2},
        "a negative index": {"CLOUD_RUN_TASK_INDEX": -1, "CLOUD_RUN_TASK_COUNT": 2},
    }
    before = server.counts()["requests"]
    for name, variables in cases.items():
        target = os.path.join(folder, "refused.jsonl")
        done = batch_runs.run(
            [PROGRAM, "batch", source, "-o", target, "--shard", "auto", *batch_runs.flags()],
            batch_runs.environment(server.url, **{key: str(value) for key, value in variables.items()}))
        if done.status != 2 or os.path.exists(target):
            fail(f"{name}: {done}")
    if server.counts()["requests"] != before:
        fail("a run that was refused sent requests")
    print(f"refused with status 2, and nothing sent: {', '.join(cases)}")


def show_kubernetes(folder, server):
    """The manifest is valid, and its command does what it says in the environment of each pod."""
    import kubernetes_validate
    import yaml

    with open(os.path.join(EXAMPLES, "kubernetes.yaml")) as file:
        manifest = yaml.safe_load(file)
    kubernetes_validate.validate(manifest, "1.33", strict=True)
    broken = json.loads(json.dumps(manifest))
    broken["spec"]["completion"] = broken["spec"].pop("completions")
    try:
        kubernetes_validate.validate(broken, "1.33", strict=True)
        fail("a manifest with a misspelled field is valid")
    except kubernetes_validate.ValidationError:
        pass
    count = manifest["spec"]["completions"]
    container = manifest["spec"]["template"]["spec"]["containers"][0]
    place = tempfile.mkdtemp(dir=folder)
    rows, source = inputs(place)
    key = os.path.join(place, "key")
    with open(key, "w") as file:
        file.write("test-key")
    os.chmod(key, 0o400)
    arguments = [argument.replace("/key/key", key) for argument in container["args"]]
    for index in range(count):
        environment = batch_runs.environment(server.url, JOB_COMPLETION_INDEX=str(index))
        del environment["CEREBRAS_API_KEY"]
        done = batch_runs.run([PROGRAM, *arguments], environment, cwd=place)
        if done.status != 0:
            fail(f"pod {index} of the manifest: {done}")
    check_shards("kubernetes.yaml", place, rows, count)


def check_shards(name, place, rows, count):
    paths = sorted(os.path.join(place, file) for file in os.listdir(place) if file.startswith("part-"))
    found = union(paths, rows)
    if len(paths) != count or found != NOTHING:
        fail(f"{name}: {paths}, {found}")
    print(f"{name}: {count} shards are disjoint and together the input")


def example_environment(server):
    """That of the examples, which find the program by its name, and limits that none of them meets."""
    return batch_runs.environment(server.url, RPM="1000000", TPM="1000000000", PATH=os.path.dirname(PROGRAM) + ":" + os.environ["PATH"], LC_ALL="C.UTF-8",
                                  HOME=os.environ.get("HOME", "/"))


def show_parallel(folder, server):
    place = tempfile.mkdtemp(dir=folder)
    rows, source = inputs(place)
    environment = example_environment(server)
    # As ssh would run a command on another host, where the variables of this one are not known.
    remote = os.path.join(place, "ssh")
    with open(remote, "w") as file:
        names = " ".join(f'{name}="${name}"' for name in ("PATH", "HOME", "CEREBRAS_API_KEY", "CEREBRAS_BASE_URL"))
        file.write(f'#!/bin/sh\nshift\n[ "$1" != -- ] || shift\nexec env -i SHELL=/bin/sh {names} sh -c "$*"\n')
    os.chmod(remote, 0o755)
    hosts = os.path.join(place, "hosts")
    with open(hosts, "w") as file:
        file.write(f"{remote} one\n{remote} two\n:\n")
    done = batch_runs.run([os.path.join(EXAMPLES, "parallel-hosts.sh"), hosts, source], environment, cwd=place)
    if done.status != 0:
        fail(f"parallel-hosts.sh: {done}")
    check_shards("parallel-hosts.sh", place, rows, 3)
    lines = [f"Line {n} of a text" for n in range(5000)]
    done = batch_runs.run([os.path.join(EXAMPLES, "parallel-pipe.sh"), "2"], {**environment},
                          input="".join(line + "\n" for line in lines).encode())
    expected = "".join(batch_server.completion(line) + "\n" for line in lines)
    if done.status != 0 or done.output.decode() != expected:
        fail(f"parallel-pipe.sh: {done.status}, {done.output[:300]}, {done.error[-1000:]}")
    print(f"parallel-pipe.sh: {len(lines)} lines in, and each one's completion out, in order")


SLURM = """
ClusterName=proof
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CryptoType=crypto/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
NodeName={host} NodeAddr=127.0.0.1 CPUs={cores} RealMemory=3000 State=UNKNOWN
PartitionName=proof Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


class Slurm:
    """A Slurm of one node, this one, with everything in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.processes = []
        for name in ("state", "spool"):
            os.mkdir(os.path.join(folder, name))
        with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
            ports = [one.getsockname()[1], two.getsockname()[1]]
        self.configuration = os.path.join(folder, "slurm.conf")
        with open(self.configuration, "w") as file:
            file.write(SLURM.format(folder=folder, ports=ports, host=socket.gethostname().split(".")[0],
                                    cores=os.cpu_count()))
        key = os.path.join(folder, "munge.key")
        with open(key, "wb") as file:
            file.write(os.urandom(128))
        os.chmod(key, 0o400)
        path = os.path.join(folder, "munge")
        self.start("munged", "--foreground", "--force", "--key-file", key, "--socket", path + ".socket", "--pid-file",
                   path + ".pid", "--log-file", path + ".log", "--seed-file", path + ".seed")
        self.wait("munge", lambda: os.path.exists(path + ".socket"))
        self.start("slurmctld", "-D", "-f", self.configuration)
        self.start("slurmd", "-D", "-f", self.configuration)
        self.wait("an idle node", lambda: "idle" in self.call("sinfo", "--noheader", "--format", "%T").stdout)

    def start(self, *command):
        environment = {**os.environ, "SLURM_CONF": self.configuration}
        with open(os.path.join(self.folder, "daemons.log"), "a") as log:
            self.processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL))

    def call(self, *command, **options):
        environment = {**options.pop("env", os.environ), "SLURM_CONF": self.configuration}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, **options)

    def wait(self, name, is_there, seconds=60):
        end = time.monotonic() + seconds
        while not is_there():
            if time.monotonic() > end or any(process.poll() is not None for process in self.processes):
                logs = [file for file in os.listdir(self.folder) if file.endswith(".log")]
                fail(f"Slurm: {name} is not there\n" + "\n".join(
                    file + ": " + open(os.path.join(self.folder, file)).read()[-1500:] for file in logs))
            time.sleep(0.1)

    def end(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()


def show_slurm(folder, server):
    if os.getuid() != 0:
        fail("Slurm's daemons need root here")
    # In a folder with a short name that others may enter: munge checks each folder above its socket.
    place = tempfile.mkdtemp(prefix="slurm-", dir="/tmp")
    os.chmod(place, 0o755)
    slurm = Slurm(place)
    try:
        work = os.path.join(place, "work")
        os.mkdir(work)
        rows, source = inputs(work)
        environment = example_environment(server)
        for array, count in (("1-4", 4), ("10-18:4", 3)):
            for file in os.listdir(work):
                if file.startswith("part-"):
                    os.remove(os.path.join(work, file))
            done = slurm.call("sbatch", "--wait", f"--array={array}", os.path.join(EXAMPLES, "slurm.sbatch"), source,
                              env=environment, cwd=work)
            logs = "\n".join(open(os.path.join(work, file)).read() for file in sorted(os.listdir(work)) if file.endswith(".log"))
            if done.returncode != 0:
                fail(f"sbatch --array={array}: {done}\n{logs}")
            check_shards(f"slurm.sbatch as --array={array}", work, rows, count)
        done = slurm.call("sbatch", "--wait", "--array=1,3,4", os.path.join(EXAMPLES, "slurm.sbatch"), source,
                          env=environment, cwd=work)
        if done.returncode != 2:
            fail(f"a sparse array: {done}")
        print("slurm.sbatch as --array=1,3,4: status 2")
    finally:
        slurm.end()
        shutil.rmtree(place)


def filter_command(*others):
    return [PROGRAM, "batch", "--input-format", "lines", "--text", *batch_runs.flags("--quiet", *others)]


def feed(pipe, count):
    """Writes lines until it is done or nobody reads any more."""
    try:
        with pipe:
            for n in range(count):
                pipe.write(f"Line {n}\n".encode())
    except BrokenPipeError:
        pass


def filtering(server, count, *others):
    """Starts the filter with this number of lines to come."""
    process = subprocess.Popen(["/usr/bin/time", "--quiet", "--format", "%M", *filter_command(*others)],
                               env=batch_runs.environment(server.url), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    feeder = threading.Thread(target=feed, args=(process.stdin, count), daemon=True)
    feeder.start()
    return process


def through(server, count, *others, pause=None):
    """Sends lines through the filter; gives its largest memory in bytes, and the seconds that it took."""
    begin = time.monotonic()
    process = filtering(server, count, *others)
    for n in range(count):
        if pause:
            pause(n)
        line = process.stdout.readline()
        if line != (batch_server.completion(f"Line {n}") + "\n").encode():
            process.kill()
            fail(f"line {n} of the filter is {line[:100]}: {process.stderr.read()[-500:] if not line else ''}")
    rest, error = process.stdout.read(), process.stderr.read().decode()
    status = process.wait(timeout=60)
    if rest or status != 0:
        fail(f"the filter ends with status {status}, {rest[:100]}, {error[-500:]}")
    return int(error.split()[-1]) * 1024, time.monotonic() - begin


def show_filter(server):
    few, _ = through(server, LINES // 10)
    many, seconds = through(server, LINES)
    print(f"a filter of {LINES} lines: in order, {seconds:.1f} s, {many / 2**20:.1f} MiB at most, "
          f"{few / 2**20:.1f} with a tenth of them")
    if many > 1.1 * few + (1 << 20):
        fail("its memory grows with the lines")
    # A reader that sleeps now and then fills the pipe and the window.
    slow, _ = through(server, 5000, pause=lambda n: time.sleep(1) if n % 1000 == 500 else None)
    if slow > 1.2 * few + (2 << 20):
        fail(f"a slow reader makes it hold {slow / 2**20:.1f} MiB")
    print("a slow reader: in order, and no more memory")
    with batch_server.Server("--faults") as faulty:
        through(faulty, 5000, "--request-timeout", "1s", "--max-retries", 9)
        print(f"5000 lines where attempts fail: in order, {faulty.counts()['outcomes']}")
    for wanted in (0, 1, 300):
        process = filtering(server, LINES)
        for n in range(wanted):
            process.stdout.readline()
        begin = time.monotonic()
        process.stdout.close()
        try:
            status = process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            fail(f"the filter goes on when its reader leaves after {wanted} lines")
        if status == 0:
            fail(f"the filter ends well though its reader left after {wanted} lines")
        if time.monotonic() - begin > 5:
            fail(f"the filter ends {time.monotonic() - begin:.1f} s after its reader left")
    print("a reader that leaves after 0, 1 or 300 lines ends it")
    process = subprocess.Popen(filter_command(), env=batch_runs.environment(server.url), stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)
    for n in range(3):
        process.stdin.write(f"Line {n}\n".encode())
        process.stdin.flush()
        line = process.stdout.readline()
        if line != (batch_server.completion(f"Line {n}") + "\n").encode():
            fail(f"a dialog: line {n} is {line[:100]}")
    process.stdin.close()
    if process.wait(timeout=30) != 0:
        fail("a dialog ends with another status than 0")
    print("a writer that waits for each line's completion gets it")


batch_runs.check_meter()
folder = tempfile.mkdtemp()
os.chmod(folder, 0o755)
try:
    check_checker(folder)
    with batch_server.Server() as server:
        show_engines(folder, server)
        show_kubernetes(folder, server)
        show_parallel(folder, server)
        show_slurm(folder, server)
        show_filter(server)
finally:
    shutil.rmtree(folder)
