#!/usr/bin/env python3
"""Lines covered per folder, from gcovr's JSON summary; and the files with the most lines that are not.

Exits with 1 if a folder that --at-least names a share for falls short of it.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

FOLDERS = ("pikevm", "derivatives", "reference", "syntax")


def by_folder(summary):
    """{folder: (covered, lines)}"""
    sums = defaultdict(lambda: (0, 0))
    for file in summary["files"]:
        folder = file["filename"].split("/")[0]
        covered, lines = sums[folder]
        sums[folder] = (covered + file["line_covered"], lines + file["line_total"])
    return dict(sums)


def holes(summary, count):
    """[(lines not covered, file)], most first."""
    missed = [(f["line_total"] - f["line_covered"], f["filename"]) for f in summary["files"]]
    return sorted((m for m in missed if m[0] > 0), reverse=True)[:count]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("summary", type=Path, help="of gcovr --json-summary")
    parser.add_argument("--at-least", type=float, default=0, help="percent of lines, in each of " + ", ".join(FOLDERS))
    arguments = parser.parse_args()
    summary = json.loads(arguments.summary.read_text())
    short = []
    for folder, (covered, lines) in sorted(by_folder(summary).items()):
        share = 100 * covered / max(lines, 1)
        print(f"{folder + '/':14}{covered:7,} of {lines:7,} lines  {share:5.1f} %")
        if folder in FOLDERS and share < arguments.at_least:
            short.append(folder)
    for missed, file in holes(summary, 8):
        print(f"    {missed:4} not covered: {file}")
    if short:
        print(f"less than {arguments.at_least:g} % of lines: {', '.join(short)}")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
