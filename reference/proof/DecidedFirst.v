(* Decided cases of SPEC.md, part B, put to the matcher by computation. A change to the definitions that still compiles
   must fail here. *)
From Coq Require Import List Arith Bool Ascii String.
From RedoubtProof Require Import Spec LeftmostFirst FirstMatcher.
Import ListNotations.

(* ---- Text: units are characters, a class is a test, the assertions are those of part E without flags. ---- *)

Inductive look := Caret | Dollar | WordEdge | NoWordEdge.

Definition is_word (c : ascii) : bool :=
  let n := nat_of_ascii c in
  (48 <=? n) && (n <=? 57) || (65 <=? n) && (n <=? 90) || (n =? 95) || (97 <=? n) && (n <=? 122).
Definition word_at (h : string) (i : nat) : bool := match String.get i h with Some c => is_word c | None => false end.
Definition word_edge (h : string) (i : nat) : bool :=
  xorb (word_at h i) (match i with 0 => false | S k => word_at h k end).

Definition text (h : string) : subject (ascii -> bool) look := {|
  cls_at c i := match String.get i h with Some x => c x | None => false end;
  ast_at k i := match k with
    | Caret => i =? 0
    | Dollar => i =? String.length h
    | WordEdge => word_edge h i
    | NoWordEdge => negb (word_edge h i)
    end |}.

(* ---- Shorthand for patterns ---- *)

Local Open Scope string_scope.
Notation pattern := (sre (ascii -> bool) look).
Definition chr (x : ascii) : pattern := SCls (Ascii.eqb x).
Definition a := chr "a". Definition b := chr "b". Definition c := chr "c". Definition d := chr "d".
Definition e : pattern := SEmpty.
Definition is (k : look) : pattern := SLook k.
Definition cat (rs : list pattern) : pattern := SCat rs.
Definition alt (rs : list pattern) : pattern := SAlt rs.
Definition star (r : pattern) : pattern := SRep r 0 None true.
Definition star_lazy (r : pattern) : pattern := SRep r 0 None false.
Definition plus (r : pattern) : pattern := SRep r 1 None true.
Definition opt (r : pattern) : pattern := SRep r 0 (Some 1) true.
Definition opt_lazy (r : pattern) : pattern := SRep r 0 (Some 1) false.
Definition times (n m : nat) (r : pattern) : pattern := SRep r n (Some m) true.
Definition times_lazy (n m : nat) (r : pattern) : pattern := SRep r n (Some m) false.
Definition g1 (r : pattern) : pattern := SGrp (Some 1) r.
Definition g2 (r : pattern) : pattern := SGrp (Some 2) r.
Definition g3 (r : pattern) : pattern := SGrp (Some 3) r.

(* The span, then the groups 1 to n. *)
Definition ask (pol : policy) (n : nat) (r : pattern) (h : string) : option (nat * nat * list (option (nat * nat))) :=
  let p := program r in
  match first_match (H := text h) pol p (Window 0 (String.length h) false) with
  | Some (i, j, t) => Some (i, j, map (captures_first p t i) (seq 1 n))
  | None => None
  end.

Definition answer (r : pattern) (n : nat) (h : string) y := ask Re2 n r h = y /\ ask Pcre2 n r h = y.
Notation to i j := (Some (i, j)).
Notation none := (@None (nat * nat)).
Ltac decided := repeat split; vm_compute; reflexivity.

(* ---- B1 ---- *)
Example first_branch_wins : (* a|ab *)
  answer (alt [a; cat [a; b]]) 0 "ab" (Some (0, 1, [])). Proof. decided. Qed.
Example longer_branch_first : (* ab|a *)
  answer (alt [cat [a; b]; a]) 0 "ab" (Some (0, 2, [])). Proof. decided. Qed.
Example greedy_takes_more : (* a* *)
  answer (star a) 0 "aaa" (Some (0, 3, [])). Proof. decided. Qed.
Example lazy_leaves_first : (* a*? *)
  answer (star_lazy a) 0 "aaa" (Some (0, 0, [])). Proof. decided. Qed.
Example lazy_goes_on_if_it_must : (* a*?b *)
  answer (cat [star_lazy a; b]) 0 "aab" (Some (0, 3, [])). Proof. decided. Qed.
Example lazy_bounded : (* a{1,3}? *)
  answer (times_lazy 1 3 a) 0 "aaa" (Some (0, 1, [])). Proof. decided. Qed.
Example lazy_optional : (* a??b *)
  answer (cat [opt_lazy a; b]) 0 "ab" (Some (0, 2, [])). Proof. decided. Qed.
Example smallest_start_first : (* b+|abc *)
  answer (alt [plus b; cat [a; b; c]]) 0 "aabc" (Some (1, 4, [])). Proof. decided. Qed.
Example priorities_decide_groups : (* (a|ab)(c|bcd)(d* ) *)
  answer (cat [g1 (alt [a; cat [a; b]]); g2 (alt [c; cat [b; c; d]]); g3 (star d)]) 3 "abcd"
    (Some (0, 4, [to 0 1; to 1 4; to 4 4])). Proof. decided. Qed.

(* ---- B2 ---- *)
Example earlier_setting_is_kept : (* (a(b)?)+ *)
  answer (plus (g1 (cat [a; opt (g2 b)]))) 2 "aba" (Some (0, 3, [to 2 3; to 1 2])). Proof. decided. Qed.
Example other_branch_is_kept : (* ((a)|(b))* *)
  answer (star (g1 (alt [g2 a; g3 b]))) 3 "ab" (Some (0, 2, [to 1 2; to 0 1; to 1 2])). Proof. decided. Qed.

(* ---- B3 ---- *)
Example policies_differ_on_a_nullable_body : (* (a* )* *)
  ask Re2 1 (star (g1 (star a))) "a" = Some (0, 1, [to 0 1]) /\
  ask Pcre2 1 (star (g1 (star a))) "a" = Some (0, 1, [to 1 1]). Proof. decided. Qed.
Example policies_differ_on_a_nullable_plus : (* (a* )+ *)
  ask Re2 1 (plus (g1 (star a))) "a" = Some (0, 1, [to 0 1]) /\
  ask Pcre2 1 (plus (g1 (star a))) "a" = Some (0, 1, [to 1 1]). Proof. decided. Qed.
Example policies_differ_in_the_span : (* (a*|b)* *)
  ask Re2 1 (star (g1 (alt [star a; b]))) "ab" = Some (0, 2, [to 1 2]) /\
  ask Pcre2 1 (star (g1 (alt [star a; b]))) "ab" = Some (0, 1, [to 1 1]). Proof. decided. Qed.
Example an_empty_first_iteration_counts : (* (a* )* *)
  answer (star (g1 (star a))) 1 "b" (Some (0, 0, [to 0 0])). Proof. decided. Qed.
Example an_empty_branch_first : (* (|a)* *)
  answer (star (g1 (alt [e; a]))) 1 "aa" (Some (0, 0, [to 0 0])). Proof. decided. Qed.
Example an_empty_branch_first_plus : (* (|a)+ *)
  answer (plus (g1 (alt [e; a]))) 1 "aa" (Some (0, 0, [to 0 0])). Proof. decided. Qed.
Example bounded_loops_unroll : (* (|a){0,2}b *)
  answer (cat [times 0 2 (g1 (alt [e; a])); b]) 1 "ab" (Some (0, 2, [to 0 1])). Proof. decided. Qed.
Example forced_copies_may_be_empty : (* (a* ){2} *)
  answer (times 2 2 (g1 (star a))) 1 "a" (Some (0, 1, [to 1 1])). Proof. decided. Qed.
Example optional_copies_may_be_empty : (* (a* ){0,2} *)
  answer (times 0 2 (g1 (star a))) 1 "a" (Some (0, 1, [to 1 1])). Proof. decided. Qed.
Example three_copies : (* (a?){3}b *)
  answer (cat [times 3 3 (g1 (opt a)); b]) 1 "aab" (Some (0, 3, [to 2 2])). Proof. decided. Qed.
Example a_way_ends_inside_an_iteration : (* (a?b??)*, whose second iteration comes back to b?? where the first was *)
  ask Re2 1 (star (g1 (cat [opt a; opt_lazy b]))) "ab" = Some (0, 1, [to 0 1]) /\
  ask Pcre2 1 (star (g1 (cat [opt a; opt_lazy b]))) "ab" = Some (0, 1, [to 1 1]). Proof. decided. Qed.
Example repeat_of_zero_with_an_assertion : (* (?:a|^b){0}c *)
  answer (cat [times 0 0 (alt [a; cat [is Caret; b]]); c]) 0 "xc" (Some (1, 2, [])). Proof. decided. Qed.

(* ---- E ---- *)
Example repeat_of_zero_sets_nothing : (* (a|(b)){0,0} *)
  answer (times 0 0 (g1 (alt [a; g2 b]))) 2 "b" (Some (0, 0, [none; none])). Proof. decided. Qed.
Example copies_share_a_group : (* (a|b){2} *)
  answer (times 2 2 (g1 (alt [a; b]))) 1 "ab" (Some (0, 2, [to 1 2])). Proof. decided. Qed.
Example word_edges : (* \bb *)
  answer (cat [is WordEdge; b]) 0 "ab b" (Some (3, 4, [])). Proof. decided. Qed.
Example no_word_edges : (* \Bb *)
  answer (cat [is NoWordEdge; b]) 0 "b ab" (Some (3, 4, [])). Proof. decided. Qed.
Example dollar : (* a$ *)
  answer (cat [a; is Dollar]) 0 "aa" (Some (1, 2, [])). Proof. decided. Qed.
Example no_match : (* a *)
  answer a 0 "" None. Proof. decided. Qed.
