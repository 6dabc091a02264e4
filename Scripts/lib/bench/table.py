"""Results: a list of rows that is printed as a table and written as JSON."""

import json


class Results:
    """Rows as they come, each printed at once.

    A row has a section, a name, a unit, the median, least and greatest value, and its ratio to others in the same run.
    """

    def __init__(self, machine):
        self.machine = machine
        self.rows = []

    def add(self, section, name, unit, values, **ratios):
        """Adds a row; `values` are its median, least and greatest."""
        if not any(row["section"] == section for row in self.rows):
            print(f"\n{section}")
        median, least, greatest = values
        ratios = {other: ratio for other, ratio in ratios.items() if ratio is not None}
        self.rows.append({"section": section, "name": name, "unit": unit, "median": median, "least": least,
                          "greatest": greatest, "ratios": ratios})
        spread = "" if least == greatest else f"({number(least)} to {number(greatest)})"
        others = "  ".join(f"{number(ratio)} x {other}" for other, ratio in ratios.items())
        print(f"  {name:<44} {number(median):>9} {unit:<10} {spread:<22} {others}".rstrip(), flush=True)

    def write(self, path):
        """Writes everything as JSON."""
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"machine": self.machine, "rows": self.rows}, file, indent=1)
            file.write("\n")


def number(value):
    """A figure with three digits that mean something."""
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.2f}" if abs(value) >= 10 else f"{value:.3g}"
