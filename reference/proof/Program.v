(* What the program in driver/ calls: a regex of Spec.v and a haystack in, the slots of the match out; and that this is
   the match that Spec.v defines. Extract.v and ExtractNative.v turn it, and what it uses, into OCaml. *)
From Coq Require Import List Arith.
From RedoubtProof Require Import Spec Bytes Simplify Search.
Import ListNotations.

Definition range_equality : equality range_class look :=
  {| cls_eqb := class_eqb; ast_eqb := look_eqb; cls_eqb_eq := class_eqb_eq; ast_eqb_eq := look_eqb_eq |}.

(* Slot 0 is the match, slot g is group g. *)
Definition slots_of {C A} (r : re C A) (groups i j : nat) (t : tree) : list (option (nat * nat)) :=
  Some (i, j) :: map (captures r t i) (seq 1 groups).

(* The slots 0, 1, ..., groups of the leftmost-longest match of r in a haystack of n units, or None. *)
Definition posix_slots (r : re range_class look) (groups n : nat) (h : haystack) : option (list (option (nat * nat))) :=
  match @llmatch _ _ (subject_of h n) range_equality r (Window 0 n false) with
  | Some (i, j, t) => Some (slots_of r groups i j t)
  | None => None
  end.

Section Correct.
Variables (r : re range_class look) (groups n : nat) (h : haystack).
Let sub : subject range_class look := subject_of h n.
Existing Instances sub range_equality.

Theorem posix_slots_some slots : posix_slots r groups n h = Some slots <->
  exists i j t, is_llmatch r (Window 0 n false) i j t /\ slots = slots_of r groups i j t.
Proof.
  unfold posix_slots. fold sub. split.
  - destruct (llmatch r (Window 0 n false)) as [[[i j] t] |] eqn:E; intros X; [| discriminate].
    injection X as <-. exists i, j, t. split; [apply llmatch_correct; exact E | reflexivity].
  - intros (i & j & t & M & ->). apply llmatch_correct in M. rewrite M. reflexivity.
Qed.

Theorem posix_slots_none : posix_slots r groups n h = None <->
  forall i j, allowed (Window 0 n false) i j -> ~ matches r i j.
Proof.
  rewrite <- llmatch_none. unfold posix_slots. fold sub.
  destruct (llmatch r (Window 0 n false)) as [[[i j] t] |]; split; congruence.
Qed.

End Correct.
