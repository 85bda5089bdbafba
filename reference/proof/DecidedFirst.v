(* Decided cases of SPEC.md, part B, by computation: the matcher runs on the program that LeftmostFirst.v unrolls, and
   the groups are read as it says. The last section proves some cases from the definitions alone, without the matcher
   and without a theorem about it, so that a wrong definition of priority or of a loop policy makes a case false. *)
From Coq Require Import List Arith Bool Lia Ascii String.
From RedoubtProof Require Import Spec Bytes LeftmostFirst FirstMatcher.
Import ListNotations.

Definition bytes (text : string) : list nat := map nat_of_ascii (list_ascii_of_string text).
Definition text_subject (text : string) : subject range_class look :=
  let units := bytes text in subject_of (in_list (map Some units)) (List.length units).
Definition whole (text : string) : window := Window 0 (String.length text) false.

(* ---- Shorthand for patterns ---- *)

Notation pattern := (sre range_class look).
Definition chr (x : nat) : pattern := SCls [(x, x)].
Definition a := chr 97. Definition b := chr 98. Definition c := chr 99. Definition d := chr 100.
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
  match @first_match _ _ (text_subject h) pol p (whole h) with
  | Some (i, j, t) => Some (i, j, map (captures_first p t i) (seq 1 n))
  | None => None
  end.

(* Under both policies. *)
Definition answer (r : pattern) (n : nat) (h : string) y := ask Re2 n r h = y /\ ask Pcre2 n r h = y.
Notation to i j := (Some (i, j)).
Notation none := (@None (nat * nat)).
Ltac decided := split; vm_compute; reflexivity.
Local Open Scope string_scope.

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
Example an_assertion_counts_as_nullable : (* (^)* *)
  answer (star (g1 (is Caret))) 1 "a" (Some (0, 0, [to 0 0])). Proof. decided. Qed.
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
  answer (cat [is WordBoundary; b]) 0 "ab b" (Some (3, 4, [])). Proof. decided. Qed.
Example no_word_edges : (* \Bb *)
  answer (cat [is NotWordBoundary; b]) 0 "b ab" (Some (3, 4, [])). Proof. decided. Qed.
Example dollar : (* a$ *)
  answer (cat [a; is Dollar]) 0 "aa" (Some (1, 2, [])). Proof. decided. Qed.
Example no_match : (* a *)
  answer a 0 "" None. Proof. decided. Qed.

(* ---- From the definitions alone ---- *)

(* The match, and groups 1 to n. *)
Definition answers (pol : policy) (r : pattern) (h : string) (i j : nat) (groups : list (option (nat * nat))) : Prop :=
  exists t, @is_first_match _ _ (text_subject h) pol (program r) (whole h) i j t /\
    map (captures_first (program r) t i) (seq 1 (List.length groups)) = groups.

(* All trees by inversion, from left to right, as soon as it is known where they begin; in a limited number of steps,
   since a wrong definition may allow trees without end. *)
Ltac trees :=
  do 90 try match goal with
    | L : leaves_if_empty Pcre2 ?t ?u, P : parse _ _ ?u ?k _ |- _ =>
        (is_var k; fail 1) ||
        (first [ let Z := fresh "Z" in assert (Z : len t = 0) by reflexivity;
                 pose proof (L eq_refl Z); clear L Z; subst u
               | clear L ])
    | L : leaves_if_empty Re2 _ _ |- _ => clear L
    | E : cls_at _ ?i = true |- _ => (is_var i; fail 1) || (first [vm_compute in E; discriminate E | clear E])
    | E : ast_at _ ?i = true |- _ => (is_var i; fail 1) || (first [vm_compute in E; discriminate E | clear E])
    | P : parse _ _ _ ?i _ |- _ => (is_var i; fail 1) || (inversion P; clear P; subst)
    end.

Ltac sooner_than := match goal with
  | |- sooner (true :: ?xs) (false :: ?ys) => exists [], xs, ys; split; reflexivity
  | |- sooner (?x :: ?xs) (?x :: ?ys) =>
      let S := fresh "S" in assert (S : sooner xs ys) by sooner_than;
      destruct S as (zs & xs' & ys' & Ex & Ey); exists (x :: zs), xs', ys';
      split; [exact (f_equal (cons x) Ex) | exact (f_equal (cons x) Ey)]
  end.

Ltac parted := match goal with |- precedes ?p ?i ?t ?u =>
  let xs := eval vm_compute in (choices p t i) in let ys := eval vm_compute in (choices p u i) in
  change (sooner xs ys); sooner_than end.

Ltac build := repeat match goal with
  | |- parse _ _ _ _ _ => econstructor
  | |- cls_at _ _ = true => reflexivity
  | |- ast_at _ _ = true => reflexivity
  | |- leaves_if_empty _ _ _ => intros ? ?; first [reflexivity | discriminate]
  end.

(* For matches that begin at 0. *)
Ltac by_definition tr :=
  exists tr; split; [|reflexivity];
  match goal with |- is_first_match _ ?p _ _ _ _ => let q := eval vm_compute in p in change p with q end;
  split;
  [ split; [build | split; [repeat split; simpl; lia | 
    let Pol := fresh "Pol" in intros Pol; first [discriminate Pol |
      vm_compute; repeat (apply NoDup_cons; [simpl; intuition discriminate |]); apply NoDup_nil]]]
  | let i' := fresh "i'" in let N := fresh "N" in
    intros i' j' t' (P & (_ & U & _) & _); cbn [whole upto] in U;
    destruct (Nat.eq_dec i' 0) as [-> | N]; [right; split; [reflexivity|] | left; lia];
    trees; vm_compute in U; first [left; reflexivity | right; parted | exfalso; lia] ].

Example defined_first_branch : answers Re2 (alt [a; cat [a; b]]) "ab" 0 1 [].
Proof. by_definition (TLeft TUnit). Qed.
Example defined_greedy : answers Re2 (star a) "aa" 0 2 [].
Proof. by_definition (TIter TUnit (TIter TUnit TEnd)). Qed.
Example defined_lazy : answers Re2 (star_lazy a) "aa" 0 0 [].
Proof. by_definition TEnd. Qed.
Example defined_priorities : (* (a|ab)(c|bcd) *)
  answers Re2 (cat [g1 (alt [a; cat [a; b]]); g2 (alt [c; cat [b; c; d]])]) "abcd" 0 4 [to 0 1; to 1 4].
Proof. by_definition (TSeq (TGrp (TLeft TUnit)) (TGrp (TRight (TSeq TUnit (TSeq TUnit TUnit))))). Qed.
Example defined_kept_group : (* (a(b)?)+ *)
  answers Re2 (plus (g1 (cat [a; opt (g2 b)]))) "aba" 0 3 [to 2 3; to 1 2].
Proof.
  by_definition (TIter (TGrp (TSeq TUnit (TLeft (TSeq (TGrp TUnit) TEps))))
    (TIter (TGrp (TSeq TUnit (TRight TEps))) TEnd)).
Qed.
Example defined_bounded : (* (|a){0,2}b *)
  answers Pcre2 (cat [times 0 2 (g1 (alt [e; a])); b]) "ab" 0 2 [to 0 1].
Proof.
  by_definition (TSeq (TLeft (TSeq (TGrp (TLeft TEps)) (TLeft (TSeq (TGrp (TRight TUnit)) TEps)))) TUnit).
Qed.
Example defined_empty_iteration_leaves : (* (a* )* *)
  answers Pcre2 (star (g1 (star a))) "a" 0 1 [to 1 1].
Proof.
  by_definition (TLeft (TIter (TGrp (TIter TUnit TEnd)) (TIter (TGrp TEnd) TEnd))).
Qed.
Example defined_no_point_twice : (* (a* )*: the way that pcre2 takes comes back to the inner loop at 1 *)
  forall i j, ~ @candidate _ _ (text_subject "a") Re2 (program (star (g1 (star a)))) (whole "a") i j
    (TLeft (TIter (TGrp (TIter TUnit TEnd)) (TIter (TGrp TEnd) TEnd))).
Proof.
  intros i j (_ & _ & Perm). specialize (Perm eq_refl). vm_compute in Perm.
  rewrite !NoDup_cons_iff in Perm. simpl in Perm. tauto.
Qed.
