(* Decided cases of SPEC.md, proved from the definitions alone (Decide.v), so that a wrong definition makes a case
   false, and not only some proof break: scripts/proof_mutations.py proves each wrong definition's wrong answer. These
   cases and many more are put to the extracted program, too (harness/decided_test.cc). *)
From Coq Require Import List String.
From RedoubtProof Require Import Spec Bytes Decide.
Import ListNotations.
Open Scope string_scope.

(* A2: "(a*)*" on "b" *)
Example empty_iteration :
  answers (star (grp 1 (star (text "a")))) "b" (Some [Some (0, 0); Some (0, 0)]).
Proof. decided. Qed.

(* A2: "(a*)*" on "a". No empty iteration after another. *)
Example no_empty_iteration_after :
  answers (star (grp 1 (star (text "a")))) "a" (Some [Some (0, 1); Some (0, 1)]).
Proof. decided. Qed.

(* A2: "(a?){0,2}" on "a" *)
Example no_empty_iteration_after_one :
  answers (rep (grp 1 (opt (text "a"))) 0 2) "a" (Some [Some (0, 1); Some (0, 1)]).
Proof. decided. Qed.

(* A2: "(a?){2,3}" on "a". Forced iterations may be empty. *)
Example forced_iteration :
  answers (rep (grp 1 (opt (text "a"))) 2 3) "a" (Some [Some (0, 1); Some (1, 1)]).
Proof. decided. Qed.

(* A2: "($){0,3}" on "a" *)
Example assertion_fails_here :
  answers (rep (grp 1 dollar) 0 3) "a" (Some [Some (0, 0); None]).
Proof. decided. Qed.

(* A1: "a{1,2}" on "b" *)
Example minimum :
  answers (rep (text "a") 1 2) "b" None.
Proof. decided. Qed.

(* A1: "a?" on "aa" *)
Example maximum :
  answers (opt (text "a")) "aa" (Some [Some (0, 1)]).
Proof. decided. Qed.

(* A3: "(a|ab)(c|bcd)(d*)" on "abcd" *)
Example right_associative :
  answers (SCat [grp 1 (SAlt [text "a"; text "ab"]); grp 2 (SAlt [text "c"; text "bcd"]); grp 3 (star (text "d"))])
    "abcd" (Some [Some (0, 4); Some (0, 2); Some (2, 3); Some (3, 4)]).
Proof. decided. Qed.

(* A3: "(a)|(a)" on "a" *)
Example earlier_branch :
  answers (SAlt [grp 1 (text "a"); grp 2 (text "a")]) "a" (Some [Some (0, 1); Some (0, 1); None]).
Proof. decided. Qed.

(* A3: "(a*)(a*)" on "aa" *)
Example longest_part :
  answers (SCat [grp 1 (star (text "a")); grp 2 (star (text "a"))]) "aa" (Some [Some (0, 2); Some (0, 2); Some (2, 2)]).
Proof. decided. Qed.

(* A3: "(aa|a)*" on "aaa" *)
Example longest_iteration :
  answers (star (grp 1 (SAlt [text "aa"; text "a"]))) "aaa" (Some [Some (0, 3); Some (2, 3)]).
Proof. decided. Qed.

(* A3: "a?((ab)?)b?" on "ab" *)
Example first_part_first :
  answers (SCat [opt (text "a"); grp 1 (opt (grp 2 (text "ab"))); opt (text "b")])
    "ab" (Some [Some (0, 2); Some (1, 1); None]).
Proof. decided. Qed.

(* A4: "a+" on "aba" *)
Example leftmost :
  answers (plus (text "a")) "aba" (Some [Some (0, 1)]).
Proof. decided. Qed.

(* A4: "a*" on "aa" *)
Example longest :
  answers (star (text "a")) "aa" (Some [Some (0, 2)]).
Proof. decided. Qed.

(* A5: "((a)|(b))*" on "ab" *)
Example unset_by_an_iteration :
  answers (star (grp 1 (SAlt [grp 2 (text "a"); grp 3 (text "b")])))
    "ab" (Some [Some (0, 2); Some (1, 2); None; Some (1, 2)]).
Proof. decided. Qed.

(* A5: "((a)*b)*" on "abb" *)
Example unset_inside :
  answers (star (SCat [star (grp 1 (text "a")); text "b"])) "abb" (Some [Some (0, 3); None]).
Proof. decided. Qed.

(* A5: "(a)" on "a" *)
Example group_span :
  answers (grp 1 (text "a")) "a" (Some [Some (0, 1); Some (0, 1)]).
Proof. decided. Qed.

(* A7: "(^|a){2}" on "a" *)
Example assertion_first :
  answers (rep (grp 1 (SAlt [caret; text "a"])) 2 2) "a" (Some [Some (0, 1); Some (0, 1)]).
Proof. decided. Qed.
