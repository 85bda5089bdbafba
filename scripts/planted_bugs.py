#!/usr/bin/env python3
"""Does a check find bugs? Plants known ones, one at a time, and runs `redoubt check` on each until its first finding.

Works on a copy of the project under build/planted/; the project itself is never changed. Each bug is one small edit of
one file, and the text it replaces must be there exactly once: where the code has moved on, the edit has to follow.
Every bug must be found, with a counterexample of few nodes and bytes, and without any bug nothing must be found.
Exit status: 0 all as it must be, 1 not so, 2 a bug could not be planted or built.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

from project_files import ROOT, project_files

FOLDER = ROOT / "build" / "planted"
TREE, BUILD, OUT = FOLDER / "tree", FOLDER / "build", FOLDER / "out"
MAX_NODES, MAX_BYTES = 6, 6


@dataclass(frozen=True)
class Bug:
    name: str
    says: str  # what is wrong, for the table
    semantics: str
    file: str
    old: str
    new: str


BUGS = (
    Bug("empty-iteration", "PikeVM: an empty repeat is skipped rather than iterated once (A2)", "posix",
        "pikevm/compiler.cc",
        "    nil(body, h + 1);\n    holes_ = join(done, holes_);",
        "    tag(TagKind::kClose, h + 1, 0);\n    nil(body, h + 1);\n    holes_ = join(done, holes_);"),
    Bug("right-branch", "PikeVM: of two branches the later is preferred (A3)", "posix",
        "pikevm/compiler.cc",
        "const syntax::View<Regex> branches = node.children();",
        "std::vector<Regex> branches = node.children();\n  std::reverse(branches.begin(), branches.end());"),
    Bug("right-branch-first", "PikeVM, leftmost-first: of two branches the later is tried first (B1)", "perl",
        "pikevm/compiler.cc",
        "        Holes others = split_here();\n        plain(*node.children()[k]);",
        "        Holes others = split_here();\n        std::swap(others, holes_);\n"
        "        plain(*node.children()[k]);"),
    Bug("group-not-unset", "PikeVM: a skipped group keeps its last value (A5)", "posix",
        "pikevm/closure.cc",
        "    if (begin == end) return captures;",
        "    if (begin <= end) return captures;"),
    Bug("cox-backward", "PikeVM: reading histories backwards, the earlier minimum wins, so that the last iteration is "
        "the longest (A3)", "posix",
        "pikevm/history.cc",
        "result.order = first[a - 1].frame > second[b - 1].frame ? -1 : 1;",
        "result.order = first[a - 1].frame < second[b - 1].frame ? -1 : 1;"),
    Bug("repeat-off-by-one", "PikeVM: {n,m} allows m+1 iterations", "perl",
        "pikevm/compiler.cc",
        "optional_copies(body, node.max() - node.min(), node.greedy())",
        "optional_copies(body, node.max() - node.min() + 1, node.greedy())"),
    Bug("alphabet-off-by-one", "PikeVM: a class does not end at its last unit", "perl",
        "pikevm/alphabet.cc",
        "change(std::min(range.hi, syntax::kMaxByte) + 1, std::uint64_t{1} << c);",
        "change(std::min(range.hi, syntax::kMaxByte - 1) + 2, std::uint64_t{1} << c);"),
    Bug("complement-in-printer", "printer, for engines: a negated class leaves one unit more out", "perl",
        "syntax/class_printer.cc",
        "std::vector<Range> ranges = negated ? rest.ranges() : c.ranges();",
        "std::vector<Range> ranges = negated ? rest.ranges() : c.ranges();\n"
        "  if (negated && dialect != PrintDialect::kPerl) ++ranges.back().hi;"),
    Bug("complement-in-parser", "parser: a negated class leaves one unit more out", "perl",
        "syntax/parser_class.cc",
        "if (negated) bits_.complement();",
        "if (negated) bits_.add(Range{'b', 'b'}), bits_.complement();"),
    Bug("derivative-of-repeat", "derivatives: D(r{n,m}) = D(r)·r{n-1,m-1} (A7)", "posix",
        "derivatives/derivative.cc",
        "nullable(node.a, context) || node.min == 0 ? 0 : node.min - 1",
        "node.min == 0 ? 0 : node.min - 1"),
    Bug("shortest-split", "reference: the first part takes the shortest share (A6)", "posix",
        "reference/longest_matcher.cc",
        "if (!variation_.short_iterations) break;",
        "if (variation_.short_iterations) break;"),
    Bug("adapter-group-shift", "PCRE2's adapter: groups are reported under the next number", "perl",
        "oracles/pcre2_session.cc",
        "outcome.slots[k] = Span{offsets[2 * k], offsets[2 * k + 1]};",
        "outcome.slots[k == 0 ? 0 : k % (slots - 1) + 1] = Span{offsets[2 * k], offsets[2 * k + 1]};"),
    Bug("closure-order", "PikeVM, leftmost-first: the closure follows the second way of a split first (B1)", "perl",
        "pikevm/list_search.cc",
        "          stack_.push_back({kProgress ? points.number(inst.arg, level) : inst.arg, captures_.share(captures)});\n"
        "          break;",
        "          stack_.push_back({kProgress ? points.number(inst.out, level) : inst.out, captures_.share(captures)});\n"
        "          at = inst.arg;\n"
        "          continue;"),
    Bug("automaton-relations", "automaton: of two paths the one whose least height is smaller wins (A3)", "posix",
        "pikevm/closure_table.h",
        "r.order = r.rho_first > r.rho_second ? -1 : 1;",
        "r.order = r.rho_first < r.rho_second ? -1 : 1;"),
    Bug("automaton-shortest", "automaton: a match ends all other threads of its start (A4)", "posix",
        "pikevm/automaton.cc",
        "return member.rank > accepted_.rank;",
        "return member.rank >= accepted_.rank;"),
    Bug("positions-relations", "positions: a thread keeps the least height of its sibling", "posix",
        "pikevm/position_search.cc",
        "next_relations_->row(b)[a] = r.swapped();",
        "next_relations_->row(b)[a] = r;"),
    Bug("positions-order", "positions, leftmost-first: threads behind a match live on (B1)", "perl",
        "pikevm/position_search.cc",
        "      cut = first;",
        "      cut = false;"),
    Bug("one-pass-first-match", "one-pass: a match is not replaced by a longer one", "posix",
        "pikevm/one_pass_search.cc",
        "  best.found = true;\n  best.end = location;\n",
        "  if (best.found) return;\n  best.found = true;\n  best.end = location;\n"),
    Bug("prefilter-first-bytes", "prefilter: the walk back from a required string stops one byte early", "perl",
        "pikevm/prefilter.cc",
        "if (walk_ != nullptr) start = walk_back(haystack, start, found, state);",
        "if (walk_ != nullptr) start = std::min(walk_back(haystack, start, found, state) + 1, found);"),
    Bug("simplify-coalesce", "simplification: x{a,b}x{c,d} is taken together whatever x is and whichever is lazy", "perl",
        "pikevm/simplify_concat.cc",
        "return notice != Notice::kOrder || a.exact() || b.exact() || a.greedy == b.greedy;",
        "return true;"),
    Bug("split-cuts", "split: the best of two divisions is the one with more cuts", "posix",
        "pikevm/split_run.cc",
        "    values_[0] = at;",
        "    if (values_[0] == kUnset) values_[0] = at;"),
    Bug("copies-second", "copies: the second copy is left as if it were the third", "perl",
        "pikevm/list_search.h",
        "if (at > head.second) return head.exit;",
        "if (at > head.first) return head.exit;"),
    Bug("progress-level", "loop policy pcre2: leaving a loop leaves the loops around it, too", "perl",
        "pikevm/progress.h",
        "return level == loop.height ? 0 : level;",
        "return 0;"),
)


class CannotPlant(Exception):
    pass


def planted(bug, text):
    """The file's text with the bug in it."""
    count = text.count(bug.old)
    if count != 1:
        raise CannotPlant(f"{bug.name}: its text occurs {count} times in {bug.file}, not once; "
                          "the code has changed, and the edit in scripts/planted_bugs.py must follow")
    return text.replace(bug.old, bug.new)


def copy_tree():
    """Brings the copy up to date; files that are alike stay untouched, so that little is compiled again."""
    wanted = project_files()
    for name in wanted:
        source, target = ROOT / name, TREE / name
        if target.is_file() and target.read_bytes() == source.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    for name in set(project_files(TREE)) - set(wanted):
        (TREE / name).unlink()


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise CannotPlant(f"{' '.join(map(str, command[:4]))} … failed:\n" + done.stdout[-3000:])


def build(jobs):
    if not (BUILD / "build.ninja").exists():
        run(["cmake", "-S", TREE, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DREDOUBT_WERROR=OFF",
             "-DBUILD_TESTING=OFF"])
    run(["ninja", "-C", BUILD, f"-j{jobs}", "redoubt"])


def redoubt():
    return BUILD / "cli" / "redoubt"


def first_finding(semantics, jobs, seconds):
    """Runs a check until it has written its first finding or ends: the finding (a dict, or None), seconds, status."""
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    lines = OUT / "findings.jsonl"
    begin = time.monotonic()
    process = subprocess.Popen(
        [redoubt(), "check", "--semantics", semantics, "--jobs", str(jobs), "--budget", f"{seconds}s",
         "--findings", OUT / "cases", "--jsonl", lines], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            ended = process.poll() is not None
            text = lines.read_text(errors="surrogateescape") if lines.exists() else ""
            if "\n" in text:
                return json.loads(text.split("\n", 1)[0]), time.monotonic() - begin, None
            if ended:
                return None, time.monotonic() - begin, process.returncode
            time.sleep(0.02)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def sizes(finding):
    """Nodes and bytes of a finding, by the program's own count: `redoubt shrink` says them of its case file."""
    case = OUT / "cases" / (finding["name"] + ".toml")
    done = subprocess.run([redoubt(), "shrink", case], capture_output=True, text=True, errors="surrogateescape")
    said = re.search(r"from (\d+) nodes and (\d+) bytes", done.stderr)
    if not said:
        raise CannotPlant(f"redoubt shrink {case.name} did not say how large the case is: {done.stderr.strip()}")
    return int(said[1]), int(said[2])


def judge(bug, jobs, seconds):
    """One line of the table, and whether it is as it must be."""
    target = TREE / bug.file
    sound = target.read_text()
    target.write_text(planted(bug, sound))
    try:
        build(jobs)
        finding, took, _ = first_finding(bug.semantics, jobs, seconds)
        if finding is None:
            return f"| {bug.name} | {bug.says} | NOT FOUND | | | {took:.1f} |", False
        nodes, length = sizes(finding)
    finally:
        target.write_text(sound)
    small = nodes <= MAX_NODES and length <= MAX_BYTES
    answers = ", ".join(f"{a['engine']} {a['outcome']}" for a in finding["answers"])
    haystack = finding.get("haystack", finding.get("haystack_base64"))
    shown = f"`{finding['pattern']}` on {json.dumps(haystack)}: {answers}".replace("|", "\\|")
    return (f"| {bug.name} | {bug.says} | {shown}{'' if small else ' TOO LARGE'} | {nodes} | {length} | {took:.1f} |",
            small)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="bugs to plant (default: all)")
    parser.add_argument("--list", action="store_true", help="list the bugs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="threads for builds and checks")
    parser.add_argument("--seconds", type=int, default=300, help="how long a check may take")
    options = parser.parse_args()
    if options.list:
        for bug in BUGS:
            print(f"{bug.name:22} {bug.says}")
        return 0
    unknown = set(options.names) - {bug.name for bug in BUGS}
    if unknown:
        print(f"planted_bugs: there is no bug named {', '.join(sorted(unknown))}; see --list", file=sys.stderr)
        return 2
    chosen = [bug for bug in BUGS if not options.names or bug.name in options.names]
    good = True
    try:
        for bug in chosen:
            planted(bug, (ROOT / bug.file).read_text())
        copy_tree()
        build(options.jobs)
        finding, took, status = first_finding("both", options.jobs, min(options.seconds, 30))
        if finding is not None or status != 0:
            print(f"planted_bugs: the check of the sound program ends with status {status} and finds {finding}",
                  file=sys.stderr)
            return 1
        print(f"Without a bug: nothing found in {took:.0f} s.\n", flush=True)
        print("| bug | what is wrong | first counterexample | nodes | bytes | seconds |")
        print("|---|---|---|---|---|---|", flush=True)
        for bug in chosen:
            line, as_it_must_be = judge(bug, options.jobs, options.seconds)
            print(line, flush=True)
            good = good and as_it_must_be
    except CannotPlant as error:
        print(f"planted_bugs: {error}", file=sys.stderr)
        return 2
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
