"""The README's table of figures, from a recorded run. Usage: readme.py RECORD."""

import json
import sys

from table import number

#: Section, row, and the words for it.
ROWS = (
    ("Start-up", "--version", "`--version`"),
    ("One whole completion of 16 tokens", "complete", "a whole completion"),
    ("First token on the screen", "complete --stream", "first token of a stream"),
    ("Stream of 100,000 chunks, no logprobs: CPU time a chunk", "text", "CPU time per chunk: text"),
    ("Stream of 100,000 chunks, 5 logprobs: CPU time a chunk", "table", "a table, 5 alternatives"),
    ("20,000 requests, 64 in flight: a second", "batch --concurrency 64", "`batch`, 64 in flight"),
)
FIRST = {"Start-up": "curl --version", "One whole completion of 16 tokens": "curl",
         "20,000 requests, 64 in flight: a second": "curl --parallel"}
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
    print("| | `cerebras` | `curl` | ratio | SDK |")
    print("| --- | --- | --- | --- | --- |")
    for section, name, words in ROWS:
        row = rows[section, name]
        curl = rows[section, FIRST.get(section, "curl -N")]
        print(f"| {words} | {cell(row)} | {cell(curl)} | {number(row['ratios']['curl'])} | {cell(rows.get((section, SDK)))} |")
    machine = record["machine"]
    clients = ", ".join(machine["clients"][:1]).replace("==", " ")
    print(f"\nMeasured at {machine['commit']} on {machine['cores']} cores of {machine['processor']} "
          f"({machine['architecture']}); {machine['curl']}, {clients}.")


main(*sys.argv[1:])
