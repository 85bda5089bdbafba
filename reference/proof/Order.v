(* The order on trees (A3): `better` is a strict order, it can be decided from the outside in and from left to right,
   and of two different trees of one regex over one span one is better. *)
From Coq Require Import List Arith Lia.
From RedoubtProof Require Import Spec Trees.
Import ListNotations.

Lemma before_cases p q : before p q \/ p = q \/ before q p.
Proof.
  revert q. induction p as [| k p IH]; intros [| l q]; auto using before.
  destruct (lt_eq_lt_dec k l) as [[L | ->] | L]; auto using before.
  destruct (IH q) as [B | [-> | B]]; auto using before.
Qed.

Lemma before_trans p q s : before p q -> before q s -> before p s.
Proof.
  intros H. revert s. induction H as [k p | k l p q L | k p q H IH]; intros s B; inversion B; subst;
    auto using before; constructor; try lia; auto.
Qed.

Lemma norm_lt_irrefl x : ~ norm_lt x x.
Proof. destruct x; simpl; lia. Qed.

Lemma norm_lt_trans x y z : norm_lt x y -> norm_lt y z -> norm_lt x z.
Proof. destruct x, y, z; simpl; lia || tauto. Qed.

Theorem better_irrefl t : ~ better t t.
Proof. intros [p [L _]]. exact (norm_lt_irrefl _ L). Qed.

Theorem better_trans t u v : better t u -> better u v -> better t v.
Proof.
  intros [p [Lp Ep]] [q [Lq Eq]]. destruct (before_cases p q) as [B | [<- | B]].
  - exists p. split; [rewrite <- (Eq p B); exact Lp |].
    intros x Bx. rewrite (Ep x Bx). apply Eq. eapply before_trans; eauto.
  - exists p. split; [eapply norm_lt_trans; eauto |]. intros x Bx. rewrite (Ep x Bx). auto.
  - exists q. split; [rewrite (Ep q B); exact Lq |].
    intros x Bx. rewrite (Ep x (before_trans _ _ _ Bx B)). auto.
Qed.

Theorem better_asym t u : better t u -> better u t -> False.
Proof. intros H1 H2. exact (better_irrefl t (better_trans _ _ _ H1 H2)). Qed.

(* Norms at the root and in the first two children. *)
Lemma norm_at_root t : t <> TNil -> norm_at t [] = Len (len t).
Proof. destruct t; intros N; try reflexivity. contradiction. Qed.

Lemma before_root p : ~ before p [].
Proof. intros H; inversion H. Qed.

Lemma before_first q p : before q (0 :: p) -> q = [] \/ exists q', q = 0 :: q' /\ before q' p.
Proof. intros H; inversion H; subst; auto; [lia | eauto]. Qed.

Lemma before_second q p : before q (1 :: p) ->
  q = [] \/ (exists q', q = 0 :: q') \/ exists q', q = 1 :: q' /\ before q' p.
Proof.
  intros H; inversion H as [k' p' | k l p' q' L | k p' q' B]; subst; auto; [| right; right; eauto].
  right; left. replace k with 0 by lia. eauto.
Qed.

(* Two trees that agree at the root are compared at their first children, *)
Lemma better_first_child t u t1 t2 ts us :
  children t = t1 :: ts -> children u = t2 :: us -> norm_at t [] = norm_at u [] ->
  better t1 t2 -> better t u.
Proof.
  intros Ct Cu E [p [L P]]. exists (0 :: p). split.
  - unfold norm_at in *; simpl; rewrite Ct, Cu; exact L.
  - intros q B. destruct (before_first _ _ B) as [-> | [q' [-> B']]]; [exact E |].
    specialize (P q' B'). unfold norm_at in *; simpl; rewrite Ct, Cu; exact P.
Qed.

(* and, if these are the same, at their second ones. *)
Lemma better_second_child t u v t1 t2 ts us :
  children t = v :: t1 :: ts -> children u = v :: t2 :: us -> norm_at t [] = norm_at u [] ->
  better t1 t2 -> better t u.
Proof.
  intros Ct Cu E [p [L P]]. exists (1 :: p). split.
  - unfold norm_at in *; simpl; rewrite Ct, Cu; exact L.
  - intros q B. destruct (before_second _ _ B) as [-> | [[q' ->] | [q' [-> B']]]]; [exact E | |].
    + unfold norm_at; simpl; rewrite Ct, Cu; reflexivity.
    + specialize (P q' B'). unfold norm_at in *; simpl; rewrite Ct, Cu; exact P.
Qed.

Lemma better_norm t u : norm_lt (norm_at u []) (norm_at t []) -> better t u.
Proof. intros L. exists []. split; [exact L |]. intros q B. destruct (before_root _ B). Qed.

Lemma better_longer t u : t <> TNil -> u <> TNil -> len u < len t -> better t u.
Proof. intros Nt Nu L. apply better_norm. rewrite !norm_at_root; auto. Qed.

Lemma better_nil t : t <> TNil -> better t TNil.
Proof. intros N. apply better_norm. rewrite (norm_at_root t N). exact I. Qed.

(* The order, node by node, as A3 has it. *)
Lemma better_left_right t u : t <> TNil -> len t = len u -> better (TLeft t) (TRight u).
Proof.
  intros N E. eapply better_first_child; [reflexivity | reflexivity | | apply better_nil; exact N].
  unfold norm_at; simpl; auto.
Qed.

Lemma better_left t u : len t = len u -> better t u -> better (TLeft t) (TLeft u).
Proof. intros E. eapply better_first_child; try reflexivity. unfold norm_at; simpl; auto. Qed.

Lemma better_right t u : len t = len u -> better t u -> better (TRight t) (TRight u).
Proof. intros E. eapply better_second_child; try reflexivity. unfold norm_at; simpl; auto. Qed.

Lemma better_grp t u : len t = len u -> better t u -> better (TGrp t) (TGrp u).
Proof. intros E. eapply better_first_child; try reflexivity. unfold norm_at; simpl; auto. Qed.

Lemma better_seq_first t u t' u' : len t + len u = len t' + len u' -> better t t' -> better (TSeq t u) (TSeq t' u').
Proof. intros E. eapply better_first_child; try reflexivity. unfold norm_at; simpl; auto. Qed.

Lemma better_seq_second t u u' : len u = len u' -> better u u' -> better (TSeq t u) (TSeq t u').
Proof. intros E. eapply better_second_child; try reflexivity. unfold norm_at; simpl; auto. Qed.

Lemma better_iter_first t u t' u' : len t + len u = len t' + len u' -> better t t' -> better (TIter t u) (TIter t' u').
Proof. intros E. eapply better_first_child; try reflexivity. unfold norm_at; simpl; auto. Qed.

Lemma better_iter_second t u u' : len u = len u' -> better u u' -> better (TIter t u) (TIter t u').
Proof. intros E. eapply better_second_child; try reflexivity. unfold norm_at; simpl; auto. Qed.

Lemma better_iter_none t u : t <> TNil -> len t + len u = 0 -> better (TIter t u) TNone.
Proof.
  intros N E. eapply better_first_child; [reflexivity | reflexivity | | apply better_nil; exact N].
  unfold norm_at; simpl. congruence.
Qed.

Section Total.
Context {C A : Type} {sub : subject C A}.

(* Spans of adjacent parts, from lengths. *)
Lemma same_len (r r' : re C A) t t' i j : wf r t i j -> wf r' t' i j -> len t = len t'.
Proof. intros H H'. apply wf_len in H. apply wf_len in H'. lia. Qed.

Lemma same_len2 (r r' s s' : re C A) t t' u u' i k k' j :
  wf r t i k -> wf s u k j -> wf r' t' i k' -> wf s' u' k' j -> len t + len u = len t' + len u'.
Proof. intros H1 H2 H3 H4. apply wf_len in H1, H2, H3, H4. lia. Qed.

Lemma longer_is_better (r : re C A) t t' i k k' : wf r t i k -> wf r t' i k' -> k' < k -> better t t'.
Proof.
  intros H H' L. apply better_longer; eauto using wf_not_nil. apply wf_len in H. apply wf_len in H'. lia.
Qed.

Theorem better_total (r : re C A) t t' i j : wf r t i j -> wf r t' i j -> t = t' \/ better t t' \/ better t' t.
Proof.
  intros W. revert t'.
  induction W as [i | c i Ec | a i Ea | r s t i j W IH | r s t i j W IH | r s t u i k j W1 IH1 W2 IH2
                 | r max i | r max i | head r min max t u i k j Em W1 IH1 W2 IH2 E | g r t i j W IH]; intros t' W'.
  - apply wf_one_inv in W'. left; symmetry; tauto.
  - apply wf_cls_inv in W'. left; symmetry; tauto.
  - apply wf_ast_inv in W'. left; symmetry; tauto.
  - destruct (wf_alt_inv _ _ _ _ _ W') as [[u [-> Wu]] | [u [-> Wu]]].
    + pose proof (same_len _ _ _ _ _ _ W Wu) as L.
      destruct (IH _ Wu) as [<- | [B | B]]; auto using better_left.
    + right; left. apply better_left_right; [eapply wf_not_nil | eapply same_len]; eauto.
  - destruct (wf_alt_inv _ _ _ _ _ W') as [[u [-> Wu]] | [u [-> Wu]]].
    + right; right. apply better_left_right; [eapply wf_not_nil | eapply same_len]; eauto.
    + pose proof (same_len _ _ _ _ _ _ W Wu) as L.
      destruct (IH _ Wu) as [<- | [B | B]]; auto using better_right.
  - destruct (wf_cat_inv _ _ _ _ _ W') as (t1 & t2 & k' & -> & W3 & W4).
    pose proof (same_len2 _ _ _ _ _ _ _ _ _ _ _ _ W1 W2 W3 W4) as L.
    destruct (lt_eq_lt_dec k k') as [[Lk | <-] | Lk].
    + right; right. apply better_seq_first; eauto using longer_is_better.
    + pose proof (same_len _ _ _ _ _ _ W2 W4) as L2.
      destruct (IH1 _ W3) as [<- | [B | B]]; auto using better_seq_first.
      destruct (IH2 _ W4) as [<- | [B | B]]; auto using better_seq_second.
    + right; left. apply better_seq_first; eauto using longer_is_better.
  - destruct (wf_rep_inv _ _ _ _ _ _ _ W') as [(_ & _ & ->) | (t1 & t2 & k' & -> & Em & W1 & W2 & E)]; auto.
    right; right. apply better_iter_none; [eapply wf_not_nil; eauto |].
    apply wf_len in W1. apply wf_len in W2. lia.
  - destruct (wf_rep_inv _ _ _ _ _ _ _ W') as [(_ & _ & ->) | (t1 & t2 & k' & -> & Em & W1 & W2 & E)]; auto.
    apply wf_len in W1. apply wf_len in W2. destruct E as [E | [E | [E _]]]; [lia | lia | discriminate].
  - destruct (wf_rep_inv _ _ _ _ _ _ _ W') as [(Emin & Ej & ->) | (t1 & t2 & k' & -> & Em' & W3 & W4 & E')].
    + pose proof (wf_le _ _ _ _ W1) as L1. pose proof (wf_le _ _ _ _ W2) as L2.
      destruct E as [E | [E | [-> E]]]; [lia | lia |].
      right; left. apply better_iter_none; [eapply wf_not_nil; eauto |].
      apply wf_len in W1. apply wf_len in W2. lia.
    + pose proof (same_len2 _ _ _ _ _ _ _ _ _ _ _ _ W1 W2 W3 W4) as L.
      destruct (lt_eq_lt_dec k k') as [[Lk | <-] | Lk].
      * right; right. apply better_iter_first; eauto using longer_is_better.
      * pose proof (same_len _ _ _ _ _ _ W2 W4) as L2.
        destruct (IH1 _ W3) as [<- | [B | B]]; auto using better_iter_first.
        destruct (IH2 _ W4) as [<- | [B | B]]; auto using better_iter_second.
      * right; left. apply better_iter_first; eauto using longer_is_better.
  - destruct (wf_grp_inv _ _ _ _ _ W') as [u [-> Wu]].
    pose proof (same_len _ _ _ _ _ _ W Wu) as L.
    destruct (IH _ Wu) as [<- | [B | B]]; auto using better_grp.
Qed.

Theorem is_best_unique (r : re C A) t t' i j : is_best r t i j -> is_best r t' i j -> t = t'.
Proof.
  intros [W B] [W' B']. destruct (B _ W') as [E | L]; [auto |]. destruct (B' _ W) as [E | L']; [auto |].
  destruct (better_asym _ _ L L').
Qed.

End Total.
