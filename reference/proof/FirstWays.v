(* Ways on from a point of a program: if the labels are distinct, what can follow a point does not depend on the way
   that came to it, and what is left of a way behind any point on it is a way on from that point. The labels of a
   program are distinct. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec LeftmostFirst FirstList FirstMemory.
Import ListNotations.

Section FirstWays.
Context {C A : Type} `{subject C A}.

(* ---- Ways on from a point. [Q j xs]: xs is the rest of a way that is at j when p is done. ---- *)

Notation parse := (parse Re2).
Notation context := (nat -> list point -> Prop).

Definition ways (p : prog C A) (Q : context) : context :=
  fun i xs => exists t j ys, parse p t i j /\ Q j ys /\ xs = points p t i ++ ys.

Fixpoint labels (p : prog C A) : list nat :=
  match p with
  | Nothing | Empty | Class _ | Look _ => []
  | Both p q => labels p ++ labels q
  | Either l p q => l :: labels p ++ labels q
  | Star l _ p | Plus l _ p => l :: labels p
  | Group _ p => labels p
  end.

(* The ways on from point d, if it is in p, and Q comes after p. *)
Fixpoint ways_from (p : prog C A) (Q : context) (d : point) (xs : list point) : Prop :=
  match p with
  | Nothing | Empty | Class _ | Look _ => False
  | Both p q => ways_from p (ways q Q) d xs \/ ways_from q Q d xs
  | Either l a b => (l = fst d /\ ways p Q (snd d) xs) \/ ways_from a Q d xs \/ ways_from b Q d xs
  | Star l g a => (l = fst d /\ ways p Q (snd d) xs) \/ ways_from a (ways p Q) d xs
  | Plus l g a => (l = fst d /\ ways (Star l g a) Q (snd d) xs) \/ ways_from a (ways (Star l g a) Q) d xs
  | Group _ p => ways_from p Q d xs
  end.

(* W has, for each label, the ways on from it: what distinct labels are for. *)
Fixpoint consistent (W : point -> list point -> Prop) (p : prog C A) (Q : context) : Prop :=
  match p with
  | Nothing | Empty | Class _ | Look _ => True
  | Both p q => consistent W p (ways q Q) /\ consistent W q Q
  | Either l a b => (forall i xs, W (l, i) xs <-> ways p Q i xs) /\ consistent W a Q /\ consistent W b Q
  | Star l g a => (forall i xs, W (l, i) xs <-> ways p Q i xs) /\ consistent W a (ways p Q)
  | Plus l g a => (forall i xs, W (l, i) xs <-> ways (Star l g a) Q i xs) /\ consistent W a (ways (Star l g a) Q)
  | Group _ p => consistent W p Q
  end.

Lemma ways_from_label p : forall Q d xs, ways_from p Q d xs -> In (fst d) (labels p).
Proof.
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp]; simpl; intros Q d xs F;
    try contradiction.
  - apply in_or_app. destruct F as [F | F]; [left; eapply IHp | right; eapply IHq]; exact F.
  - destruct F as [(E & _) | [F | F]]; [now left | right; apply in_or_app; left; eapply IHp; exact F |
      right; apply in_or_app; right; eapply IHq; exact F].
  - destruct F as [(E & _) | F]; [now left | right; eapply IHp; exact F].
  - destruct F as [(E & _) | F]; [now left | right; eapply IHp; exact F].
  - eapply IHp. exact F.
Qed.

Lemma distinct_consistent W p : NoDup (labels p) -> forall Q,
  (forall d xs, In (fst d) (labels p) -> (W d xs <-> ways_from p Q d xs)) -> consistent W p Q.
Proof.
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp]; cbn [labels consistent];
    intros N Q Same; trivial.
  - apply nodup_app in N as (Np & Nq & Apart). split.
    + apply IHp; [exact Np|]. intros d xs I. rewrite Same by (apply in_or_app; now left). cbn [ways_from].
      split; [|now left]. intros [F | F]; [exact F|]. apply ways_from_label in F. now apply Apart in F.
    + apply IHq; [exact Nq|]. intros d xs I. rewrite Same by (apply in_or_app; now right). cbn [ways_from].
      split; [|now right]. intros [F | F]; [|exact F]. apply ways_from_label in F. now apply Apart in I.
  - apply NoDup_cons_iff in N as (Nl & N). apply nodup_app in N as (Np & Nq & Apart).
    assert (Lp : ~ In l (labels p)) by (intros I; apply Nl, in_or_app; now left).
    assert (Lq : ~ In l (labels q)) by (intros I; apply Nl, in_or_app; now right).
    split; [|split].
    + intros i xs. rewrite Same by now left. cbn [ways_from fst snd]. split; [|now left].
      intros [(_ & F) | [F | F]]; [exact F | |]; apply ways_from_label in F; contradiction.
    + apply IHp; [exact Np|]. intros d xs I. rewrite Same by (right; apply in_or_app; now left). cbn [ways_from].
      split; [|tauto]. intros [(E & _) | [F | F]]; [congruence | exact F |].
      apply ways_from_label in F. now apply Apart in F.
    + apply IHq; [exact Nq|]. intros d xs I. rewrite Same by (right; apply in_or_app; now right). cbn [ways_from].
      split; [|tauto]. intros [(E & _) | [F | F]]; [congruence | | exact F].
      apply ways_from_label in F. now apply Apart in I.
  - apply NoDup_cons_iff in N as (Nl & Np). split.
    + intros i xs. rewrite Same by now left. cbn [ways_from fst snd]. split; [|now left].
      intros [(_ & F) | F]; [exact F|]. apply ways_from_label in F. contradiction.
    + apply IHp; [exact Np|]. intros d xs I. rewrite Same by now right. cbn [ways_from].
      split; [|tauto]. intros [(E & _) | F]; [congruence | exact F].
  - apply NoDup_cons_iff in N as (Nl & Np). split.
    + intros i xs. rewrite Same by now left. cbn [ways_from fst snd]. split; [|now left].
      intros [(_ & F) | F]; [exact F|]. apply ways_from_label in F. contradiction.
    + apply IHp; [exact Np|]. intros d xs I. rewrite Same by now right. cbn [ways_from].
      split; [|tauto]. intros [(E & _) | F]; [congruence | exact F].
  - apply IHp; [exact N | exact Same].
Qed.

(* ---- The rest of a way, from any point on it, is a way on from that point. ---- *)

Section Ways.
Variable W : point -> list point -> Prop.

Definition tails (xs : list point) : Prop := forall ys d zs, xs = ys ++ d :: zs -> W d (d :: zs).

Lemma tails_cons d xs : W d (d :: xs) -> tails xs -> tails (d :: xs).
Proof.
  intros Wd T ys e zs E. destruct ys as [|y ys]; simpl in E; injection E as -> E; [now subst | now apply (T ys)].
Qed.

Lemma tails_star l g p Q :
  (forall t i j xs, parse p t i j -> ways (Star l g p) Q j xs -> tails xs -> tails (points p t i ++ xs)) ->
  (forall i xs, W (l, i) xs <-> ways (Star l g p) Q i xs) ->
  forall t i j xs, parse (Star l g p) t i j -> Q j xs -> tails xs -> tails (points (Star l g p) t i ++ xs).
Proof.
  intros Body Head t. induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1];
    intros i j xs P Qx T; inversion P as [| | | | | | i' | l' g' p' t u i' k j' P0 P1 Lv | |]; subst.
  - apply tails_cons; [|exact T]. apply Head. exists TEnd, j, xs. now repeat split.
  - pose proof (parse_len _ _ _ _ _ P0) as K. subst k.
    assert (Ww : W (l, i) (points (Star l g p) (TIter t1 t2) i ++ xs)).
    { apply Head. exists (TIter t1 t2), j, xs. now repeat split. }
    rewrite points_star in *. simpl in *. apply tails_cons; [exact Ww|]. rewrite <- app_assoc.
    apply (Body t1 i (i + len t1)); [exact P0 | | now apply (IH2 _ j)].
    exists t2, j, xs. now repeat split.
Qed.

Lemma tails_points p : forall Q, consistent W p Q -> forall t i j xs,
  parse p t i j -> Q j xs -> tails xs -> tails (points p t i ++ xs).
Proof.
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp]; cbn [consistent];
    intros Q Con t i j xs P Qx T.
  - inversion P.
  - inversion P. subst. exact T.
  - inversion P. subst. exact T.
  - inversion P. subst. exact T.
  - destruct Con as (Cp & Cq). inversion P as [| | | p' q' t0 u i' k j' P0 P1 | | | | | |]; subst.
    pose proof (parse_len _ _ _ _ _ P0) as K. subst k.
    rewrite points_app, <- app_assoc. apply (IHp _ Cp t0 i (i + len t0)); [exact P0 | |].
    + exists u, j, xs. now repeat split.
    + now apply (IHq _ Cq u _ j).
  - destruct Con as (Head & Cp & Cq).
    assert (Ww : W (l, i) (points (Either l p q) t i ++ xs)) by (apply Head; exists t, j, xs; now repeat split).
    inversion P as [| | | | l' p' q' u i' j' P0 | l' p' q' u i' j' P0 | | | |]; subst;
      (apply tails_cons; [exact Ww|]).
    + now apply (IHp _ Cp u i j).
    + now apply (IHq _ Cq u i j).
  - destruct Con as (Head & Cp). apply (tails_star l g p Q) with (j := j); trivial. now apply IHp.
  - destruct Con as (Head & Cp). inversion P as [| | | | | | | | l' g' p' t0 u i' k j' P0 P1 Lv |]; subst.
    pose proof (parse_len _ _ _ _ _ P0) as K. subst k. rewrite points_plus, <- app_assoc.
    apply (IHp _ Cp t0 i (i + len t0)); [exact P0 | exists u, j, xs; now repeat split |].
    apply (tails_star l g p Q) with (j := j); trivial. now apply IHp.
  - inversion P as [| | | | | | | | | g' p' u i' j' P0]; subst. now apply (IHp _ Con u i j).
Qed.

Lemma tails_from p : forall Q, consistent W p Q -> (forall j xs, Q j xs -> tails xs) ->
  forall d xs, ways_from p Q d xs -> tails xs.
Proof.
  assert (Through : forall p Q, consistent W p Q -> (forall j xs, Q j xs -> tails xs) ->
      forall i xs, ways p Q i xs -> tails xs).
  { intros p' Q Con TQ i xs (t & j & ys & P & Qy & ->).
    apply (tails_points p' Q Con t i j); trivial. now apply (TQ j). }
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp];
    intros Q Con TQ d xs F; pose proof Con as Con'; cbn [consistent] in Con'; cbn [ways_from] in F; try contradiction.
  - destruct Con' as (Cp & Cq). destruct F as [F | F]; [|now apply (IHq Q Cq TQ d)].
    apply (IHp (ways q Q) Cp) with (d := d); [|exact F]. intros j ys. now apply (Through q Q Cq TQ).
  - destruct Con' as (Head & Cp & Cq). destruct F as [(_ & F) | [F | F]].
    + exact (Through _ Q Con TQ _ _ F).
    + exact (IHp Q Cp TQ d xs F).
    + exact (IHq Q Cq TQ d xs F).
  - destruct Con' as (Head & Cp). destruct F as [(_ & F) | F]; [exact (Through _ Q Con TQ _ _ F)|].
    apply (IHp _ Cp) with (d := d); [|exact F]. intros j ys. now apply (Through _ Q Con TQ).
  - destruct Con' as (Head & Cp). assert (ConS : consistent W (Star l g p) Q) by (split; [exact Head | exact Cp]).
    destruct F as [(_ & F) | F]; [exact (Through _ Q ConS TQ _ _ F)|].
    apply (IHp _ Cp) with (d := d); [|exact F]. intros j ys. now apply (Through _ Q ConS TQ).
  - exact (IHp Q Con' TQ d xs F).
Qed.
End Ways.

(* ---- Labels are distinct. ---- *)

Lemma number_labels (p : prog C A) : forall next q left, number p next = (q, left) ->
  next <= left /\ (forall l, In l (labels q) -> next <= l < left) /\ NoDup (labels q).
Proof.
  assert (Join : forall (xs ys : list nat) a b c, (forall l, In l xs -> a <= l < b) ->
      (forall l, In l ys -> b <= l < c) -> NoDup xs -> NoDup ys -> NoDup (xs ++ ys)).
  { intros xs ys a b c Ix Iy Nx Ny. apply nodup_app. repeat split; trivial.
    intros l I J. apply Ix in I. apply Iy in J. lia. }
  assert (Head : forall (xs : list nat) a b, (forall l, In l xs -> S a <= l < b) -> NoDup xs -> NoDup (a :: xs)).
  { intros xs a b I N. constructor; [|exact N]. intros J. apply I in J. lia. }
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp];
    intros next q0 left E; cbn [number] in E.
  - injection E as <- <-. split; [lia | split; [intros l [] | constructor]].
  - injection E as <- <-. split; [lia | split; [intros l [] | constructor]].
  - injection E as <- <-. split; [lia | split; [intros l [] | constructor]].
  - injection E as <- <-. split; [lia | split; [intros l [] | constructor]].
  - destruct (number p next) as (p', k) eqn:Ep. destruct (number q k) as (q', k') eqn:Eq. injection E as <- <-.
    apply IHp in Ep as (L1 & I1 & N1). apply IHq in Eq as (L2 & I2 & N2). cbn [labels].
    split; [lia | split; [|exact (Join _ _ _ _ _ I1 I2 N1 N2)]].
    intros l I. apply in_app_or in I as [I | I]; [apply I1 in I | apply I2 in I]; lia.
  - destruct (number p (S next)) as (p', k) eqn:Ep. destruct (number q k) as (q', k') eqn:Eq. injection E as <- <-.
    apply IHp in Ep as (L1 & I1 & N1). apply IHq in Eq as (L2 & I2 & N2). cbn [labels].
    assert (I12 : forall l, In l (labels p' ++ labels q') -> S next <= l < k').
    { intros l' I. apply in_app_or in I as [I | I]; [apply I1 in I | apply I2 in I]; lia. }
    split; [lia | split; [|exact (Head _ _ _ I12 (Join _ _ _ _ _ I1 I2 N1 N2))]].
    intros l' [<- | I]; [lia | apply I12 in I; lia].
  - destruct (number p (S next)) as (p', k) eqn:Ep. injection E as <- <-.
    apply IHp in Ep as (L1 & I1 & N1). cbn [labels].
    split; [lia | split; [|exact (Head _ _ _ I1 N1)]]. intros l' [<- | I]; [lia | apply I1 in I; lia].
  - destruct (number p (S next)) as (p', k) eqn:Ep. injection E as <- <-.
    apply IHp in Ep as (L1 & I1 & N1). cbn [labels].
    split; [lia | split; [|exact (Head _ _ _ I1 N1)]]. intros l' [<- | I]; [lia | apply I1 in I; lia].
  - destruct (number p next) as (p', k) eqn:Ep. injection E as <- <-. exact (IHp _ _ _ Ep).
Qed.

Theorem program_labels_distinct (r : sre C A) : NoDup (labels (program r)).
Proof. unfold program. destruct (number (unroll r) 0) as (p, k) eqn:E. now apply number_labels in E. Qed.
End FirstWays.
