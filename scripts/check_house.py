#!/usr/bin/env python3
"""Holds the house rules that a compiler does not see; CONTRIBUTING.md explains them.

Prints one sentence per violation as file:line, and exits with 1 if there is one.
"""

import re
import sys

from project_files import ROOT, project_files

MAX_LINES = 500
SOURCE = (".h", ".cc", ".py", ".js", ".pl", ".rb", ".go", ".java", ".v", ".ml", ".hs", ".cmake", ".txt", ".sh")
TEXT = SOURCE + (".md", ".toml", ".json", ".yml", ".yaml", "dev", ".ci/run")
# Recorded data, generated text and the licence are as long as they are.
DATA = ("cases/", "LICENSE", "reference/proof/extracted/", "reference/proof/golden/")
# An engine's headers stop in oracles/: only tests, generators of tables and the comparison of speeds ask one elsewhere.
ENGINE_HEADER = re.compile(r'^\s*#\s*include\s*[<"]((?:pcre2|re2/|unicode/)[^>"]*)')
ENGINE_PLACES = re.compile(r"^(?:oracles|scripts)/|^bench/engine_|_test\.cc$")
# These cost seconds wherever they are included, so they stay in the one .cc that needs them.
HEAVY_HEADER = re.compile(r'^\s*#\s*include\s*[<"]((?:nlohmann/|toml\+\+/|CLI/)[^>"]*)')

# Written in two halves, so that this file does not break its own rules.
BANNED = [
    (re.compile(r"\b(?:TO" r"DO|FIX" r"ME)\b"), "unfinished work is an issue, not a comment"),
    (re.compile(r"(?<![\w.\-])/(?:wo" r"rk|ho" r"me/\w+|ro" r"ot)/"), "a path of somebody's machine"),
    (re.compile(r"bash_" r"jobs"), "a path of somebody's machine"),
    (re.compile(r"(?:deb\.debian\.o" r"rg|registry\.npm" r"js|py" r"pi\.org|files\.python" r"hosted|"
                r"proxy\.gol" r"ang|static\.crat" r"es\.io|hackage\.hask" r"ell)"), "a package registry's host"),
]


def check_text(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, why in BANNED:
            match = pattern.search(line)
            if match:
                yield f"{path}:{number}: {match.group(0)}: {why}."
    lines = text.count("\n")
    if path.endswith(SOURCE) and not path.startswith(DATA) and lines > MAX_LINES:
        yield f"{path}:{MAX_LINES + 1}: {lines} lines; {MAX_LINES} is the most a file may have."


def check_includes(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        engine, heavy = ENGINE_HEADER.match(line), HEAVY_HEADER.match(line)
        if engine and not ENGINE_PLACES.search(path):
            yield f"{path}:{number}: {engine.group(1)} is an engine's header; it belongs in oracles/."
        if heavy and path.endswith(".h"):
            yield f"{path}:{number}: {heavy.group(1)} is included from a header; it belongs in a .cc file."


def check_header(path, text):
    if not text.startswith("//"):
        yield f"{path}:1: a header opens with a comment: what it is, its main invariant, what it does not do."
    pragma = re.search(r"^#pragma once$", text, re.MULTILINE)
    if not pragma:
        yield f"{path}:1: a header has #pragma once."
    elif re.search(r"^[^/\s]", text[:pragma.start()], re.MULTILINE):
        yield f"{path}:1: #pragma once comes right after the opening comment."


def check_orphans(files):
    """Every .cc is built: it lies directly in a folder with redoubt_folder(...), or a CMakeLists.txt names it."""
    cmake = {path: text for path, text in files.items() if path.endswith("CMakeLists.txt")}
    folders = {path.rpartition("/")[0] for path, text in cmake.items() if "redoubt_folder(" in text}
    for path in files:
        folder, _, name = path.rpartition("/")
        if path.endswith(".cc") and folder not in folders:
            if not any(re.search(rf"\b{re.escape(name)}", text) for text in cmake.values()):
                yield f"{path}:1: no CMakeLists.txt builds this file."


def check(files):
    """files: {path: text}. Returns the violations as sentences."""
    violations = []
    for path, text in files.items():
        violations += check_text(path, text)
        if path.endswith((".h", ".cc")):
            violations += check_includes(path, text)
        if path.endswith(".h"):
            violations += check_header(path, text)
    return violations + list(check_orphans(files))


def main():
    names = [n for n in project_files() if n.endswith(TEXT)]
    violations = check({n: (ROOT / n).read_text(encoding="utf-8", errors="replace") for n in names})
    for violation in violations:
        print(violation)
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
