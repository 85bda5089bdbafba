#!/usr/bin/env python3
"""Holds the layers: what a folder includes must lie in the closure of the DEPENDS of its redoubt_folder(...) call.

Also: the dependencies have no cycle, and those who judge and those who are judged share no matching code, tests
included. Prints one sentence per violation as file:line, and exits with 1 if there is one.
"""

import re
import sys
from pathlib import Path

from project_files import ROOT, project_files

# Neither side may reach the other, in any way.
INDEPENDENT = [("pikevm", "derivatives"), ("pikevm", "reference")]
# What is installed; any folder may include it.
PUBLIC = "include"
KEYWORDS = {"DEPENDS", "LIBRARIES", "TEST_DEPENDS", "TEST_LIBRARIES", "PROGRAM"}
CALL = re.compile(r"\bredoubt_folder\s*\(([^)]*)\)")
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


class Folder:
    """One redoubt_folder(...) call: where it stands, and whom it names."""

    def __init__(self, where, depends, test_depends):
        self.where = where
        self.depends = depends
        self.test_depends = test_depends


def read_folders(files):
    """files: {path: text}. Returns {folder: Folder}."""
    folders = {}
    for path, text in files.items():
        if not path.endswith("/CMakeLists.txt"):
            continue
        text = re.sub(r"#[^\n]*", "", text)
        for call in CALL.finditer(text):
            lists = {keyword: [] for keyword in KEYWORDS}
            words = call.group(1).split()
            current = None
            for word in words[1:]:
                if word in KEYWORDS:
                    current = word
                elif current:
                    lists[current].append(word)
            where = f"{path}:{text.count(chr(10), 0, call.start()) + 1}"
            folders[words[0]] = Folder(where, lists["DEPENDS"], lists["TEST_DEPENDS"])
    return folders


def reach(folders, start):
    """Everything the folders in `start` lead to, themselves included."""
    seen, queue = set(), list(start)
    while queue:
        name = queue.pop()
        if name not in seen and name in folders:
            seen.add(name)
            queue += folders[name].depends
    return seen


def find_cycle(folders):
    """A list of folders that ends where it begins, or None."""
    done = set()

    def visit(name, path):
        if name in path:
            return path[path.index(name):] + [name]
        if name in done or name not in folders:
            return None
        for next_name in folders[name].depends:
            cycle = visit(next_name, path + [name])
            if cycle:
                return cycle
        done.add(name)
        return None

    for name in sorted(folders):
        cycle = visit(name, [])
        if cycle:
            return cycle
    return None


def check_graph(folders):
    for name, folder in folders.items():
        for other in folder.depends + folder.test_depends:
            if other not in folders:
                yield f"{folder.where}: {name} depends on {other}, which is no folder of the project."
    cycle = find_cycle(folders)
    if cycle:
        yield f"{folders[cycle[0]].where}: the dependencies run in a circle: {' -> '.join(cycle)}."
    for a, b in INDEPENDENT:
        for name, other in ((a, b), (b, a)):
            if name in folders and other in reach(folders, [name] + folders[name].test_depends):
                yield f"{folders[name].where}: {name} reaches {other}; the two must stay independent."


def check_public(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match and match.group(1) == '"' and not match.group(2).startswith("redoubt/"):
            yield f'{path}:{number}: "{match.group(2)}" is not installed; a public header cannot include it.'


def check_includes(folders, files):
    for path, text in files.items():
        name, _, inside = path.partition("/")
        if name == PUBLIC:
            yield from check_public(path, text)
        if not inside or not path.endswith((".h", ".cc")) or name not in folders:
            continue
        allowed = reach(folders, [name])
        if path.endswith("_test.cc"):
            allowed |= reach(folders, folders[name].test_depends)
        for number, line in enumerate(text.splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            quote, target = match.groups()
            other, slash, _ = target.partition("/")
            if not slash:
                if quote == '"':
                    yield f'{path}:{number}: "{target}" is included without its folder; write "{name}/{target}".'
            elif other in folders and other not in allowed:
                yield (f'{path}:{number}: {name} includes "{target}" but does not depend on {other} '
                       f"({folders[name].where}).")


def check(files):
    """files: {path: text}. Returns the violations as sentences."""
    folders = read_folders(files)
    return list(check_graph(folders)) + list(check_includes(folders, files))


def main():
    names = [n for n in project_files() if n.endswith((".h", ".cc", "CMakeLists.txt"))]
    violations = check({n: (ROOT / n).read_text(encoding="utf-8", errors="replace") for n in names})
    for violation in violations:
        print(violation)
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
