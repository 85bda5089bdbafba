(* Elementary facts on parse trees: what the tree of each node looks like, that a tree spans as much as it says, and
   what each node matches in terms of its parts. Later files use these instead of Coq's inversion. *)
From Coq Require Import List Arith Lia.
From RedoubtProof Require Import Spec.
Import ListNotations.

Section Trees.
Context {C A : Type} {sub : subject C A}.
Implicit Types r s : re C A.

(* The condition of A2 on one iteration over [i,k) of a repeat over [i,j). *)
Definition may_iterate (head : bool) (min i k j : nat) : Prop := i < k \/ 0 < min \/ (head = true /\ i = j).

Lemma wf_zero_inv t i j : wf Zero t i j -> False.
Proof. intros H; inversion H. Qed.

Lemma wf_one_inv t i j : wf One t i j -> t = TEps /\ j = i.
Proof. intros H; inversion H; auto. Qed.

Lemma wf_cls_inv c t i j : wf (Cls c) t i j -> t = TUnit /\ j = S i /\ cls_at c i = true.
Proof. intros H; inversion H; auto. Qed.

Lemma wf_ast_inv a t i j : wf (Ast a) t i j -> t = TEps /\ j = i /\ ast_at a i = true.
Proof. intros H; inversion H; auto. Qed.

Lemma wf_alt_inv r s t i j : wf (Alt r s) t i j ->
  (exists t', t = TLeft t' /\ wf r t' i j) \/ (exists t', t = TRight t' /\ wf s t' i j).
Proof. intros H; inversion H; subst; eauto. Qed.

Lemma wf_cat_inv r s t i j : wf (Cat r s) t i j ->
  exists t1 t2 k, t = TSeq t1 t2 /\ wf r t1 i k /\ wf s t2 k j.
Proof. intros H; inversion H; subst; eauto 8. Qed.

Lemma wf_rep_inv head r min max t i j : wf (Rep head r min max) t i j ->
  (min = 0 /\ j = i /\ t = if head then TNone else TEnd) \/
  (exists t1 t2 k, t = TIter t1 t2 /\ more max = true /\ wf r t1 i k /\
    wf (Rep false r (pred min) (less max)) t2 k j /\ may_iterate head min i k j).
Proof. intros H; inversion H; subst; auto; right; do 3 eexists; repeat split; eauto. Qed.

Lemma wf_grp_inv g r t i j : wf (Grp g r) t i j -> exists t', t = TGrp t' /\ wf r t' i j.
Proof. intros H; inversion H; subst; eauto. Qed.

Lemma wf_len r t i j : wf r t i j -> j = i + len t.
Proof. induction 1; simpl; lia. Qed.

Lemma wf_le r t i j : wf r t i j -> i <= j.
Proof. intros H. apply wf_len in H. lia. Qed.

Lemma wf_not_nil r t i j : wf r t i j -> t <> TNil.
Proof. intros H; destruct H; discriminate. Qed.

Lemma matches_le r i j : matches r i j -> i <= j.
Proof. intros [t W]. eapply wf_le; eauto. Qed.

Lemma matches_zero i j : ~ matches Zero i j.
Proof. intros [t W]. eapply wf_zero_inv; eauto. Qed.

Lemma matches_one i j : matches One i j <-> j = i.
Proof.
  split.
  - intros [t W]. apply wf_one_inv in W. tauto.
  - intros ->. exists TEps. constructor.
Qed.

Lemma matches_cls c i j : matches (Cls c) i j <-> j = S i /\ cls_at c i = true.
Proof.
  split.
  - intros [t W]. apply wf_cls_inv in W. tauto.
  - intros [-> E]. exists TUnit. constructor. exact E.
Qed.

Lemma matches_ast a i j : matches (Ast a) i j <-> j = i /\ ast_at a i = true.
Proof.
  split.
  - intros [t W]. apply wf_ast_inv in W. tauto.
  - intros [-> E]. exists TEps. constructor. exact E.
Qed.

Lemma matches_alt r s i j : matches (Alt r s) i j <-> matches r i j \/ matches s i j.
Proof.
  split.
  - intros [t W]. destruct (wf_alt_inv _ _ _ _ _ W) as [[t' [_ W']] | [t' [_ W']]]; [left | right]; exists t'; auto.
  - intros [[t W] | [t W]]; [exists (TLeft t) | exists (TRight t)]; constructor; auto.
Qed.

Lemma matches_cat r s i j : matches (Cat r s) i j <-> exists k, matches r i k /\ matches s k j.
Proof.
  split.
  - intros [t W]. destruct (wf_cat_inv _ _ _ _ _ W) as (t1 & t2 & k & _ & W1 & W2).
    exists k. split; [exists t1 | exists t2]; auto.
  - intros [k [[t1 W1] [t2 W2]]]. exists (TSeq t1 t2). econstructor; eauto.
Qed.

Lemma matches_rep head r min max i j : matches (Rep head r min max) i j <->
  (min = 0 /\ j = i) \/
  (more max = true /\ exists k, matches r i k /\ matches (Rep false r (pred min) (less max)) k j /\
    may_iterate head min i k j).
Proof.
  split.
  - intros [t W].
    destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(Emin & Ej & _) | (t1 & t2 & k & _ & Emore & W1 & W2 & E)];
      [left; auto | right].
    split; [exact Emore |]. exists k. split; [exists t1 | split; [exists t2 |]]; auto.
  - intros [[-> ->] | (Emore & k & [t1 W1] & [t2 W2] & E)].
    + destruct head; [exists TNone | exists TEnd]; constructor.
    + exists (TIter t1 t2). econstructor; eauto.
Qed.

Lemma matches_grp g r i j : matches (Grp g r) i j <-> matches r i j.
Proof.
  split.
  - intros [t W]. destruct (wf_grp_inv _ _ _ _ _ W) as (t' & _ & W'). exists t'. auto.
  - intros [t W]. exists (TGrp t). constructor. auto.
Qed.

(* Of a repeat that has to span something, it does not matter whether it has begun, *)
Lemma matches_rep_head h h' r min max i j : i < j ->
  matches (Rep h r min max) i j -> matches (Rep h' r min max) i j.
Proof.
  intros L H. apply matches_rep in H. apply matches_rep.
  destruct H as [[_ E] | (Emore & k & M1 & M2 & E)]; [lia | right].
  split; [exact Emore |]. exists k. repeat split; auto. unfold may_iterate in *. intuition lia.
Qed.

(* and one that needs no iteration any more may as well be allowed one iteration more. *)
Lemma matches_rep_less r max i j : matches (Rep false r 0 (less max)) i j -> matches (Rep false r 0 max) i j.
Proof.
  intros [t W]. revert max i j W.
  induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1]; intros max i j W;
    destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(_ & -> & _) | (t3 & t4 & k & Et & Emore & W1 & W2 & E)];
    try discriminate; try (apply matches_rep; left; auto; fail).
  injection Et as <- <-. apply matches_rep. right. split.
  - destruct max as [[| m] |]; auto.
  - exists k. split; [exists t1; exact W1 |]. split; [| exact E]. simpl in W2 |- *. apply IH2. exact W2.
Qed.

End Trees.
