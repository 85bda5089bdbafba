"""Tests of what proof.py and proof_mutations.py read out of Coq's texts. They need no Coq."""

import unittest

import proof
import proof_mutations


class WithoutComments(unittest.TestCase):
    def test_comments_nest_and_strings_hide_their_signs(self):
        self.assertEqual(proof.without_comments("a (* b (* c *) d *) e").split(), ["a", "e"])
        self.assertEqual(proof.without_comments('(* A2: "(a*)*" on "b" *) Axiom x.').split(), ["Axiom", "x."])

    def test_what_is_unproved_is_seen_in_code_alone(self):
        for text in ("Proof. Admitted.", "Axiom choice : True.", "Parameters a b : nat.", "intros; admit."):
            self.assertTrue(proof.UNPROVED.search(proof.without_comments(text)), text)
        for text in ("(* no Axiom here *) Theorem a : True.", "Lemma admitted_not : True.", "Context {C A : Type}."):
            self.assertFalse(proof.UNPROVED.search(proof.without_comments(text)), text)


class Mutations(unittest.TestCase):
    spec = (proof.SOURCES / "Spec.v").read_text() if (proof.SOURCES / "Spec.v").exists() else None
    decided = (proof.SOURCES / "Decided.v").read_text()

    def test_every_edit_fits_the_definitions(self):
        if self.spec is None:
            self.skipTest("no Spec.v")
        for mutation in proof_mutations.MUTATIONS:
            self.assertEqual(self.spec.count(mutation.old), 1, mutation.name)
            self.assertNotEqual(mutation.old, mutation.new, mutation.name)

    def test_every_case_is_decided_and_its_answer_another(self):
        self.assertGreaterEqual(len(proof_mutations.MUTATIONS), 9)
        for mutation in proof_mutations.MUTATIONS:
            question, right = proof_mutations.example(self.decided, mutation.case)
            self.assertTrue(question.startswith("answers ("), question)
            self.assertNotEqual(proof_mutations.slots_of(mutation.answer).replace(" ", ""), right.replace(" ", ""))

    def test_an_unknown_case(self):
        with self.assertRaises(LookupError):
            proof_mutations.example(self.decided, "no_such_case")

    def test_slots(self):
        self.assertEqual(proof_mutations.slots_of(""), "None")
        self.assertEqual(proof_mutations.slots_of("(0,2)?"), "(Some [Some (0,2); None])")


if __name__ == "__main__":
    unittest.main()
