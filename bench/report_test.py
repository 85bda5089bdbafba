#!/usr/bin/env python3
"""Tests of the report: ratios, slopes, targets and marks from a run made up here."""

import unittest
import xml.etree.ElementTree as ElementTree

import plot
from report import report
from results import Run
from targets import all_targets

ENGINES = ["redoubt", "redoubt-posix", "redoubt-bare", "redoubt-posix-bare", "re2", "re2-longest", "pcre2", "glibc"]


def entry(group, row, engine, nanoseconds, **more):
    return {"row_group": group, "row": row, "engine": engine, "cpu_time": nanoseconds, "bytes": 1000, "items": 10,
            "peak_bytes": 4096, "spans_agree": 1, "groups_agree": 1, **more}


def make_run(extra=()):
    engines = [{"name": n, "what": n, "semantics": "posix" if "posix" in n else "perl", "groups_claimed": n != "glibc",
                "outside": False, "unavailable": ""} for n in ENGINES]
    cells = [entry("lines", row, name, 100 * (k + 1)) for row in ("log", "ip") for k, name in enumerate(ENGINES)]
    for k in (1, 64, 128):
        cells += [entry("slope", f"k={k}", name, 1000 * (5 + cost * k), slope_threads=k)
                  for name, cost in (("glibc", 4), ("redoubt-bare", 1), ("redoubt-posix-bare", 3))]
    replaced = {(c["row_group"], c["row"], c["engine"]) for c in extra}
    cells = [c for c in cells if (c["row_group"], c["row"], c["engine"]) not in replaced]
    return Run({"context": {"date": "today", "engines": engines}, "benchmarks": cells + list(extra)})


def met(run):
    return {what.partition(" (")[0]: ok for what, _, _, ok in all_targets(run)}


class Report(unittest.TestCase):
    def test_a_ratio_is_how_many_times_as_fast(self):
        run = make_run()
        self.assertAlmostEqual(run.ratio("lines", "log", "redoubt", "pcre2"), 7)
        self.assertAlmostEqual(run.mean_ratio("lines", "pcre2", "redoubt"), 1 / 7)

    def test_a_mean_is_geometric_and_over_rows_both_answered(self):
        run = make_run([entry("lines", "ip", "pcre2", 2800)])
        self.assertAlmostEqual(run.mean_ratio("lines", "redoubt", "pcre2"), 14)
        run = make_run([entry("lines", "ip", "pcre2", 0, error_occurred=True, error_message="out of time: 5 s")])
        self.assertAlmostEqual(run.mean_ratio("lines", "redoubt", "pcre2"), 7)
        self.assertFalse(run.complete("lines", "pcre2"))

    def test_shortened_haystacks_compare_by_the_byte(self):
        run = make_run([entry("lines", "log", "pcre2", 350, bytes=500)])
        self.assertAlmostEqual(run.ratio("lines", "log", "redoubt", "pcre2"), 7)

    def test_slope_is_the_cost_of_a_thread_without_the_fixed_part(self):
        self.assertAlmostEqual(make_run().slope("glibc"), 4)
        self.assertIsNone(make_run().slope("pcre2"))

    def test_targets_are_met_and_missed(self):
        run = make_run([entry("lines", "ip", "pcre2", 65)])
        self.assertTrue(met(run)["redoubt-bare: ns a byte and thread, against glibc's"])
        self.assertFalse(met(run)["redoubt-posix-bare: ns a byte and thread, against glibc's"])
        self.assertTrue(met(run)["redoubt: lines, mean, against pcre2"])
        self.assertFalse(met(run)["redoubt: worst row"])
        self.assertIsNone(met(run)["redoubt: tiny, mean, against pcre2"])

    def test_disagreement_and_failure_are_shown(self):
        text = "\n".join(report(make_run([
            entry("lines", "log", "re2", 500, spans_agree=0),
            entry("lines", "ip", "re2", 500, groups_agree=0),
            entry("lines", "log", "glibc", 500, groups_agree=0),
            entry("lines", "ip", "pcre2", 0, error_occurred=True, error_message="crashed: signal 11")])))
        self.assertIn("| re2 | 2000! | 2000? |", text)
        self.assertIn("| glibc | 2000~ |", text)
        self.assertIn("| pcre2 | 1429 | crashed |", text)
        self.assertIn("- pcre2, lines `ip`: crashed: signal 11", text)

    def test_the_plot_is_xml_with_a_bar_for_each_engine(self):
        root = ElementTree.fromstring(plot.svg(make_run()))
        bars = root.findall("{http://www.w3.org/2000/svg}rect")
        self.assertEqual(len(bars), 1 + len(ENGINES) + 3)


if __name__ == "__main__":
    unittest.main()
