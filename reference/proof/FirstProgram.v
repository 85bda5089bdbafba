(* What a driver calls for leftmost-first matching: a regex of Spec.v is made a program once, then a haystack goes in
   and the slots of the match come out; and that this is the match that LeftmostFirst.v defines. *)
From Coq Require Import List Arith.
From RedoubtProof Require Import Spec Bytes LeftmostFirst FirstMatcher FirstMemory FirstCorrect FirstMemoryCorrect.
Import ListNotations.

(* Slot 0 is the match, slot g is group g. *)
Definition first_slots_of {C A} (p : prog C A) (groups i j : nat) (t : tree) : list (option (nat * nat)) :=
  Some (i, j) :: map (captures_first p t i) (seq 1 groups).

Definition byte_program : sre range_class look -> prog range_class look := program.

(* The slots 0, 1, ..., groups of the first match in a haystack of n units, or None. Policy re2 uses the matcher with a
   memory. *)
Definition first_slots (pol : policy) (p : prog range_class look) (groups n : nat) (h : haystack)
    : option (list (option (nat * nat))) :=
  let sub := subject_of h n in
  let w := Window 0 n false in
  match match pol with Re2 => @memory_match _ _ sub p w | Pcre2 => @first_match _ _ sub Pcre2 p w end with
  | Some (i, j, t) => Some (first_slots_of p groups i j t)
  | None => None
  end.

Section Correct.
Variables (pol : policy) (r : sre range_class look) (groups n : nat) (h : haystack).
Let sub : subject range_class look := subject_of h n.
Let p := byte_program r.
Existing Instance sub.

Lemma first_slots_match : first_slots pol p groups n h =
  match first_match pol p (Window 0 n false) with
  | Some (i, j, t) => Some (first_slots_of p groups i j t)
  | None => None
  end.
Proof.
  unfold first_slots. destruct pol; [|reflexivity].
  rewrite (memory_match_first p (Window 0 n false) (FirstWays.program_labels_distinct r)). reflexivity.
Qed.

Theorem first_slots_some slots : first_slots pol p groups n h = Some slots <->
  exists i j t, is_first_match pol p (Window 0 n false) i j t /\ slots = first_slots_of p groups i j t.
Proof.
  rewrite first_slots_match. split.
  - destruct (first_match pol p (Window 0 n false)) as [[[i j] t] |] eqn:E; intros X; [|discriminate].
    injection X as <-. exists i, j, t. split; [now apply first_match_correct | reflexivity].
  - intros (i & j & t & M & ->). apply first_match_correct in M. now rewrite M.
Qed.

Theorem first_slots_none : first_slots pol p groups n h = None <->
  forall i j t, ~ candidate pol p (Window 0 n false) i j t.
Proof.
  rewrite first_slots_match, <- first_match_none.
  destruct (first_match pol p (Window 0 n false)) as [[[i j] t] |]; split; congruence.
Qed.
End Correct.
