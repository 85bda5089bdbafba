import unittest

import coverage_summary

SUMMARY = {"files": [{"filename": "syntax/a.cc", "line_covered": 8, "line_total": 10},
                     {"filename": "syntax/b.cc", "line_covered": 10, "line_total": 10},
                     {"filename": "pikevm/c.cc", "line_covered": 1, "line_total": 4}]}


class CoverageSummary(unittest.TestCase):
    def test_lines_add_up_by_folder(self):
        self.assertEqual(coverage_summary.by_folder(SUMMARY), {"syntax": (18, 20), "pikevm": (1, 4)})

    def test_holes_come_largest_first_and_covered_files_not_at_all(self):
        self.assertEqual(coverage_summary.holes(SUMMARY, 5), [(3, "pikevm/c.cc"), (2, "syntax/a.cc")])
        self.assertEqual(coverage_summary.holes(SUMMARY, 1), [(3, "pikevm/c.cc")])


if __name__ == "__main__":
    unittest.main()
