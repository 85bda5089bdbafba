(* The leftmost-first matcher finds what LeftmostFirst.v defines: from one location, the first of the list of all
   candidates; in a window, the first match, or none exactly where there is no candidate. *)
From Coq Require Import List Arith Bool Lia Sorting.Sorted.
From RedoubtProof Require Import Spec LeftmostFirst FirstMatcher FirstList.
Import ListNotations.

(* ---- The first element of a list that a function accepts ---- *)

Fixpoint first_some {X Y} (k : X -> option Y) (xs : list X) : option Y :=
  match xs with [] => None | x :: xs => match k x with Some y => Some y | None => first_some k xs end end.

Lemma first_some_app {X Y} (k : X -> option Y) xs ys :
  first_some k (xs ++ ys) = match first_some k xs with Some y => Some y | None => first_some k ys end.
Proof. induction xs as [|x xs IH]; simpl; [reflexivity|]. now destruct (k x). Qed.

Lemma first_some_map {X X' Y} (k : X' -> option Y) (f : X -> X') xs :
  first_some k (map f xs) = first_some (fun x => k (f x)) xs.
Proof. induction xs as [|x xs IH]; simpl; [reflexivity|]. now rewrite IH. Qed.

Lemma first_some_flat_map {X X' Y} (k : X' -> option Y) (f : X -> list X') xs :
  first_some k (flat_map f xs) = first_some (fun x => first_some k (f x)) xs.
Proof. induction xs as [|x xs IH]; simpl; [reflexivity|]. now rewrite first_some_app, IH. Qed.

Lemma first_some_none {X Y} (k : X -> option Y) xs : (forall x, In x xs -> k x = None) -> first_some k xs = None.
Proof.
  induction xs as [|x xs IH]; simpl; intros N; [reflexivity|].
  rewrite (N x (or_introl eq_refl)). apply IH. intros y I. apply N. now right.
Qed.

Section FirstCorrect.
Context {C A : Type} `{subject C A}.
Variable pol : policy.
Variable upto : nat.
Notation all := (all pol upto).
Notation loop_list := (loop_list pol).
Notation run := (run pol upto).
Notation run_loop := (run_loop pol).

(* ---- The matcher is the list, searched lazily. [agree]: the labels met here are the points of the way that lie at
   location i, and none lies behind it. ---- *)

Definition agree (i : nat) (v : list (nat * nat)) (here : list nat) : Prop :=
  pol = Re2 -> (forall l, In l here <-> In (l, i) v) /\ (forall l j, In (l, j) v -> j <= i).

Lemma been_seen l i v here : agree i v here -> been pol l here = seen pol (l, i) v.
Proof.
  intros G. destruct (seen pol (l, i) v) eqn:E.
  - apply seen_in in E as (P & I). destruct (G P) as (Same & _). unfold been. rewrite P.
    apply existsb_exists. exists l. split; [now apply Same | apply Nat.eqb_refl].
  - unfold been. destruct pol eqn:P; [|reflexivity]. destruct (G P) as (Same & _).
    destruct (existsb (Nat.eqb l) here) eqn:B; [|reflexivity].
    apply existsb_exists in B as (l' & I & Eq). apply Nat.eqb_eq in Eq. subst l'.
    rewrite (proj2 (seen_in Re2 (l, i) v)) in E; [discriminate|]. split; [reflexivity | now apply Same].
Qed.

Lemma agree_note l i v here : agree i v here -> agree i (v ++ [(l, i)]) (note pol l here).
Proof.
  intros G P. unfold note. rewrite P. destruct (G P) as (Same & Below). split.
  - intros l'. simpl. rewrite in_app_iff, <- Same. simpl. split.
    + intros [<- | I]; [right; left; reflexivity | now left].
    + intros [I | [Eq | []]]; [now right | injection Eq as <-; now left].
  - intros l' j I. apply in_app_or in I as [I | [Eq | []]]; [now apply (Below l') | injection Eq as _ <-; lia].
Qed.

Lemma agree_unit i v here : agree i v here -> agree (S i) (v ++ []) [].
Proof.
  intros G P. destruct (G P) as (_ & Below). rewrite app_nil_r. split.
  - intros l. split; [intros [] | intros I; apply Below in I; lia].
  - intros l j I. apply Below in I. lia.
Qed.

Lemma agree_same i v here : agree i v here -> agree (i + 0) (v ++ []) here.
Proof. now rewrite Nat.add_0_r, app_nil_r. Qed.

Definition runs_as_list (p : prog C A) : Prop :=
  forall X i v here (k : @continuation X) (k' : tree -> option X), i <= upto -> agree i v here ->
  (forall t here', In t (all p i v) -> agree (i + len t) (v ++ points p t i) here' -> k t (i + len t) here' = k' t) ->
  run p i here k = first_some k' (all p i v).

Lemma end_in_loop l g p f i v : seen pol (l, i) v = false -> In TEnd (loop_list l g p (all p) (S f) i v).
Proof. intros E. simpl. rewrite E. destruct g; [apply in_or_app; right|]; now left. Qed.

Lemma loop_as_list p l g : runs_as_list p -> forall X f i v here (k : @continuation X) (k' : tree -> option X),
  i <= upto -> agree i v here ->
  (forall t here', In t (loop_list l g p (all p) f i v) ->
     agree (i + len t) (v ++ points (Star l g p) t i) here' -> k t (i + len t) here' = k' t) ->
  run_loop l g (run p) f i here k = first_some k' (loop_list l g p (all p) f i v).
Proof.
  intros B X f. induction f as [|f IH]; intros i v here k k' LE G K; [reflexivity|].
  cbn [FirstMatcher.run_loop FirstList.loop_list]. cbn [FirstList.loop_list] in K. rewrite (been_seen l i v here G).
  destruct (seen pol (l, i) v) eqn:E; [reflexivity|].
  pose proof (agree_note l i v here G) as G'. cbv zeta.
  set (v' := v ++ [(l, i)]) in *. set (its := flat_map _ _) in *.
  assert (Out : k TEnd i (note pol l here) = k' TEnd).
  { replace i with (i + len TEnd) at 1 by apply Nat.add_0_r. apply K.
    - destruct g; [apply in_or_app; right|]; now left.
    - simpl. now rewrite Nat.add_0_r. }
  assert (Into : run p i (note pol l here) (fun t j here =>
      if j =? i then match pol with Re2 => None | Pcre2 => k (TIter t TEnd) j here end
      else run_loop l g (run p) f j here (fun u j here => k (TIter t u) j here)) = first_some k' its).
  { unfold its. rewrite first_some_flat_map. apply B; [exact LE | exact G' |].
    intros t here' I Gt.
    assert (In_its : forall x, In x (if leaves pol t then [TIter t TEnd] else
        map (TIter t) (loop_list l g p (all p) f (i + len t) (v' ++ points p t i))) -> In x its).
    { intros x J. unfold its. apply in_flat_map. exists t. now split. }
    assert (K' : forall u here', In (TIter t u) its ->
        agree (i + len t + len u) ((v' ++ points p t i) ++ points (Star l g p) u (i + len t)) here' ->
        k (TIter t u) (i + len t + len u) here' = k' (TIter t u)).
    { intros u here2 J G2. rewrite <- Nat.add_assoc. apply (K (TIter t u)).
      - destruct g; [apply in_or_app; now left | now right].
      - cbn [len]. rewrite points_star. rewrite Nat.add_assoc. unfold v' in G2.
        rewrite <- !app_assoc in G2. exact G2. }
    pose proof I as I'. apply all_exact in I' as (_ & Lt & _); [|exact LE].
    unfold leaves in *. destruct pol eqn:P.
    - rewrite first_some_map. destruct (i + len t =? i) eqn:Z.
      + apply Nat.eqb_eq in Z. rewrite Z. destruct f as [|f']; [reflexivity|]. cbn [FirstList.loop_list].
        assert (S : seen Re2 (l, i) (v' ++ points p t i) = true).
        { apply seen_in. split; [reflexivity|]. apply in_or_app. left. apply in_or_app. right. now left. }
        now rewrite S.
      + apply IH; [exact Lt | exact Gt |]. intros u here2 J G2. apply K'; [|exact G2].
        apply In_its. now apply in_map.
    - destruct (len t =? 0) eqn:Z.
      + apply Nat.eqb_eq in Z. rewrite Z, Nat.add_0_r, Nat.eqb_refl. cbn [first_some].
        assert (Eq : k (TIter t TEnd) (i + len t + len TEnd) here' = k' (TIter t TEnd)).
        { apply K'; [apply In_its; now left|]. intros Q. congruence. }
        cbn [len] in Eq. rewrite Z, !Nat.add_0_r in Eq. rewrite Eq. now destruct (k' (TIter t TEnd)).
      + apply Nat.eqb_neq in Z. destruct (i + len t =? i) eqn:Z'; [apply Nat.eqb_eq in Z'; lia|].
        rewrite first_some_map. apply IH; [exact Lt | exact Gt |]. intros u here2 J G2. apply K'; [|exact G2].
        apply In_its. now apply in_map. }
  destruct g.
  - rewrite Into, Out, first_some_app. destruct (first_some k' its); [reflexivity|]. simpl. now destruct (k' TEnd).
  - rewrite Into, Out. reflexivity.
Qed.

Theorem run_as_list p : runs_as_list p.
Proof.
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp];
    intros X i v here k k' LE G K; cbn [FirstMatcher.run FirstList.all] in *.
  - reflexivity.
  - cbn [first_some]. rewrite <- (K TEps here); [|now left | now apply agree_same]. simpl. rewrite Nat.add_0_r.
    now destruct (k TEps i here).
  - destruct ((i <? upto) && cls_at c i); [|reflexivity].
    cbn [first_some].
    rewrite <- (K TUnit []); [|now left | simpl; rewrite Nat.add_1_r; now apply (agree_unit i v here)].
    simpl. rewrite Nat.add_1_r. now destruct (k TUnit (S i) []).
  - destruct (ast_at a i); [|reflexivity].
    cbn [first_some]. rewrite <- (K TEps here); [|now left | now apply agree_same]. simpl. rewrite Nat.add_0_r.
    now destruct (k TEps i here).
  - rewrite first_some_flat_map. apply IHp; [exact LE | exact G |]. intros t here1 I1 G1.
    rewrite first_some_map. pose proof I1 as I1'. apply all_exact in I1' as (_ & L1 & _); [|exact LE].
    apply IHq; [exact L1 | exact G1 |]. intros u here2 I2 G2.
    rewrite <- Nat.add_assoc. apply (K (TSeq t u)).
    + apply in_flat_map. exists t. split; [exact I1 | now apply in_map].
    + cbn [len]. rewrite points_app, Nat.add_assoc, app_assoc. exact G2.
  - rewrite (been_seen l i v here G). destruct (seen pol (l, i) v) eqn:E; [reflexivity|].
    pose proof (agree_note l i v here G) as G'. rewrite first_some_app, !first_some_map.
    rewrite (IHp X i (v ++ [(l, i)]) (note pol l here) _ (fun t => k' (TLeft t))); [|exact LE | exact G' |].
    2: { intros t here1 I1 G1. apply (K (TLeft t)); [apply in_or_app; left; now apply in_map|].
         rewrite <- app_assoc in G1. exact G1. }
    rewrite (IHq X i (v ++ [(l, i)]) (note pol l here) _ (fun t => k' (TRight t)));
      [reflexivity | exact LE | exact G' |].
    intros t here1 I1 G1. apply (K (TRight t)); [apply in_or_app; right; now apply in_map|].
    rewrite <- app_assoc in G1. exact G1.
  - now apply loop_as_list.
  - rewrite first_some_flat_map. apply IHp; [exact LE | exact G |]. intros t here1 I1 G1.
    pose proof I1 as I1'. apply all_exact in I1' as (_ & L1 & _); [|exact LE].
    assert (K' : forall u here', In (TIter t u) (if leaves pol t then [TIter t TEnd] else map (TIter t)
        (loop_list l g p (all p) (S (upto - (i + len t))) (i + len t) (v ++ points p t i))) ->
        agree (i + len t + len u) ((v ++ points p t i) ++ points (Star l g p) u (i + len t)) here' ->
        k (TIter t u) (i + len t + len u) here' = k' (TIter t u)).
    { intros u here2 J G2. rewrite <- Nat.add_assoc. apply (K (TIter t u)).
      - apply in_flat_map. exists t. now split.
      - cbn [len]. rewrite points_plus, Nat.add_assoc, app_assoc. exact G2. }
    assert (Same : match pol with Re2 => false | Pcre2 => i + len t =? i end = leaves pol t).
    { unfold leaves. destruct pol; [reflexivity|]. destruct (len t =? 0) eqn:Z.
      - apply Nat.eqb_eq in Z. rewrite Z, Nat.add_0_r. apply Nat.eqb_refl.
      - apply Nat.eqb_neq in Z. apply Nat.eqb_neq. lia. }
    rewrite Same. destruct (leaves pol t) eqn:L.
    + apply leaves_true in L as (P & Z).
      assert (Eq : k (TIter t TEnd) (i + len t) here1 = k' (TIter t TEnd)).
      { rewrite <- (Nat.add_0_r (i + len t)). apply (K' TEnd here1); [now left | intros Q; congruence]. }
      rewrite Eq. cbn [first_some]. now destruct (k' (TIter t TEnd)).
    + rewrite first_some_map. apply loop_as_list; [exact IHp | exact L1 | exact G1 |].
      intros u here2 J G2. apply K'; [now apply in_map | exact G2].
  - rewrite first_some_map. apply IHp; [exact LE | exact G |]. intros t here1 I1 G1.
    apply (K (TGrp t)); [now apply in_map | exact G1].
Qed.

(* ---- From one location ---- *)

Lemma first_at_list p i : i <= upto ->
  first_at pol upto p i = first_some (fun t => Some (i + len t, t)) (all p i []).
Proof.
  intros LE. unfold first_at. apply run_as_list; [exact LE | |reflexivity].
  intros _. split; [intros l; split; intros [] | intros l j []].
Qed.

(* What stands first in a list sorted by a relation. *)
Lemma first_of_sorted {X} (R : X -> X -> Prop) x xs y :
  StronglySorted R (x :: xs) -> In y (x :: xs) -> y = x \/ R x y.
Proof.
  intros S [-> | I]; [now left | right]. apply StronglySorted_inv in S as (_ & F).
  rewrite Forall_forall in F. now apply F.
Qed.

(* The candidates that begin at i, without the window's other bound. *)
Definition at_location (p : prog C A) (i j : nat) (t : tree) : Prop :=
  parse pol p t i j /\ j <= upto /\ permitted pol p t i.

Lemma at_location_list p i j t : i <= upto -> at_location p i j t <-> j = i + len t /\ In t (all p i []).
Proof.
  intros LE. split.
  - intros (P & L & Perm). pose proof (parse_len _ _ _ _ _ P) as E. subst j. split; [reflexivity|].
    apply all_exact; [exact LE|]. split; [exact P | split; [exact L|]]. intros R.
    split; [now apply Perm | intros x _ []].
  - intros (-> & I). apply all_exact in I as (P & L & F); [|exact LE]. split; [exact P | split; [exact L|]].
    intros R. now apply F.
Qed.

Lemma first_at_some p i j t : i <= upto -> first_at pol upto p i = Some (j, t) ->
  at_location p i j t /\ forall j' t', at_location p i j' t' -> t' = t \/ precedes p i t t'.
Proof.
  intros LE E. rewrite (first_at_list p i LE) in E. pose proof (all_sorted pol upto p i []) as S.
  destruct (all p i []) as [|x xs] eqn:L; [discriminate|]. simpl in E. injection E as <- <-. split.
  - apply at_location_list; [exact LE|]. rewrite L. split; [reflexivity | now left].
  - intros j' t' Q. apply at_location_list in Q as (_ & I); [|exact LE]. rewrite L in I.
    now apply (first_of_sorted _ x xs).
Qed.

Lemma first_at_none p i : i <= upto -> first_at pol upto p i = None -> forall j t, ~ at_location p i j t.
Proof.
  intros LE E j t Q. rewrite (first_at_list p i LE) in E. apply at_location_list in Q as (_ & I); [|exact LE].
  destruct (all p i []) as [|x xs]; [destruct I | discriminate].
Qed.

Lemma first_from_some p n : forall i0 i j t, i0 + n <= upto -> first_from pol upto p i0 n = Some (i, j, t) ->
  i0 <= i <= i0 + n /\ first_at pol upto p i = Some (j, t) /\
  forall i', i0 <= i' < i -> first_at pol upto p i' = None.
Proof.
  induction n as [|n IH]; intros i0 i j t LE E; simpl in E;
    destruct (first_at pol upto p i0) as [(j0, t0)|] eqn:E0.
  - injection E as <- <- <-. split; [lia | split; [exact E0 | intros i' L; lia]].
  - discriminate.
  - injection E as <- <- <-. split; [lia | split; [exact E0 | intros i' L; lia]].
  - apply IH in E as (L & E & N); [|lia]. split; [lia | split; [exact E|]]. intros i' L'.
    destruct (Nat.eq_dec i' i0) as [-> | D]; [exact E0 | apply N; lia].
Qed.

Lemma first_from_none p n : forall i0, first_from pol upto p i0 n = None ->
  forall i, i0 <= i <= i0 + n -> first_at pol upto p i = None.
Proof.
  induction n as [|n IH]; intros i0 E i L; simpl in E; destruct (first_at pol upto p i0) as [(j0, t0)|] eqn:E0;
    try discriminate.
  - now replace i with i0 by lia.
  - destruct (Nat.eq_dec i i0) as [-> | D]; [exact E0 | apply (IH (S i0) E); lia].
Qed.
End FirstCorrect.

(* ---- In a window ---- *)

Section Search.
Context {C A : Type} `{subject C A}.

Lemma candidate_at pol p w i j t : candidate pol p w i j t ->
  from w <= i <= upto w /\ (anchored w = true -> i = from w) /\ at_location pol (upto w) p i j t.
Proof.
  intros (P & (F & U & An) & Perm). pose proof (parse_len _ _ _ _ _ P) as E. split; [lia | split; [exact An|]].
  split; [exact P | split; [exact U | exact Perm]].
Qed.

Lemma at_candidate pol p w i j t : from w <= i -> (anchored w = true -> i = from w) ->
  at_location pol (upto w) p i j t -> candidate pol p w i j t.
Proof.
  intros F An (P & U & Perm). split; [exact P | split; [|exact Perm]]. split; [exact F | split; [exact U | exact An]].
Qed.

(* Two ways cannot both come first. *)
Lemma sooner_irreflexive xs : ~ sooner xs xs.
Proof.
  intros (zs & a & b & E1 & E2). rewrite E1 in E2. apply app_inv_head in E2. discriminate.
Qed.

Lemma sooner_asymmetric xs ys : sooner xs ys -> ~ sooner ys xs.
Proof.
  intros (zs & a & b & -> & ->). induction zs as [|z zs IH]; intros (ws & c & d & E1 & E2).
  - destruct ws as [|w ws]; simpl in *; [discriminate | congruence].
  - destruct ws as [|w ws]; simpl in *; [congruence|]. injection E1 as E E1. injection E2 as _ E2.
    apply IH. now exists ws, c, d.
Qed.

Theorem is_first_match_unique pol p w i j t i' j' t' :
  is_first_match pol p w i j t -> is_first_match pol p w i' j' t' -> i = i' /\ j = j' /\ t = t'.
Proof.
  intros (Q & F) (Q' & F'). pose proof (F _ _ _ Q') as O. pose proof (F' _ _ _ Q) as O'.
  assert (E : i = i') by lia. subst i'. assert (T : t = t').
  { destruct O as [L | (_ & [-> | O])]; [lia | reflexivity|].
    destruct O' as [L | (_ & [-> | O'])]; [lia | reflexivity|]. now apply sooner_asymmetric in O. }
  subst t'. destruct Q as (P & _), Q' as (P' & _). apply parse_len in P, P'. repeat split; congruence.
Qed.

Lemma first_match_sound pol p w i j t : first_match pol p w = Some (i, j, t) -> is_first_match pol p w i j t.
Proof.
  unfold first_match. destruct (upto w <? from w) eqn:B; [discriminate|]. apply Nat.ltb_ge in B. intros E.
  set (n := if anchored w then 0 else upto w - from w) in *.
  assert (N : n <= upto w - from w) by (unfold n; destruct (anchored w); lia).
  apply first_from_some in E as (L & E & None_before); [|lia].
  apply first_at_some in E as (Q & O); [|lia]. split.
  - apply at_candidate; [lia | | exact Q]. intros An. unfold n in L. rewrite An in L. lia.
  - intros i' j' t' Q'. apply candidate_at in Q' as (L' & An & Q').
    destruct (lt_eq_lt_dec i i') as [[Lt | ->] | Gt]; [now left | right; split; [reflexivity | now apply (O j')]|].
    exfalso. apply (first_at_none pol (upto w) p i') in Q'; [exact Q' | lia | apply None_before; lia].
Qed.

Theorem first_match_none pol p w : first_match pol p w = None <-> forall i j t, ~ candidate pol p w i j t.
Proof.
  split.
  - unfold first_match. intros E i j t Q. apply candidate_at in Q as (L & An & Q).
    destruct (upto w <? from w) eqn:B; [apply Nat.ltb_lt in B; lia|].
    apply (first_at_none pol (upto w) p i) in Q; [exact Q | lia|].
    apply (first_from_none _ _ _ _ _ E). destruct (anchored w); [rewrite An by reflexivity; lia | lia].
  - intros N. destruct (first_match pol p w) as [((i, j), t)|] eqn:E; [|reflexivity].
    apply first_match_sound in E as (Q & _). exfalso. exact (N _ _ _ Q).
Qed.

Theorem first_match_correct pol p w i j t :
  first_match pol p w = Some (i, j, t) <-> is_first_match pol p w i j t.
Proof.
  split; [apply first_match_sound|]. intros F. destruct (first_match pol p w) as [((i', j'), t')|] eqn:E.
  - apply first_match_sound in E. destruct (is_first_match_unique _ _ _ _ _ _ _ _ _ F E) as (-> & -> & ->). reflexivity.
  - exfalso. exact (proj1 (first_match_none pol p w) E i j t (proj1 F)).
Qed.
End Search.
