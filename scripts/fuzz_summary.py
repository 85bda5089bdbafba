#!/usr/bin/env python3
"""What a run of `./dev fuzz` did: inputs, comparisons, findings by bucket, where they lie and how to replay them.

Reads the fuzzing engine's log, the counts that a target wrote (fuzz/differential.h) and the case files of findings.
Prints sentences and tables for a person; exits with 1 if there are findings or inputs that ended the target.
"""

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

SUMS = ("inputs", "pairs", "comparisons", "lesser_comparisons", "mode_runs", "accounted", "unexplained", "cpu_seconds")


def runs_of(log):
    """The number of inputs run, by libFuzzer's log: of one process, or with -fork of all."""
    done = re.findall(r"^Done (\d+) runs", log, re.MULTILINE)
    if done:
        return sum(map(int, done))
    numbers = re.findall(r"^#(\d+)[\s:]", log, re.MULTILINE)
    return int(numbers[-1]) if numbers else 0


def counts_of(folder):
    """The sums over the processes that wrote counts; None where there are none."""
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        return None
    counts = [json.loads(file.read_text()) for file in files]
    return {key: sum(c[key] for c in counts) for key in SUMS}


def findings_of(folder):
    """[(engine, kind, cause, pattern, haystack, file, replay)] of the case files, sorted."""
    found = []
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
        for case in tomllib.loads(file.read_text()).get("case", []):
            pattern = case.get("pattern", case.get("pattern_escaped", ""))
            haystack = case.get("haystack", case.get("haystack_escaped", ""))
            found.append((case["engine"], case["kind"], case["cause"], pattern, haystack, str(file), case["replay"]))
    return sorted(found)


def crashes_of(folder):
    kinds = ("crash-", "timeout-", "oom-", "leak-", "slow-unit-")
    return sorted(p for p in folder.iterdir() if p.name.startswith(kinds)) if folder.is_dir() else []


def summary(target, log, counts, findings, crashes, corpus):
    lines = [f"{target}: {runs_of(log):,} inputs run; the corpus has {corpus:,} after minimisation"]
    if counts:
        rate = counts["comparisons"] / max(counts["cpu_seconds"], 1e-9)
        lines.append(f"  {counts['comparisons']:,} comparisons of all groups with the reference "
                     f"({rate:,.0f} a CPU second), {counts['lesser_comparisons']:,} of spans or less, "
                     f"{counts['mode_runs']:,} in other modes")
        lines.append(f"  {counts['accounted']:,} differences that the catalogue accounts for, "
                     f"{counts['unexplained']:,} that it does not")
    by_bucket = Counter(f[:3] for f in findings)
    for (engine, kind, cause), count in sorted(by_bucket.items()):
        lines.append(f"  {engine}: {kind}, {cause}: {count} shrunk case{'s' if count > 1 else ''}")
        _, _, _, pattern, haystack, file, replay = min((f for f in findings if f[:3] == (engine, kind, cause)),
                                                       key=lambda f: (len(f[3]), len(f[4])))
        lines.append(f"    e.g. {pattern!r} on {haystack!r}: {file}")
        lines.append(f"    to run it again: {replay}")
    for crash in crashes:
        lines.append(f"  {crash.name.split('-')[0]}: {crash}\n    to run it again: ./dev fuzz {target} {crash}")
    if not findings and not crashes:
        lines.append("  nothing found")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--stats", type=Path, required=True, help="folder of counts")
    parser.add_argument("--findings", type=Path, required=True, help="folder of case files")
    parser.add_argument("--crashes", type=Path, required=True, help="folder of inputs that ended the target")
    parser.add_argument("--corpus", type=Path, required=True)
    arguments = parser.parse_args()
    log = arguments.log.read_text(errors="replace") if arguments.log.exists() else ""
    findings, crashes = findings_of(arguments.findings), crashes_of(arguments.crashes)
    corpus = sum(1 for _ in arguments.corpus.iterdir()) if arguments.corpus.is_dir() else 0
    print(summary(arguments.target, log, counts_of(arguments.stats), findings, crashes, corpus))
    return 1 if findings or [c for c in crashes if not c.name.startswith("slow-unit-")] else 0


if __name__ == "__main__":
    sys.exit(main())
