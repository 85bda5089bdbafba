(* The alphabet in use: units are numbers (bytes, or code points in UTF-8 mode), classes are lists of ranges, assertions
   are the eight of the parser (rule E). A haystack is given as a function, so that whoever runs the extracted program
   may keep it in an array; `in_list` is the same for a list. It defines nothing about matching. *)
From Coq Require Import List Arith Bool.
From RedoubtProof Require Import Spec.
Import ListNotations.

(* The unit at each location; None beyond the end, and for a byte that belongs to no well-formed sequence. *)
Definition haystack := nat -> option nat.
Definition in_list (units : list (option nat)) : haystack := fun i => nth i units None.

(* Ranges with both ends included. *)
Definition range_class := list (nat * nat).
Definition in_class (c : range_class) (x : nat) : bool :=
  existsb (fun range => (fst range <=? x) && (x <=? snd range)) c.

Inductive look :=
| Caret | Dollar                  (* ^ and $ without flag m *)
| TextStart | TextEnd             (* \A and \z *)
| LineStart | LineEnd             (* ^ and $ with flag m *)
| WordBoundary | NotWordBoundary. (* \b and \B *)

(* [0-9A-Za-z_] *)
Definition word : range_class := [(48, 57); (65, 90); (95, 95); (97, 122)].
Definition newline : nat := 10.

Definition is_unit (h : haystack) (i : nat) (p : nat -> bool) : bool :=
  match h i with Some x => p x | None => false end.
Definition is_unit_before (h : haystack) (i : nat) (p : nat -> bool) : bool :=
  match i with 0 => false | S k => is_unit h k p end.

(* E: n is the number of units, the location at the end. *)
Definition holds (h : haystack) (n : nat) (a : look) (i : nat) : bool :=
  match a with
  | Caret | TextStart => i =? 0
  | Dollar | TextEnd => i =? n
  | LineStart => (i =? 0) || is_unit_before h i (Nat.eqb newline)
  | LineEnd => (i =? n) || is_unit h i (Nat.eqb newline)
  | WordBoundary => xorb (is_unit_before h i (in_class word)) (is_unit h i (in_class word))
  | NotWordBoundary => negb (xorb (is_unit_before h i (in_class word)) (is_unit h i (in_class word)))
  end.

Definition subject_of (h : haystack) (n : nat) : subject range_class look :=
  {| cls_at := fun c i => is_unit h i (in_class c); ast_at := holds h n |}.

(* Equality of classes and assertions, for the simplifying lexer. *)
Fixpoint class_eqb (c d : range_class) : bool :=
  match c, d with
  | [], [] => true
  | (a, b) :: c, (a', b') :: d => (a =? a') && (b =? b') && class_eqb c d
  | _, _ => false
  end.

Lemma class_eqb_eq c d : class_eqb c d = true -> c = d.
Proof.
  revert d. induction c as [| [a b] c IH]; intros [| [a' b'] d] E; simpl in E; try discriminate; [reflexivity |].
  apply andb_true_iff in E. destruct E as [E Ec]. apply andb_true_iff in E. destruct E as [Ea Eb].
  apply Nat.eqb_eq in Ea. apply Nat.eqb_eq in Eb. apply IH in Ec. congruence.
Qed.

Definition look_eqb (a b : look) : bool :=
  match a, b with
  | Caret, Caret | Dollar, Dollar | TextStart, TextStart | TextEnd, TextEnd
  | LineStart, LineStart | LineEnd, LineEnd
  | WordBoundary, WordBoundary | NotWordBoundary, NotWordBoundary => true
  | _, _ => false
  end.

Lemma look_eqb_eq a b : look_eqb a b = true -> a = b.
Proof. destruct a, b; simpl; intros E; solve [reflexivity | discriminate]. Qed.
