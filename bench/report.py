#!/usr/bin/env python3
"""Makes the report of a run of peers_bench: report.md (also printed) and speeds.svg, in a folder.

usage: report.py RUN.json [--out FOLDER] [--strict]
With --strict the exit status is 1 when a target is not met. Only ratios of one run mean something.
"""

import argparse
import sys
from pathlib import Path

import plot
from results import GROUPS, OURS, POSIX, read
from targets import all_targets, limits, re2_for

MARKS = """Marks: `!` the spans differ from ours of the same semantics; `?` the groups differ though the engine claims them;
`~` the groups differ and are not claimed. `refused`, `failed`, `time`: no answer, the reason stands below the tables."""


def number(value):
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def shown_cost(group, nanoseconds):
    """In the unit of the group's table."""
    if group in ("lines", "search", "large"):
        return number(1e3 / nanoseconds)
    return number(nanoseconds / 1e3 if group in ("compile", "counted") else nanoseconds)


def marks(entry, claimed):
    if not entry["spans_agree"]:
        return "!"
    if entry["groups_agree"]:
        return ""
    return "?" if claimed else "~"


def cell_text(run, group, row, engine):
    entry = run.cell(group, row, engine["name"])
    if entry is None:
        error = run.error(group, row, engine["name"])
        if error.startswith("out of time"):
            return "time"
        return error.partition(":")[0] if error else "-"
    text = shown_cost(group, run.cost(group, row, engine["name"]))
    return text if group == "compile" else text + marks(entry, engine["groups_claimed"])


def ratio_text(ratio, bold_from=None):
    if ratio is None:
        return "-"
    text = f"{ratio:.2f}" if ratio < 100 else f"{ratio:.0f}"
    return f"**{text}**" if bold_from is not None and ratio >= bold_from else text


def table(header, lines):
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for line in lines:
        yield "| " + " | ".join(line) + " |"
    yield ""


def code(name):
    return "`" + name.replace("|", "\\|") + "`" if set(name) & set("|*{") else name


def speeds(run, group, heading, unit):
    rows = run.rows[group]
    yield f"## {heading} ({unit})"
    yield ""
    means = group != "slope"
    header = ["engine"] + [code(r) for r in rows] + (["x re2", "x pcre2"] if means else ["ns/byte/thread"])
    lines = []
    for engine in run.engines:
        if engine["unavailable"]:
            continue
        name = engine["name"]
        line = [f"**{name}**" if name in OURS else name]
        line += [cell_text(run, group, row, engine) for row in rows]
        if means:
            part = "" if run.complete(group, name) else "*"
            line += [ratio_text(run.mean_ratio(group, name, peer)) + part for peer in ("re2", "pcre2")]
        else:
            slope = run.slope(name)
            line.append("-" if slope is None else f"{slope:.2f}")
        lines.append(line)
    yield from table(header, lines)
    if means:
        yield "x: how many times as fast, geometric mean over the rows both answered (`*`: not all of them)."
        yield ""


def ratios(run, group):
    """Ours row by row: against RE2 of the same mode, PCRE2, its JIT, and the fastest of all but the JIT."""
    rows = run.rows[group]
    lines = []
    for name in OURS:
        if name not in run.names:
            continue
        for peer in (re2_for(name), "pcre2", "pcre2-jit"):
            if peer not in run.names:
                continue
            line = [name, peer] + [ratio_text(run.ratio(group, row, name, peer), 1) for row in rows]
            lines.append(line + [ratio_text(run.mean_ratio(group, name, peer), 1)])
        others = [n for n in run.names if n not in OURS and n != "pcre2-jit"]
        best = []
        for row in rows:
            known = [r for r in (run.ratio(group, row, name, other) for other in others) if r]
            best.append(min(known) if known else None)
        lines.append([name, "best but JIT"] + [ratio_text(b, 1) for b in best] + [""])
    yield "Ours against (times as fast; bold: at least as fast):"
    yield ""
    yield from table(["ours", "peer"] + [code(r) for r in rows] + ["mean"], lines)


def size(bytes_):
    return f"{bytes_ / 1024:.0f} K" if bytes_ < 10 << 20 else f"{bytes_ / (1 << 20):.0f} M"


def memory(run):
    groups = [g for g, _, _ in GROUPS if g in run.rows and g != "compile"]
    yield "## Peak memory (compiling and one pass, the haystack not counted; the most of a group's rows)"
    yield ""
    lines = []
    for engine in run.engines:
        if engine["unavailable"]:
            continue
        line = [engine["name"]]
        for group in groups:
            peaks = [e["peak_bytes"] for e in (run.cell(group, row, engine["name"]) for row in run.rows[group]) if e]
            line.append(size(max(peaks)) if peaks else "-")
        lines.append(line)
    yield from table(["engine"] + groups, lines)


def targets(run):
    yield "## Targets"
    yield ""
    words = {True: "met", False: "**not met**", None: "not measured"}
    yield from table(["what", "target", "measured", ""],
                     [[what.replace("|", "\\|"), wanted, measured, words[met]]
                      for what, wanted, measured, met in all_targets(run)])
    yield "The limit to approach:"
    yield ""
    yield from table(["what", "times as fast"], [[what, ratio_text(ratio)] for what, ratio in limits(run)])


def no_answers(run):
    yield "## No answer"
    yield ""
    for engine in run.engines:
        if engine["unavailable"]:
            yield f"- {engine['name']}: unavailable: {engine['unavailable']}"
    for (group, row, name), entry in run.cells.items():
        if entry.get("error_occurred") and not entry["error_message"].startswith("unavailable"):
            yield f"- {name}, {group} `{row}`: {entry['error_message']}"
    yield ""


def report(run):
    yield "# Engines compared"
    yield ""
    kind = "a quick run" if run.context.get("quick") else "a full run"
    yield f"{run.context['date']}, {kind}. CPU time of one thread, the least of several rounds, engines interleaved."
    yield "Differences under 10 % mean nothing."
    yield ""
    yield from table(["engine", "what", "semantics", "groups"],
                     [[e["name"], e["what"] + (" (own process)" if e["outside"] else ""), e["semantics"],
                       "held against ours" if e["groups_claimed"] else "not claimed"] for e in run.engines])
    yield MARKS
    yield ""
    for group, heading, unit in GROUPS:
        if group not in run.rows:
            continue
        yield from speeds(run, group, heading, unit)
        if group != "slope":
            yield from ratios(run, group)
    yield from memory(run)
    yield from targets(run)
    yield from no_answers(run)


def main():
    parser = argparse.ArgumentParser(description="Makes the report of a run of peers_bench.")
    parser.add_argument("run", help="the JSON that peers_bench wrote")
    parser.add_argument("--out", help="folder for report.md and speeds.svg (that of the JSON)")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is not met")
    arguments = parser.parse_args()
    run = read(arguments.run)
    folder = Path(arguments.out or Path(arguments.run).parent)
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(report(run))
    (folder / "report.md").write_text(text, encoding="utf-8")
    (folder / "speeds.svg").write_text(plot.svg(run), encoding="utf-8")
    sys.stdout.write(text)
    missed = sum(1 for target in all_targets(run) if target[3] is False)
    return 1 if arguments.strict and missed else 0


if __name__ == "__main__":
    sys.exit(main())
