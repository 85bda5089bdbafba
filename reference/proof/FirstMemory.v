(* The leftmost-first matcher with a memory, for policy re2: as the engines do it, a way ends at a point where *any* way
   has been at that location. It finds what LeftmostFirst.v defines, where only the way itself counts, in at most one
   visit to each label at each location. The proof is that of depth-first search: where a way that was given up has been,
   each way onwards comes next to a point that has been visited too, so it cannot reach the match without meeting a point
   of the way that is still being followed. Labels must be distinct; those of a program are. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec LeftmostFirst FirstMatcher FirstList FirstCorrect.
Import ListNotations.

Notation point := (nat * nat)%type.

Section Memory.
Context {C A : Type} `{subject C A}.
Variable upto : nat.

(* ---- The matcher. It returns what it has visited. ---- *)

Definition visited (x : point) (D : list point) : bool := existsb (point_eqb x) D.

Section Search.
Context {X : Type}.
Definition remembering := tree -> nat -> list point -> option X * list point.

Fixpoint search_loop (l : nat) (greedy : bool) (body : nat -> list point -> remembering -> option X * list point)
    (fuel i : nat) (D : list point) (k : remembering) {struct fuel} : option X * list point :=
  match fuel with
  | 0 => (None, D)
  | S fuel =>
      if visited (l, i) D then (None, D) else
      let iterate := fun t j D =>
        if j =? i then (None, D)
        else search_loop l greedy body fuel j D (fun u j D => k (TIter t u) j D) in
      if greedy then
        match body i ((l, i) :: D) iterate with (Some x, D) => (Some x, D) | (None, D) => k TEnd i D end
      else
        match k TEnd i ((l, i) :: D) with (Some x, D) => (Some x, D) | (None, D) => body i D iterate end
  end.

Fixpoint search (p : prog C A) (i : nat) (D : list point) (k : remembering) {struct p} : option X * list point :=
  match p with
  | Nothing => (None, D)
  | Empty => k TEps i D
  | Class c => if (i <? upto) && cls_at c i then k TUnit (S i) D else (None, D)
  | Look a => if ast_at a i then k TEps i D else (None, D)
  | Both p q => search p i D (fun t j D => search q j D (fun u j D => k (TSeq t u) j D))
  | Either l p q =>
      if visited (l, i) D then (None, D) else
      match search p i ((l, i) :: D) (fun t j D => k (TLeft t) j D) with
      | (Some x, D) => (Some x, D)
      | (None, D) => search q i D (fun t j D => k (TRight t) j D)
      end
  | Star l greedy p => search_loop l greedy (search p) (S (upto - i)) i D k
  | Plus l greedy p =>
      search p i D (fun t j D =>
        search_loop l greedy (search p) (S (upto - j)) j D (fun u j D => k (TIter t u) j D))
  | Group g p => search p i D (fun t j D => k (TGrp t) j D)
  end.
End Search.

Definition search_at (p : prog C A) (i : nat) (D : list point) : option (nat * tree) * list point :=
  search p i D (fun t j D => (Some (j, t), D)).

(* The memory is kept from one start to the next. *)
Fixpoint search_from (p : prog C A) (i count : nat) (D : list point) : option (nat * nat * tree) :=
  match search_at p i D with
  | (Some (j, t), _) => Some (i, j, t)
  | (None, D) => match count with 0 => None | S count => search_from p (S i) count D end
  end.

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
  { intros p' Q Con TQ i xs (t & j & ys & P & Qy & ->). apply (tails_points p' Q Con t i j); trivial. now apply (TQ j). }
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

(* ---- The invariant. v is the way that is followed, D what has been visited: where D is and v is not, each way onwards
   comes next to another point of D. So it meets v. ---- *)

Section Invariant.
Variable W : point -> list point -> Prop.
Hypothesis W_tails : forall d xs, W d xs -> tails W xs.

Definition starts_in (D : list point) (xs : list point) : Prop := exists d ys, xs = d :: ys /\ In d D.

Definition invariant (D v : list point) : Prop :=
  incl v D /\ forall d xs, In d D -> ~ In d v -> W d (d :: xs) -> starts_in D xs.


Lemma in_way_dec (d : point) v : In d v \/ ~ In d v.
Proof.
  destruct (seen Re2 d v) eqn:E; [left; now apply seen_in in E | right]. intros I.
  rewrite (proj2 (seen_in Re2 d v)) in E; [discriminate | now split].
Qed.

Lemma given_up D v : invariant D v -> forall xs d, In d D -> W d (d :: xs) -> exists e, In e (d :: xs) /\ In e v.
Proof.
  intros (Incl & Next) xs. induction xs as [|e xs IH]; intros d I Wd; (destruct (in_way_dec d v) as [V | V];
    [exists d; split; [now left | exact V]|]).
  - destruct (Next d [] I V Wd) as (e & ys & E & _). discriminate.
  - destruct (Next d (e :: xs) I V Wd) as (e' & ys & E & Ie). injection E as <- <-.
    destruct (IH e Ie (W_tails _ _ Wd [d] e xs eq_refl)) as (f & If & Vf).
    exists f. split; [now right | exact Vf].
Qed.

Lemma visited_in x D : visited x D = true <-> In x D.
Proof.
  split; intros E; [now apply (seen_in Re2) in E|]. apply (seen_in Re2). now split.
Qed.

(* What a search that comes back must have done: found what the list has, or visited where all ways begin. *)
Definition good {X} (r : option X * list point) (y : option X) (D v : list point) (to_visit : list point -> Prop) : Prop :=
  match r with
  | (Some x, _) => y = Some x
  | (None, D2) => y = None /\ incl D D2 /\ invariant D2 v /\ forall xs, to_visit xs -> starts_in D2 xs
  end.

Lemma good_fewer {X} (r : option X * list point) y D v (S S' : list point -> Prop) :
  (forall xs, S' xs -> S xs) -> good r y D v S -> good r y D v S'.
Proof.
  intros Sub. destruct r as ([x|], D2); simpl; [trivial|]. intros (E & I & Inv & St).
  repeat split; trivial; [apply Inv | apply Inv | intros xs T; now apply St, Sub].
Qed.

Lemma starts_more D D' xs : incl D D' -> starts_in D xs -> starts_in D' xs.
Proof. intros I (d & ys & E & J). exists d, ys. split; [exact E | now apply I]. Qed.

(* One search after another that has failed. *)
Lemma good_then {X} (r1 : option X * list point) (r2 : list point -> option X * list point) y1 y2 D v
    (S1 S2 S : list point -> Prop) :
  good r1 y1 D v S1 -> (forall D1, incl D D1 -> invariant D1 v -> good (r2 D1) y2 D1 v S2) ->
  (forall xs, S xs -> S1 xs \/ S2 xs) ->
  good (match r1 with (Some x, D1) => (Some x, D1) | (None, D1) => r2 D1 end)
       (match y1 with Some x => Some x | None => y2 end) D v S.
Proof.
  intros G1 G2 Sp. destruct r1 as ([x|], D1); simpl in *; [now rewrite G1|].
  destruct G1 as (-> & I1 & Inv1 & St1). specialize (G2 D1 I1 Inv1).
  destruct (r2 D1) as ([x|], D2); simpl in *; [exact G2|]. destruct G2 as (-> & I2 & Inv2 & St2).
  split; [reflexivity | split; [now apply (incl_tran I1) | split; [exact Inv2|]]].
  intros xs T. destruct (Sp xs T) as [T1 | T2]; [now apply (starts_more D1), St1 | now apply St2].
Qed.

Lemma first_some_in {X Y} (k : X -> option Y) xs y : first_some k xs = Some y -> exists x, In x xs /\ k x = Some y.
Proof.
  induction xs as [|x xs IH]; simpl; intros E; [discriminate|]. destruct (k x) as [y'|] eqn:Ex.
  - exists x. split; [now left | congruence].
  - destruct (IH E) as (z & I & Ez). exists z. split; [now right | exact Ez].
Qed.

(* A point is entered, and all that follows it has failed. *)
Lemma good_point {X} (r : option X * list point) y D v l i (S S' : list point -> Prop) :
  incl v D ->
  good r y ((l, i) :: D) (v ++ [(l, i)]) S ->
  (forall xs, W (l, i) ((l, i) :: xs) -> S xs) ->
  (forall xs, S' xs -> exists ys, xs = (l, i) :: ys) ->
  good r y D v S'.
Proof.
  intros Iv G Next Begin. destruct r as ([x|], D2); simpl in *; [exact G|].
  destruct G as (E & I & (Incl & Inv) & St).
  assert (Il : In (l, i) D2) by (apply I; now left).
  split; [exact E | split; [intros z J; apply I; now right | split]].
  - split.
    + intros z J. apply Incl, in_or_app. now left.
    + intros d xs J V Wd. destruct (in_way_dec d (v ++ [(l, i)])) as [V' | V']; [|now apply (Inv d)].
      apply in_app_or in V' as [V' | [<- | []]]; [contradiction|]. now apply St, Next.
  - intros xs T. destruct (Begin xs T) as (ys & ->). now exists (l, i), ys.
Qed.

Lemma enter_invariant D v x : invariant D v -> invariant (x :: D) (v ++ [x]).
Proof.
  intros (Incl & Inv). split.
  - intros z J. apply in_app_or in J as [J | [<- | []]]; [right; now apply Incl | now left].
  - intros d xs J V Wd. destruct J as [<- | J]; [exfalso; apply V, in_or_app; right; now left|].
    apply (starts_more D); [intros z; now right|]. apply (Inv d); trivial. intros V'. apply V, in_or_app. now left.
Qed.

(* ---- The search and the list ---- *)

Notation all := (all Re2 upto).

(* From each candidate the continuation does its part, and if it succeeds there is a way without a point twice. *)
Definition continues {X} (Q : context) (v : list point) (j : nat) (xs : list point) (k : list point -> option X * list point)
    (y : option X) : Prop :=
  (forall D, invariant D (v ++ xs) -> good (k D) y D (v ++ xs) (Q j)) /\
  (forall x, y = Some x -> exists ys, Q j ys /\ fresh Re2 (v ++ xs) ys).

Definition searches (p : prog C A) : Prop :=
  forall X Q v i D (k : @remembering X) (k' : tree -> option X),
  i <= upto -> consistent W p Q -> (forall j xs, Q j xs -> j <= upto) -> invariant D v ->
  (forall t, In t (all p i v) -> continues Q v (i + len t) (points p t i) (k t (i + len t)) (k' t)) ->
  good (search p i D k) (first_some k' (all p i v)) D v (ways p Q i).

(* A success of the list is a way of p that is fresh. *)
Lemma success p Q v i {X} (k : @remembering X) (k' : tree -> option X) : i <= upto ->
  (forall t, In t (all p i v) -> continues Q v (i + len t) (points p t i) (k t (i + len t)) (k' t)) ->
  forall x, first_some k' (all p i v) = Some x -> exists xs, ways p Q i xs /\ fresh Re2 v xs.
Proof.
  intros LE K x E. apply first_some_in in E as (t & I & Et). destruct (K t I) as (_ & Kw). destruct (Kw x Et) as (ys & Qy & F).
  apply all_exact in I as (P & L & F0); [|exact LE].
  exists (points p t i ++ ys). split; [exists t, (i + len t), ys; now repeat split|]. apply fresh_app. now split.
Qed.

(* Nothing is found where some way has been, and that is right. *)
Lemma skip {X} p Q v i l D (k : @remembering X) (k' : tree -> option X) : i <= upto -> invariant D v -> In (l, i) D ->
  (forall xs, ways p Q i xs -> W (l, i) xs /\ exists ys, xs = (l, i) :: ys) ->
  (forall t, In t (all p i v) -> continues Q v (i + len t) (points p t i) (k t (i + len t)) (k' t)) ->
  good (None, D) (first_some k' (all p i v)) D v (ways p Q i).
Proof.
  intros LE Inv I Head K. cbn [good]. split; [|split; [apply incl_refl | split; [exact Inv|]]].
  - destruct (first_some k' (all p i v)) as [x|] eqn:E; [|reflexivity]. exfalso.
    destruct (success p Q v i k k' LE K x E) as (xs & Wx & F). destruct (Head xs Wx) as (Wd & ys & ->).
    destruct (given_up D v Inv ys (l, i) I Wd) as (e & Ie & V). destruct (F eq_refl) as (_ & F'). now apply (F' e).
  - intros xs T. destruct (Head xs T) as (_ & ys & ->). now exists (l, i), ys.
Qed.

Lemma ways_le p (Q : context) : (forall j xs, Q j xs -> j <= upto) -> forall j xs, ways p Q j xs -> j <= upto.
Proof. intros QL j xs (t & k & ys & P & Qy & _). apply parse_len in P. apply QL in Qy. lia. Qed.

Lemma star_way l g p Q i xs : ways (Star l g p) Q i xs <->
  exists ys, xs = (l, i) :: ys /\ (Q i ys \/ ways p (ways (Star l g p) Q) i ys).
Proof.
  split.
  - intros (t & j & ys & P & Qy & ->). inversion P as [| | | | | | i' | l' g' p' t0 u i' k j' P0 P1 Lv | |]; subst.
    + exists ys. split; [reflexivity | now left].
    + pose proof (parse_len _ _ _ _ _ P0) as K. subst k. rewrite points_star.
      exists (points p t0 i ++ points (Star l g p) u (i + len t0) ++ ys). simpl. rewrite <- app_assoc.
      split; [reflexivity | right]. exists t0, (i + len t0), (points (Star l g p) u (i + len t0) ++ ys).
      repeat split; trivial. exists u, j, ys. now repeat split.
  - intros (ys & -> & [Qy | (t & j & zs & P & (u & k & ws & P1 & Qw & ->) & ->)]).
    + exists TEnd, i, ys. repeat split; [constructor | exact Qy].
    + pose proof (parse_len _ _ _ _ _ P) as K. subst j. exists (TIter t u), k, ws. split; [|split; [exact Qw|]].
      * eapply parse_star; [exact P | exact P1 | discriminate].
      * rewrite points_star. simpl. now rewrite <- app_assoc.
Qed.

Lemma either_way l p q Q i xs : ways (Either l p q) Q i xs <->
  exists ys, xs = (l, i) :: ys /\ (ways p Q i ys \/ ways q Q i ys).
Proof.
  split.
  - intros (t & j & ys & P & Qy & ->). inversion P as [| | | | l' p' q' u i' j' P0 | l' p' q' u i' j' P0 | | | |]; subst.
    + exists (points p u i ++ ys). split; [reflexivity | left]. exists u, j, ys. now repeat split.
    + exists (points q u i ++ ys). split; [reflexivity | right]. exists u, j, ys. now repeat split.
  - intros (ys & -> & [(t & j & zs & P & Qz & ->) | (t & j & zs & P & Qz & ->)]).
    + exists (TLeft t), j, zs. repeat split; [now constructor | exact Qz].
    + exists (TRight t), j, zs. repeat split; [now constructor | exact Qz].
Qed.

Lemma loop_searches p l g : searches p -> forall X Q f v i D (k : @remembering X) (k' : tree -> option X),
  i <= upto -> upto - i < f -> consistent W (Star l g p) Q -> (forall j xs, Q j xs -> j <= upto) -> invariant D v ->
  (forall t, In t (loop_list Re2 l g p (all p) f i v) ->
     continues Q v (i + len t) (points (Star l g p) t i) (k t (i + len t)) (k' t)) ->
  good (search_loop l g (search p) f i D k) (first_some k' (loop_list Re2 l g p (all p) f i v)) D v
    (ways (Star l g p) Q i).
Proof.
  intros B X Q f. induction f as [|f IH]; intros v i D k k' LE Fuel Con QL Inv K; [lia|].
  pose proof Con as (Head & Cp).
  cbn [search_loop]. destruct (visited (l, i) D) eqn:Vis.
  { apply visited_in in Vis.
    (* the list is the same with any fuel that is enough *)
    cbn [good]. split; [|split; [apply incl_refl | split; [exact Inv|]]].
    - destruct (first_some k' (loop_list Re2 l g p (all p) (S f) i v)) as [x|] eqn:E; [|reflexivity]. exfalso.
      apply first_some_in in E as (t & I & Et). destruct (K t I) as (_ & Kw). destruct (Kw x Et) as (ys & Qy & F).
      apply loop_sound in I as (P & L & F0); [|apply all_exact | exact LE].
      assert (Wt : ways (Star l g p) Q i (points (Star l g p) t i ++ ys)) by (exists t, (i + len t), ys; now repeat split).
      assert (F1 : fresh Re2 v (points (Star l g p) t i ++ ys)) by (apply fresh_app; now split).
      pose proof (proj1 (star_way l g p Q i _) Wt) as (zs & E1 & _). rewrite E1 in *.
      destruct (given_up D v Inv zs (l, i) Vis (proj2 (Head i _) Wt)) as (e & Ie & V).
      destruct (F1 eq_refl) as (_ & F'). now apply (F' e).
    - intros xs T. apply star_way in T as (ys & -> & _). now exists (l, i), ys. }
  cbn [FirstList.loop_list]. cbn [FirstList.loop_list] in K.
  destruct (seen Re2 (l, i) v) eqn:E.
  { exfalso. apply seen_in in E as (_ & I). apply (proj1 Inv) in I. apply visited_in in I. congruence. }
  cbv zeta in *. set (v' := v ++ [(l, i)]) in *. set (its := flat_map _ _) in *.
  pose proof (enter_invariant D v (l, i) Inv) as Inv'. fold v' in Inv'.
  assert (QL' : forall j xs, ways (Star l g p) Q j xs -> j <= upto) by (now apply ways_le).
  (* leaving *)
  assert (Out : continues Q v' i [] (k TEnd i) (k' TEnd)).
  { replace i with (i + len TEnd) at 1 2 by apply Nat.add_0_r.
    assert (KE := K TEnd). cbn [len] in *. rewrite Nat.add_0_r in KE |- *.
    change (points (Star l g p) TEnd i) with [(l, i)] in KE. fold v' in KE. unfold continues in *.
    rewrite app_nil_r. apply KE. destruct g; [apply in_or_app; right|]; now left. }
  (* one more iteration *)
  assert (Into : forall D1, invariant D1 v' -> good (search p i D1 (fun t j D =>
      if j =? i then (None, D) else search_loop l g (search p) f j D (fun u j D => k (TIter t u) j D)))
      (first_some k' its) D1 v' (ways p (ways (Star l g p) Q) i)).
  { intros D1 Inv1. unfold its. rewrite first_some_flat_map. apply B; trivial.
    intros t I.
    assert (K1 : forall u, In u (loop_list Re2 l g p (all p) f (i + len t) (v' ++ points p t i)) ->
        continues Q (v' ++ points p t i) (i + len t + len u) (points (Star l g p) u (i + len t))
          (k (TIter t u) (i + len t + len u)) (k' (TIter t u))).
    { intros u J.
      assert (J' : In (TIter t u) its).
      { unfold its. apply in_flat_map. exists t. split; [exact I|]. simpl. now apply in_map. }
      specialize (K (TIter t u)). rewrite points_star in K. cbn [len] in K. rewrite Nat.add_assoc in K.
      unfold continues in *.
      replace ((v' ++ points p t i) ++ points (Star l g p) u (i + len t))
        with (v ++ (l, i) :: points p t i ++ points (Star l g p) u (i + len t))
        by (unfold v'; now rewrite <- !app_assoc).
      apply K. destruct g; [apply in_or_app; now left | now right]. }
    pose proof I as I'. apply all_exact in I' as (P & Lt & _); [|exact LE].
    cbn [leaves]. rewrite first_some_map.
    destruct (i + len t =? i) eqn:Z.
    - apply Nat.eqb_eq in Z. rewrite Z in *.
      assert (None_list : loop_list Re2 l g p (all p) f i (v' ++ points p t i) = []).
      { destruct f as [|f']; [reflexivity|]. cbn [FirstList.loop_list].
        assert (S : seen Re2 (l, i) (v' ++ points p t i) = true).
        { apply seen_in. split; [reflexivity|]. apply in_or_app. left. apply in_or_app. right. now left. }
        now rewrite S. }
      rewrite None_list. split; [|discriminate]. intros D2 Inv2. simpl.
      split; [reflexivity | split; [apply incl_refl | split; [exact Inv2|]]].
      intros xs T. apply star_way in T as (ys & -> & _). exists (l, i), ys. split; [reflexivity|].
      apply (proj1 Inv2). apply in_or_app. left. apply in_or_app. right. now left.
    - apply Nat.eqb_neq in Z. split.
      + intros D2 Inv2. apply IH; trivial. lia.
      + intros x Ex. apply first_some_in in Ex as (u & J & Eu). destruct (K1 u J) as (_ & Kw). destruct (Kw x Eu) as (ys & Qy & F).
        apply loop_sound in J as (P1 & _ & F1); [|apply all_exact | exact Lt].
        exists (points (Star l g p) u (i + len t) ++ ys).
        split; [exists u, (i + len t + len u), ys; now repeat split|]. apply fresh_app. now split. }
  apply (good_point _ _ D v l i (fun ys => Q i ys \/ ways p (ways (Star l g p) Q) i ys)); [exact (proj1 Inv) | | |].
  - fold v'. destruct Out as (Leave & _).
    assert (Leave' : forall D1, invariant D1 v' -> good (k TEnd i D1) (k' TEnd) D1 v' (Q i)).
    { intros D1 Inv1. rewrite <- (app_nil_r v'). apply Leave. now rewrite app_nil_r. }
    destruct g.
    + rewrite first_some_app.
      replace (first_some k' [TEnd]) with (k' TEnd) by (simpl; now destruct (k' TEnd)).
      apply (good_then _ _ _ _ _ _ _ (Q i) _ (Into _ Inv')); [intros D1 _ Inv1; now apply Leave' | tauto].
    + cbn [first_some].
      apply (good_then _ _ _ _ _ _ (Q i) (ways p (ways (Star l false p) Q) i) _ (Leave' _ Inv')); [intros D1 _ Inv1; now apply Into | tauto].
  - intros xs Wd. apply Head in Wd. apply star_way in Wd as (ys & Eq & T). injection Eq as ->. exact T.
  - intros xs T. apply star_way in T as (ys & -> & _). now exists ys.
Qed.

Lemma both_way p q Q i xs : ways (Both p q) Q i xs <-> ways p (ways q Q) i xs.
Proof.
  split.
  - intros (t & j & ys & P & Qy & ->). inversion P as [| | | p' q' t0 u i' k j' P0 P1 | | | | | |]; subst.
    pose proof (parse_len _ _ _ _ _ P0) as K. subst k. rewrite points_app, <- app_assoc.
    exists t0, (i + len t0), (points q u (i + len t0) ++ ys). repeat split; trivial. exists u, j, ys. now repeat split.
  - intros (t & j & zs & P & (u & k & ys & P1 & Qy & ->) & ->).
    pose proof (parse_len _ _ _ _ _ P) as K. subst j. exists (TSeq t u), k, ys.
    split; [eapply parse_both; eassumption | split; [exact Qy|]]. now rewrite points_app, <- app_assoc.
Qed.

Lemma plus_way l g p Q i xs : ways (Plus l g p) Q i xs <-> ways p (ways (Star l g p) Q) i xs.
Proof.
  split.
  - intros (t & j & ys & P & Qy & ->). inversion P as [| | | | | | | | l' g' p' t0 u i' k j' P0 P1 Lv |]; subst.
    pose proof (parse_len _ _ _ _ _ P0) as K. subst k. rewrite points_plus, <- app_assoc.
    exists t0, (i + len t0), (points (Star l g p) u (i + len t0) ++ ys). repeat split; trivial.
    exists u, j, ys. now repeat split.
  - intros (t & j & zs & P & (u & k & ys & P1 & Qy & ->) & ->).
    pose proof (parse_len _ _ _ _ _ P) as K. subst j. exists (TIter t u), k, ys.
    split; [eapply parse_plus; [exact P | exact P1 | discriminate] | split; [exact Qy|]].
    now rewrite points_plus, <- app_assoc.
Qed.

(* The continuation at a leaf. *)
Lemma leaf_searches {X} (Q : context) v j D (k : list point -> option X * list point) (k' : tree -> option X) t (S : list point -> Prop) :
  invariant D v -> continues Q v j [] k (k' t) -> (forall xs, S xs -> Q j xs) ->
  good (k D) (first_some k' [t]) D v S.
Proof.
  intros Inv (G & _) Sub. replace (first_some k' [t]) with (k' t) by (simpl; now destruct (k' t)).
  rewrite app_nil_r in G. apply (good_fewer _ _ _ _ (Q j)); [exact Sub | now apply G].
Qed.

Lemma fails_here {X} D v (S : list point -> Prop) : invariant D v -> (forall xs, ~ S xs) -> good (@None X, D) None D v S.
Proof.
  intros Inv N. split; [reflexivity | split; [apply incl_refl | split; [exact Inv|]]]. intros xs T. now apply N in T.
Qed.

Theorem search_as_list p : searches p.
Proof.
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp];
    intros X Q v i D k k' LE Con QL Inv K; cbn [search].
  - apply fails_here; [exact Inv|]. intros xs (t & j & ys & P & _). inversion P.
  - specialize (K TEps (or_introl eq_refl)). cbn [len] in K. rewrite Nat.add_0_r in K.
    apply (leaf_searches Q v i D (k TEps i) k' TEps _ Inv K).
    intros xs (t & j & ys & P & Qy & ->). inversion P. subst. exact Qy.
  - cbn [FirstList.all] in *. destruct (i <? upto) eqn:B; cbn [andb] in *; [destruct (cls_at c i) eqn:E|].
    + specialize (K TUnit (or_introl eq_refl)). cbn [len] in K. rewrite Nat.add_1_r in K.
      apply (leaf_searches Q v (S i) D (k TUnit (S i)) k' TUnit _ Inv K).
      intros xs (t & j & ys & P & Qy & ->). inversion P. subst. exact Qy.
    + apply fails_here; [exact Inv|]. intros xs (t & j & ys & P & _). inversion P. congruence.
    + apply fails_here; [exact Inv|]. apply Nat.ltb_ge in B. intros xs (t & j & ys & P & Qy & _).
      inversion P. subst. apply QL in Qy. lia.
  - cbn [FirstList.all] in *. destruct (ast_at a i) eqn:E.
    + specialize (K TEps (or_introl eq_refl)). cbn [len] in K. rewrite Nat.add_0_r in K.
      apply (leaf_searches Q v i D (k TEps i) k' TEps _ Inv K).
      intros xs (t & j & ys & P & Qy & ->). inversion P. subst. exact Qy.
    + apply fails_here; [exact Inv|]. intros xs (t & j & ys & P & _). inversion P. congruence.
  - destruct Con as (Cp & Cq). cbn [FirstList.all] in *. rewrite first_some_flat_map.
    apply (good_fewer _ _ _ _ (ways p (ways q Q) i)); [intros xs; apply both_way|].
    apply IHp; trivial; [now apply ways_le|]. intros t I. rewrite first_some_map.
    pose proof I as I'. apply all_exact in I' as (P & Lt & _); [|exact LE].
    assert (K1 : forall u, In u (all q (i + len t) (v ++ points p t i)) ->
        continues Q (v ++ points p t i) (i + len t + len u) (points q u (i + len t))
          (k (TSeq t u) (i + len t + len u)) (k' (TSeq t u))).
    { intros u J. specialize (K (TSeq t u)). rewrite points_app in K. cbn [len] in K. rewrite Nat.add_assoc in K.
      unfold continues in *. rewrite <- app_assoc. apply K. apply in_flat_map. exists t. split; [exact I|].
      now apply in_map. }
    split.
    + intros D1 Inv1. now apply IHq.
    + intros x Ex. exact (success q Q _ _ (fun u j D => k (TSeq t u) j D) (fun u => k' (TSeq t u)) Lt K1 x Ex).
  - pose proof Con as (Head & Cp & Cq). destruct (visited (l, i) D) eqn:Vis.
    { apply visited_in in Vis. apply (skip (Either l p q) Q v i l D k k' LE Inv Vis); [|exact K].
      intros xs T. split; [now apply Head|]. apply either_way in T as (ys & -> & _). now exists ys. }
    cbn [FirstList.all] in *. destruct (seen Re2 (l, i) v) eqn:E.
    { exfalso. apply seen_in in E as (_ & I). apply (proj1 Inv) in I. apply visited_in in I. congruence. }
    pose proof (enter_invariant D v (l, i) Inv) as Inv'. set (v' := v ++ [(l, i)]) in *.
    rewrite first_some_app, !first_some_map.
    apply (good_point _ _ D v l i (fun ys => ways p Q i ys \/ ways q Q i ys)); [exact (proj1 Inv) | | |].
    + fold v'. apply (good_then _ _ _ _ _ _ (ways p Q i) (ways q Q i)); [| |tauto].
      * apply IHp; trivial. intros t I. specialize (K (TLeft t)). unfold continues, v' in *. rewrite <- app_assoc.
        apply K. apply in_or_app. left. now apply in_map.
      * intros D1 _ Inv1. apply IHq; trivial. intros t I. specialize (K (TRight t)). unfold continues, v' in *.
        rewrite <- app_assoc. apply K. apply in_or_app. right. now apply in_map.
    + intros xs Wd. apply Head in Wd. apply either_way in Wd as (ys & Eq & T). injection Eq as ->. exact T.
    + intros xs T. apply either_way in T as (ys & -> & _). now exists ys.
  - apply loop_searches; trivial. lia.
  - pose proof Con as (Head & Cp). assert (ConS : consistent W (Star l g p) Q) by (split; [exact Head | exact Cp]).
    cbn [FirstList.all] in *. rewrite first_some_flat_map.
    apply (good_fewer _ _ _ _ (ways p (ways (Star l g p) Q) i)); [intros xs; apply plus_way|].
    apply IHp; trivial; [now apply ways_le|]. intros t I. cbn [leaves] in *. rewrite first_some_map.
    pose proof I as I'. apply all_exact in I' as (P & Lt & _); [|exact LE].
    assert (K1 : forall u, In u (all (Star l g p) (i + len t) (v ++ points p t i)) ->
        continues Q (v ++ points p t i) (i + len t + len u) (points (Star l g p) u (i + len t))
          (k (TIter t u) (i + len t + len u)) (k' (TIter t u))).
    { intros u J. specialize (K (TIter t u)). rewrite points_plus in K. cbn [len] in K. rewrite Nat.add_assoc in K.
      unfold continues in *. rewrite <- app_assoc. apply K. apply in_flat_map. exists t. split; [exact I|].
      now apply in_map. }
    split.
    + intros D1 Inv1. apply loop_searches; trivial. lia.
    + intros x Ex.
      exact (success (Star l g p) Q _ _ (fun u j D => k (TIter t u) j D) (fun u => k' (TIter t u)) Lt K1 x Ex).
  - cbn [FirstList.all consistent] in *. rewrite first_some_map.
    apply (good_fewer _ _ _ _ (ways p Q i)).
    + intros xs (t & j & ys & P & Qy & ->). inversion P as [| | | | | | | | | g' p' u i' j' P0]; subst.
      exists u, j, ys. now repeat split.
    + apply IHp; trivial. intros t I. apply (K (TGrp t)). now apply in_map.
Qed.
End Invariant.

(* ---- The whole program ---- *)

Definition at_end : context := fun j xs => j <= upto /\ xs = [].

Section Whole.
Variable p : prog C A.
Hypothesis distinct : NoDup (labels p).
Notation W := (ways_from p at_end).

Lemma whole_consistent : consistent W p at_end.
Proof. apply distinct_consistent; [exact distinct | reflexivity]. Qed.

Lemma no_tails V : tails V [].
Proof. intros ys d zs E. destruct ys; discriminate. Qed.

Lemma whole_tails d xs : W d xs -> tails W xs.
Proof.
  apply (tails_from W p at_end whole_consistent). intros j ys (_ & ->). apply no_tails.
Qed.

Lemma search_at_spec i D : i <= upto -> invariant W D [] ->
  match search_at p i D with
  | (Some x, _) => first_at Re2 upto p i = Some x
  | (None, D2) => first_at Re2 upto p i = None /\ invariant W D2 [] /\ forall j t, parse p t i j -> ~ j <= upto
  end.
Proof.
  intros LE Inv. rewrite (first_at_list Re2 upto p i LE). unfold search_at.
  assert (G := search_as_list W whole_tails p _ at_end [] i D (fun t j D => (Some (j, t), D))
    (fun t => Some (i + len t, t)) LE whole_consistent (fun j xs Q => proj1 Q) Inv).
  destruct (search p i D _) as ([x|], D2).
  - apply G. intros t I. split; [intros D1 _; reflexivity|]. intros x' _. exists [].
    apply all_exact in I as (_ & L & _); [|exact LE]. split; [now split | apply fresh_nil].
  - destruct G as (E & _ & Inv2 & St).
    + intros t I. split; [intros D1 _; reflexivity|]. intros x' _. exists [].
      apply all_exact in I as (_ & L & _); [|exact LE]. split; [now split | apply fresh_nil].
    + split; [exact E | split; [exact Inv2|]]. intros j t P L.
      assert (Wt : ways p at_end i (points p t i ++ [])) by (exists t, j, []; repeat split; trivial).
      destruct (St _ Wt) as (d & ys & Ed & Id).
      assert (T : tails W (points p t i ++ [])).
      { apply (tails_points W p at_end whole_consistent t i j); [exact P | now split | apply no_tails]. }
      rewrite Ed in T. destruct (given_up W whole_tails D2 [] Inv2 ys d Id (T [] d ys eq_refl)) as (e & _ & []).
Qed.

Lemma search_from_first n : forall i D, i + n <= upto -> invariant W D [] ->
  search_from p i n D = first_from Re2 upto p i n.
Proof.
  induction n as [|n IH]; intros i D LE Inv; cbn [search_from FirstMatcher.first_from];
    pose proof (search_at_spec i D) as G; destruct (search_at p i D) as ([(j, t)|], D2).
  - rewrite G by (trivial; lia). reflexivity.
  - destruct G as (-> & _); [lia | exact Inv | reflexivity].
  - rewrite G by (trivial; lia). reflexivity.
  - destruct G as (-> & Inv2 & _); [lia | exact Inv|]. apply IH; [lia | exact Inv2].
Qed.

Lemma empty_invariant : invariant W [] [].
Proof. split; [intros x [] | intros d xs []]. Qed.
End Whole.
End Memory.

(* ---- Main theorems ---- *)

(* The first match in a window, for policy re2. *)
Definition memory_match {C A} `{subject C A} (p : prog C A) (w : window) : option (nat * nat * tree) :=
  if upto w <? from w then None
  else search_from (upto w) p (from w) (if anchored w then 0 else upto w - from w) [].

Section Theorems.
Context {C A : Type} `{subject C A}.

Lemma number_labels (p : prog C A) : forall next q left, number p next = (q, left) ->
  next <= left /\ (forall l, In l (labels q) -> next <= l < left) /\ NoDup (labels q).
Proof.
  assert (Join : forall (xs ys : list nat) a b c, (forall l, In l xs -> a <= l < b) -> (forall l, In l ys -> b <= l < c) ->
      NoDup xs -> NoDup ys -> NoDup (xs ++ ys)).
  { intros xs ys a b c Ix Iy Nx Ny. apply nodup_app. repeat split; trivial. intros l I J. apply Ix in I. apply Iy in J. lia. }
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
  - destruct (number p (S next)) as (p', k) eqn:Ep. injection E as <- <-. apply IHp in Ep as (L1 & I1 & N1). cbn [labels].
    split; [lia | split; [|exact (Head _ _ _ I1 N1)]]. intros l' [<- | I]; [lia | apply I1 in I; lia].
  - destruct (number p (S next)) as (p', k) eqn:Ep. injection E as <- <-. apply IHp in Ep as (L1 & I1 & N1). cbn [labels].
    split; [lia | split; [|exact (Head _ _ _ I1 N1)]]. intros l' [<- | I]; [lia | apply I1 in I; lia].
  - destruct (number p next) as (p', k) eqn:Ep. injection E as <- <-. exact (IHp _ _ _ Ep).
Qed.

Theorem program_labels_distinct (r : sre C A) : NoDup (labels (program r)).
Proof. unfold program. destruct (number (unroll r) 0) as (p, k) eqn:E. now apply number_labels in E. Qed.

Theorem memory_match_first p w : NoDup (labels p) -> memory_match p w = first_match Re2 p w.
Proof.
  intros N. unfold memory_match, first_match. destruct (upto w <? from w) eqn:B; [reflexivity|].
  apply Nat.ltb_ge in B. apply (search_from_first (upto w) p N).
  - destruct (anchored w); lia.
  - apply empty_invariant.
Qed.

Theorem memory_match_correct (r : sre C A) w i j t :
  memory_match (program r) w = Some (i, j, t) <-> is_first_match Re2 (program r) w i j t.
Proof. rewrite memory_match_first by apply program_labels_distinct. apply first_match_correct. Qed.

(* Policy re2 loses no match: where a program can be parsed at all, some way comes through no point twice. *)
Theorem re2_loses_no_match (r : sre C A) i j t : parse Re2 (program r) t i j ->
  exists j' t', parse Re2 (program r) t' i j' /\ j' <= j /\ permitted Re2 (program r) t' i.
Proof.
  intros P. pose proof (parse_len _ _ _ _ _ P) as E.
  pose proof (search_at_spec j (program r) (program_labels_distinct r) i []) as G.
  destruct (search_at j (program r) i []) as ([(j', t')|], D2).
  - specialize (G ltac:(lia) (empty_invariant _ _)). apply first_at_some in G as ((P' & L & Perm) & _); [|lia].
    exists j', t'. now repeat split.
  - destruct G as (_ & _ & None_at); [lia | apply empty_invariant|]. exfalso. exact (None_at j t P (le_n j)).
Qed.
End Theorems.
