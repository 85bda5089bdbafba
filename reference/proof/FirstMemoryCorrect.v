(* The matcher with a memory finds what the one without finds. The proof is that of depth-first search: where a way that
   was given up has been, each way onwards comes next to a point that has been visited too, so it cannot reach the match
   without meeting a point of the way that is still being followed. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec LeftmostFirst FirstMatcher FirstList FirstCorrect FirstMemory FirstWays.
Import ListNotations.

Section Memory.
Context {C A : Type} `{subject C A}.
Variable upto : nat.
Notation parse := (parse Re2).
Notation context := (nat -> list point -> Prop).
Notation search := (search upto).
Notation search_at := (search_at upto).
Notation search_from := (search_from upto).

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
Definition good {X} (r : option X * list point) (y : option X) (D v : list point) (to_visit : list point -> Prop)
    : Prop :=
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
Definition continues {X} (Q : context) (v : list point) (j : nat) (xs : list point)
    (k : list point -> option X * list point) (y : option X) : Prop :=
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
  intros LE K x E. apply first_some_in in E as (t & I & Et).
  destruct (K t I) as (_ & Kw). destruct (Kw x Et) as (ys & Qy & F).
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
  - intros (t & j & ys & P & Qy & ->).
    inversion P as [| | | | l' p' q' u i' j' P0 | l' p' q' u i' j' P0 | | | |]; subst.
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
      assert (Wt : ways (Star l g p) Q i (points (Star l g p) t i ++ ys))
        by (exists t, (i + len t), ys; now repeat split).
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
      + intros x Ex. apply first_some_in in Ex as (u & J & Eu). destruct (K1 u J) as (_ & Kw).
        destruct (Kw x Eu) as (ys & Qy & F).
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
      apply (good_then _ _ _ _ _ _ (Q i) (ways p (ways (Star l false p) Q) i) _ (Leave' _ Inv'));
        [intros D1 _ Inv1; now apply Into | tauto].
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
Lemma leaf_searches {X} (Q : context) v j D (k : list point -> option X * list point) (k' : tree -> option X) t
    (S : list point -> Prop) :
  invariant D v -> continues Q v j [] k (k' t) -> (forall xs, S xs -> Q j xs) ->
  good (k D) (first_some k' [t]) D v S.
Proof.
  intros Inv (G & _) Sub. replace (first_some k' [t]) with (k' t) by (simpl; now destruct (k' t)).
  rewrite app_nil_r in G. apply (good_fewer _ _ _ _ (Q j)); [exact Sub | now apply G].
Qed.

Lemma fails_here {X} D v (S : list point -> Prop) :
  invariant D v -> (forall xs, ~ S xs) -> good (@None X, D) None D v S.
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

Section Theorems.
Context {C A : Type} `{subject C A}.

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
