#!/usr/bin/env python3
"""Holds syntax/mutants.inc and the sources together: every mutant has one name and one place, in the folder it names.

With --binary FILE: no mutant's name occurs in that program, which is built without them. Prints one sentence per
violation, and exits with 1 if there is one.
"""

import argparse
import re
import sys
from pathlib import Path

from project_files import ROOT, project_files

REGISTRY = "syntax/mutants.inc"
ENTRY = re.compile(r'^REDOUBT_MUTANT_ENTRY\(\s*(\w+),\s*(\w+),\s*(\w+),\s*"((?:[^"\\]|\\.)*)",\s*("[^;]*?")\)',
                   re.MULTILINE)
POINT = re.compile(r"\bREDOUBT_MUTANT\((\w+)\)")
SEMANTICS = {"posix", "perl", "both"}
LEAST = 60


def entries(text):
    """(name, folder, semantics, class) of each entry."""
    return [match.groups()[:4] for match in ENTRY.finditer(text)]


def points(files):
    """files: {path: text}. (name, path) of each mutation point."""
    return [(match.group(1), path) for path, text in files.items() if path != "syntax/mutants.h"
            for match in POINT.finditer(text)]


def check(registry, files):
    """Returns the violations as sentences."""
    found = entries(registry)
    if registry.count("REDOUBT_MUTANT_ENTRY(") != len(found):
        yield f"{REGISTRY}: an entry is not of the form NAME, folder, semantics, \"class\", \"what is wrong\"."
    names = [entry[0] for entry in found]
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield f"{REGISTRY}: {name} is there more than once."
    places = {}
    for name, path in points(files):
        places.setdefault(name, []).append(path)
    for name, folder, semantics, mistake in found:
        if semantics not in SEMANTICS:
            yield f"{REGISTRY}: {name} names the semantics {semantics}, which is none of {', '.join(sorted(SEMANTICS))}."
        if not mistake:
            yield f"{REGISTRY}: {name} has no class."
        at = places.get(name, [])
        if len(at) != 1:
            yield f"{REGISTRY}: {name} has {len(at)} places in the sources, not one."
        elif at[0].partition("/")[0] != folder:
            yield f"{at[0]}: {name} is said to lie in {folder}/."
    for name in sorted(set(places) - set(names)):
        yield f"{places[name][0]}: {name} is not in {REGISTRY}."
    if len(found) < LEAST:
        yield f"{REGISTRY}: {len(found)} mutants, and {LEAST} are the least."


def check_binary(registry, data):
    for entry in entries(registry):
        if entry[0].encode() in data:
            yield f"the program holds the name of the mutant {entry[0]}."


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", metavar="FILE", help="a program built without mutants")
    options = parser.parse_args()
    registry = (ROOT / REGISTRY).read_text()
    if options.binary:
        violations = list(check_binary(registry, Path(options.binary).read_bytes()))
    else:
        names = [n for n in project_files() if n.endswith((".h", ".cc"))]
        violations = list(check(registry, {n: (ROOT / n).read_text(errors="replace") for n in names}))
    for violation in violations:
        print(violation)
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
