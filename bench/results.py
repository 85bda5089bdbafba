"""What bench/report.py and bench/plot.py share: the JSON of peers_bench, read into cells, and geometric means.

A speed ratio is always ours over theirs in the sense of "how many times as fast": more than 1 is faster.
"""

import json
import math

# One table each, in this order: (group, heading, unit of a cell).
GROUPS = [
    ("lines", "Anchored lines, all groups", "MB/s"),
    ("search", "Find-all in 256 KiB, all groups", "MB/s"),
    ("large", "Find-all in long haystacks, all groups", "MB/s"),
    ("short", "Short haystacks (8-64 bytes), all groups", "ns/search"),
    ("tiny", "Every string of a and b of 1-6 letters", "ns/search"),
    ("compile", "Compiling", "µs/pattern"),
    ("counted", "Counted repetition", "µs"),
    ("slope", "`[a-z]{k}!` on letters", "ns/byte"),
]
OURS = ["redoubt", "redoubt-posix", "redoubt-bare", "redoubt-posix-bare"]
POSIX = {"redoubt-posix", "redoubt-posix-bare"}


class Run:
    """One run: engines in order, rows by group in order, and a cell for each (group, row, engine)."""

    def __init__(self, document):
        self.context = document["context"]
        self.engines = self.context["engines"]
        self.names = [e["name"] for e in self.engines]
        self.cells = {}
        self.rows = {}
        for entry in document["benchmarks"]:
            rows = self.rows.setdefault(entry["row_group"], [])
            if entry["row"] not in rows:
                rows.append(entry["row"])
            self.cells[entry["row_group"], entry["row"], entry["engine"]] = entry

    def cell(self, group, row, engine):
        """The entry, or None if there is none or the engine did not answer."""
        entry = self.cells.get((group, row, engine))
        return None if entry is None or entry.get("error_occurred") else entry

    def error(self, group, row, engine):
        return self.cells.get((group, row, engine), {}).get("error_message", "")

    def cost(self, group, row, engine):
        """CPU nanoseconds for a unit of work that is the same for all engines of the row; None without an answer."""
        entry = self.cell(group, row, engine)
        if entry is None:
            return None
        by_bytes = group in ("lines", "search", "large", "slope")
        return entry["cpu_time"] / (entry["bytes"] if by_bytes else entry["items"])

    def ratio(self, group, row, engine, other):
        """How many times as fast `engine` is as `other`; None if one of them did not answer."""
        mine, theirs = self.cost(group, row, engine), self.cost(group, row, other)
        return theirs / mine if mine and theirs else None

    def mean_ratio(self, group, engine, other):
        """Geometric mean over the rows that both answered; None if there is none."""
        return mean(self.ratio(group, row, engine, other) for row in self.rows.get(group, []))

    def complete(self, group, engine):
        return all(self.cell(group, row, engine) for row in self.rows.get(group, []))

    def slope(self, engine):
        """Nanoseconds a byte and thread on the slope rows: least squares over k; None without three points."""
        points = [(e["slope_threads"], e["cpu_time"] / e["bytes"])
                  for e in (self.cell("slope", row, engine) for row in self.rows.get("slope", [])) if e]
        if len(points) < 3:
            return None
        mean_x = sum(x for x, _ in points) / len(points)
        mean_y = sum(y for _, y in points) / len(points)
        return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def mean(ratios):
    known = [r for r in ratios if r]
    return math.exp(sum(math.log(r) for r in known) / len(known)) if known else None


def read(path):
    with open(path, encoding="utf-8") as file:
        return Run(json.load(file))
