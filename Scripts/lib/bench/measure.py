"""Whole processes: wall time, CPU time and peak memory of commands that take turns, so that a slow moment hits all of them."""

import dataclasses
import os
import statistics
import tempfile
import time


@dataclasses.dataclass
class Run:
    """One process from its start to its end: seconds, and seconds of user and system time."""

    wall: float
    cpu: float


@dataclasses.dataclass
class Figure:
    """What several runs of one command took."""

    runs: list

    def of(self, name):
        """The median, the least and the greatest of a field."""
        values = [getattr(run, name) for run in self.runs]
        return statistics.median(values), min(values), max(values)


class Command:
    """A command line with its environment; its output goes nowhere, or to a file."""

    def __init__(self, arguments, environment=None, output=os.devnull, statuses=(0,)):
        self.arguments = [str(argument) for argument in arguments]
        self.environment = os.environ | (environment or {})
        self.output = str(output)
        self.statuses = statuses

    def run(self):
        """Runs it once; an exit status that was not expected ends the bench, since its figures would mean nothing."""
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, self.output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ]
        begin = time.perf_counter()
        process = os.posix_spawnp(self.arguments[0], self.arguments, self.environment, file_actions=actions)
        _, status, used = os.wait4(process, 0)
        wall = time.perf_counter() - begin
        status = os.waitstatus_to_exitcode(status)
        if status not in self.statuses:
            raise SystemExit(f"bench: {' '.join(self.arguments)[:300]}: exit status {status}")
        return Run(wall, used.ru_utime + used.ru_stime)

    def peak_memory(self):
        """Runs it once; gives the most bytes that were in memory.

        A process that is started by this one counts this one's memory as its own, so a small program starts it.
        """
        with tempfile.NamedTemporaryFile("r") as file:
            arguments = ["time", "-q", "-f", "%M", "-o", file.name, *self.arguments]
            Command(arguments, self.environment, self.output, self.statuses).run()
            return int(file.read()) * 1024


def compare(commands, runs, warmups=1):
    """Runs each of the named commands `runs` times, in turns.

    - Parameter commands: names and commands; a number of runs of its own may stand beside a command.
    - Returns: a Figure by each name.
    """
    figures = {name: Figure([]) for name in commands}
    for turn in range(-warmups, runs):
        for name, command in commands.items():
            command, most = command if isinstance(command, tuple) else (command, runs)
            if turn >= most or (turn < 0 and most < runs):
                continue
            run = command.run()
            if turn >= 0:
                figures[name].runs.append(run)
    return figures
