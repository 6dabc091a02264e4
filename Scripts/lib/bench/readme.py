"""The README's table of figures, from a recorded run. Usage: readme.py RECORD."""

import json
import sys

from table import number

#: Section, row, curl's row in that section, and the words for it.
ROWS = (
    ("Start-up", "--version", "curl --version", "`--version`"),
    ("One whole completion of 16 tokens", "complete", "curl", "a completion"),
    ("Stream of 100,000 chunks, no logprobs: CPU time a chunk", "text", "curl -N", "CPU time per chunk"),
    ("20,000 requests, 64 in flight: a second", "batch --concurrency 64", "curl --parallel", "`batch`, 64 in flight"),
)
SDK = "the vendor's SDK"


def cell(row):
    """A figure with its unit and its range."""
    if row is None:
        return ""
    unit = {"us": " us", "ms": " ms", "requests": " a second"}[row["unit"]]
    spread = "" if row["least"] == row["greatest"] else f" ({number(row['least'])} to {number(row['greatest'])})"
    return f"{number(row['median'])}{unit}{spread}"


def main(path):
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    rows = {(row["section"], row["name"]): row for row in record["rows"]}
    print("| | `cerebras` | `curl` | SDK |")
    print("| --- | --- | --- | --- |")
    for section, name, curl, words in ROWS:
        cells = (cell(rows.get((section, program))) for program in (name, curl, SDK))
        print(f"| {words} | {' | '.join(cells)} |")
    machine = record["machine"]
    clients = ", ".join(machine["clients"][:1]).replace("==", " ")
    print(f"\nMeasured at {machine['commit']} on {machine['cores']} cores of {machine['processor']} "
          f"({machine['architecture']}); {machine['curl']}, {clients}.")


main(*sys.argv[1:])
