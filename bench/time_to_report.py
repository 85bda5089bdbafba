#!/usr/bin/env python3
"""Time to the first report of a planted bug: fuzz_differential against a plain differential target of bytes.

Both run the same engines, judge and catalogue, from an empty corpus, under libFuzzer, in a build with REDOUBT_MUTANTS
in which the environment variable REDOUBT_MUTANT switches one bug on. Times are CPU seconds of the process, the report
included; each is the median over the seeds. A run that reports nothing within the limit counts as the limit, so that a
ratio with a `>` is a lower bound. Reports that come without any mutant, too, would be of real bugs: there must be none.

    cmake -S . -B build/mutants-fuzz -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=clang++-14 \\
      -DREDOUBT_FUZZ=ON -DREDOUBT_MUTANTS=ON -DBUILD_TESTING=OFF
    cmake --build build/mutants-fuzz --target fuzz_differential byte_differential
    python3 bench/time_to_report.py build/mutants-fuzz
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

# One of each class of mistakes known from real engines that a search with one pattern from the start can show.
MUTANTS = (
    "cox_backward", "group_not_unset", "visited_shared_across_loops", "preferred_empty_iteration", "slots_copied_late",
    "minimum_lost_under_nesting", "lazy_star_greedy", "repeat_simplified_to_zero", "one_pass_too_eager",
    "prefix_factored_across_case", "contraction_loses_minima", "closure_order", "suffix_pins_start",
    "required_byte_twice", "dollar_pinned_too_late", "utf8_split_off_by_one", "counter_overflow",
    "automaton_stale_flags",
)
# Optimizations that leave small patterns alone are also asked alone, where they do not.
ENGINES = ("pikevm,pikevm-plain,pikevm-pcre2-plain,pikevm-only-simplify,pikevm-only-prefilter,pikevm-only-onepass,"
           "pcre2,pcre2-dfa,re2,re2-longest")


def run(program, mutant, seed, limit, engines):
    """CPU seconds to the report, or None when there was none within the limit."""
    environment = dict(os.environ, REDOUBT_FUZZ_ABORT="1", REDOUBT_FUZZ_ENGINES=engines)
    environment.pop("REDOUBT_MUTANT", None)
    if mutant:
        environment["REDOUBT_MUTANT"] = mutant
    with tempfile.TemporaryDirectory() as folder:
        arguments = [program, f"-seed={seed}", "-print_funcs=0", "-entropic=0", "-max_len=1024",
                     f"-artifact_prefix={folder}/", folder]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        limit_cpu = lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        done = subprocess.run(arguments, env=environment, preexec_fn=limit_cpu, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if b"an unexplained finding" not in done.stderr:
        if b"no mutant" in done.stderr or done.returncode == 2:
            sys.exit(done.stderr.decode(errors="replace"))
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(program, mutant, arguments):
    """(median, found in how many runs)"""
    times = [run(program, mutant, seed, arguments.limit, arguments.engines) for seed in range(1, arguments.seeds + 1)]
    found = [t for t in times if t is not None]
    return statistics.median([arguments.limit if t is None else t for t in times]), len(found)


def ratio_text(ratio, bound):
    return f"{'>' if bound else ''}{ratio:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=Path, help="a build with REDOUBT_FUZZ and REDOUBT_MUTANTS")
    parser.add_argument("--mutants", default=",".join(MUTANTS), help="names, comma-separated")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=120, help="CPU seconds a run")
    parser.add_argument("--engines", default=ENGINES)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    harness = str((arguments.build / "fuzz" / "fuzz_differential").resolve())
    baseline = str((arguments.build / "bench" / "byte_differential").resolve())
    ratios, rows = [], []
    print(f"engines: {arguments.engines}; medians of {arguments.seeds} seeds; limit {arguments.limit} CPU seconds a run")
    print(f"{'mutant':34} {'harness s':>10} {'found':>6} {'baseline s':>11} {'found':>6} {'ratio':>8}", flush=True)
    for mutant in arguments.mutants.split(","):
        ours, ours_found = measure(harness, mutant, arguments)
        theirs, theirs_found = measure(baseline, mutant, arguments)
        ratio, bound = theirs / ours, theirs_found <= arguments.seeds // 2
        # Where most of our own runs report nothing, the limit is too small, or no engine asked has the bug.
        if ours_found > arguments.seeds // 2:
            ratios.append(ratio)
        rows.append({"mutant": mutant, "harness_s": ours, "harness_found": ours_found, "baseline_s": theirs,
                     "baseline_found": theirs_found, "ratio": ratio, "lower_bound": bound})
        print(f"{mutant:34} {ours:10.2f} {ours_found:6} {theirs:11.2f} {theirs_found:6} "
              f"{ratio_text(ratio, bound) if ours_found > arguments.seeds // 2 else 'none':>8}",
              flush=True)
    if ratios:
        print(f"median ratio of {len(ratios)} mutants that were reported: {statistics.median(ratios):.1f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
