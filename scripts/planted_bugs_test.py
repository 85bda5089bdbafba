"""Tests of planted_bugs: each edit still applies to the code as it is, and one that does not is refused."""

import unittest

import planted_bugs
from project_files import ROOT


class PlantedBugsTest(unittest.TestCase):
    def test_every_edit_applies(self):
        for bug in planted_bugs.BUGS:
            with self.subTest(bug.name):
                text = (ROOT / bug.file).read_text()
                self.assertNotEqual(planted_bugs.planted(bug, text), text)

    def test_names_are_distinct(self):
        names = [bug.name for bug in planted_bugs.BUGS]
        self.assertEqual(len(names), len(set(names)))

    def test_an_edit_that_does_not_apply_is_refused_by_name(self):
        bug = planted_bugs.BUGS[0]
        for text in ("", bug.old + "\n" + bug.old):
            with self.assertRaisesRegex(planted_bugs.CannotPlant, bug.name):
                planted_bugs.planted(bug, text)


if __name__ == "__main__":
    unittest.main()
