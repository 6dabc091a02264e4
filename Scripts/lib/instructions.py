"""Instructions that the program itself executes, without those of the C library and the loader, in six fixed jobs.

Usage: instructions.py PROGRAM RECORD TOOLCHAIN           compares with the figures in RECORD; fails over 5 % more
       instructions.py PROGRAM RECORD TOOLCHAIN --record  writes them there
       instructions.py --self-test                        counts a call graph that is known

PROGRAM is stripped, since valgrind reads no debug information of later kinds.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench"))
import streams  # noqa: E402  (from the folder beside this file)

LIMIT = 0.05
JOBS = {
    "help": ["complete", "--help"],
    "text": ["show", "STREAM", "-f", "text"],
    "json": ["show", "STREAM", "-f", "json"],
    "table": ["show", "STREAM", "-f", "table"],
    "html": ["show", "STREAM", "-f", "html"],
    "diff": ["diff", "STREAM", "OTHER"],
}

#: 10 is that of a diff that finds a divergence.
STATUSES = (0, 10)


def own_cost(lines, program):
    """The instructions of one object in callgrind's output: those of a call are counted where it leads."""
    names, current, total, skips = {}, None, 0, False
    for line in lines:
        if line.startswith("ob="):
            number, _, name = line[3:].strip().partition(" ")
            if name:
                names[number] = name
            current = names.get(number, number)
        elif line.startswith("calls="):
            skips = True
        elif line[:1].isdigit() or line[:1] in "+-*":
            if not skips and current == program:
                total += int(line.split()[1])
            skips = False
        elif line.startswith(("cob=", "cfi=", "cfn=")):
            number, _, name = line.partition("=")[2].strip().partition(" ")
            if line.startswith("cob=") and name:
                names[number] = name
    return total


def self_test():
    """A program of 30 instructions that calls a library of 12."""
    lines = ["ob=(1) /p", "fn=(1) main", "10 20", "cob=(2) /lib", "cfn=(2) f", "calls=1 50", "11 12", "+3 10", "ob=(2)",
             "fn=(2)", "50 12"]
    counted = [own_cost(lines, name) for name in ("/p", "/lib")]
    assert counted == [30, 12], counted
    print("a call graph that is known: 30 instructions of the program's own, 12 of a library")


def count(program, arguments, folder):
    """The instructions of a job."""
    output = os.path.join(folder, "callgrind.out")
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "SWIFT_DETERMINISTIC_HASHING": "1"}
    names = {name: os.path.join(folder, name) for name in ("STREAM", "OTHER")}
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={output}", program,
               *(names.get(argument, argument) for argument in arguments)]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, env=environment)
    if done.returncode not in STATUSES:
        sys.exit(f"{' '.join(arguments)}: exit status {done.returncode}")
    with open(output, encoding="utf-8", errors="replace") as file:
        return own_cost(file, program)


def main(program, record, toolchain, *flags):
    machine = f"{platform.system()} {platform.machine()}, {toolchain}"
    program = os.path.abspath(program)
    with tempfile.TemporaryDirectory() as folder:
        for name, seed in (("STREAM", 0), ("OTHER", 1)):
            with open(os.path.join(folder, name), "wb") as file:
                file.writelines(list(streams.stream(950 + 50 * seed, 5)))
        counts = {job: count(program, arguments, folder) for job, arguments in JOBS.items()}
    if flags == ("--record",):
        with open(record, "w", encoding="utf-8") as file:
            json.dump({"machine": machine, "instructions": counts}, file, indent=1)
            file.write("\n")
    with open(record, encoding="utf-8") as file:
        recorded = json.load(file)
    if recorded["machine"] != machine:
        print(f"skipped: the figures are for {recorded['machine']}; this is {machine}")
        return
    failed = False
    for job, now in counts.items():
        before = recorded["instructions"][job]
        ratio = now / before
        failed |= ratio > 1 + LIMIT
        print(f"{job:<6} {now:>12,} instructions, {ratio:.3f} of the recorded figure{' FAIL' if ratio > 1 + LIMIT else ''}")
    if failed:
        sys.exit("more than 5 % over the recorded figures; if that is meant: Scripts/instructions --record, and the reason "
                 "in the commit")


if sys.argv[1:] == ["--self-test"]:
    self_test()
else:
    main(*sys.argv[1:])
