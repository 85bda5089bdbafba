(* Leftmost-first and leftmost-longest find matches in the same haystacks, and from the same begin: the program of a
   regex can be parsed over a span exactly where the regex matches it, under pcre2 too, and re2 loses no begin. What is
   asked of a regex is that no repeat has a minimum above its maximum; the parser makes no other. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees LeftmostFirst FirstMatcher FirstList FirstCorrect FirstMemory FirstWays.
From RedoubtProof Require Import FirstMemoryCorrect.
Import ListNotations.

Section FirstLongest.
Context {C A : Type} {sub : subject C A}.

(* k spans of R, one after the other. *)
Fixpoint iter (R : nat -> nat -> Prop) (k i j : nat) : Prop :=
  match k with 0 => i = j | S k => exists l, R i l /\ iter R k l j end.

Definition up_to (k : nat) (max : option nat) : Prop := match max with None => True | Some m => k <= m end.
Definition reps (R : nat -> nat -> Prop) (min : nat) (max : option nat) (i j : nat) : Prop :=
  exists k, min <= k /\ up_to k max /\ iter R k i j.

Lemma iter_same (R R' : nat -> nat -> Prop) : (forall i j, R i j <-> R' i j) ->
  forall k i j, iter R k i j <-> iter R' k i j.
Proof.
  intros E k. induction k as [|k IH]; intros i j; simpl; [reflexivity|].
  split; intros (l & Rl & It); exists l; split; [now apply E | now apply IH | now apply E | now apply IH].
Qed.

Lemma iter_app R k l i j : iter R (k + l) i j <-> exists m, iter R k i m /\ iter R l m j.
Proof.
  revert i. induction k as [|k IH]; intros i; simpl.
  - split; [intros It; now exists i | intros (m & <- & It); exact It].
  - split.
    + intros (m & Rm & It). apply IH in It as (m' & It1 & It2). exists m'. split; [now exists m | exact It2].
    + intros (m' & (m & Rm & It1) & It2). exists m. split; [exact Rm|]. apply IH. now exists m'.
Qed.

(* ---- Leftmost-longest ---- *)

Lemma matches_reps_from (r : re C A) k : forall n m i j, n <= k -> up_to k m -> iter (matches r) k i j ->
  matches (Rep false r n m) i j.
Proof.
  induction k as [|k IH]; intros n m i j Ge Le It.
  - simpl in It. subst j. apply matches_rep. left. split; [lia | reflexivity].
  - destruct It as (l & M & It). pose proof (matches_le _ _ _ M) as Lel.
    assert (More : more m = true) by (destruct m as [[|m]|]; simpl in *; [lia | reflexivity | reflexivity]).
    assert (Next : matches (Rep false r (pred n) (less m)) l j).
    { apply IH; [lia | destruct m; simpl in *; lia | exact It]. }
    destruct (Nat.eq_dec n 0) as [Zn | Zn]; [destruct (Nat.eq_dec i l) as [<- | D]|].
    + apply IH; [lia | destruct m; simpl in *; lia | exact It].
    + apply matches_rep. right. split; [exact More|]. exists l. repeat split; trivial. left. lia.
    + apply matches_rep. right. split; [exact More|]. exists l. repeat split; trivial. right. left. lia.
Qed.

Lemma matches_reps_to (r : re C A) t : forall h n m i j, wf (Rep h r n m) t i j -> reps (matches r) n m i j.
Proof.
  induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1]; intros h n m i j W;
    apply wf_rep_inv in W as [(Zn & -> & Et) | (t3 & t4 & k & Et & More & W1 & W2 & _)]; try discriminate;
    try (exists 0; repeat split; [lia | destruct m; simpl; [lia | easy]]).
  injection Et as <- <-. apply IH2 in W2 as (q & Ge & Le & It). exists (S q). split; [lia | split].
  - destruct m as [[|m]|]; simpl in *; [discriminate | lia | easy].
  - exists k. split; [now exists t1 | exact It].
Qed.

Lemma matches_reps h (r : re C A) n m i j : matches (Rep h r n m) i j <-> reps (matches r) n m i j.
Proof.
  split; [intros (t & W); exact (matches_reps_to r t h n m i j W)|].
  intros (k & Ge & Le & It). pose proof (matches_reps_from r k n m i j Ge Le It) as M.
  pose proof (matches_le _ _ _ M) as Lei. destruct (Nat.eq_dec i j) as [<- | D].
  - apply matches_rep in M. apply matches_rep. destruct M as [M | (More & l & M1 & M2 & E)]; [now left | right].
    split; [exact More|]. exists l. repeat split; trivial.
    destruct E as [E | [E | (E & _)]]; [now left | right; now left | discriminate].
  - apply (matches_rep_head false); [lia | exact M].
Qed.

(* ---- Leftmost-first: what a program can be parsed over ---- *)

Section Policy.
Variable pol : policy.
Definition runs (p : prog C A) (i j : nat) : Prop := exists t, parse pol p t i j.

Lemma runs_both p q i j : runs (Both p q) i j <-> exists l, runs p i l /\ runs q l j.
Proof.
  split.
  - intros (t & P). inversion P as [| | | p' q' t0 u i' k j' P0 P1 | | | | | |]; subst.
    exists k. split; [now exists t0 | now exists u].
  - intros (l & (t & P) & (u & P')). exists (TSeq t u). now apply parse_both with (k := l).
Qed.

Lemma runs_either l p q i j : runs (Either l p q) i j <-> runs p i j \/ runs q i j.
Proof.
  split.
  - intros (t & P). inversion P as [| | | | l' p' q' u i' j' P0 | l' p' q' u i' j' P0 | | | |]; subst;
      [left | right]; now exists u.
  - intros [(t & P) | (t & P)]; [exists (TLeft t) | exists (TRight t)]; now constructor.
Qed.

Lemma runs_group g p i j : runs (Group g p) i j <-> runs p i j.
Proof.
  split.
  - intros (t & P). inversion P as [| | | | | | | | | g' p' u i' j' P0]; subst. now exists u.
  - intros (t & P). exists (TGrp t). now constructor.
Qed.

Lemma runs_empty i j : runs Empty i j <-> i = j.
Proof. split; [intros (t & P); now inversion P | intros ->; exists TEps; constructor]. Qed.

Lemma star_iter l g p t : forall i j, parse pol (Star l g p) t i j -> exists k, iter (runs p) k i j.
Proof.
  induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1];
    intros i j P; inversion P as [| | | | | | i' | l' g' p' t u i' k j' P0 P1 Lv | |]; subst; [now exists 0|].
  apply IH2 in P1 as (n & It). exists (S n), k. split; [now exists t1 | exact It].
Qed.

(* Iterations that are empty can be left out, so no policy minds. *)
Lemma iter_star l g p k : forall i j, iter (runs p) k i j -> runs (Star l g p) i j.
Proof.
  induction k as [|k IH]; intros i j It; [simpl in It; subst j; exists TEnd; constructor|].
  destruct It as (m & (t & P) & It). apply IH in It as (u & P').
  pose proof (parse_len _ _ _ _ _ P) as E. destruct (Nat.eq_dec (len t) 0) as [Z | Z].
  - replace m with i in P' by lia. now exists u.
  - exists (TIter t u). apply parse_star with (k := m); trivial. intros _ Z'. contradiction.
Qed.

Lemma runs_star l g p i j : runs (Star l g p) i j <-> exists k, iter (runs p) k i j.
Proof.
  split; [intros (t & P); exact (star_iter l g p t i j P) | intros (k & It); exact (iter_star l g p k i j It)].
Qed.

Lemma iter_plus l g p k : forall i j, iter (runs p) (S k) i j -> runs (Plus l g p) i j.
Proof.
  induction k as [|k IH]; intros i j (m & (t & P) & It).
  - simpl in It. subst m. exists (TIter t TEnd).
    apply parse_plus with (k := j); [exact P | constructor | now intros _ _].
  - pose proof (parse_len _ _ _ _ _ P) as E. destruct (Nat.eq_dec (len t) 0) as [Z | Z].
    + replace m with i in It by lia. now apply IH.
    + apply (iter_star l g) in It as (u & P'). exists (TIter t u). apply parse_plus with (k := m); trivial.
      intros _ Z'. contradiction.
Qed.

Lemma runs_plus l g p i j : runs (Plus l g p) i j <-> exists k, iter (runs p) (S k) i j.
Proof.
  split; [|intros (k & It); exact (iter_plus l g p k i j It)]. intros (t & P).
  inversion P as [| | | | | | | | l' g' p' t0 u i' k j' P0 P1 Lv |]; subst.
  apply star_iter in P1 as (n & It). exists n, k. split; [now exists t0 | exact It].
Qed.

Lemma runs_copies k p rest i j : runs (copies k p rest) i j <-> exists l, iter (runs p) k i l /\ runs rest l j.
Proof.
  revert i. induction k as [|k IH]; intros i; simpl.
  - split; [intros Rn; now exists i | intros (l & <- & Rn); exact Rn].
  - rewrite runs_both. split.
    + intros (l & Rp & Rn). apply IH in Rn as (m & It & Rn). exists m. split; [now exists l | exact Rn].
    + intros (m & (l & Rp & It) & Rn). exists l. split; [exact Rp|]. apply IH. now exists m.
Qed.

Lemma runs_optional g p i j : runs (optional g p) i j <-> i = j \/ runs p i j.
Proof. unfold optional. destruct g; rewrite runs_either, runs_empty; tauto. Qed.

Lemma runs_at_most k g p i j : runs (at_most k g p) i j <-> exists n, n <= k /\ iter (runs p) n i j.
Proof.
  revert i. induction k as [|k IH]; intros i; cbn [at_most].
  - rewrite runs_empty. split; [intros ->; exists 0; now split | intros (n & Le & It)].
    replace n with 0 in It by lia. exact It.
  - rewrite runs_optional, runs_both. split.
    + intros [-> | (l & Rp & Rn)]; [exists 0; split; [lia | reflexivity]|].
      apply IH in Rn as (n & Le & It). exists (S n). split; [lia | now exists l].
    + intros (n & Le & It). destruct n as [|n]; [now left | right]. destruct It as (l & Rp & It).
      exists l. split; [exact Rp|]. apply IH. exists n. split; [lia | exact It].
Qed.

Lemma runs_repeat p n m g i j : match m with Some m => n <= m | None => True end ->
  runs (unroll_repeat p n m g) i j <-> reps (runs p) n m i j.
Proof.
  unfold unroll_repeat, reps. destruct m as [m|]; simpl; intros Le.
  - rewrite runs_copies. split.
    + intros (l & It & Rn). apply runs_at_most in Rn as (k & Lek & It'). exists (n + k).
      repeat split; [lia | lia |]. apply iter_app. now exists l.
    + intros (k & Ge & Lek & It). replace k with (n + (k - n)) in It by lia. apply iter_app in It as (l & It1 & It2).
      exists l. split; [exact It1|]. apply runs_at_most. exists (k - n). split; [lia | exact It2].
  - destruct n as [|n].
    + destruct (can_be_empty p); [rewrite runs_optional, runs_plus | rewrite runs_star]; split.
      * intros [-> | (k & It)]; [exists 0 | exists (S k)]; repeat split; trivial; lia.
      * intros (k & _ & _ & It). destruct k as [|k]; [now left | right; now exists k].
      * intros (k & It). exists k. repeat split; [lia | exact It].
      * intros (k & _ & _ & It). now exists k.
    + rewrite runs_copies. split.
      * intros (l & It & Rn). apply runs_plus in Rn as (k & It'). exists (n + S k). repeat split; [lia|].
        apply iter_app. now exists l.
      * intros (k & Ge & _ & It). replace k with (n + S (k - S n)) in It by lia.
        apply iter_app in It as (l & It1 & It2). exists l. split; [exact It1|]. apply runs_plus. now exists (k - S n).
Qed.

Lemma runs_number p : forall n i j, runs (fst (number p n)) i j <-> runs p i j.
Proof.
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | x p IHp]; intros n i j;
    cbn [number]; try reflexivity.
  - pose proof (IHp n) as Ep. destruct (number p n) as (p', k). pose proof (IHq k) as Eq.
    destruct (number q k) as (q', k'). cbn [fst] in *. rewrite !runs_both.
    split; intros (m & Rp & Rq); exists m; (split; [now apply Ep | now apply Eq]).
  - pose proof (IHp (S n)) as Ep. destruct (number p (S n)) as (p', k). pose proof (IHq k) as Eq.
    destruct (number q k) as (q', k'). cbn [fst] in *. now rewrite !runs_either, Ep, Eq.
  - pose proof (IHp (S n)) as Ep. destruct (number p (S n)) as (p', k). cbn [fst] in *. rewrite !runs_star.
    split; intros (m & It); exists m;
      [exact (proj1 (iter_same _ _ Ep m i j) It) | exact (proj2 (iter_same _ _ Ep m i j) It)].
  - pose proof (IHp (S n)) as Ep. destruct (number p (S n)) as (p', k). cbn [fst] in *. rewrite !runs_plus.
    split; intros (m & It); exists m;
      [exact (proj1 (iter_same _ _ Ep (S m) i j) It) | exact (proj2 (iter_same _ _ Ep (S m) i j) It)].
  - pose proof (IHp n) as Ep. destruct (number p n) as (p', k). cbn [fst] in *. now rewrite !runs_group, Ep.
Qed.

(* ---- The same spans ---- *)

Fixpoint bounded (r : sre C A) : Prop :=
  match r with
  | SEmpty | SCls _ | SLook _ => True
  | SCat rs | SAlt rs => (fix each rs := match rs with [] => True | r :: rs => bounded r /\ each rs end) rs
  | SRep r min max _ => match max with Some max => min <= max | None => True end /\ bounded r
  | SGrp _ r => bounded r
  end.

Lemma reps_same (R R' : nat -> nat -> Prop) n m i j : (forall i j, R i j <-> R' i j) ->
  reps R n m i j <-> reps R' n m i j.
Proof.
  intros E. split; intros (k & Ge & Le & It); exists k; (split; [exact Ge | split; [exact Le|]]).
  - exact (proj1 (iter_same _ _ E k i j) It).
  - exact (proj2 (iter_same _ _ E k i j) It).
Qed.

Fixpoint unroll_matches (r : sre C A) : bounded r -> forall i j, runs (unroll r) i j <-> matches (compile r) i j.
Proof.
  destruct r as [| c | a | rs | rs | r n m g | g r]; intros B i j; cbn [unroll compile].
  - rewrite runs_empty, matches_one. split; congruence.
  - rewrite matches_cls. split.
    + intros (t & P). inversion P. now subst.
    + intros (-> & E). exists TUnit. now constructor.
  - rewrite matches_ast. split.
    + intros (t & P). inversion P. now subst.
    + intros (-> & E). exists TEps. now constructor.
  - cbn [bounded] in B. revert i B. induction rs as [|r rs IH]; intros i B; cbn [map right_assoc].
    + rewrite runs_empty, matches_one. split; congruence.
    + destruct B as (Br & Bs). destruct rs as [|r' rs]; [apply unroll_matches, Br|].
      cbn [map] in *. rewrite runs_both, matches_cat.
      split; intros (l & M1 & M2); exists l; (split; [now apply (unroll_matches r Br) | now apply (IH l Bs)]).
  - cbn [bounded] in B. induction rs as [|r rs IH]; cbn [map right_assoc].
    + split; [intros (t & P); inversion P | intros M; now apply matches_zero in M].
    + destruct B as (Br & Bs). destruct rs as [|r' rs]; [apply unroll_matches, Br|].
      cbn [map] in *. rewrite runs_either, matches_alt, (IH Bs), (unroll_matches r Br i j). reflexivity.
  - destruct B as (Le & Br). rewrite (runs_repeat _ _ _ _ _ _ Le), matches_reps.
    apply reps_same. intros i' j'. apply unroll_matches, Br.
  - destruct g as [g|]; [rewrite runs_group, matches_grp|]; apply unroll_matches, B.
Qed.

Theorem parse_iff_matches (r : sre C A) : bounded r -> forall i j,
  (exists t, parse pol (program r) t i j) <-> matches (compile r) i j.
Proof. intros B i j. rewrite <- (unroll_matches r B i j). apply (runs_number (unroll r) 0 i j). Qed.
End Policy.

(* ---- The same begins ---- *)

(* From each begin of a match there is a candidate, that ends no later. *)
Lemma candidate_exists pol (r : sre C A) w i j : bounded r -> matches (compile r) i j -> allowed w i j ->
  exists j' t, candidate pol (program r) w i j' t.
Proof.
  intros B M (F & U & An). apply (parse_iff_matches pol r B) in M as (t & P). destruct pol.
  - apply re2_loses_no_match in P as (j' & t' & P' & Le & Perm). exists j', t'.
    split; [exact P' | split; [|exact Perm]]. split; [exact F | split; [lia | exact An]].
  - exists j, t. split; [exact P | split; [now split|]]. intros Q. discriminate.
Qed.

Theorem no_first_iff_no_match pol (r : sre C A) w : bounded r ->
  first_match pol (program r) w = None <-> forall i j, allowed w i j -> ~ matches (compile r) i j.
Proof.
  intros B. rewrite first_match_none. split.
  - intros N i j Al M. destruct (candidate_exists pol r w i j B M Al) as (j' & t & Q). exact (N i j' t Q).
  - intros N i j t (P & Al & _). apply (N i j Al). apply (parse_iff_matches pol r B). now exists t.
Qed.

Theorem first_begins_as_longest pol (r : sre C A) w i j t i' j' t' : bounded r ->
  is_first_match pol (program r) w i j t -> is_llmatch (compile r) w i' j' t' -> i = i' /\ j <= j'.
Proof.
  intros B (Q & Fst) (Best & Al & Left & Long). pose proof Q as (P & Al' & _).
  assert (M : matches (compile r) i j) by (apply (parse_iff_matches pol r B); now exists t).
  assert (M' : matches (compile r) i' j') by (exists t'; apply Best).
  destruct (candidate_exists pol r w i' j' B M' Al) as (j2 & t2 & Q2).
  pose proof (Left i j M Al') as Le. assert (E : i = i') by (destruct (Fst _ _ _ Q2) as [Lt | (E & _)]; lia).
  split; [exact E|]. subst i'. now apply (Long j).
Qed.
End FirstLongest.
