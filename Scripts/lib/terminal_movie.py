"""Records what a command writes to a terminal, with its times, as an animated SVG: COLUMNS ROWS TITLE COMMAND...

TITLE is the command line that the picture shows above its output. Text appears when it did, three times over, and stays; who
prefers reduced motion sees the end at once.
"""

import codecs
import fcntl
import html
import os
import pty
import re
import struct
import sys
import termios
import time

CELL, LINE, EDGE, SIZE = 8.4, 21, 18, 14
# Seconds before the first output and after the last.
LEAD, REST = 0.6, 3.0
FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"


def record(columns, rows, command):
    """The bytes that the command wrote, each piece with its time in seconds."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    begin, pieces = time.monotonic(), []
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        pieces.append((time.monotonic() - begin, piece))
    os.close(terminal)
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("terminal_movie.py: the command failed")
    return pieces


class Screen:
    """The cells of a terminal: what stood in each, in which style, from when and until when."""

    def __init__(self):
        self.row, self.column, self.style, self.time = 0, 0, "", 0.0
        self.cells, self.past = {}, []

    def erase_line(self):
        for place in [place for place in self.cells if place[0] == self.row and place[1] >= self.column]:
            character, style, begin = self.cells.pop(place)
            if begin < self.time:
                self.past.append((place, character, style, begin, self.time))

    def write(self, text):
        for part in re.split(r"(\x1b\[[0-9;]*[A-Za-z]|\r|\n)", text):
            if part == "\r":
                self.column = 0
            elif part == "\n":
                self.row += 1
            elif part.startswith("\x1b["):
                self.obey(part[2:-1], part[-1])
            else:
                for character in part:
                    self.cells[self.row, self.column] = (character, self.style, self.time)
                    self.column += 1

    def obey(self, words, kind):
        if kind == "m":
            self.style = "" if words in ("", "0") else (self.style + ";" + words if self.style else words)
        elif kind == "D":
            self.column = max(0, self.column - int(words or 1))
        elif kind == "K" and words in ("", "0"):
            self.erase_line()
        else:
            sys.exit(f"terminal_movie.py: no idea what ESC[{words}{kind} does")

    def runs(self):
        """Neighbors of one style and time: row, column, text, style, begin, end (None for the end of the picture)."""
        cells = [(place, *cell, None) for place, cell in self.cells.items()] + self.past
        runs = []
        for (row, column), character, style, begin, end in sorted(cells, key=lambda cell: (cell[3], cell[0])):
            last = runs[-1] if runs else None
            if last and last[0] == row and last[1] + len(last[2]) == column and last[3:] == [style, begin, end]:
                last[2] += character
            else:
                runs.append([row, column, character, style, begin, end])
        return [run for run in runs if run[2].strip() or "48" in run[3].split(";")]


def paint(style):
    """Background and attributes of a text for a style's parameters."""
    words, background, attributes = style.split(";"), None, ""
    while words:
        word = words.pop(0)
        if word in ("38", "48") and words and words[0] == "2":
            color = "#%02x%02x%02x" % tuple(int(value) for value in words[1:4])
            words = words[4:]
            if word == "48":
                background = color
            else:
                attributes += f' fill="{color}"'
        elif word == "2":
            attributes += ' opacity=".6"'
        elif word == "1":
            attributes += ' font-weight="700"'
    return background, attributes


def svg(columns, title, screen, length):
    height = (max(row for row, _ in screen.cells) + 3) * LINE + 2 * EDGE - LINE
    width = round(columns * CELL + 2 * EDGE)
    total = LEAD + length + REST
    rules, body, names = [], [], {}
    for row, column, text, style, begin, end in screen.runs():
        moments = (round(100 * (LEAD + begin) / total, 2), end and round(100 * (LEAD + end) / total, 2))
        if moments not in names:
            names[moments] = f"k{len(names)}"
            shown = f"{moments[0]}%{{opacity:1}}"
            hidden = f"{moments[1]}%,to{{opacity:0}}" if moments[1] else "to{opacity:1}"
            rules.append(f"@keyframes {names[moments]}{{0%{{opacity:0}}{shown}{hidden}}}"
                         f".{names[moments]}{{animation-name:{names[moments]}{';opacity:0' if end else ''}}}")
        background, attributes = paint(style)
        x, y = EDGE + column * CELL, EDGE + (row + 1) * LINE
        box = f'<rect x="{x:.1f}" y="{y + 1}" width="{len(text) * CELL:.1f}" height="{LINE - 2}" fill="{background}"/>' if background else ""
        words = text.strip()
        x += (len(text) - len(text.lstrip())) * CELL
        label = (f'<text x="{x:.1f}" y="{y + LINE - 6}" textLength="{len(words) * CELL:.1f}"{attributes}>{html.escape(words)}</text>'
                 if words else "")
        body.append(f'<g class="{names[moments]}">{box}{label}</g>')
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" fill="#e6e6e6" role="img">
<title>{html.escape(title)}: tokens appear one by one, the unlikely ones colored</title>
<style>text{{font:{SIZE}px {FONT};white-space:pre}}g{{animation:{total:.2f}s steps(1,end) 3 both}}
{chr(10).join(rules)}
@media(prefers-reduced-motion:reduce){{g{{animation:none}}}}</style>
<rect width="{width}" height="{height}" rx="8" fill="#16181d"/>
<text x="{EDGE}" y="{EDGE + LINE - 6}"><tspan font-weight="700">$</tspan> {html.escape(title)}</text>
{chr(10).join(body)}
</svg>
"""


def main():
    columns, rows, title, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]
    pieces = record(columns, rows, command)
    screen, decoder = Screen(), codecs.getincrementaldecoder("utf-8")()
    first = pieces[0][0]
    for moment, piece in pieces:
        screen.time = round(moment - first, 2)
        screen.write(decoder.decode(piece))
    sys.stdout.write(svg(columns, title, screen, screen.time))


main()
