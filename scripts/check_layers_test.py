"""Tests of check_layers: each plants one violation in a small made-up project."""

import unittest

import check_layers

CLEAN = {
    "low/CMakeLists.txt": "redoubt_folder(low)\n",
    "low/a.h": "#pragma once\n#include <vector>\n",
    "mid/CMakeLists.txt": "# comment\nredoubt_folder(mid\n  DEPENDS low\n  LIBRARIES fmt::fmt\n  TEST_DEPENDS side)\n",
    "mid/b.cc": '#include "low/a.h"\n#include "mid/b.h"\n#include <fmt/core.h>\n',
    "mid/b_test.cc": '#include "side/c.h"\n',
    "side/CMakeLists.txt": "redoubt_folder(side DEPENDS low)\n",
    "top/CMakeLists.txt": "redoubt_folder(top DEPENDS mid PROGRAM top_program)\n",
    "top/main.cc": '#include "low/a.h"\n',
}


def violations(**changes):
    files = dict(CLEAN)
    for path, text in changes.pop("files", {}).items():
        files[path] = text
    return check_layers.check(files)


class CheckLayersTest(unittest.TestCase):
    def test_a_clean_project_has_no_violation(self):
        self.assertEqual(violations(), [])

    def test_an_upward_include_is_found_with_its_line(self):
        found = violations(files={"low/a.cc": '#include "low/a.h"\n\n#include "mid/b.h"\n'})
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith("low/a.cc:3: low includes"), found)

    def test_an_upward_include_in_angle_brackets_is_found_too(self):
        self.assertEqual(len(violations(files={"low/a.cc": "#include <mid/b.h>\n"})), 1)

    def test_test_depends_hold_for_tests_only(self):
        found = violations(files={"mid/b.h": '#include "side/c.h"\n'})
        self.assertEqual(len(found), 1)
        self.assertIn("does not depend on side (mid/CMakeLists.txt:2)", found[0])

    def test_an_include_without_folder_is_found(self):
        found = violations(files={"low/a.cc": '#include "a.h"\n'})
        self.assertEqual(len(found), 1)
        self.assertIn('write "low/a.h"', found[0])

    def test_a_public_header_includes_only_public_ones(self):
        found = violations(files={"include/x/a.h": '#include "redoubt/b.h"\n#include <vector>\n#include "low/a.h"\n'})
        self.assertEqual(len(found), 1)
        self.assertTrue(found[0].startswith("include/x/a.h:3: "), found)

    def test_a_circle_is_found(self):
        found = violations(files={"low/CMakeLists.txt": "redoubt_folder(low DEPENDS top)\n"})
        self.assertTrue(any("low -> top -> mid -> low" in v for v in found), found)

    def test_an_unknown_dependency_is_found(self):
        found = violations(files={"low/CMakeLists.txt": "redoubt_folder(low DEPENDS nowhere)\n"})
        self.assertEqual(len(found), 1)
        self.assertIn("nowhere, which is no folder", found[0])

    def test_judge_and_judged_stay_independent_even_through_others_and_in_tests(self):
        judge = {"reference/CMakeLists.txt": "redoubt_folder(reference)\n"}
        through = violations(files=judge | {"pikevm/CMakeLists.txt": "redoubt_folder(pikevm DEPENDS low)\n",
                                            "low/CMakeLists.txt": "redoubt_folder(low DEPENDS reference)\n"})
        self.assertEqual(sum("pikevm reaches reference" in v for v in through), 1, through)
        tests = violations(files=judge | {"pikevm/CMakeLists.txt": "redoubt_folder(pikevm TEST_DEPENDS reference)\n"})
        self.assertEqual(sum("pikevm reaches reference" in v for v in tests), 1, tests)
        back = violations(files={"pikevm/CMakeLists.txt": "redoubt_folder(pikevm)\n",
                                 "reference/CMakeLists.txt": "redoubt_folder(reference DEPENDS pikevm)\n"})
        self.assertEqual(sum("reference reaches pikevm" in v for v in back), 1, back)


if __name__ == "__main__":
    unittest.main()
