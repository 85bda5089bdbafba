import tempfile
import unittest
from pathlib import Path

import fuzz_summary

CASE = """format = 1
[[case]]
name = 'x'
pattern = '(a*)*'
haystack = 'a'
engine = 'e'
kind = 'captures'
cause = 'unknown'
replay = 'redoubt replay x.toml'
"""
COUNTS = ('{"inputs": 2, "pairs": 10, "comparisons": 30, "lesser_comparisons": 5, "mode_runs": 0, "accounted": 1, '
          '"unexplained": 2, "cpu_seconds": 0.5}')


class FuzzSummary(unittest.TestCase):
    def test_runs_are_read_from_either_kind_of_log(self):
        self.assertEqual(fuzz_summary.runs_of("#8\tNEW\nDone 71 runs in 3 second(s)\n"), 71)
        self.assertEqual(fuzz_summary.runs_of("#10: cov: 1\n#250: cov: 2 ft: 3\nINFO: exiting: 0\n"), 250)
        self.assertEqual(fuzz_summary.runs_of(""), 0)

    def test_counts_add_up_over_processes(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertIsNone(fuzz_summary.counts_of(Path(folder)))
            for name in ("1.json", "2.json"):
                Path(folder, name).write_text(COUNTS)
            counts = fuzz_summary.counts_of(Path(folder))
        self.assertEqual((counts["comparisons"], counts["cpu_seconds"]), (60, 1.0))

    def test_findings_are_grouped_and_can_be_replayed(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "x.toml").write_text(CASE)
            Path(folder, "crash-1").write_text("")
            found = fuzz_summary.findings_of(Path(folder))
            crashes = fuzz_summary.crashes_of(Path(folder))
            text = fuzz_summary.summary("fuzz_x", "Done 5 runs in 1 second(s)\n", None, found * 2, crashes, 3)
        self.assertIn("fuzz_x: 5 inputs run", text)
        self.assertIn("e: captures, unknown: 2 shrunk cases", text)
        self.assertIn("redoubt replay x.toml", text)
        self.assertIn("./dev fuzz fuzz_x", text)
        self.assertNotIn("nothing found", text)

    def test_nothing_found_is_said(self):
        self.assertIn("nothing found", fuzz_summary.summary("fuzz_x", "", None, [], [], 0))


if __name__ == "__main__":
    unittest.main()
