#!/usr/bin/env python3
"""Do the proofs see a wrong definition? Makes Spec.v wrong in one place at a time and looks at what becomes of it.

Each wrong definition must (1) make a decided case of Decided.v unprovable, (2) let the wrong answer be proved in its
place, from the mutated definitions alone, so that it is the meaning that changed and not only a script that broke, and
(3) make some theorem about the matcher fail. The text that an edit replaces must be in Spec.v exactly once: where the
definitions move on, the edit has to follow. Works in build/proof/mutant-NAME.
Exit status: 0 all as it must be, 1 not so, 2 an edit could not be made.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import proof

FOLDER = proof.COQ.parent
# In this order, and to the first that fails.
THEOREMS = ("Trees", "Order", "Posix", "Derivative", "Lexer", "Cover", "Simplify", "Split", "Search", "Captures",
            "Program", "PlainProof")
SECONDS = 120


@dataclass(frozen=True)
class Mutation:
    name: str
    says: str
    old: str
    new: str
    case: str  # an Example of Decided.v
    answer: str  # what is proved in its stead


MUTATIONS = (
    Mutation("no-empty-iteration", "A2: a repeat that spans nothing has no iteration",
             "i < k \\/ 0 < min \\/ (head = true /\\ i = j) ->", "i < k \\/ 0 < min ->",
             "empty_iteration", "(0,0)?"),
    Mutation("forced-not-empty", "A2: forced iterations may not be empty",
             "i < k \\/ 0 < min \\/ (head = true /\\ i = j) ->", "i < k \\/ (head = true /\\ i = j) ->",
             "forced_iteration", ""),
    Mutation("empty-after-another", "A2: what is left of a repeat counts as a repeat that has not begun",
             "wf (Rep false r (pred min) (less max)) u k j ->", "wf (Rep true r (pred min) (less max)) u k j ->",
             "no_empty_iteration_after_one", "(0,1)(1,1)"),
    Mutation("none-beats-empty", "A2, A3: no iteration is better than an empty one",
             "| TNone => [TNil]", "| TNone => []",
             "empty_iteration", "(0,0)?"),
    Mutation("minimum-ignored", "A1: a repeat may have no iteration whatever its minimum",
             "| wf_none r max i : wf (Rep true r 0 max) TNone i i",
             "| wf_none r min max i : wf (Rep true r min max) TNone i i",
             "minimum", "(0,0)"),
    Mutation("maximum-ignored", "A1: the maximum does not count down",
             ":= option_map pred max.", ":= max.",
             "maximum", "(0,2)"),
    Mutation("left-associative", "A3: r1 r2 r3 is (r1 r2) r3",
             "match xs with [] => unit | [x] => x | x :: rest => f x (right_assoc f unit rest) end.",
             "match xs with [] => unit | x :: rest => fold_left f rest x end.",
             "right_associative", "(0,4)(0,1)(1,4)(4,4)"),
    Mutation("later-branch", "A3: the later branch is better",
             "| TLeft t => [t; TNil]\n  | TRight t => [TNil; t]", "| TLeft t => [TNil; t]\n  | TRight t => [t; TNil]",
             "earlier_branch", "(0,1)?(0,1)"),
    Mutation("shortest-part", "A3: the shorter part is better",
             "| Len m, Len n => m < n", "| Len m, Len n => n < m",
             "longest_part", "(0,2)(0,0)(0,2)"),
    Mutation("right-to-left", "A3: trees are compared from the right",
             "| before_left k l p q : k < l ->", "| before_left k l p q : l < k ->",
             "longest_part", "(0,2)(0,0)(0,2)"),
    Mutation("rightmost", "A4: the largest begin",
             "(forall i' j', matches r i' j' -> allowed w i' j' -> i <= i')",
             "(forall i' j', matches r i' j' -> allowed w i' j' -> i' <= i)",
             "leftmost", "(2,3)"),
    Mutation("shortest-match", "A4: the smallest end",
             "(forall j', matches r i j' -> allowed w i j' -> j' <= j)",
             "(forall j', matches r i j' -> allowed w i j' -> j <= j')",
             "longest", "(0,0)"),
    Mutation("keep-groups", "A5: an iteration does not unset groups",
             "(walk body t i (unset (groups body) s))", "(walk body t i s)",
             "unset_by_an_iteration", "(0,2)(1,2)(0,1)(1,2)"),
    Mutation("keep-inner-groups", "A5: an iteration does not unset the groups of repeats in its body",
             "| Rep _ r _ _ => groups r", "| Rep _ _ _ _ => []",
             "unset_inside", "(0,3)(0,1)"),
    Mutation("group-ends-early", "A5: a group's span ends where it begins",
             "walk r t i (set g (i, i + len t) s)", "walk r t i (set g (i, i) s)",
             "group_span", "(0,1)(0,0)"),
)


def slots_of(answer):
    if not answer:
        return "None"
    spans = re.findall(r"\(\d+,\d+\)|\?", answer)
    return "(Some [" + "; ".join("None" if s == "?" else "Some " + s for s in spans) + "])"


def example(text, name):
    """The Example of that name: its statement up to the answer, and the answer."""
    statement = rf'^Example {name} :\s+(answers .*?\s"\w*") (None|\(Some \[.*?\]\))\.$'
    found = re.search(statement, text, re.MULTILINE | re.DOTALL)
    if not found:
        raise LookupError(f"Decided.v has no Example {name}.")
    return found.group(1), found.group(2)


def coqc(folder, name):
    """None if the file checks; else what Coq says."""
    try:
        result = subprocess.run(["coqc", "-q", "-Q", ".", proof.LIBRARY, name + ".v"], cwd=folder, timeout=SECONDS,
                                capture_output=True, text=True, check=False)
    except subprocess.TimeoutExpired:
        return f"no end in {SECONDS} s"
    return None if result.returncode == 0 else result.stderr


def theorem_at(path, complaint):
    """The lemma around the place that Coq complains of."""
    line = re.search(r"line (\d+)", complaint)
    names = re.findall(r"^\s*(?:Theorem|Lemma|Corollary|Example|Instance|Fixpoint|Definition)\s+(\w+)",
                       "\n".join(path.read_text().splitlines()[: int(line.group(1))]), re.MULTILINE) if line else []
    return names[-1] if names else "?"


def first_failure(folder):
    for name in THEOREMS:
        shutil.copyfile(proof.SOURCES / f"{name}.v", folder / f"{name}.v")
        # What a file needs beyond those before it.
        for needed in re.findall(r"Require Import ([\w\s]+)\.", (folder / f"{name}.v").read_text()):
            for other in needed.split():
                source = proof.SOURCES / f"{other}.v"
                if source.exists() and not (folder / f"{other}.vo").exists():
                    shutil.copyfile(source, folder / source.name)
                    complaint = coqc(folder, other)
                    if complaint:
                        return f"{other}.v, {theorem_at(folder / source.name, complaint)}"
        complaint = coqc(folder, name)
        if complaint:
            return f"{name}.v, {theorem_at(folder / f'{name}.v', complaint)}"
    return None


def run(mutation, decided):
    """The lines of the report, and whether all is as it must be."""
    folder = FOLDER / f"mutant-{mutation.name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    spec = (proof.SOURCES / "Spec.v").read_text()
    if spec.count(mutation.old) != 1:
        raise LookupError(f"{mutation.name}: Spec.v has the text {spec.count(mutation.old)} times: {mutation.old}")
    (folder / "Spec.v").write_text(spec.replace(mutation.old, mutation.new))
    for name in ("Bytes", "Decide"):
        shutil.copyfile(proof.SOURCES / f"{name}.v", folder / f"{name}.v")
    for name in ("Spec", "Bytes", "Decide"):
        complaint = coqc(folder, name)
        if complaint:
            return f"{mutation.name}: {name}.v does not even compile, which shows nothing:\n{complaint}", False
    question, right = example(decided, mutation.case)
    head = decided[: decided.index("\n\n") + 2]
    for name, answer in (("Right", right), ("Wrong", slots_of(mutation.answer))):
        (folder / f"{name}.v").write_text(f"{head}Example it :\n  {question} {answer}.\nProof. decided. Qed.\n")
    right_fails, wrong_fails = coqc(folder, "Right"), coqc(folder, "Wrong")
    theorem = first_failure(folder)
    good = bool(right_fails) and wrong_fails is None and theorem is not None
    case = "falls" if right_fails else "STANDS"
    wrong = "proved" if wrong_fails is None else "NOT PROVED"
    line = (f"{mutation.name:20} {mutation.says}\n"
            f"{'':20} case: {mutation.case} {case}; the wrong answer, {mutation.answer or 'no match'}, is {wrong}\n"
            f"{'':20} theorem: {theorem or 'NONE FAILS'}")
    if wrong_fails:
        line += "\n" + wrong_fails
    if good:
        shutil.rmtree(folder)
    return line, good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="of mutations; default: all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    chosen = [m for m in MUTATIONS if not args.names or m.name in args.names]
    decided = (proof.SOURCES / "Decided.v").read_text()
    good = 0
    try:
        with ThreadPoolExecutor(args.jobs) as pool:
            for line, as_it_must_be in pool.map(lambda m: run(m, decided), chosen):
                print(line, flush=True)
                good += as_it_must_be
    except LookupError as error:
        print(error)
        return 2
    print(f"mutations: {good} of {len(chosen)} wrong definitions falsified by a case and by a theorem")
    return 0 if good == len(chosen) and chosen else 1


if __name__ == "__main__":
    sys.exit(main())
