(* When one regex certainly matches all that another does: a quick test on their syntax, used to leave out alternatives.
   Equal regexes, and repeats of one body of which one allows more; it is sound, and not complete. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees Posix Derivative.
Import ListNotations.

(* Classes and assertions must be comparable. *)
Class equality (C A : Type) := {
  cls_eqb : C -> C -> bool;
  ast_eqb : A -> A -> bool;
  cls_eqb_eq : forall c d, cls_eqb c d = true -> c = d;
  ast_eqb_eq : forall a b, ast_eqb a b = true -> a = b
}.

Section Equality.
Context {C A : Type} {eq : equality C A}.

Definition max_eqb (m n : option nat) : bool :=
  match m, n with None, None => true | Some m, Some n => m =? n | _, _ => false end.

Fixpoint re_eqb (r s : re C A) : bool :=
  match r, s with
  | Zero, Zero | One, One => true
  | Cls c, Cls d => cls_eqb c d
  | Ast a, Ast b => ast_eqb a b
  | Alt r r', Alt s s' | Cat r r', Cat s s' => re_eqb r s && re_eqb r' s'
  | Rep h r m n, Rep h' r' m' n' => eqb h h' && (m =? m') && max_eqb n n' && re_eqb r r'
  | Grp g r, Grp g' r' => (g =? g') && re_eqb r r'
  | _, _ => false
  end.

Lemma max_eqb_eq m n : max_eqb m n = true -> m = n.
Proof. destruct m, n; simpl; try congruence. rewrite Nat.eqb_eq. congruence. Qed.

Lemma re_eqb_eq r s : re_eqb r s = true -> r = s.
Proof.
  revert s. induction r as [| | c | a | r IHr r' IHr' | r IHr r' IHr' | h r IHr m n | g r IHr]; intros s E;
    destruct s; simpl in E; try discriminate; auto; rewrite ?andb_true_iff in E.
  - f_equal. apply cls_eqb_eq. exact E.
  - f_equal. apply ast_eqb_eq. exact E.
  - destruct E as [E1 E2]. f_equal; auto.
  - destruct E as [E1 E2]. f_equal; auto.
  - destruct E as [[[E1 E2] E3] E4]. apply eqb_prop in E1. apply Nat.eqb_eq in E2. apply max_eqb_eq in E3.
    f_equal; auto.
  - destruct E as [E1 E2]. apply Nat.eqb_eq in E1. f_equal; auto.
Qed.

End Equality.

Section Cover.
Context {C A : Type} {sub : subject C A} {eq : equality C A}.
Implicit Types r s b : re C A.

(* r matches the empty span everywhere, whatever holds there. *)
Fixpoint always_null r : bool :=
  match r with
  | Zero | Cls _ | Ast _ => false
  | One => true
  | Alt r s => always_null r || always_null s
  | Cat r s => always_null r && always_null s
  | Rep _ r min max => (min =? 0) || (always_null r && enough min max)
  | Grp _ r => always_null r
  end.

(* m <= n *)
Definition max_le (m n : option nat) : bool :=
  match m, n with _, None => true | None, Some _ => false | Some m, Some n => m <=? n end.

Fixpoint covers r s : bool :=
  re_eqb r s ||
  match r, s with
  | Cat r r', Cat s s' => covers r s && covers r' s'
  | Rep _ b m n, Rep _ b' m' n' => re_eqb b b' && max_le n' n && ((m <=? m') || (always_null b && enough m n))
  | _, _ => false
  end.

Lemma always_null_spec r i : always_null r = true -> matches r i i.
Proof.
  rewrite <- null_spec. induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl;
    try discriminate; auto; rewrite ?orb_true_iff, ?andb_true_iff; tauto.
Qed.

Lemma max_le_less m n : max_le m n = true -> max_le (less m) (less n) = true.
Proof. destruct m as [m |], n as [n |]; simpl; auto. rewrite !Nat.leb_le. lia. Qed.

Lemma max_le_more m n : max_le m n = true -> more m = true -> more n = true.
Proof. destruct m as [[| m] |], n as [[| n] |]; simpl; auto. Qed.

Lemma max_le_less_left m n : max_le m n = true -> max_le (less m) n = true.
Proof. destruct m as [m |], n as [n |]; simpl; auto. rewrite !Nat.leb_le. lia. Qed.

Lemma max_le_refl m : max_le m m = true.
Proof. destruct m as [m |]; simpl; auto. apply Nat.leb_refl. Qed.

Lemma max_le_trans m n k : max_le m n = true -> max_le n k = true -> max_le m k = true.
Proof. destruct m as [m |], n as [n |], k as [k |]; simpl; rewrite ?Nat.leb_le; auto; try discriminate. lia. Qed.

(* Fewer forced iterations and a larger maximum: empty iterations that are forced no more are dropped. *)
Lemma rep_wider head head' b m m' n n' i j : m <= m' -> max_le n' n = true ->
  matches (Rep head' b m' n') i j -> matches (Rep head b m n) i j.
Proof.
  intros Lm Ln [t W]. revert head head' m m' n n' i Lm Ln W.
  induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1];
    intros head head' m m' n n' i Lm Ln W;
    destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(-> & -> & _) | (t3 & t4 & k & Et & Em & W1 & W2 & E)];
    try discriminate; try (apply matches_rep; left; split; [lia | reflexivity]).
  injection Et as <- <-. pose proof (wf_le _ _ _ _ W1) as L1.
  assert (Take : 0 < m \/ i < k -> matches (Rep head b m n) i j).
  { intros H. apply matches_rep. right. split; [eapply max_le_more; eauto |]. exists k.
    split; [exists t1; exact W1 |]. split; [| unfold may_iterate; tauto].
    eapply IH2; [| apply max_le_less; exact Ln | exact W2]. lia. }
  destruct (Nat.eq_dec i k) as [<- | N]; [| apply Take; lia].
  destruct m as [| m]; [| apply Take; lia].
  eapply IH2; [| apply max_le_less_left; exact Ln | exact W2]. lia.
Qed.

(* If the body is nullable everywhere, iterations may be forced without harm. *)
Lemma rep_padded head b m n i j : (forall k, matches b k k) -> enough m n = true ->
  matches (Rep false b 0 n) i j -> matches (Rep head b m n) i j.
Proof.
  intros Null En [t W]. revert head m n i En W.
  induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1]; intros head m n i En W;
    destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(_ & -> & _) | (t3 & t4 & k & Et & Em & W1 & W2 & E)];
    try discriminate; try (apply rep_null_iff; auto; fail).
  injection Et as <- <-. apply matches_rep. right. split; [exact Em |]. exists k. split; [exists t1; exact W1 |].
  split; [| destruct E as [E | [E | [E _]]]; [left; exact E | lia | discriminate]].
  apply IH2; [| exact W2]. destruct m as [| m], n as [[| n] |]; simpl in *; auto; discriminate.
Qed.

Theorem covers_spec r s i j : covers r s = true -> matches s i j -> matches r i j.
Proof.
  revert s i j.
  assert (Same : forall p q i j, re_eqb p q || false = true -> matches q i j -> matches p i j).
  { intros p q i j E. rewrite orb_false_r in E. apply re_eqb_eq in E. subst q. auto. }
  induction r as [| | c | a | r IHr r' IHr' | r IHr r' IHr' | head b IHb m n | g r IHr]; intros s i j;
    try (match goal with |- covers ?p s = true -> _ => exact (Same p s i j) end).
  - intros E. apply orb_true_iff in E. destruct E as [E | E]; [apply re_eqb_eq in E; subst s; auto |].
    destruct s as [| | c | a | s s' | s s' | head' b' m' n' | g s]; try discriminate.
    apply andb_true_iff in E. destruct E as [E1 E2]. rewrite !matches_cat. intros (k & M1 & M2). eauto.
  - intros E. apply orb_true_iff in E. destruct E as [E | E]; [apply re_eqb_eq in E; subst s; auto |].
    destruct s as [| | c | a | s s' | s s' | head' b' m' n' | g s]; try discriminate.
    rewrite !andb_true_iff, orb_true_iff, andb_true_iff, Nat.leb_le in E.
    destruct E as [[E Ln] [Lm | [Null En]]]; apply re_eqb_eq in E; subst b'; intros M.
    + eapply rep_wider; eauto.
    + apply rep_padded; auto using always_null_spec. eapply rep_wider; [| exact Ln | exact M]. lia.
Qed.

(* So of a repeat whose body is nullable everywhere, A7 needs no empty iterations. *)
Lemma der_rep_now d b min max i j : always_null b = true -> enough min max = true -> more max = true ->
  matches (der_rep d b true min max) i j -> matches (Cat d (Rep false b (pred min) (less max))) i j.
Proof.
  intros Null En Em M.
  assert (General : forall m n, max_le n max = true -> matches (der_rep d b true m n) i j ->
    exists k m' n', matches d i k /\ matches (Rep false b m' n') k j /\ max_le n' (less max) = true).
  { clear M. intros m. induction m as [| m IH]; intros n Ln M; simpl in M.
    - destruct (more n) eqn:En'; [| destruct (matches_zero _ _ M)].
      apply matches_cat in M. destruct M as (k & M1 & M2). exists k, 0, (less n). auto using max_le_less.
    - assert (Now : matches (if more n then Cat d (Rep false b m (less n)) else Zero) i j ->
        exists k m' n', matches d i k /\ matches (Rep false b m' n') k j /\ max_le n' (less max) = true).
      { destruct (more n) eqn:En'; intros M'; [| destruct (matches_zero _ _ M')].
        apply matches_cat in M'. destruct M' as (k & M1 & M2). exists k, m, (less n). auto using max_le_less. }
      destruct m as [| m]; [exact (Now M) |].
      destruct (more n); [| exact (Now M)].
      apply matches_alt in M. destruct M as [M | M]; [exact (Now M) |].
      apply (IH (less n)); [apply max_le_less_left; exact Ln | exact M]. }
  destruct (General min max (max_le_refl max) M) as (k & m' & n' & M1 & M2 & Ln).
  apply matches_cat. exists k. split; [exact M1 |].
  apply rep_padded; auto using always_null_spec.
  - destruct min as [| min], max as [[| n] |]; simpl in *; auto; discriminate.
  - eapply rep_wider; [| exact Ln | exact M2]. lia.
Qed.

End Cover.
