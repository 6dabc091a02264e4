"""Imports what `cerebras show --format tsv` makes of hostile tokens with the programs that people use, at default settings.

    tsv_import.py CEREBRAS REPLIES SEED

Each reply is seeded. The tokens are known as bytes; every program must give as many rows, and cells that unescape to them.
"""

import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import duckdb
import pandas
import polars

HOSTILE = [
    b'"', b'""', b'"Yes,', b'," he said.\n', b'"No."', b'\'', b"it's", b"\t", b"\n", b"\r", b"\r\n", b"\\", b"\\n", b"\\x22",
    b"\\N", b"\x00", b"\x1a", b"\x1b[31m", b"\x7f", b"NA", b"N/A", b"n/a", b"NULL", b"null", b"NaN", b"nan", b"-nan", b"None",
    b"<NA>", b"#N/A", b"#NA", b"inf", b"-inf", b"Infinity", b"true", b"TRUE", b"T", b"=1+1", b"=cmd|' /C calc'!A0", b"+1", b"-1",
    b"@SUM(A1)", b" ", b"  ", b" a", b"a ", b"\xc2\xa0", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xc2\x85", b"\xef\xbb\xbf", b"\xff",
    b"\xf0\x9f", b"\x98\x80", b"\xed\xa0\xbd", b"\xef\xbf\xbd", b"\xe3\x85\xa4", b"#", b"# comment", b"//", b",", b";", b"|", b"a,b",
    b"a;b", b"a|b", b"007", b"1e5", b"0x10", b"1_000", b"2024-01-01", b"12:30", b"%", b"NA ", b" NA", b"na", b"x" * 3000,
    b"\xe5\xa4\x9c", b"<|eot_id|>", b"&amp;", b"{}", b"[1]", b"$x", b"`", b"''", b"'\"'",
]
ESCAPES = {"\\": b"\\", "t": b"\t", "n": b"\n", "r": b"\r"}
COLUMNS = ["token", "flags", "alternatives"]


def unescape(cell):
    """The bytes that a cell stands for."""

    def replace(match):
        word = match.group(1)
        return bytes([int(word[1:], 16)]) if word[0] == b"x"[0] or len(word) == 3 else ESCAPES[word.decode()]

    return re.sub(rb"\\(\\|t|n|r|x[0-9a-f]{2})", replace, cell.encode())


def reply(seed):
    """A reply in the chat shape, whose tokens tell their bytes; and those."""
    rng = random.Random(seed)
    # The first says at once that tokens are text and that a rank may be more than a number.
    tokens = [b"The"] + [rng.choice(HOSTILE) for _ in range(rng.choice([5, 80, 400]))]
    if seed % 4 == 1:
        tokens = [b"The"] + rng.sample(HOSTILE, len(HOSTILE))
    describe = lambda token, logprob: {
        "token": token.decode(errors="replace"), "bytes": list(token), "logprob": logprob,
    }
    content = []
    for place, token in enumerate(tokens):
        top = [describe(rng.choice(HOSTILE), -0.1 - other) for other in range(2)]
        content.append(describe(token, -9.5 if place == 0 else -rng.random() * 5) | {"top_logprobs": top})
    text = b"".join(tokens).decode(errors="replace")
    choice = {"index": 0, "text": text, "finish_reason": "stop", "logprobs": {"content": content}}
    return json.dumps({"choices": [choice]}), tokens


def of_frame(frame):
    return [[("" if value is None or value != value else str(value)) for value in frame[name]] for name in COLUMNS]


def with_duckdb(path):
    rows = duckdb.sql(f"select {', '.join(COLUMNS)} from read_csv('{path}')").fetchall()
    return [["" if row[place] is None else str(row[place]) for row in rows] for place in range(len(COLUMNS))]


def with_sqlite(path):
    command = f'.mode tabs\n.import {path} t\n.mode json\nselect token, flags, alternatives from t order by rowid;\n'
    run = subprocess.run(["sqlite3", "-batch"], input=command, capture_output=True, text=True, check=True)
    rows = json.loads(run.stdout or "[]")
    return [[row[name] for row in rows] for name in COLUMNS]


def with_csv(path, **options):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, **options))
    return [[row[name] for row in rows] for name in COLUMNS]


def with_awk(path):
    script = 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { printf "%s\\001%s\\001%s\\n", $at["token"], $at["flags"], $at["alternatives"] }'
    run = subprocess.run(["awk", "-F", "\t", script, path], capture_output=True, check=True)
    rows = [line.split("\x01") for line in run.stdout.decode().split("\n")[:-1]]
    return [[row[place] for row in rows] for place in range(3)]


def with_read_delim(path):
    """R's read.delim, and its read.table: sep = "\\t", quote = "\\"" or "\\"'", na.strings = "NA"; a field is quoted if it begins
    so, and goes on over lines until the quote ends; blank lines are passed over."""
    with open(path, newline="", encoding="utf-8") as file:
        text = file.read()
    rows, row, field, place = [], [], "", 0
    while place < len(text):
        character = text[place]
        if character in "\"'" and field == "":
            end = text.find(character, place + 1)
            field, place = text[place + 1 : end if end >= 0 else len(text)], (end if end >= 0 else len(text))
        elif character in "\t\n":
            row.append(None if field == "NA" else field)
            field = ""
            if character == "\n":
                rows, row = rows + ([row] if row != [""] else []), []
        else:
            field += character
        place += 1
    header = rows[0]
    return [[row[header.index(name)] if len(row) == len(header) else None for row in rows[1:]] for name in COLUMNS]


READERS = {
    "pandas": lambda path: of_frame(pandas.read_csv(path, sep="\t")),
    "pandas read_table": lambda path: of_frame(pandas.read_table(path)),
    "polars": lambda path: of_frame(polars.read_csv(path, separator="\t")),
    "duckdb": with_duckdb,
    "sqlite3": with_sqlite,
    "csv excel-tab": lambda path: with_csv(path, dialect="excel-tab"),
    "csv": lambda path: with_csv(path, delimiter="\t"),
    "awk": with_awk,
    "read.delim": with_read_delim,
}


def problem(columns, reference, tokens):
    """What is wrong with imported columns, in words; None when nothing is."""
    if len(columns[0]) != len(tokens):
        return f"{len(columns[0])} rows for {len(tokens)} tokens"
    for place, token in enumerate(tokens):
        cells = [column[place] for column in columns]
        if None in cells or unescape(cells[0]) != token:
            return f"token {place} is {cells[0]!r}, not {token!r}"
        if cells != reference[place]:
            return f"row {place} is {cells!r}, not {reference[place]!r}"
    return None


def check(path, tokens, faults, seed):
    with open(path, newline="", encoding="utf-8") as file:
        lines = file.read().split("\n")[:-1]
    if any('"' in line for line in lines):
        faults.append(f"reply {seed}: a quotation mark")
    places = [lines[0].split("\t").index(name) for name in COLUMNS]
    reference = [[line.split("\t")[place] for place in places] for line in lines[1:]]
    for name, reader in READERS.items():
        try:
            words = problem(reader(path), reference, tokens)
        except Exception as error:  # pylint: disable=broad-except
            words = f"{type(error).__name__}: {error}"
        if words:
            faults.append(f"reply {seed}, {name}: {words}")


def control(folder):
    """How many of the programs take rows for one when quotation marks stand as such: the check would see it."""
    path = os.path.join(folder, "control.tsv")
    tokens = [b"The", b'"', b"Yes", b' he"', b'"No', b".\"", b"end"]
    rows = [[token.decode(), "", "x"] for token in tokens]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join("\t".join(row) for row in [COLUMNS] + rows) + "\n")
    count = 0
    for reader in READERS.values():
        try:
            count += problem(reader(path), rows, tokens) is not None
        except Exception:  # pylint: disable=broad-except
            count += 1
    return count


def main():
    program, count, first = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    faults, total = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            document, tokens = reply(seed)
            total += len(tokens)
            source, path = os.path.join(folder, "reply.json"), os.path.join(folder, "table.tsv")
            with open(source, "w", encoding="utf-8") as file:
                file.write(document)
            subprocess.run([program, "show", source, "--format", "tsv", "-o", path], check=True)
            check(path, tokens, faults, seed)
        broken = control(folder)
    if broken < 5:
        faults.append(f"only {broken} programs noticed quotation marks")
    for fault in faults[:20]:
        print(fault[:400], file=sys.stderr)
    if faults:
        sys.exit(f"{len(faults)} imports differ")
    print(f"{count} replies, {total} tokens: {', '.join(READERS)} have every row and token ({broken} of them lose some when quoted)")


main()
