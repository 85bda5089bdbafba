"""Tests of check_mutants: the project's registry holds, and each kind of violation is told."""

import unittest

import check_mutants
from project_files import ROOT, project_files


def entry(name, folder="pikevm", semantics="both"):
    return f'REDOUBT_MUTANT_ENTRY({name}, {folder}, {semantics}, "a class",\n                     "what is wrong")\n'


def point(name):
    return f"if (REDOUBT_MUTANT({name})) return 1;\n"


class CheckMutantsTest(unittest.TestCase):
    def violations(self, registry, files):
        return [v for v in check_mutants.check(registry, files) if "are the least" not in v]

    def test_the_project_holds(self):
        names = [n for n in project_files() if n.endswith((".h", ".cc"))]
        files = {n: (ROOT / n).read_text(errors="replace") for n in names}
        self.assertEqual(list(check_mutants.check((ROOT / check_mutants.REGISTRY).read_text(), files)), [])

    def test_one_name_one_place(self):
        good = {"pikevm/a.cc": point("x")}
        self.assertEqual(self.violations(entry("x"), good), [])
        self.assertRegex(self.violations(entry("x") * 2, good)[0], "more than once")
        self.assertRegex(self.violations(entry("x"), {})[0], "0 places")
        self.assertRegex(self.violations(entry("x"), {"pikevm/a.cc": point("x") * 2})[0], "2 places")
        self.assertRegex(self.violations("", good)[0], "is not in")

    def test_folder_and_semantics(self):
        self.assertRegex(self.violations(entry("x"), {"syntax/a.cc": point("x")})[0], "said to lie in pikevm")
        self.assertRegex(self.violations(entry("x", semantics="awk"), {"pikevm/a.cc": point("x")})[0], "awk")

    def test_an_entry_of_another_form_is_told(self):
        self.assertRegex(self.violations("REDOUBT_MUTANT_ENTRY(x)\n", {})[0], "not of the form")

    def test_few_are_told(self):
        self.assertRegex(list(check_mutants.check(entry("x"), {"pikevm/a.cc": point("x")}))[0], "are the least")

    def test_a_binary_with_a_name_is_told(self):
        self.assertEqual(list(check_mutants.check_binary(entry("some_mutant"), b"\0other\0")), [])
        self.assertRegex(list(check_mutants.check_binary(entry("some_mutant"), b"\0some_mutant\0"))[0], "some_mutant")


if __name__ == "__main__":
    unittest.main()
