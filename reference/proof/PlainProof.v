(* Spec.v and Plain.v define the same: the encoding of n-ary trees as trees of the core is one to one, keeps the order
   and the groups, and takes the preferred tree to the best one. *)
From Coq Require Import List Arith Lia.
From RedoubtProof Require Import Spec Trees Order Plain Encode.
Import ListNotations.

Section PlainProof.
Context {C A : Type} {sub : subject C A}.
Implicit Type r : sre C A.
Implicit Type rs : list (sre C A).

(* ---- Repeats ---- *)

Definition iterations r (ts : list ptree) : nat -> nat -> Prop := parts (repeat (parse r) (length ts)) ts.
Definition not_empty (t : ptree) : Prop := 0 < plen t.

Lemma iterations_length r ts i j : faithful r -> iterations r ts i j -> j = i + list_sum (map plen ts).
Proof.
  intros F. unfold iterations. revert i. induction ts as [| t ts IH]; simpl; intros i W; [lia |].
  destruct W as (k & W & Ws). apply (has_length _ F) in W. apply IH in Ws. lia.
Qed.

Lemma skipn_pred min t (ts : list ptree) :
  Forall not_empty (skipn min (t :: ts)) -> Forall not_empty (skipn (pred min) ts).
Proof. destruct min as [| min]; simpl; [apply Forall_inv_tail | auto]. Qed.

Lemma tail_to_core r ts min max i j : faithful r -> iterations r ts i j -> min <= length ts ->
  at_most (length ts) max -> Forall not_empty (skipn min ts) ->
  wf (Rep false (compile r) min max) (chain (map (encode r) ts)) i j.
Proof.
  intros F. revert min max i. induction ts as [| t ts IH]; intros min max i W Lmin Lmax N; simpl in *.
  - assert (min = 0) as -> by lia. unfold iterations in W. simpl in W. subst j. constructor.
  - destruct W as (k & W & Ws). econstructor.
    + destruct max as [[| m] |]; simpl in *; auto. lia.
    + apply (to_core _ F). exact W.
    + apply IH; auto; [lia | destruct max as [[| m] |]; simpl in *; auto; lia | apply (skipn_pred _ t); exact N].
    + apply (has_length _ F) in W. destruct min as [| min]; [| right; left; lia].
      apply Forall_inv in N. unfold not_empty in N. left. lia.
Qed.

Lemma tail_from_core r u min max i j : faithful r -> wf (Rep false (compile r) min max) u i j ->
  exists ts, iterations r ts i j /\ min <= length ts /\ at_most (length ts) max /\
    Forall not_empty (skipn min ts) /\ chain (map (encode r) ts) = u.
Proof.
  intros F. revert min max i. induction u as [| | | u1 IH1 | u1 IH1 | u1 IH1 u2 IH2 | | | u1 IH1 u2 IH2 | u1 IH1];
    intros min max i W;
    destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(-> & -> & Eu) | (u3 & u4 & k & Eu & Em & W1 & W2 & E)];
    try discriminate.
  - exists []. repeat split; simpl; auto. destruct max; simpl; auto. lia.
  - injection Eu as <- <-. destruct (from_core _ F _ _ _ W1) as (t & Wt & <-).
    destruct (IH2 _ _ _ W2) as (ts & Wts & Lmin & Lmax & N & <-). exists (t :: ts).
    split; [exists k; auto |]. simpl. split; [lia |].
    split; [destruct max as [[| m] |]; simpl in *; auto; [discriminate | lia] |].
    split; [| reflexivity]. destruct min as [| min]; simpl in *; [| exact N].
    constructor; [| exact N]. unfold not_empty. apply (has_length _ F) in Wt.
    destruct E as [E | [E | [E _]]]; [lia | lia | discriminate].
Qed.

(* Over an empty span nothing is left that is not empty. *)
Lemma no_iterations r ts i : faithful r -> iterations r ts i i -> Forall not_empty ts -> ts = [].
Proof.
  intros F W N. destruct ts as [| t ts]; [reflexivity |]. apply (iterations_length _ _ _ _ F) in W. simpl in W.
  apply Forall_inv in N. unfold not_empty in N. lia.
Qed.

Lemma chain_len r ts i j : faithful r ->
  iterations r ts i j -> len (chain (map (encode r) ts)) = list_sum (map plen ts).
Proof.
  intros F. unfold iterations. revert i. induction ts as [| t ts IH]; simpl; intros i W; [reflexivity |].
  destruct W as (k & W & Ws). rewrite (encoded_len _ _ _ _ F W), (IH _ Ws). reflexivity.
Qed.

Lemma same_chain_len r ts ts' i j : faithful r -> iterations r ts i j -> iterations r ts' i j ->
  len (chain (map (encode r) ts)) = len (chain (map (encode r) ts')).
Proof.
  intros F W W'. rewrite (chain_len _ _ _ _ F W), (chain_len _ _ _ _ F W').
  apply (iterations_length _ _ _ _ F) in W, W'. lia.
Qed.

Lemma chain_keeps_order r ts ts' min i j : faithful r -> iterations r ts i j -> iterations r ts' i j ->
  min <= length ts' -> Forall not_empty (skipn min ts) -> prefer_parts (repeat (prefer r) (length ts)) ts ts' ->
  better (chain (map (encode r) ts)) (chain (map (encode r) ts')).
Proof.
  intros F. revert ts' min i. induction ts as [| t ts IH]; intros ts' min i W W' Lmin N P; [destruct P |].
  destruct ts' as [| t' ts'].
  - (* Nothing is left to span. *)
    unfold iterations in W'. simpl in W', Lmin. subst j. replace min with 0 in N by lia.
    discriminate (no_iterations _ _ _ F W N).
  - pose proof (same_chain_len _ _ _ _ _ F W W') as L. simpl in L. simpl chain.
    destruct W as (k & W & Ws), W' as (k' & W' & Ws'). destruct P as [P | [[El P] | [<- P]]].
    + apply better_iter_first; [exact L |]. eapply longer_encoded; eauto.
    + assert (k = k') as <- by (apply (has_length _ F) in W, W'; lia).
      apply better_iter_first; [exact L |]. eapply (keeps_order _ F); eauto.
    + assert (k = k') as <- by (apply (has_length _ F) in W, W'; lia).
      apply better_iter_second; [lia |]. apply (IH ts' (pred min) k); auto; [simpl in Lmin; lia |].
      apply (skipn_pred _ t). exact N.
Qed.

Lemma iterations_total r ts ts' i j : faithful r -> iterations r ts i j -> iterations r ts' i j ->
  ts = ts' \/ prefer_parts (repeat (prefer r) (length ts)) ts ts' \/
  prefer_parts (repeat (prefer r) (length ts')) ts' ts.
Proof.
  intros F. unfold iterations. revert ts' i. induction ts as [| t ts IH]; intros [| t' ts'] i W W'; simpl in *; auto.
  destruct W as (k & W & Ws), W' as (k' & W' & Ws').
  destruct (lt_eq_lt_dec (plen t) (plen t')) as [[L | L] | L]; [auto | | auto].
  assert (k = k') as <- by (apply (has_length _ F) in W, W'; lia).
  destruct (is_total _ F _ _ _ _ W W') as [<- | [P | P]]; auto 6.
  destruct (IH _ _ Ws Ws') as [<- | [P | P]]; auto 6.
Qed.

Lemma chain_keeps_groups r head min max ts i j s : faithful r -> iterations r ts i j ->
  walk (Rep head (compile r) min max) (chain (map (encode r) ts)) i s =
  walk_parts (repeat (fun t i s => plain_walk r t i (unset (groups (compile r)) s)) (length ts)) ts i s.
Proof.
  intros F. unfold iterations. revert i s. induction ts as [| t ts IH]; simpl; intros i s W; [reflexivity |].
  destruct W as (k & W & Ws). pose proof (has_length _ F _ _ _ W) as L.
  rewrite (encoded_len _ _ _ _ F W), <- L, (keeps_groups _ F _ _ _ _ W), (IH _ _ Ws). reflexivity.
Qed.

Lemma rep_to_core r min max greedy t i j : faithful r -> parse (SRep r min max greedy) t i j ->
  wf (compile (SRep r min max greedy)) (encode (SRep r min max greedy) t) i j.
Proof.
  intros F. destruct t as [| | ts | b t | ts | t]; simpl; try contradiction. intros (W & Lmin & Lmax & N).
  destruct ts as [| t ts]; simpl in *.
  - assert (min = 0) as -> by lia. subst j. constructor.
  - destruct W as (k & W & Ws). econstructor.
    + destruct max as [[| m] |]; simpl in *; auto. lia.
    + apply (to_core _ F). exact W.
    + apply tail_to_core; auto; [lia | destruct max as [[| m] |]; simpl in *; auto; lia |].
      destruct N as [N | (-> & _ & E)]; [apply (skipn_pred _ t); exact N |].
      destruct ts; [constructor | discriminate].
    + apply (has_length _ F) in W. destruct min as [| min]; [| right; left; lia].
      destruct N as [N | (_ & E & _)]; [| right; right; auto]. apply Forall_inv in N. left. lia.
Qed.

Lemma rep_from_core r min max greedy u i j : faithful r -> wf (compile (SRep r min max greedy)) u i j ->
  exists t, parse (SRep r min max greedy) t i j /\ encode (SRep r min max greedy) t = u.
Proof.
  intros F W. simpl in W.
  destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(-> & -> & ->) | (u1 & u2 & k & -> & Em & W1 & W2 & E)].
  - exists (PRep []). repeat split; simpl; auto. destruct max; simpl; auto. lia.
  - destruct (from_core _ F _ _ _ W1) as (t & Wt & <-).
    destruct (tail_from_core _ _ _ _ _ _ F W2) as (ts & Wts & Lmin & Lmax & N & <-). exists (PRep (t :: ts)).
    split; [| reflexivity]. simpl. split; [exists k; auto |]. split; [lia |].
    split; [destruct max as [[| m] |]; simpl in *; auto; [discriminate | lia] |].
    pose proof (has_length _ F _ _ _ Wt) as L. pose proof (iterations_length _ _ _ _ F Wts) as L'.
    destruct min as [| min]; simpl in *; [| auto].
    destruct (Nat.eq_dec (plen t) 0) as [Z | Z]; [| left; constructor; [lia | exact N]].
    destruct E as [E | [E | [_ E]]]; [lia | lia |]. right. repeat split; auto.
    replace k with j in Wts by lia. rewrite (no_iterations _ _ _ F Wts N). reflexivity.
Qed.

Lemma rep_keeps_order r min max greedy t t' i j : faithful r -> parse (SRep r min max greedy) t i j ->
  parse (SRep r min max greedy) t' i j -> prefer (SRep r min max greedy) t t' ->
  better (encode (SRep r min max greedy) t) (encode (SRep r min max greedy) t').
Proof.
  intros F. destruct t as [| | ts | b t | ts | t], t' as [| | ts' | b' t' | ts' | t']; simpl; try contradiction.
  intros (W & Lmin & Lmax & N) (W' & Lmin' & Lmax' & N') P.
  pose proof (same_chain_len _ _ _ _ _ F W W') as L.
  destruct ts as [| t ts]; [destruct P |]. destruct ts' as [| t' ts']; simpl in L |- *.
  - apply better_iter_none; [| exact L]. destruct W as (k & W & _). eapply encoded_not_nil; eauto.
  - destruct W as (k & W & Ws), W' as (k' & W' & Ws'). destruct P as [P | [[El P] | [<- P]]].
    + apply better_iter_first; [exact L |]. eapply longer_encoded; eauto.
    + assert (k = k') as <- by (apply (has_length _ F) in W, W'; lia).
      apply better_iter_first; [exact L |]. eapply (keeps_order _ F); eauto.
    + assert (k = k') as <- by (apply (has_length _ F) in W, W'; lia).
      apply better_iter_second; [lia |]. apply (chain_keeps_order _ _ _ (pred min) k j); auto.
      * simpl in Lmin'. lia.
      * destruct N as [N | (-> & _ & E)]; [apply (skipn_pred _ t); exact N |].
        destruct ts; [constructor | discriminate].
Qed.

(* ---- All together ---- *)

Theorem all_faithful r : faithful r.
Proof.
  induction r as [| c | a | rs F | rs F | r min max greedy F | g r F] using sre_induction.
  - constructor; simpl.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. simpl. lia.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. subst j. constructor.
    + intros u i j W. apply wf_one_inv in W. destruct W as [-> ->]. exists PEmpty. simpl. auto.
    + contradiction.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W'; try contradiction. auto.
    + reflexivity.
  - constructor; simpl.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. simpl. lia.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. destruct W as [-> E]. constructor. exact E.
    + intros u i j W. apply wf_cls_inv in W. destruct W as (-> & -> & E). exists PUnit. simpl. auto.
    + contradiction.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W'; try contradiction. auto.
    + reflexivity.
  - constructor; simpl.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. simpl. lia.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. destruct W as [-> E]. constructor. exact E.
    + intros u i j W. apply wf_ast_inv in W. destruct W as (-> & -> & E). exists PEmpty. simpl. auto.
    + contradiction.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W'; try contradiction. auto.
    + reflexivity.
  - constructor.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. eapply parts_length; eauto.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. apply cat_to_core; auto.
    + intros u i j W. destruct (cat_from_core _ _ _ _ F W) as (ts & Wts & E). exists (PCat ts). auto.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W' P; try contradiction.
      eapply cat_keeps_order; eauto.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W'; try contradiction.
      destruct (cat_total _ _ _ _ _ F W W') as [<- | [P | P]]; auto.
    + intros [| | ts | b t | ts | t] i j s W; try contradiction. eapply cat_keeps_groups; eauto.
  - constructor.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. exact (branch_length _ _ _ _ _ F W).
    + intros [| | ts | b t | ts | t] i j W; try contradiction. apply alt_to_core; auto.
    + intros u i j W. destruct (alt_from_core _ _ _ _ F W) as (b & t & Wt & E). exists (PAlt b t). auto.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W' P; try contradiction.
      eapply alt_keeps_order; eauto.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W'; try contradiction.
      destruct (lt_eq_lt_dec b b') as [[L | <-] | L]; [right; left; left; exact L | | right; right; left; exact L].
      destruct (alt_total _ _ _ _ _ _ F W W') as [<- | [P | P]];
        [left; reflexivity | right; left; right; auto | right; right; right; auto].
    + intros [| | ts | b t | ts | t] i j s W; try contradiction. eapply alt_keeps_groups; eauto.
  - constructor.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. destruct W as (W & _).
      exact (iterations_length _ _ _ _ F W).
    + intros t i j W. apply rep_to_core; auto.
    + intros u i j W. apply rep_from_core; auto.
    + intros t t' i j W W' P. eapply rep_keeps_order; eauto.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W'; try contradiction.
      destruct W as (W & _), W' as (W' & _).
      destruct (iterations_total _ _ _ _ _ F W W') as [<- | [P | P]]; auto.
    + intros [| | ts | b t | ts | t] i j s W; try contradiction. destruct W as (W & _).
      destruct ts as [| t ts]; [reflexivity |]. exact (chain_keeps_groups _ true min max _ _ _ _ F W).
  - constructor.
    + intros [| | ts | b t | ts | t] i j W; try contradiction. exact (has_length _ F _ _ _ W).
    + intros [| | ts | b t | ts | t] i j W; try contradiction. destruct g as [g |]; simpl; [constructor |];
        apply (to_core _ F); exact W.
    + intros u i j W. destruct g as [g |]; simpl in W.
      * destruct (wf_grp_inv _ _ _ _ _ W) as (u' & -> & W'). destruct (from_core _ F _ _ _ W') as (t & Wt & <-).
        exists (PGrp t). auto.
      * destruct (from_core _ F _ _ _ W) as (t & Wt & <-). exists (PGrp t). auto.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W' P; try contradiction.
      pose proof (keeps_order _ F _ _ _ _ W W' P) as B. destruct g as [g |]; simpl; [| exact B].
      apply better_grp; [| exact B]. eapply same_len; apply (to_core _ F); eauto.
    + intros [| | ts | b t | ts | t] [| | ts' | b' t' | ts' | t'] i j W W'; try contradiction.
      destruct (is_total _ F _ _ _ _ W W') as [<- | [P | P]]; auto.
    + intros [| | ts | b t | ts | t] i j s W; try contradiction. destruct g as [g |]; simpl;
        [rewrite (encoded_len _ _ _ _ F W) |]; exact (keeps_groups _ F _ _ _ _ W).
Qed.

(* Both define the same matches, *)
Theorem plain_matches r i j : (exists t, parse r t i j) <-> matches (compile r) i j.
Proof.
  split.
  - intros [t W]. exists (encode r t). apply (to_core _ (all_faithful r)). exact W.
  - intros [u W]. destruct (from_core _ (all_faithful r) _ _ _ W) as (t & Wt & _). exists t. exact Wt.
Qed.

(* with one tree there for each tree here, *)
Theorem encode_injective r t t' i j : parse r t i j -> parse r t' i j -> encode r t = encode r t' -> t = t'.
Proof.
  pose proof (all_faithful r) as F. intros W W' E.
  destruct (is_total _ F _ _ _ _ W W') as [H | [P | P]]; [exact H | |];
    apply (keeps_order _ F _ _ i j) in P; auto; rewrite E in P; destruct (better_irrefl _ P).
Qed.

Theorem encode_onto r u i j : wf (compile r) u i j -> exists t, parse r t i j /\ encode r t = u.
Proof. apply (from_core _ (all_faithful r)). Qed.

(* the same order, *)
Theorem plain_order r t t' i j : parse r t i j -> parse r t' i j ->
  (prefer r t t' <-> better (encode r t) (encode r t')).
Proof.
  pose proof (all_faithful r) as F. intros W W'. split; [apply (keeps_order _ F _ _ i j); auto |]. intros B.
  destruct (is_total _ F _ _ _ _ W W') as [<- | [P | P]]; [destruct (better_irrefl _ B) | exact P |].
  apply (keeps_order _ F _ _ i j) in P; auto. destruct (better_asym _ _ B P).
Qed.

(* the same best tree, *)
Theorem plain_best r t i j : parse r t i j -> (is_preferred r t i j <-> is_best (compile r) (encode r t) i j).
Proof.
  pose proof (all_faithful r) as F. intros W. split.
  - intros [_ P]. split; [apply (to_core _ F); exact W |]. intros u Wu.
    destruct (from_core _ F _ _ _ Wu) as (t' & Wt' & <-).
    destruct (P _ Wt') as [-> | P']; [auto |]. right. apply (plain_order r t t' i j); auto.
  - intros [_ B]. split; [exact W |]. intros t' W'. destruct (B _ (to_core _ F _ _ _ W')) as [E | B'].
    + left. eapply encode_injective; eauto.
    + right. apply (plain_order r t t' i j); auto.
Qed.

(* the same match of a whole search, *)
Theorem plain_llmatch r w i j t : parse r t i j ->
  (is_plain_match r w i j t <-> is_llmatch (compile r) w i j (encode r t)).
Proof.
  intros W. unfold is_plain_match, is_llmatch. rewrite (plain_best r t i j W).
  split; intros (B & Al & First & Longest); (split; [exact B |]); (split; [exact Al |]); split.
  - intros i' j' M Al'. apply plain_matches in M. destruct M as [t' W']. eauto.
  - intros j' M Al'. apply plain_matches in M. destruct M as [t' W']. eauto.
  - intros i' j' t' W' Al'. eapply First; [apply plain_matches |]; eauto.
  - intros j' t' W' Al'. eapply Longest; [apply plain_matches |]; eauto.
Qed.

(* and the same groups. *)
Theorem plain_captures r t i j : parse r t i j ->
  captures (compile r) (encode r t) i = plain_walk r t i (fun _ => None).
Proof. intros W. apply (keeps_groups _ (all_faithful r) _ _ j). exact W. Qed.

End PlainProof.
