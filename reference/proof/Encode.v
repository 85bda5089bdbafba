(* The encoding of the n-ary trees of Plain.v as trees of the core, and what is to be shown of it for each regex
   (`faithful`). Here: concatenations and alternatives. *)
From Coq Require Import List Arith Lia.
From RedoubtProof Require Import Spec Trees Order Plain.
Import ListNotations.

Fixpoint encode_cat (es : list (ptree -> tree)) (ts : list ptree) : tree :=
  match es, ts with
  | [e], [t] => e t
  | e :: es, t :: ts => TSeq (e t) (encode_cat es ts)
  | _, _ => TEps
  end.

Fixpoint encode_alt (es : list (ptree -> tree)) (b : nat) (t : ptree) : tree :=
  match es, b with
  | [], _ => TNil
  | [e], 0 => e t
  | e :: _, 0 => TLeft (e t)
  | _ :: es, S b => TRight (encode_alt es b t)
  end.

Definition chain (ts : list tree) : tree := fold_right TIter TEnd ts.
Definition encode_rep (ts : list tree) : tree := match ts with [] => TNone | ts => chain ts end.

Fixpoint encode {C A} (r : sre C A) (t : ptree) : tree :=
  match r, t with
  | SEmpty, _ | SLook _, _ => TEps
  | SCls _, _ => TUnit
  | SCat rs, PCat ts => encode_cat (map encode rs) ts
  | SAlt rs, PAlt b t => encode_alt (map encode rs) b t
  | SRep r _ _ _, PRep ts => encode_rep (map (encode r) ts)
  | SGrp (Some _) r, PGrp t => TGrp (encode r t)
  | SGrp None r, PGrp t => encode r t
  | _, _ => TNil
  end.

Section Encode.
Context {C A : Type} {sub : subject C A}.
Implicit Type r : sre C A.
Implicit Type rs : list (sre C A).

Lemma sre_induction (P : sre C A -> Prop) :
  P SEmpty -> (forall c, P (SCls c)) -> (forall a, P (SLook a)) ->
  (forall rs, Forall P rs -> P (SCat rs)) -> (forall rs, Forall P rs -> P (SAlt rs)) ->
  (forall r min max greedy, P r -> P (SRep r min max greedy)) -> (forall g r, P r -> P (SGrp g r)) ->
  forall r, P r.
Proof.
  intros Empty Cls_ Look Cat_ Alt_ Rep_ Grp_.
  fix IH 1. intros [| c | a | rs | rs | r min max greedy | g r].
  - exact Empty.
  - apply Cls_.
  - apply Look.
  - apply Cat_. induction rs as [| r rs IHrs]; constructor; [apply IH | exact IHrs].
  - apply Alt_. induction rs as [| r rs IHrs]; constructor; [apply IH | exact IHrs].
  - apply Rep_. apply IH.
  - apply Grp_. apply IH.
Qed.

(* What is shown of each regex. *)
Record faithful (r : sre C A) : Prop := {
  has_length : forall t i j, parse r t i j -> j = i + plen t;
  to_core : forall t i j, parse r t i j -> wf (compile r) (encode r t) i j;
  from_core : forall u i j, wf (compile r) u i j -> exists t, parse r t i j /\ encode r t = u;
  keeps_order : forall t t' i j, parse r t i j -> parse r t' i j -> prefer r t t' -> better (encode r t) (encode r t');
  is_total : forall t t' i j, parse r t i j -> parse r t' i j -> t = t' \/ prefer r t t' \/ prefer r t' t;
  keeps_groups : forall t i j s, parse r t i j -> walk (compile r) (encode r t) i s = plain_walk r t i s
}.

Lemma encoded_len r t i j : faithful r -> parse r t i j -> len (encode r t) = plen t.
Proof. intros F W. pose proof (has_length _ F _ _ _ W). apply (to_core _ F), wf_len in W. lia. Qed.

Lemma encoded_not_nil r t i j : faithful r -> parse r t i j -> encode r t <> TNil.
Proof. intros F W. eapply wf_not_nil, (to_core _ F). eauto. Qed.

Lemma longer_encoded r t t' i k k' : faithful r -> parse r t i k -> parse r t' i k' -> plen t' < plen t ->
  better (encode r t) (encode r t').
Proof.
  intros F W W' L. apply better_longer; eauto using encoded_not_nil.
  rewrite (encoded_len _ _ _ _ F W), (encoded_len _ _ _ _ F W'). exact L.
Qed.

(* ---- Concatenations ---- *)

Definition cat_of (rs : list (sre C A)) : re C A := right_assoc Cat One (map compile rs).

Lemma cat_of_cons r r' rs : cat_of (r :: r' :: rs) = Cat (compile r) (cat_of (r' :: rs)).
Proof. reflexivity. Qed.

Lemma encode_cat_cons r r' rs t ts :
  encode_cat (map encode (r :: r' :: rs)) (t :: ts) = TSeq (encode r t) (encode_cat (map encode (r' :: rs)) ts).
Proof. reflexivity. Qed.

Lemma parts_length rs ts i j : Forall faithful rs -> parts (map parse rs) ts i j -> j = i + list_sum (map plen ts).
Proof.
  intros F. revert ts i. induction F as [| r rs Fr Frs IH]; intros [| t ts] i; simpl; try tauto; [lia |].
  intros (k & W & Ws). apply (has_length _ Fr) in W. apply IH in Ws. lia.
Qed.

Lemma parts_one r t i j : parts (map parse [r]) [t] i j <-> parse r t i j.
Proof. simpl. split; [intros (k & W & <-); exact W | intros W; exists j; auto]. Qed.

Lemma cat_to_core rs ts i j : Forall faithful rs -> parts (map parse rs) ts i j ->
  wf (cat_of rs) (encode_cat (map encode rs) ts) i j.
Proof.
  intros F. revert ts i. induction F as [| r rs Fr Frs IH]; intros ts i W.
  - destruct ts; [| destruct W]. simpl in W. subst j. constructor.
  - destruct rs as [| r' rs]; destruct ts as [| t ts]; try (destruct W; fail).
    + destruct ts as [| t' ts]; [apply (to_core _ Fr), parts_one; exact W |].
      destruct W as (k & _ & W). destruct W.
    + rewrite cat_of_cons, encode_cat_cons. destruct W as (k & W & Ws).
      econstructor; [apply (to_core _ Fr); exact W | apply IH; exact Ws].
Qed.

Lemma cat_from_core rs u i j : Forall faithful rs -> wf (cat_of rs) u i j ->
  exists ts, parts (map parse rs) ts i j /\ encode_cat (map encode rs) ts = u.
Proof.
  intros F. revert u i. induction F as [| r rs Fr Frs IH]; intros u i W.
  - apply wf_one_inv in W. destruct W as [-> ->]. exists []. split; reflexivity.
  - destruct rs as [| r' rs].
    + destruct (from_core _ Fr _ _ _ W) as (t & Wt & <-). exists [t]. split; [apply parts_one; exact Wt | reflexivity].
    + rewrite cat_of_cons in W. destruct (wf_cat_inv _ _ _ _ _ W) as (u1 & u2 & k & -> & W1 & W2).
      destruct (from_core _ Fr _ _ _ W1) as (t & Wt & <-). destruct (IH _ _ W2) as (ts & Wts & <-).
      exists (t :: ts). split; [exists k; auto | apply encode_cat_cons].
Qed.

Lemma cat_keeps_order rs ts ts' i j : Forall faithful rs -> parts (map parse rs) ts i j ->
  parts (map parse rs) ts' i j -> prefer_parts (map prefer rs) ts ts' ->
  better (encode_cat (map encode rs) ts) (encode_cat (map encode rs) ts').
Proof.
  intros F. revert ts ts' i. induction F as [| r rs Fr Frs IH]; intros ts ts' i W W' P.
  - destruct ts, ts'; simpl in *; tauto.
  - destruct ts as [| t ts], ts' as [| t' ts']; try (destruct W; fail); try (destruct W'; fail).
    pose proof (cat_to_core (r :: rs) _ _ _ (Forall_cons _ Fr Frs) W) as Wc.
    pose proof (cat_to_core (r :: rs) _ _ _ (Forall_cons _ Fr Frs) W') as Wc'.
    pose proof (same_len _ _ _ _ _ _ Wc Wc') as L.
    destruct rs as [| r' rs].
    + destruct ts as [| x ts]; [| destruct W as (k & _ & []); fail].
      destruct ts' as [| x' ts']; [| destruct W' as (k' & _ & []); fail].
      rewrite parts_one in W, W'. destruct P as [P | [[_ P] | [_ []]]].
      * apply (has_length _ Fr) in W, W'. lia.
      * eapply (keeps_order _ Fr); eauto.
    + rewrite !encode_cat_cons in *. destruct W as (k & W & Ws), W' as (k' & W' & Ws').
      destruct P as [P | [[El P] | [<- P]]].
      * apply better_seq_first; [exact L |]. eapply longer_encoded; eauto.
      * assert (k = k') as <- by (apply (has_length _ Fr) in W, W'; lia).
        apply better_seq_first; [exact L |]. eapply (keeps_order _ Fr); eauto.
      * assert (k = k') as <- by (apply (has_length _ Fr) in W, W'; lia).
        apply better_seq_second; [cbn [len] in L; lia |]. eapply IH; eauto.
Qed.

Lemma cat_total rs ts ts' i j : Forall faithful rs -> parts (map parse rs) ts i j ->
  parts (map parse rs) ts' i j ->
  ts = ts' \/ prefer_parts (map prefer rs) ts ts' \/ prefer_parts (map prefer rs) ts' ts.
Proof.
  intros F. revert ts ts' i. induction F as [| r rs Fr Frs IH]; intros [| t ts] [| t' ts'] i W W';
    simpl in *; try tauto.
  destruct W as (k & W & Ws), W' as (k' & W' & Ws').
  destruct (lt_eq_lt_dec (plen t) (plen t')) as [[L | L] | L]; [auto | | auto].
  assert (k = k') as <- by (apply (has_length _ Fr) in W, W'; lia).
  destruct (is_total _ Fr _ _ _ _ W W') as [<- | [P | P]]; auto 6.
  destruct (IH _ _ _ Ws Ws') as [<- | [P | P]]; auto 6.
Qed.

Lemma cat_keeps_groups rs ts i j s : Forall faithful rs -> parts (map parse rs) ts i j ->
  walk (cat_of rs) (encode_cat (map encode rs) ts) i s = walk_parts (map plain_walk rs) ts i s.
Proof.
  intros F. revert ts i s. induction F as [| r rs Fr Frs IH]; intros ts i s W.
  - destruct ts; [reflexivity | destruct W].
  - destruct ts as [| t ts]; [destruct W |]. destruct rs as [| r' rs].
    + destruct ts as [| x ts]; [| destruct W as (k & _ & []); fail].
      rewrite parts_one in W. simpl. eapply (keeps_groups _ Fr). exact W.
    + rewrite cat_of_cons, encode_cat_cons. destruct W as (k & W & Ws). pose proof (has_length _ Fr _ _ _ W) as L.
      simpl walk. rewrite (encoded_len _ _ _ _ Fr W), <- L, (keeps_groups _ Fr _ _ _ _ W), (IH _ _ _ Ws), L.
      reflexivity.
Qed.

(* ---- Alternatives ---- *)

Definition alt_of (rs : list (sre C A)) : re C A := right_assoc Alt Zero (map compile rs).

Lemma alt_of_cons r r' rs : alt_of (r :: r' :: rs) = Alt (compile r) (alt_of (r' :: rs)).
Proof. reflexivity. Qed.

Lemma encode_alt_first r r' rs t : encode_alt (map encode (r :: r' :: rs)) 0 t = TLeft (encode r t).
Proof. reflexivity. Qed.

Lemma encode_alt_later r r' rs b t :
  encode_alt (map encode (r :: r' :: rs)) (S b) t = TRight (encode_alt (map encode (r' :: rs)) b t).
Proof. reflexivity. Qed.

Definition branch (rs : list (sre C A)) (b : nat) (t : ptree) (i j : nat) : Prop :=
  exists p, nth_error (map parse rs) b = Some p /\ p t i j.

Lemma branch_first r rs t i j : branch (r :: rs) 0 t i j <-> parse r t i j.
Proof.
  unfold branch. simpl. split; [intros (p & E & W); injection E as <-; exact W | intros W; exists (parse r); auto].
Qed.

Lemma branch_none b t i j : ~ branch [] b t i j.
Proof. intros (p & E & _). destruct b; discriminate. Qed.

Lemma branch_length rs b t i j : Forall faithful rs -> branch rs b t i j -> j = i + plen t.
Proof.
  intros F. revert b. induction F as [| r rs Fr Frs IH]; intros b W; [destruct (branch_none _ _ _ _ W) |].
  destruct b as [| b]; [apply branch_first in W; apply (has_length _ Fr); exact W |].
  exact (IH b W).
Qed.

Lemma alt_to_core rs b t i j : Forall faithful rs -> branch rs b t i j ->
  wf (alt_of rs) (encode_alt (map encode rs) b t) i j.
Proof.
  intros F. revert b. induction F as [| r rs Fr Frs IH]; intros b W; [destruct (branch_none _ _ _ _ W) |].
  destruct rs as [| r' rs], b as [| b].
  - apply (to_core _ Fr). apply branch_first in W. exact W.
  - destruct (branch_none b t i j W).
  - rewrite alt_of_cons. apply wf_left, (to_core _ Fr). apply branch_first in W. exact W.
  - rewrite alt_of_cons. apply wf_right. apply (IH b). exact W.
Qed.

Lemma alt_from_core rs u i j : Forall faithful rs -> wf (alt_of rs) u i j ->
  exists b t, branch rs b t i j /\ encode_alt (map encode rs) b t = u.
Proof.
  intros F. revert u. induction F as [| r rs Fr Frs IH]; intros u W; [destruct (wf_zero_inv _ _ _ W) |].
  destruct rs as [| r' rs].
  - destruct (from_core _ Fr _ _ _ W) as (t & Wt & <-). exists 0, t.
    split; [apply branch_first; exact Wt | reflexivity].
  - rewrite alt_of_cons in W. destruct (wf_alt_inv _ _ _ _ _ W) as [(u' & -> & W') | (u' & -> & W')].
    + destruct (from_core _ Fr _ _ _ W') as (t & Wt & <-). exists 0, t.
      split; [apply branch_first; exact Wt | reflexivity].
    + destruct (IH _ W') as (b & t & Wt & <-). exists (S b), t. split; [exact Wt | reflexivity].
Qed.

Lemma alt_keeps_order rs b b' t t' i j : Forall faithful rs -> branch rs b t i j -> branch rs b' t' i j ->
  b < b' \/ (b = b' /\ exists p, nth_error (map prefer rs) b = Some p /\ p t t') ->
  better (encode_alt (map encode rs) b t) (encode_alt (map encode rs) b' t').
Proof.
  intros F. revert b b'. induction F as [| r rs Fr Frs IH]; intros b b' W W' P; [destruct (branch_none _ _ _ _ W) |].
  pose proof (wf_len _ _ _ _ (alt_to_core (r :: rs) b t i j (Forall_cons _ Fr Frs) W)) as L.
  pose proof (wf_len _ _ _ _ (alt_to_core (r :: rs) b' t' i j (Forall_cons _ Fr Frs) W')) as L'.
  destruct b as [| b], b' as [| b'].
  - destruct P as [P | (_ & p & E & P)]; [lia |]. injection E as <-. apply branch_first in W, W'.
    pose proof (keeps_order _ Fr _ _ _ _ W W' P) as B.
    destruct rs as [| r' rs]; [exact B |]. apply better_left; [simpl in L, L'; lia | exact B].
  - destruct rs as [| r' rs]; [destruct (branch_none b' t' i j W') |].
    rewrite encode_alt_first, encode_alt_later in *. cbn [len] in L, L'.
    apply better_left_right; [apply branch_first in W; eapply encoded_not_nil; eauto | lia].
  - destruct P as [P | (E & _)]; [lia | discriminate].
  - destruct rs as [| r' rs]; [destruct (branch_none b' t' i j W') |].
    rewrite !encode_alt_later in *. cbn [len] in L, L'.
    apply better_right; [lia |]. apply (IH b b'); auto.
    destruct P as [P | (E & P)]; [left; lia | right; split; [congruence | exact P]].
Qed.

Lemma alt_total rs b t t' i j : Forall faithful rs -> branch rs b t i j -> branch rs b t' i j ->
  t = t' \/ (exists p, nth_error (map prefer rs) b = Some p /\ p t t') \/
  (exists p, nth_error (map prefer rs) b = Some p /\ p t' t).
Proof.
  intros F. revert b. induction F as [| r rs Fr Frs IH]; intros b W W'; [destruct (branch_none _ _ _ _ W) |].
  destruct b as [| b]; [| apply (IH b); auto]. apply branch_first in W, W'.
  destruct (is_total _ Fr _ _ _ _ W W') as [<- | [P | P]]; simpl; eauto 6.
Qed.

Lemma alt_keeps_groups rs b t i j s : Forall faithful rs -> branch rs b t i j ->
  walk (alt_of rs) (encode_alt (map encode rs) b t) i s =
  match nth_error (map plain_walk rs) b with Some w => w t i s | None => s end.
Proof.
  intros F. revert b. induction F as [| r rs Fr Frs IH]; intros b W; [destruct (branch_none _ _ _ _ W) |].
  destruct rs as [| r' rs], b as [| b].
  - apply branch_first in W. simpl. apply (keeps_groups _ Fr _ _ _ _ W).
  - destruct (branch_none b t i j W).
  - apply branch_first in W. simpl. apply (keeps_groups _ Fr _ _ _ _ W).
  - apply (IH b). exact W.
Qed.

End Encode.
