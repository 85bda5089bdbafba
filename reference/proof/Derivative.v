(* Derivatives at locations (A7, D): `der i r` matches from S i on what r matches from i on, `null i r` asks whether r
   matches the empty span at i, and injection turns the best tree of the derivative into the best tree of r. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees Order Posix.
Import ListNotations.

Section Derivative.
Context {C A : Type} {sub : subject C A}.
Implicit Types r s : re C A.

(* min <= max *)
Definition enough (min : nat) (max : option nat) : bool := match max with None => true | Some m => min <=? m end.

Fixpoint null (i : nat) (r : re C A) : bool :=
  match r with
  | Zero | Cls _ => false
  | One => true
  | Ast a => ast_at a i
  | Alt r s => null i r || null i s
  | Cat r s => null i r && null i s
  | Rep _ r min max => (min =? 0) || (null i r && enough min max)
  | Grp _ r => null i r
  end.

(* The best tree of an empty span: all forced iterations, and one if none is forced. *)
Fixpoint empty_iterations (t : tree) (min : nat) : tree :=
  match min with 0 => TEnd | S min => TIter t (empty_iterations t min) end.

Fixpoint empty_tree (i : nat) (r : re C A) : tree :=
  match r with
  | Zero | One | Cls _ | Ast _ => TEps
  | Alt r s => if null i r then TLeft (empty_tree i r) else TRight (empty_tree i s)
  | Cat r s => TSeq (empty_tree i r) (empty_tree i s)
  | Rep true r 0 max => if more max && null i r then TIter (empty_tree i r) TEnd else TNone
  | Rep _ r min _ => empty_iterations (empty_tree i r) min
  | Grp _ r => TGrp (empty_tree i r)
  end.

(* A7: d is the derivative of r. If the body can be empty here, leading iterations may be so, as long as another forced
   one follows; the fewer the better, so fewer come first. *)
Fixpoint der_rep (d r : re C A) (nullable : bool) (min : nat) (max : option nat) : re C A :=
  let now := if more max then Cat d (Rep false r (pred min) (less max)) else Zero in
  match min with
  | S (S _ as min') => if nullable && more max then Alt now (der_rep d r nullable min' (less max)) else now
  | _ => now
  end.

Fixpoint der (i : nat) (r : re C A) : re C A :=
  match r with
  | Zero | One | Ast _ => Zero
  | Cls c => if cls_at c i then One else Zero
  | Alt r s => Alt (der i r) (der i s)
  | Cat r s => if null i r then Alt (Cat (der i r) s) (der i s) else Cat (der i r) s
  | Rep _ r min max => der_rep (der i r) r (null i r) min max
  | Grp _ r => der i r
  end.

(* From a tree of der i r to one of r. *)
Fixpoint inject_rep (e : tree) (f : tree -> tree) (t : tree) : tree :=
  match t with
  | TSeq t u | TLeft (TSeq t u) => TIter (f t) u
  | TRight t => TIter e (inject_rep e f t)
  | _ => t
  end.

Fixpoint inject (i : nat) (r : re C A) (t : tree) : tree :=
  match r, t with
  | Cls _, _ => TUnit
  | Alt r _, TLeft t => TLeft (inject i r t)
  | Alt _ s, TRight t => TRight (inject i s t)
  | Cat r _, TSeq t u | Cat r _, TLeft (TSeq t u) => TSeq (inject i r t) u
  | Cat r s, TRight t => TSeq (empty_tree i r) (inject i s t)
  | Rep _ r _ _, t => inject_rep (empty_tree i r) (inject i r) t
  | Grp _ r, t => TGrp (inject i r t)
  | _, t => t
  end.

(* A repeat matches the empty span if no iteration is forced, or as many as are forced may be empty. *)
Lemma rep_null_iff r head min max i :
  matches (Rep head r min max) i i <-> min = 0 \/ (matches r i i /\ enough min max = true).
Proof.
  split.
  - intros [t W]. revert head min max W.
    induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1]; intros head min max W;
      destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(-> & _ & _) | (t3 & t4 & k & Et & Em & W1 & W2 & E)];
      try discriminate; auto.
    injection Et as <- <-. pose proof (wf_le _ _ _ _ W1) as L1. pose proof (wf_le _ _ _ _ W2) as L2.
    replace k with i in * by lia. destruct min as [| min]; [auto | right]. split; [exists t1; auto |].
    destruct (IH2 _ _ _ W2) as [Z | [_ Z]]; destruct max as [[| m] |]; simpl in *; auto; try discriminate.
    subst min. reflexivity.
  - intros [-> | [M E]]; [apply matches_rep; auto |].
    revert head max E. induction min as [| min IH]; intros head max E; apply matches_rep; [auto | right].
    split; [destruct max as [[| m] |]; auto; discriminate |].
    exists i. split; [exact M |]. split; [| right; left; lia]. simpl. apply IH.
    destruct max as [[| m] |]; auto; discriminate.
Qed.

Lemma null_spec i r : null i r = true <-> matches r i i.
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl.
  - split; [discriminate | intros M; destruct (matches_zero _ _ M)].
  - rewrite matches_one. tauto.
  - rewrite matches_cls. split; [discriminate | intros [E _]; lia].
  - rewrite matches_ast. tauto.
  - rewrite orb_true_iff, IHr, IHs, matches_alt. tauto.
  - rewrite andb_true_iff, IHr, IHs, matches_cat. split; [intros [M1 M2]; eauto |].
    intros (k & M1 & M2). pose proof (matches_le _ _ _ M1). pose proof (matches_le _ _ _ M2).
    replace k with i in * by lia. auto.
  - rewrite orb_true_iff, andb_true_iff, IHr, Nat.eqb_eq, rep_null_iff. tauto.
  - rewrite IHr, matches_grp. tauto.
Qed.

Lemma empty_iterations_posix r t i min max :
  posix r t i i -> enough min max = true -> posix (Rep false r min max) (empty_iterations t min) i i.
Proof.
  intros P. revert max. induction min as [| min IH]; intros max E; simpl; [constructor |].
  assert (Em : more max = true) by (destruct max as [[| m] |]; auto; discriminate).
  eapply posix_iter; eauto.
  - simpl. apply IH. destruct max as [[| m] |]; auto; discriminate.
  - right; left; lia.
  - intros k L M1 M2. apply matches_le in M2. lia.
Qed.

Theorem empty_tree_posix i r : null i r = true -> posix r (empty_tree i r) i i.
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl; intros E.
  - discriminate.
  - constructor.
  - discriminate.
  - constructor. exact E.
  - destruct (null i r) eqn:Er; simpl in E.
    + apply posix_left. auto.
    + apply posix_right; auto. rewrite <- null_spec. congruence.
  - apply andb_true_iff in E. destruct E as [Er Es]. econstructor; eauto.
    intros k L M1 M2. apply matches_le in M2. lia.
  - assert (F : posix (Rep false r min max) (empty_iterations (empty_tree i r) min) i i).
    { apply orb_true_iff in E. destruct E as [E | E].
      - apply Nat.eqb_eq in E. subst min. constructor.
      - apply andb_true_iff in E. destruct E as [Er Ee]. apply empty_iterations_posix; auto. }
    destruct head; [destruct min as [| min] |]; [| | exact F].
    + destruct (more max) eqn:Em, (null i r) eqn:Er; simpl;
        try (apply posix_none; intros Em'; try congruence; rewrite <- null_spec; congruence).
      eapply posix_iter; eauto; [constructor | right; right; auto |].
      intros k L M1 M2. apply matches_le in M2. lia.
    + inversion F; subst. econstructor; eauto. right; left; lia.
  - constructor. auto.
Qed.

Lemma der_rep_two d r nullable min max :
  der_rep d r nullable (S (S min)) max =
  let now := if more max then Cat d (Rep false r (S min) (less max)) else Zero in
  if nullable && more max then Alt now (der_rep d r nullable (S min) (less max)) else now.
Proof. reflexivity. Qed.

(* What A7 says, for any d that is the derivative of the body. *)
Lemma der_rep_spec d r i j head min max :
  (forall k, i < k -> (matches d (S i) k <-> matches r i k)) -> i < j ->
  (matches (der_rep d r (null i r) min max) (S i) j <-> matches (Rep head r min max) i j).
Proof.
  intros D L. split.
  - revert head max. induction min as [| min IH]; intros head max; simpl.
    + destruct (more max) eqn:Em; intros M; [| destruct (matches_zero _ _ M)].
      apply matches_cat in M. destruct M as (k & M1 & M2). pose proof (matches_le _ _ _ M1).
      apply matches_rep. right. split; [exact Em |]. exists k. apply D in M1; [| lia].
      repeat split; auto. left. lia.
    + assert (Now : matches (if more max then Cat d (Rep false r min (less max)) else Zero) (S i) j ->
                    matches (Rep head r (S min) max) i j).
      { destruct (more max) eqn:Em; intros M; [| destruct (matches_zero _ _ M)].
        apply matches_cat in M. destruct M as (k & M1 & M2). pose proof (matches_le _ _ _ M1).
        apply matches_rep. right. split; [exact Em |]. exists k. apply D in M1; [| lia].
        repeat split; auto. left. lia. }
      destruct min as [| min]; [exact Now |].
      destruct (null i r && more max) eqn:E; [| exact Now].
      apply andb_true_iff in E. destruct E as [En Em]. intros M. apply matches_alt in M.
      destruct M as [M | M]; [exact (Now M) |]. apply (IH false) in M.
      apply matches_rep. right. split; [exact Em |]. exists i. rewrite <- null_spec.
      repeat split; auto. right; left; lia.
  - intros [t W]. revert head min max W.
    induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1]; intros head min max W;
      destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(_ & Z & _) | (t3 & t4 & k & Et & Em & W1 & W2 & E)];
      try discriminate; try lia.
    injection Et as <- <-. pose proof (wf_le _ _ _ _ W1) as L1.
    assert (Now : i < k -> matches (Cat d (Rep false r (pred min) (less max))) (S i) j).
    { intros Lk. apply matches_cat. exists k. split; [apply D; auto; exists t1 | exists t2]; auto. }
    destruct (Nat.eq_dec i k) as [<- | Nk].
    + assert (En : null i r = true) by (apply null_spec; exists t1; auto).
      destruct min as [| [| min]]; [unfold may_iterate in E; intuition lia | |].
      * (* The only forced iteration is empty: then it need not have been. *)
        simpl. rewrite Em. simpl in W2, IH2. pose proof (IH2 _ _ _ W2) as M.
        simpl in M. destruct (more (less max)) eqn:Em'; [| destruct (matches_zero _ _ M)].
        apply matches_cat in M. destruct M as (k & M1 & M2). apply matches_cat. exists k. split; [exact M1 |].
        apply matches_rep_less. exact M2.
      * rewrite der_rep_two, En, Em. apply matches_alt. right. specialize (IH2 _ _ _ W2). rewrite En in IH2. exact IH2.
    + assert (Lk : i < k) by lia. specialize (Now Lk).
      destruct min as [| [| min]]; simpl; rewrite Em; auto.
      destruct (null i r); simpl; auto. apply matches_alt. auto.
Qed.

Theorem der_spec i r j : i < j -> (matches (der i r) (S i) j <-> matches r i j).
Proof.
  revert j. induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl; intros j L.
  - split; intros M; destruct (matches_zero _ _ M).
  - rewrite matches_one. split; [intros M; destruct (matches_zero _ _ M) | lia].
  - rewrite matches_cls. destruct (cls_at c i); [rewrite matches_one; tauto |].
    split; [intros M; destruct (matches_zero _ _ M) | intros [_ E]; discriminate].
  - rewrite matches_ast. split; [intros M; destruct (matches_zero _ _ M) | lia].
  - rewrite !matches_alt, IHr, IHs; tauto.
  - assert (F : matches (Cat (der i r) s) (S i) j <-> exists k, i < k /\ matches r i k /\ matches s k j).
    { rewrite matches_cat. split; intros (k & M).
      - destruct M as [M1 M2]. pose proof (matches_le _ _ _ M1). exists k.
        rewrite IHr in M1 by lia. repeat split; auto.
      - destruct M as (Lk & M1 & M2). exists k. rewrite IHr; auto. }
    rewrite (matches_cat r s).
    destruct (null i r) eqn:E.
    + rewrite matches_alt, F, IHs by exact L. apply null_spec in E. split.
      * intros [(k & _ & M) | M]; eauto.
      * intros (k & M1 & M2). pose proof (matches_le _ _ _ M1).
        destruct (Nat.eq_dec i k) as [-> | N]; [right; auto | left; exists k; split; [lia | auto]].
    + rewrite F. split; [intros (k & _ & M); eauto |]. intros (k & M1 & M2).
      pose proof (matches_le _ _ _ M1). exists k. split; [| auto].
      destruct (Nat.eq_dec i k) as [-> | N]; [apply null_spec in M1; congruence | lia].
  - apply der_rep_spec; auto.
  - rewrite IHr, matches_grp; tauto.
Qed.

(* Injection keeps "no longer first part". *)
Lemma longest_der r s i k j : i < k -> longest (der i r) s (S i) k j -> longest r s i k j.
Proof. intros L H k' Lk M1 M2. apply (H k' Lk); auto. apply der_spec; auto; lia. Qed.

Lemma longest_empty r s i j : ~ matches (Cat (der i r) s) (S i) j -> longest r s i i j.
Proof. intros N k L M1 M2. apply N, matches_cat. exists k. rewrite der_spec; auto. Qed.

Lemma inject_rep_posix i r :
  (forall t j, i < j -> posix (der i r) t (S i) j -> posix r (inject i r t) i j) ->
  forall min head max t j, i < j -> posix (der_rep (der i r) r (null i r) min max) t (S i) j ->
  posix (Rep head r min max) (inject_rep (empty_tree i r) (inject i r) t) i j.
Proof.
  intros Inj min. induction min as [| min IH]; intros head max t j L P; simpl in P.
  - destruct (more max) eqn:Em; [| destruct (posix_zero_inv _ _ _ P)].
    destruct (posix_cat_inv _ _ _ _ _ P) as (t1 & t2 & k & -> & P1 & P2 & Lo). simpl.
    pose proof (wf_le _ _ _ _ (posix_wf _ _ _ _ P1)).
    eapply posix_iter; eauto; [left; lia | apply longest_der; auto].
  - assert (Now : forall t1 t2 k, more max = true -> posix (der i r) t1 (S i) k ->
                  posix (Rep false r min (less max)) t2 k j ->
                  longest (der i r) (Rep false r min (less max)) (S i) k j ->
                  posix (Rep head r (S min) max) (TIter (inject i r t1) t2) i j).
    { intros t1 t2 k Em P1 P2 Lo. pose proof (wf_le _ _ _ _ (posix_wf _ _ _ _ P1)).
      eapply posix_iter; eauto; [left; lia | apply longest_der; auto]. }
    assert (Only : posix (if more max then Cat (der i r) (Rep false r min (less max)) else Zero) t (S i) j ->
                   posix (Rep head r (S min) max) (inject_rep (empty_tree i r) (inject i r) t) i j).
    { intros P'. destruct (more max) eqn:Em; [| destruct (posix_zero_inv _ _ _ P')].
      destruct (posix_cat_inv _ _ _ _ _ P') as (t1 & t2 & k & -> & P1 & P2 & Lo). simpl. eauto. }
    destruct min as [| min]; [exact (Only P) |].
    destruct (null i r && more max) eqn:E; [| exact (Only P)].
    apply andb_true_iff in E. destruct E as [En Em]. rewrite Em in P.
    destruct (posix_alt_inv _ _ _ _ _ P) as [(t' & -> & P') | (t' & -> & N & P')].
    + destruct (posix_cat_inv _ _ _ _ _ P') as (t1 & t2 & k & -> & P1 & P2 & Lo). simpl. eauto.
    + simpl. eapply posix_iter; [exact Em | apply empty_tree_posix; exact En | apply IH; eauto | |].
      * right; left; lia.
      * apply longest_empty. exact N.
Qed.

Theorem inject_posix i r t j : posix (der i r) t (S i) j -> posix r (inject i r t) i j.
Proof.
  intros P. assert (L : i < j) by (apply posix_wf, wf_le in P; lia). revert t j L P.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl; intros t j L P;
    try (destruct (posix_zero_inv _ _ _ P)).
  - destruct (cls_at c i) eqn:E; [| destruct (posix_zero_inv _ _ _ P)].
    destruct (posix_one_inv _ _ _ P) as [-> ->]. constructor. exact E.
  - destruct (posix_alt_inv _ _ _ _ _ P) as [(t' & -> & P') | (t' & -> & N & P')].
    + apply posix_left. auto.
    + apply posix_right; auto. rewrite der_spec in N; auto.
  - assert (Now : forall t1 t2 k, posix (der i r) t1 (S i) k -> posix s t2 k j -> longest (der i r) s (S i) k j ->
                  posix (Cat r s) (TSeq (inject i r t1) t2) i j).
    { intros t1 t2 k P1 P2 Lo. pose proof (wf_le _ _ _ _ (posix_wf _ _ _ _ P1)).
      eapply posix_cat; eauto. apply longest_der; auto. }
    destruct (null i r) eqn:E.
    + destruct (posix_alt_inv _ _ _ _ _ P) as [(t' & -> & P') | (t' & -> & N & P')].
      * destruct (posix_cat_inv _ _ _ _ _ P') as (t1 & t2 & k & -> & P1 & P2 & Lo). eauto.
      * eapply posix_cat; [apply empty_tree_posix; exact E | eauto | apply longest_empty; exact N].
    + destruct (posix_cat_inv _ _ _ _ _ P) as (t1 & t2 & k & -> & P1 & P2 & Lo). eauto.
  - apply inject_rep_posix; auto.
  - constructor. auto.
Qed.

End Derivative.
