"""Times from hyperfine's JSON export.

Usage: timings.py FILE            prints a line per command: name, tab, median and spread in milliseconds
       timings.py FILE LOW HIGH   fails unless every median lies between LOW and HIGH, in seconds
"""

import json
import sys

from measured import missed


def milliseconds(seconds):
    return f"{seconds * 1000:.1f}"


def main(path, *limits):
    with open(path, encoding="utf-8") as file:
        results = json.load(file)["results"]
    if not results:
        sys.exit("timings.py: the export holds no command")
    for result in results:
        least, median, most = min(result["times"]), result["median"], max(result["times"])
        print(f'{result["command"]}\t{milliseconds(median)} ms ({milliseconds(least)} to {milliseconds(most)})')
        if limits and not float(limits[0]) <= median <= float(limits[1]):
            missed(f'{result["command"]}: median {median} s is not in {limits[0]}..{limits[1]}')


main(*sys.argv[1:])
