"""Turns a captured terminal screen (standard input, with color sequences) into a page that looks like it: COLUMNS is its
width. The page names its own size, in pixels, in a comment."""

import html
import re
import sys

COLUMNS = int(sys.argv[1])
CELL, LINE, EDGE = 8.43, 20, 18
BASIC = "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff".split()


def color(words):
    """Takes the rest of an extended color off the list of parameters."""
    kind = words.pop(0)
    if kind == 2:
        return "#%02x%02x%02x" % tuple(words.pop(0) for _ in range(3))
    index = words.pop(0)
    if index < 16:
        return "#" + BASIC[index]
    if index > 231:
        return "#" + "%02x" % (8 + 10 * (index - 232)) * 3
    steps = [0, 95, 135, 175, 215, 255]
    return "#%02x%02x%02x" % (steps[(index - 16) // 36], steps[(index - 16) // 6 % 6], steps[(index - 16) % 6])


def apply(style, words):
    while words:
        word = words.pop(0)
        if word == 0:
            style.clear()
        elif word in (38, 48):
            style["color" if word == 38 else "background"] = color(words)
        elif word in (39, 49):
            style.pop("color" if word == 39 else "background", None)
        elif 30 <= word <= 37 or 90 <= word <= 97:
            style["color"] = "#" + BASIC[word - 30 if word < 90 else word - 82]
        elif 40 <= word <= 47 or 100 <= word <= 107:
            style["background"] = "#" + BASIC[word - 40 if word < 100 else word - 92]
        elif word in (1, 2, 4):
            key, value = {1: ("font-weight", "700"), 2: ("opacity", ".6"), 4: ("text-decoration", "underline")}[word]
            style[key] = value
        elif word == 22:
            style.pop("font-weight", None)
            style.pop("opacity", None)
        elif word == 24:
            style.pop("text-decoration", None)


def spans(text):
    style = {}
    for part in re.split(r"(\x1b\[[0-9;]*m)", text):
        if part.startswith("\x1b["):
            apply(style, [int(word or 0) for word in part[2:-1].split(";")])
        elif part and style:
            yield '<span style="%s">%s</span>' % (";".join(f"{k}:{v}" for k, v in style.items()), html.escape(part))
        else:
            yield html.escape(part)


screen = sys.stdin.read().rstrip("\n")
width, height = round(COLUMNS * CELL) + 2 * EDGE, (screen.count("\n") + 1) * LINE + 2 * EDGE
print(f"""<!DOCTYPE html><meta charset="utf-8">
<!-- {width} {height} -->
<style>body{{margin:0;background:#16181d;color:#e6e6e6}}
pre{{margin:0;padding:{EDGE}px;font:14px/{LINE}px "DejaVu Sans Mono",monospace}}pre span{{padding:2px 0}}</style>
<pre>{"".join(spans(screen))}</pre>""")
