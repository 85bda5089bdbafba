(* Search (A4): of all matches in a window the smallest begin, then the largest end, then the best tree. `llmatch` is
   the fast program, to be extracted (simplified derivatives, one pass for each begin); `split_match` is A6, the C++
   reference's way. Both compute what `is_llmatch` defines. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees Order Posix Derivative Lexer Simplify Split.
Import ListNotations.

Section Search.
Context {C A : Type} {sub : subject C A} {eq : equality C A}.
Implicit Types r : re C A.

(* An attempt at begin i with d units left gives the largest length and its tree. *)
Definition is_longest r (i d : nat) (result : option (nat * tree)) : Prop :=
  match result with
  | Some (l, t) => l <= d /\ posix r t i (i + l) /\ forall l', l < l' -> l' <= d -> ~ matches r i (i + l')
  | None => forall l, l <= d -> ~ matches r i (i + l)
  end.

Definition empty_match r (i : nat) : option (nat * tree) := if null i r then Some (0, empty_tree i r) else None.

Fixpoint longest_from r (i d : nat) : option (nat * tree) :=
  match d with
  | 0 => empty_match r i
  | S d =>
    match simple_der i r with
    | (Zero, _) => empty_match r i
    | (r', f) =>
      match longest_from r' (S i) d with
      | Some (l, t) => Some (S l, inject i r (f t))
      | None => empty_match r i
      end
    end
  end.

(* The same with A6's means. *)
Fixpoint longest_member r (i d : nat) : option nat :=
  if member r i d then Some d else match d with 0 => None | S d => longest_member r i d end.

Definition longest_split_from r (i d : nat) : option (nat * tree) :=
  option_map (fun l => (l, fill r i l)) (longest_member r i d).

(* The first of the begins i, i + 1, ... at which an attempt succeeds; k of them, the last at the end of the window. *)
Fixpoint scan (attempt : nat -> nat -> option (nat * tree)) (i k : nat) : option (nat * nat * tree) :=
  match k with
  | 0 => None
  | S d => match attempt i d with Some (l, t) => Some (i, i + l, t) | None => scan attempt (S i) d end
  end.

Definition run (attempt : nat -> nat -> option (nat * tree)) (w : window) : option (nat * nat * tree) :=
  if upto w <? from w then None
  else if anchored w
  then match attempt (from w) (upto w - from w) with
       | Some (l, t) => Some (from w, from w + l, t)
       | None => None
       end
  else scan attempt (from w) (S (upto w - from w)).

Definition llmatch r (w : window) : option (nat * nat * tree) := run (longest_from r) w.
Definition split_match r (w : window) : option (nat * nat * tree) := run (longest_split_from r) w.

Lemma empty_match_longest r i d :
  (forall l, 0 < l -> l <= d -> ~ matches r i (i + l)) -> is_longest r i d (empty_match r i).
Proof.
  intros N. unfold empty_match. destruct (null i r) eqn:E; simpl.
  - split; [lia |]. rewrite Nat.add_0_r. split; [apply empty_tree_posix; exact E | exact N].
  - intros [| l] L; [| apply N; lia]. rewrite Nat.add_0_r, <- null_spec. congruence.
Qed.

Lemma longest_from_spec r i d : is_longest r i d (longest_from r i d).
Proof.
  revert r i. induction d as [| d IH]; intros r i; [apply empty_match_longest; intros l L1 L2; lia |].
  simpl. pose proof (simple_step i r) as Step.
  assert (Next : forall l, matches (fst (simple_der i r)) (S i) (S i + l) <-> matches r i (i + S l)).
  { intros l. rewrite Nat.add_succ_comm. apply simple_step_matches. lia. }
  destruct (simple_der i r) as [r' f]. simpl in Step, Next.
  assert (General : is_longest r i (S d) match longest_from r' (S i) d with
    | Some (l, t) => Some (S l, inject i r (f t)) | None => empty_match r i end).
  { specialize (IH r' (S i)). destruct (longest_from r' (S i) d) as [[l t] |]; simpl in IH.
    - destruct IH as (L & P & N). simpl. split; [lia |]. split.
      + apply Step. rewrite <- Nat.add_succ_comm. exact P.
      + intros [| l'] L1 L2; [lia |]. rewrite <- Next. apply N; lia.
    - apply empty_match_longest. intros [| l] L1 L2; [lia |]. rewrite <- Next. apply IH. lia. }
  destruct r'; try exact General.
  apply empty_match_longest. intros [| l] L1 L2; [lia |]. rewrite <- Next. apply matches_zero.
Qed.

Lemma longest_member_eq r i d :
  longest_member r i d = if member r i d then Some d else match d with 0 => None | S d => longest_member r i d end.
Proof. destruct d; reflexivity. Qed.

Lemma longest_split_from_spec r i d : is_longest r i d (longest_split_from r i d).
Proof.
  unfold longest_split_from.
  assert (Member : match longest_member r i d with
    | Some l => l <= d /\ matches r i (i + l) /\ forall l', l < l' -> l' <= d -> ~ matches r i (i + l')
    | None => forall l, l <= d -> ~ matches r i (i + l) end).
  { induction d as [| d IH]; rewrite longest_member_eq.
    - destruct (member r i 0) eqn:E.
      + apply member_spec in E. repeat split; auto. lia.
      + intros l L. replace l with 0 by lia. rewrite <- member_spec. congruence.
    - destruct (member r i (S d)) eqn:E.
      + apply member_spec in E. repeat split; auto. lia.
      + assert (N : ~ matches r i (i + S d)) by (rewrite <- member_spec; congruence).
        assert (Last : forall l, l <= S d -> l <= d \/ l = S d) by lia.
        destruct (longest_member r i d) as [l |].
        * destruct IH as (L & M & N'). repeat split; auto.
          intros l' L1 L2. destruct (Last l' L2) as [L3 | ->]; auto.
        * intros l L. destruct (Last l L) as [L' | ->]; auto. }
  destruct (longest_member r i d) as [l |]; simpl; [| exact Member].
  destruct Member as (L & M & N). repeat split; auto. apply fill_posix. exact M.
Qed.

(* What scan finds, with e the end of the window. *)
Lemma scan_spec r attempt e : (forall i d, is_longest r i d (attempt i d)) -> forall k i, i + k = S e ->
  match scan attempt i k with
  | Some (a, b, t) => i <= a /\ b <= e /\ posix r t a b /\
      (forall a' b', i <= a' -> b' <= e -> matches r a' b' -> a <= a') /\
      (forall b', b' <= e -> matches r a b' -> b' <= b)
  | None => forall a b, i <= a -> b <= e -> ~ matches r a b
  end.
Proof.
  intros Attempt k. induction k as [| d IH]; intros i E; simpl.
  - intros a b L1 L2 M. apply matches_le in M. lia.
  - specialize (Attempt i d). destruct (attempt i d) as [[l t] |]; simpl in Attempt.
    + destruct Attempt as (L & P & N). repeat split; auto; try lia.
      intros b' L' M. pose proof (matches_le _ _ _ M).
      destruct (le_lt_dec b' (i + l)) as [| Lt]; [assumption |].
      destruct (N (b' - i)); try lia. replace (i + (b' - i)) with b' by lia. exact M.
    + assert (Here : forall b, b <= e -> ~ matches r i b).
      { intros b L M. pose proof (matches_le _ _ _ M). apply (Attempt (b - i)); [lia |].
        replace (i + (b - i)) with b by lia. exact M. }
      assert (Later : forall a b, i <= a -> b <= e -> matches r a b -> S i <= a).
      { intros a b L1 L2 M. destruct (Nat.eq_dec i a) as [<- |]; [destruct (Here b); auto | lia]. }
      specialize (IH (S i)). destruct (scan attempt (S i) d) as [[[a b] t] |].
      * destruct IH as (L1 & L2 & P & F & G); [lia |]. repeat split; auto; try lia.
        intros a' b' L3 L4 M. eapply F; eauto.
      * intros a b L1 L2 M. apply (IH ltac:(lia) a b); eauto.
Qed.

Theorem is_llmatch_unique r w i j t i' j' t' :
  is_llmatch r w i j t -> is_llmatch r w i' j' t' -> i = i' /\ j = j' /\ t = t'.
Proof.
  intros (B & Al & F & G) (B' & Al' & F' & G').
  assert (M : matches r i j) by (exists t; apply B). assert (M' : matches r i' j') by (exists t'; apply B').
  assert (i = i') as <- by (apply Nat.le_antisymm; eauto).
  assert (j = j') as <- by (apply Nat.le_antisymm; eauto).
  repeat split. eapply is_best_unique; eauto.
Qed.

(* Any search with right attempts is right. *)
Lemma run_spec r attempt w : (forall i d, is_longest r i d (attempt i d)) ->
  match run attempt w with
  | Some (i, j, t) => is_llmatch r w i j t
  | None => forall i j, allowed w i j -> ~ matches r i j
  end.
Proof.
  intros Attempt. unfold run, is_llmatch, allowed. destruct w as [b e [|]]; simpl from; simpl upto; simpl anchored;
    (destruct (e <? b) eqn:E;
     [apply Nat.ltb_lt in E; intros i j Al M; apply matches_le in M; lia | apply Nat.ltb_ge in E]).
  - specialize (Attempt b (e - b)). destruct (attempt b (e - b)) as [[l t] |]; simpl in Attempt.
    + destruct Attempt as (L & P & N). repeat split; auto; try lia; try (apply posix_best; exact P).
      intros j' M Al. pose proof (matches_le _ _ _ M).
      destruct (le_lt_dec j' (b + l)) as [| Lt]; [assumption |].
      destruct (N (j' - b)); try lia. replace (b + (j' - b)) with j' by lia. exact M.
    + intros i j (L1 & L2 & L3) M. rewrite (L3 eq_refl) in M. pose proof (matches_le _ _ _ M).
      apply (Attempt (j - b)); [lia |]. replace (b + (j - b)) with j by lia. exact M.
  - pose proof (scan_spec r attempt e Attempt (S (e - b)) b ltac:(lia)) as Sc.
    destruct (scan attempt b (S (e - b))) as [[[i j] t] |].
    + destruct Sc as (L1 & L2 & P & F & G).
      split; [apply posix_best; exact P |]. split; [repeat split; auto; discriminate |]. split.
      * intros i' j' M (L3 & L4 & _). eauto.
      * intros j' M (_ & L4 & _). auto.
    + intros i j (L1 & L2 & _). auto.
Qed.

Theorem run_correct r attempt w i j t : (forall i d, is_longest r i d (attempt i d)) ->
  (run attempt w = Some (i, j, t) <-> is_llmatch r w i j t).
Proof.
  intros Attempt. pose proof (run_spec r attempt w Attempt) as Spec_.
  destruct (run attempt w) as [[[i' j'] t'] |].
  - split.
    + intros E. injection E as -> -> ->. exact Spec_.
    + intros L. destruct (is_llmatch_unique _ _ _ _ _ _ _ _ Spec_ L) as (-> & -> & ->). reflexivity.
  - split; [discriminate |]. intros (B & Al & _). destruct (Spec_ i j Al). exists t. apply B.
Qed.

Theorem llmatch_correct r w i j t : llmatch r w = Some (i, j, t) <-> is_llmatch r w i j t.
Proof. apply run_correct. apply longest_from_spec. Qed.

Theorem split_match_correct r w i j t : split_match r w = Some (i, j, t) <-> is_llmatch r w i j t.
Proof. apply run_correct. apply longest_split_from_spec. Qed.

Theorem split_match_llmatch r w : split_match r w = llmatch r w.
Proof.
  destruct (llmatch r w) as [[[i j] t] |] eqn:E.
  - apply split_match_correct, llmatch_correct. exact E.
  - destruct (split_match r w) as [[[i j] t] |] eqn:E'; [| reflexivity].
    apply split_match_correct, llmatch_correct in E'. congruence.
Qed.

Theorem llmatch_none r w : llmatch r w = None <-> forall i j, allowed w i j -> ~ matches r i j.
Proof.
  pose proof (run_spec r _ w (longest_from_spec r)) as Spec_. unfold llmatch.
  destruct (run (longest_from r) w) as [[[i j] t] |].
  - split; [discriminate |]. intros N. destruct Spec_ as (B & Al & _). destruct (N i j Al). exists t. apply B.
  - tauto.
Qed.

Corollary llmatch_exists r w i j : allowed w i j -> matches r i j -> exists i' j' t, is_llmatch r w i' j' t.
Proof.
  intros Al M. destruct (llmatch r w) as [[[i' j'] t] |] eqn:E.
  - exists i', j', t. apply llmatch_correct. exact E.
  - rewrite llmatch_none in E. destruct (E i j Al M).
Qed.

End Search.
