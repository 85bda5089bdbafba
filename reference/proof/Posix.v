(* The POSIX rules as an inductive relation: `posix r t i j` builds the right tree directly (first branch, longest
   first part), without comparing trees. Here: what it builds is best, hence unique. That every match has such a tree,
   and so that both definitions are the same, is shown in Lexer.v. *)
From Coq Require Import List Arith Lia.
From RedoubtProof Require Import Spec Trees Order.
Import ListNotations.

Section Posix.
Context {C A : Type} {sub : subject C A}.
Implicit Types r s : re C A.

(* No longer first part than [i,k) leaves something that s matches. *)
Definition longest r s i k j : Prop := forall k', k < k' -> matches r i k' -> matches s k' j -> False.

Inductive posix : re C A -> tree -> nat -> nat -> Prop :=
| posix_one i : posix One TEps i i
| posix_cls c i : cls_at c i = true -> posix (Cls c) TUnit i (S i)
| posix_ast a i : ast_at a i = true -> posix (Ast a) TEps i i
| posix_left r s t i j : posix r t i j -> posix (Alt r s) (TLeft t) i j
| posix_right r s t i j : ~ matches r i j -> posix s t i j -> posix (Alt r s) (TRight t) i j
| posix_cat r s t u i k j :
    posix r t i k -> posix s u k j -> longest r s i k j -> posix (Cat r s) (TSeq t u) i j
| posix_none r max i : (more max = true -> ~ matches r i i) -> posix (Rep true r 0 max) TNone i i
| posix_end r max i : posix (Rep false r 0 max) TEnd i i
| posix_iter head r min max t u i k j :
    more max = true -> posix r t i k -> posix (Rep false r (pred min) (less max)) u k j ->
    may_iterate head min i k j -> longest r (Rep false r (pred min) (less max)) i k j ->
    posix (Rep head r min max) (TIter t u) i j
| posix_grp g r t i j : posix r t i j -> posix (Grp g r) (TGrp t) i j.

Lemma posix_wf r t i j : posix r t i j -> wf r t i j.
Proof. induction 1; econstructor; eauto. Qed.

Lemma posix_matches r t i j : posix r t i j -> matches r i j.
Proof. intros P. exists t. apply posix_wf. exact P. Qed.

Lemma posix_alt_inv r s t i j : posix (Alt r s) t i j ->
  (exists t', t = TLeft t' /\ posix r t' i j) \/ (exists t', t = TRight t' /\ ~ matches r i j /\ posix s t' i j).
Proof. intros H; inversion H; subst; eauto. Qed.

Lemma posix_cat_inv r s t i j : posix (Cat r s) t i j ->
  exists t1 t2 k, t = TSeq t1 t2 /\ posix r t1 i k /\ posix s t2 k j /\ longest r s i k j.
Proof. intros H; inversion H; subst; eauto 9. Qed.

Lemma posix_one_inv t i j : posix One t i j -> t = TEps /\ j = i.
Proof. intros H; inversion H; auto. Qed.

Lemma posix_zero_inv t i j : posix Zero t i j -> False.
Proof. intros H; inversion H. Qed.

Theorem posix_best r t i j : posix r t i j -> is_best r t i j.
Proof.
  intros P. split; [apply posix_wf; exact P |].
  induction P as [i | c i Ec | a i Ea | r s t i j P IH | r s t i j N P IH | r s t u i k j P1 IH1 P2 IH2 L
                 | r max i N | r max i | head r min max t u i k j Em P1 IH1 P2 IH2 E L | g r t i j P IH]; intros t' W'.
  - apply wf_one_inv in W'. left; tauto.
  - apply wf_cls_inv in W'. left; tauto.
  - apply wf_ast_inv in W'. left; tauto.
  - apply posix_wf in P. destruct (wf_alt_inv _ _ _ _ _ W') as [[u [-> Wu]] | [u [-> Wu]]].
    + destruct (IH _ Wu) as [-> | B]; auto. right. apply better_left; auto. eapply same_len; eauto.
    + right. apply better_left_right; [eapply wf_not_nil | eapply same_len]; eauto.
  - apply posix_wf in P. destruct (wf_alt_inv _ _ _ _ _ W') as [[u [-> Wu]] | [u [-> Wu]]].
    + destruct N. exists u. exact Wu.
    + destruct (IH _ Wu) as [-> | B]; auto. right. apply better_right; auto. eapply same_len; eauto.
  - apply posix_wf in P1, P2. destruct (wf_cat_inv _ _ _ _ _ W') as (t1 & t2 & k' & -> & W1 & W2).
    pose proof (same_len2 _ _ _ _ _ _ _ _ _ _ _ _ P1 P2 W1 W2) as El.
    destruct (lt_eq_lt_dec k k') as [[Lk | <-] | Lk].
    + destruct (L k' Lk); eexists; eauto.
    + destruct (IH1 _ W1) as [-> | B]; [| right; apply better_seq_first; auto].
      destruct (IH2 _ W2) as [-> | B]; auto. right. apply better_seq_second; auto. eapply same_len; eauto.
    + right. apply better_seq_first; eauto using longer_is_better.
  - destruct (wf_rep_inv _ _ _ _ _ _ _ W') as [(_ & _ & ->) | (t1 & t2 & k' & -> & Em & W1 & W2 & E)]; auto.
    destruct (N Em). pose proof (wf_le _ _ _ _ W1) as L1. pose proof (wf_le _ _ _ _ W2) as L2.
    replace k' with i in W1 by lia. exists t1. exact W1.
  - destruct (wf_rep_inv _ _ _ _ _ _ _ W') as [(_ & _ & ->) | (t1 & t2 & k' & -> & Em & W1 & W2 & E)]; auto.
    apply wf_le in W1. apply wf_le in W2. destruct E as [E | [E | [E _]]]; [lia | lia | discriminate].
  - apply posix_wf in P1, P2.
    destruct (wf_rep_inv _ _ _ _ _ _ _ W') as [(Emin & Ej & ->) | (t1 & t2 & k' & -> & Em' & W1 & W2 & E')].
    + pose proof (wf_le _ _ _ _ P1) as L1. pose proof (wf_le _ _ _ _ P2) as L2.
      destruct E as [E | [E | [-> E]]]; [lia | lia |].
      right. apply better_iter_none; [eapply wf_not_nil; eauto |]. apply wf_len in P1. apply wf_len in P2. lia.
    + pose proof (same_len2 _ _ _ _ _ _ _ _ _ _ _ _ P1 P2 W1 W2) as El.
      destruct (lt_eq_lt_dec k k') as [[Lk | <-] | Lk].
      * destruct (L k' Lk); eexists; eauto.
      * destruct (IH1 _ W1) as [-> | B]; [| right; apply better_iter_first; auto].
        destruct (IH2 _ W2) as [-> | B]; auto. right. apply better_iter_second; auto. eapply same_len; eauto.
      * right. apply better_iter_first; eauto using longer_is_better.
  - apply posix_wf in P. destruct (wf_grp_inv _ _ _ _ _ W') as [u [-> Wu]].
    destruct (IH _ Wu) as [-> | B]; auto. right. apply better_grp; auto. eapply same_len; eauto.
Qed.

Corollary posix_unique r t t' i j : posix r t i j -> posix r t' i j -> t = t'.
Proof. intros P P'. eapply is_best_unique; apply posix_best; eauto. Qed.

End Posix.
