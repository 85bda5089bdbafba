#!/usr/bin/env python3
"""Checks the proofs of reference/proof and what comes out of them; `./dev proof` runs it. docs/verified.md explains.

Steps, all of them unless some are named:
  check      every proof, with Coq; no axiom and nothing unfinished, neither in the text nor in what theorems rest on
  mutations  wrong definitions: each makes a decided case false and a proof fail (scripts/proof_mutations.py)
  extract    the OCaml text that Coq extracts is the committed one (with --update: becomes it)
  golden     the proved programs still answer as reference/proof/golden says (with --update: the file is made anew)
  compare    the proved programs, the reference, the definition and the PikeVM agree (--full: on all regexes to 6 nodes)

Nothing is written beside the sources: the work lies in build/proof. Exit status: 0 all right, 1 not so, 2 usage or
environment.
"""

import argparse
import filecmp
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from project_files import ROOT

SOURCES = ROOT / "reference" / "proof"
COQ = ROOT / "build" / "proof" / "coq"
LIBRARY = "RedoubtProof"
EXTRACTIONS = {"unary": "Extract.v", "native": "ExtractNative.v"}
STEPS = ("check", "mutations", "extract", "golden", "compare")
CLOSED = "Closed under the global context"
# What would let a theorem rest on something that is not proved. Sections may have variables and hypotheses: theorems
# have them as premises, and outside of a section Print Assumptions tells.
UNPROVED = re.compile(r"\b(?:Admitted|admit|Axioms?|Parameters?|Conjectures?|bypass_check)\b|\bUnset\s+"
                      r"(?:Guard|Positivity|Universe)\s+Check")


class Failed(Exception):
    """One sentence: what is not as it must be."""


def without_comments(text):
    """Coq's comments nest, and a sign of a comment within a string is none."""
    text = re.sub(r'"[^"]*"', '""', text)
    depth, kept = 0, []
    for piece in re.split(r"(\(\*|\*\))", text):
        if piece == "(*":
            depth += 1
        elif piece == "*)":
            depth -= 1
        elif depth == 0:
            kept.append(piece)
    return " ".join(kept)


def proofs():
    return sorted(p for p in SOURCES.glob("*.v") if p.name not in EXTRACTIONS.values())


def copy_changed(source, target):
    if not target.exists() or not filecmp.cmp(source, target, shallow=False):
        shutil.copyfile(source, target)


def compile_all(folder, jobs):
    """Compiles every .v in the folder that is out of date, with make; each one's output goes to NAME.out."""
    names = sorted(p.name for p in folder.glob("*.v"))
    found = subprocess.run(["coqdep", "-Q", ".", LIBRARY, *names], cwd=folder, capture_output=True, text=True,
                           check=True).stdout
    # Each line of coqdep's is "A.vo A.glob ...: A.v B.vo ..."; the further targets would have it run several times.
    needs = re.findall(r"^(\S+\.vo)\s[^:\n]*:(.*)$", found, re.MULTILINE)
    rules = [f"all: {' '.join(n + 'o' for n in names)}"] + [f"{target}:{others}" for target, others in needs]
    rules += ["%.vo: %.v", f"\t@coqc -q -Q . {LIBRARY} $< >$*.out 2>&1 || {{ cat $*.out >&2; rm -f $@; exit 1; }}", ""]
    (folder / "rules.mk").write_text("\n".join(rules))
    return subprocess.run(["make", "-s", "-f", "rules.mk", f"-j{jobs}"], cwd=folder, capture_output=True, text=True,
                          check=False)


def check(jobs):
    begin = time.monotonic()
    COQ.mkdir(parents=True, exist_ok=True)
    sources = proofs()
    for path in sources:
        found = UNPROVED.search(without_comments(path.read_text()))
        if found:
            raise Failed(f"{path.relative_to(ROOT)} says {found.group(0)}: nothing here may be left unproved.")
        copy_changed(path, COQ / path.name)
    for stale in COQ.glob("*.v"):
        if not (SOURCES / stale.name).exists() or stale.name in EXTRACTIONS.values():
            stale.unlink()
    for compiled in COQ.glob("*.vo"):
        if not compiled.with_suffix(".out").exists():
            compiled.unlink()
    result = compile_all(COQ, jobs)
    if result.returncode != 0:
        raise Failed("A proof does not check:\n" + result.stderr.strip())
    total = 0
    for path in sources:
        asked = re.findall(r"^Print Assumptions (\S+)\.", path.read_text(), re.MULTILINE)
        if not asked:
            continue
        answers = (COQ / path.with_suffix(".out").name).read_text()
        if answers.count(CLOSED) != len(asked) or "Axioms:" in answers:
            raise Failed(f"{path.name}: a theorem rests on something unproved:\n{answers}")
        for name in asked:
            print(f"  {name}: {CLOSED}")
        total += len(asked)
    if total == 0:
        raise Failed("No file asks what the theorems rest on.")
    lines = sum(p.read_text().count("\n") for p in sources)
    print(f"check: {len(sources)} files, {lines:,} lines, {total} theorems without axioms, "
          f"{time.monotonic() - begin:.0f} s")


def extract(update):
    for numbers, source in EXTRACTIONS.items():
        folder = COQ / numbers
        folder.mkdir(exist_ok=True)
        shutil.copyfile(SOURCES / source, folder / source)
        result = subprocess.run(["coqc", "-q", "-Q", "..", LIBRARY, source], cwd=folder, capture_output=True, text=True,
                                check=False)
        if result.returncode != 0:
            raise Failed(f"{source} does not extract:\n{result.stderr.strip()}")
        for name in ("proved.mli", "proved.ml"):
            committed = SOURCES / "extracted" / numbers / name
            if update:
                committed.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(folder / name, committed)
            elif not committed.exists() or committed.read_text() != (folder / name).read_text():
                raise Failed(f"{committed.relative_to(ROOT)} is not what Coq extracts now; "
                             "`./dev proof extract --update` makes it so.")
    print("extract: " + ("the committed files are new" if update else "as committed") + ", unary and native")


def run_built(command, what, environment=None):
    env = dict(os.environ, **(environment or {}))
    if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode != 0:
        raise Failed(f"{what}: not as it must be; see above.")


def golden(build, update):
    run_built([build / "harness" / "harness_test", "--gtest_brief=1", "--gtest_filter=*ProofGolden*:Decided.*"],
              "golden", {"REDOUBT_UPDATE_GOLDEN": "1"} if update else None)
    print("golden: the proved programs, the reference and the PikeVM answer as the file says; decided cases are right")


def compare(build, full):
    """All regexes to a size with groups, {n,m}, ^ and $ over {a,b}; then random ones to 12 nodes and 16 bytes."""
    nodes, random = (6, 16000) if full else (5, 1500)
    common = ["check", "--modes", "off", "--findings", "", "--max-len", "4", "--random", str(random),
              "--random-nodes", "12", "--random-len", "16"]
    for semantics, engines, size in (("posix", "proof,proof-unary,definition,pikevm", nodes),
                                     ("perl", "proof,proof-unary,pikevm", nodes - 1)):
        run_built([build / "cli" / "redoubt", *common, "--semantics", semantics, "--engines", engines,
                   "--max-nodes", str(size)], f"compare, {semantics}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("steps", nargs="*", metavar="STEP", help="one or more of " + ", ".join(STEPS))
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release", help="where redoubt was built")
    args = parser.parse_args()
    unknown = [s for s in args.steps if s not in STEPS]
    if unknown:
        parser.error(f"there is no step '{unknown[0]}'; there are: {', '.join(STEPS)}")
    if shutil.which("coqc") is None:
        print("There is no coqc: the proofs cannot be checked here (Debian: reference/proof/packages.txt).")
        return 2
    steps = args.steps or STEPS
    begin = time.monotonic()
    try:
        for step in STEPS:
            if step not in steps:
                continue
            print(f"==> {step}", flush=True)
            if step == "check":
                check(args.jobs)
            elif step == "mutations":
                script = ROOT / "scripts" / "proof_mutations.py"
                run_built([sys.executable, "-B", script, "--jobs", str(args.jobs)], step)
            elif step == "extract":
                if "check" not in steps:
                    check(args.jobs)
                extract(args.update)
            elif step == "golden":
                golden(args.build.resolve(), args.update)
            else:
                compare(args.build.resolve(), args.full)
    except Failed as failure:
        print(failure)
        return 1
    print(f"The proofs check, in {time.monotonic() - begin:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
