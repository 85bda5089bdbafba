(* The procedure of A6, which is that of the C++ reference: walk down from the whole regex, each node being given the
   span it has to fill, and give each part the longest prefix that leaves something the others match. Questions of
   matching are answered by derivatives. It finds the same tree as the lexer. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees Order Posix Derivative Lexer.
Import ListNotations.

Section Split.
Context {C A : Type} {sub : subject C A}.
Implicit Types r s : re C A.

(* Does r match the d units from i on? *)
Fixpoint member r (i d : nat) : bool :=
  match d with 0 => null i r | S d => member (der i r) (S i) d end.

(* The longest prefix, of at most k units, that r matches and that leaves something s matches of d units in all. *)
Fixpoint longest_prefix r s (i d k : nat) : nat :=
  if member r i k && member s (i + k) (d - k) then k
  else match k with 0 => 0 | S k => longest_prefix r s i d k end.

(* The iterations over d units from i on; `fill_body` is the procedure for the body. Each iteration makes min or d
   smaller, so fuel min + d is enough. *)
Fixpoint fill_rep (fill_body : nat -> nat -> tree) r (fuel : nat) (head : bool) (min : nat) (max : option nat)
    (i d : nat) : tree :=
  if (d =? 0) && (min =? 0)
  then if head then if more max && null i r then TIter (fill_body i 0) TEnd else TNone else TEnd
  else match fuel with
    | 0 => TNil
    | S fuel =>
      let k := longest_prefix r (Rep false r (pred min) (less max)) i d d in
      TIter (fill_body i k) (fill_rep fill_body r fuel false (pred min) (less max) (i + k) (d - k))
    end.

Fixpoint fill r (i d : nat) : tree :=
  match r with
  | Zero => TNil
  | One | Ast _ => TEps
  | Cls _ => TUnit
  | Alt r s => if member r i d then TLeft (fill r i d) else TRight (fill s i d)
  | Cat r s => let k := longest_prefix r s i d d in TSeq (fill r i k) (fill s (i + k) (d - k))
  | Rep head r min max => fill_rep (fill r) r (min + d) head min max i d
  | Grp _ r => TGrp (fill r i d)
  end.

Definition best r (i d : nat) : option tree := if member r i d then Some (fill r i d) else None.

Lemma member_spec r i d : member r i d = true <-> matches r i (i + d).
Proof.
  revert r i. induction d as [| d IH]; intros r i; simpl.
  - rewrite Nat.add_0_r. apply null_spec.
  - rewrite IH, Nat.add_succ_comm. apply der_spec. lia.
Qed.

Lemma member_spec2 r s i d k : k <= d ->
  member r i k && member s (i + k) (d - k) = true <-> matches r i (i + k) /\ matches s (i + k) (i + d).
Proof.
  intros L. rewrite andb_true_iff, !member_spec. replace (i + k + (d - k)) with (i + d) by lia. tauto.
Qed.

Lemma longest_prefix_eq r s i d k :
  longest_prefix r s i d k =
  if member r i k && member s (i + k) (d - k) then k
  else match k with 0 => 0 | S k => longest_prefix r s i d k end.
Proof. destruct k; reflexivity. Qed.

Lemma longest_prefix_bounded r s i d b k : b <= d -> k <= b ->
  matches r i (i + k) -> matches s (i + k) (i + d) ->
  (forall k', b < k' -> k' <= d -> ~ (matches r i (i + k') /\ matches s (i + k') (i + d))) ->
  let b' := longest_prefix r s i d b in
  k <= b' /\ b' <= d /\ matches r i (i + b') /\ matches s (i + b') (i + d) /\ longest r s i (i + b') (i + d).
Proof.
  revert k. induction b as [| b IH]; intros k Lb Lk Mr Ms N; rewrite longest_prefix_eq.
  - destruct (member r i 0 && member s (i + 0) (d - 0)) eqn:E;
      [| assert (k = 0) as -> by lia; rewrite <- not_true_iff_false, member_spec2 in E by lia; tauto].
    replace k with 0 in * by lia. repeat split; auto; try lia.
    intros k' L M1 M2. pose proof (matches_le _ _ _ M2). apply (N (k' - i)); try lia.
    replace (i + (k' - i)) with k' by lia. auto.
  - destruct (member r i (S b) && member s (i + S b) (d - S b)) eqn:E.
    + apply member_spec2 in E; [| exact Lb]. destruct E as [M1 M2]. repeat split; auto.
      intros k' L M3 M4. pose proof (matches_le _ _ _ M4). apply (N (k' - i)); try lia.
      replace (i + (k' - i)) with k' by lia. auto.
    + rewrite <- not_true_iff_false, member_spec2 in E by exact Lb.
      assert (k <= b) by (destruct (Nat.eq_dec k (S b)) as [-> |]; [tauto | lia]).
      apply IH; auto; try lia. intros k' L1 L2.
      destruct (Nat.eq_dec k' (S b)) as [-> |]; [exact E | apply N; lia].
Qed.

Lemma longest_prefix_spec r s i d k : i <= k -> matches r i k -> matches s k (i + d) ->
  let b := longest_prefix r s i d d in
  k <= i + b /\ b <= d /\ matches r i (i + b) /\ matches s (i + b) (i + d) /\ longest r s i (i + b) (i + d).
Proof.
  intros L Mr Ms. pose proof (matches_le _ _ _ Ms). replace k with (i + (k - i)) in * by lia.
  destruct (longest_prefix_bounded r s i d d (k - i)) as (L1 & L2 & M1 & M2 & Lo); auto; try lia.
  repeat split; auto. lia.
Qed.

Lemma fill_rep_posix r :
  (forall i d, matches r i (i + d) -> posix r (fill r i d) i (i + d)) ->
  forall fuel head min max i d, min + d <= fuel -> matches (Rep head r min max) i (i + d) ->
  posix (Rep head r min max) (fill_rep (fill r) r fuel head min max i d) i (i + d).
Proof.
  intros Fill.
  assert (Done : forall head max i, matches (Rep head r 0 max) i i -> posix (Rep head r 0 max)
    (if head then if more max && null i r then TIter (fill r i 0) TEnd else TNone else TEnd) i i).
  { intros [|] max i _; [| constructor].
    destruct (more max) eqn:Em, (null i r) eqn:En; simpl;
      try (apply posix_none; intros Em'; try congruence; rewrite <- null_spec; congruence).
    apply null_spec in En. eapply posix_iter; eauto; [| constructor | right; right; auto |].
    - specialize (Fill i 0). rewrite Nat.add_0_r in Fill. auto.
    - intros k L M1 M2. apply matches_le in M2. lia. }
  intros fuel. induction fuel as [| fuel IH]; intros head min max i d Lf M.
  - assert (min = 0) as -> by lia. assert (d = 0) as -> by lia. simpl. rewrite Nat.add_0_r in *. auto.
  - simpl. destruct ((d =? 0) && (min =? 0)) eqn:E0.
    + apply andb_true_iff in E0. destruct E0 as [Ed Em]. apply Nat.eqb_eq in Ed, Em. subst d min.
      rewrite Nat.add_0_r in *. auto.
    + apply andb_false_iff in E0. rewrite !Nat.eqb_neq in E0.
      apply matches_rep in M. destruct M as [[Zm Zd] | (Em & k & M1 & M2 & E)]; [lia |].
      pose proof (matches_le _ _ _ M1) as Lk.
      destruct (longest_prefix_spec _ _ _ _ _ Lk M1 M2) as (L1 & L2 & M3 & M4 & Lo).
      set (b := longest_prefix r (Rep false r (pred min) (less max)) i d d) in *.
      eapply posix_iter; eauto.
      * replace (i + d) with (i + b + (d - b)) in * by lia. apply IH; [| exact M4].
        destruct min as [| min]; simpl; [| lia]. destruct E as [E | [E | [_ E]]]; lia.
      * unfold may_iterate in *. intuition lia.
Qed.

Theorem fill_posix r i d : matches r i (i + d) -> posix r (fill r i d) i (i + d).
Proof.
  revert i d.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl; intros i d M.
  - destruct (matches_zero _ _ M).
  - apply matches_one in M. rewrite M. constructor.
  - apply matches_cls in M. destruct M as [-> E]. constructor. exact E.
  - apply matches_ast in M. destruct M as [-> E]. constructor. exact E.
  - apply matches_alt in M. destruct (member r i d) eqn:E.
    + apply posix_left, IHr, member_spec. exact E.
    + rewrite <- not_true_iff_false, member_spec in E. apply posix_right; [exact E |]. apply IHs. tauto.
  - apply matches_cat in M. destruct M as (k & M1 & M2). pose proof (matches_le _ _ _ M1) as Lk.
    destruct (longest_prefix_spec _ _ _ _ _ Lk M1 M2) as (L1 & L2 & M3 & M4 & Lo).
    set (b := longest_prefix r s i d d) in *. eapply posix_cat; eauto.
    replace (i + d) with (i + b + (d - b)) in * by lia. auto.
  - apply fill_rep_posix; auto.
  - constructor. apply IHr, (matches_grp g). exact M.
Qed.

Theorem best_lexer r i d : best r i d = lexer r i d.
Proof.
  apply lexer_unique; unfold best; destruct (member r i d) eqn:E; try discriminate.
  - intros t Et. injection Et as <-. apply fill_posix, member_spec. exact E.
  - intros _. rewrite <- not_true_iff_false, member_spec in E. exact E.
Qed.

End Split.
