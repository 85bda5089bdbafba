"""Tests of check_house: each plants one violation in a small made-up project."""

import unittest

import check_house

HEADER = "// A thing. Always whole.\n#pragma once\n\nint thing();\n"
CLEAN = {
    "low/CMakeLists.txt": "redoubt_folder(low)\nadd_executable(extra parts/extra.cc)\n",
    "low/a.h": HEADER,
    "low/a.cc": '#include "low/a.h"\n#include <nlohmann/json.hpp>\n',
    "low/a_test.cc": "#include <re2/re2.h>\n",
    "oracles/CMakeLists.txt": "redoubt_folder(oracles)\n",
    "oracles/re2_session.h": HEADER + "#include <re2/re2.h>\n",
    "low/parts/extra.cc": "int main() {}\n",
    "docs/a.md": "A network/path, a framework/x, https://example.org/network/ and /usr/share/doc.\n",
    "cases/long.toml": "x = 1\n" * 501,
}


def violations(files):
    return check_house.check(CLEAN | files)


class CheckHouseTest(unittest.TestCase):
    def assert_one(self, files, start, text):
        found = violations(files)
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(start), found)
        self.assertIn(text, found[0])

    def test_a_clean_project_has_no_violation(self):
        self.assertEqual(violations({}), [])

    def test_length(self):
        self.assertEqual(violations({"low/b.cc": "//\n" * 500}), [])
        self.assert_one({"low/b.cc": "//\n" * 501}, "low/b.cc:501:", "501 lines")

    def test_unfinished_work(self):
        self.assert_one({"low/b.cc": "int x;  // TO" "DO(me)\n"}, "low/b.cc:1:", "unfinished")
        self.assert_one({"docs/b.md": "\nFIX" "ME later\n"}, "docs/b.md:2:", "unfinished")

    def test_paths_of_a_machine(self):
        self.assert_one({"docs/b.md": "see `/wo" "rk/x`\n"}, "docs/b.md:1:", "machine")
        self.assert_one({"docs/b.md": "see (/ho" "me/ann/x)\n"}, "docs/b.md:1:", "machine")

    def test_registry_hosts(self):
        self.assert_one({"packages.txt": "http://deb.debian.o" "rg/debian\n"}, "packages.txt:1:", "registry")

    def test_headers(self):
        self.assert_one({"low/b.h": HEADER.partition("\n")[2]}, "low/b.h:1:", "opens with a comment")
        self.assert_one({"low/b.h": HEADER.replace("#pragma once\n", "")}, "low/b.h:1:", "#pragma once")
        self.assert_one({"low/b.h": "// A.\n#include <vector>\n#pragma once\n"}, "low/b.h:1:", "right after")

    def test_third_party_includes(self):
        self.assert_one({"low/b.h": HEADER + "#include <nlohmann/json.hpp>\n"}, "low/b.h:5:", "belongs in a .cc")
        self.assert_one({"low/b.cc": "#include <re2/re2.h>\n"}, "low/b.cc:1:", "belongs in oracles/")

    def test_orphans(self):
        self.assert_one({"low/parts/lost.cc": "int x;\n"}, "low/parts/lost.cc:1:", "builds")


if __name__ == "__main__":
    unittest.main()
