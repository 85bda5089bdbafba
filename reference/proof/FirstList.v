(* All candidates from one location as a list: each once, in order of priority, and no others. This is the middle of the
   proof in FirstCorrect.v; as a program it would be far slower than the matcher. *)
From Coq Require Import List Arith Bool Lia Sorting.Sorted.
From RedoubtProof Require Import Spec LeftmostFirst FirstMemory.
Import ListNotations.

(* ---- Inversion of parse, with the ends computed from the tree. ---- *)

Lemma parse_len {C A} `{subject C A} pol p t i j : parse pol p t i j -> j = i + len t.
Proof. induction 1; simpl; lia. Qed.

Section FirstList.
Context {C A : Type} `{subject C A}.
Variable pol : policy.
Variable upto : nat.
Notation parse := (parse pol).

(* [v]: the points on the way so far. *)
Definition seen (x : nat * nat) (v : list (nat * nat)) : bool :=
  match pol with Re2 => existsb (point_eqb x) v | Pcre2 => false end.
Definition leaves (t : tree) : bool := match pol with Re2 => false | Pcre2 => len t =? 0 end.

Fixpoint loop_list (l : nat) (greedy : bool) (p : prog C A) (body : nat -> list (nat * nat) -> list tree)
    (fuel i : nat) (v : list (nat * nat)) {struct fuel} : list tree :=
  match fuel with
  | 0 => []
  | S fuel =>
      if seen (l, i) v then [] else
      let v := v ++ [(l, i)] in
      let iterate := flat_map (fun t =>
        if leaves t then [TIter t TEnd]
        else map (TIter t) (loop_list l greedy p body fuel (i + len t) (v ++ points p t i))) (body i v) in
      if greedy then iterate ++ [TEnd] else TEnd :: iterate
  end.

Fixpoint all (p : prog C A) (i : nat) (v : list (nat * nat)) : list tree :=
  match p with
  | Nothing => []
  | Empty => [TEps]
  | Class c => if (i <? upto) && cls_at c i then [TUnit] else []
  | Look a => if ast_at a i then [TEps] else []
  | Both p q => flat_map (fun t => map (TSeq t) (all q (i + len t) (v ++ points p t i))) (all p i v)
  | Either l p q =>
      if seen (l, i) v then [] else
      map TLeft (all p i (v ++ [(l, i)])) ++ map TRight (all q i (v ++ [(l, i)]))
  | Star l greedy p => loop_list l greedy p (all p) (S (upto - i)) i v
  | Plus l greedy p =>
      flat_map (fun t =>
        if leaves t then [TIter t TEnd]
        else map (TIter t) (loop_list l greedy p (all p) (S (upto - (i + len t))) (i + len t) (v ++ points p t i)))
        (all p i v)
  | Group _ p => map TGrp (all p i v)
  end.

(* ---- No point twice ---- *)

Definition fresh (v xs : list (nat * nat)) : Prop := pol = Re2 -> NoDup xs /\ forall x, In x xs -> ~ In x v.

Lemma fresh_nil v : fresh v [].
Proof. intros _. split; [constructor | intros x []]. Qed.

Lemma nodup_app {X} (xs ys : list X) :
  NoDup (xs ++ ys) <-> NoDup xs /\ NoDup ys /\ (forall x, In x xs -> ~ In x ys).
Proof.
  induction xs as [|x xs IH]; simpl.
  - split; [intros N; repeat split; [constructor | exact N | intros _ []] | intros (_ & N & _); exact N].
  - split.
    + intros N. inversion N as [|x' l' NI N']; subst. apply IH in N' as (Nx & Ny & D).
      repeat split; [constructor; [intros I; apply NI, in_or_app; now left | exact Nx] | exact Ny |].
      intros z [<- | I]; [intros I; apply NI, in_or_app; now right | now apply D].
    + intros (Nx & Ny & D). inversion Nx as [|x' l' NI N']; subst. constructor.
      * intros I. apply in_app_or in I as [I | I]; [now apply NI | exact (D x (or_introl eq_refl) I)].
      * apply IH. repeat split; [exact N' | exact Ny | intros z I; apply D; now right].
Qed.

Lemma fresh_app v xs ys : fresh v (xs ++ ys) <-> fresh v xs /\ fresh (v ++ xs) ys.
Proof.
  unfold fresh. split.
  - intros F. split; intros P; destruct (F P) as (N & D); apply nodup_app in N as (Nx & Ny & E); split; trivial.
    + intros x I. apply D, in_or_app. now left.
    + intros x I J. apply in_app_or in J as [J | J]; [|now apply (E x J)].
      apply (D x); [apply in_or_app; now right | exact J].
  - intros (Fx & Fy) P. destruct (Fx P) as (Nx & Dx), (Fy P) as (Ny & Dy). split.
    + apply nodup_app. repeat split; trivial. intros x I J. apply (Dy x J), in_or_app. now right.
    + intros x I J. apply in_app_or in I as [I | I]; [now apply (Dx x) | apply (Dy x I), in_or_app; now left].
Qed.

Lemma seen_in x v : seen x v = true <-> pol = Re2 /\ In x v.
Proof.
  unfold seen. destruct pol; [|split; [discriminate | now intros (? & _)]].
  rewrite existsb_exists. split.
  - intros (y & I & E). apply andb_true_iff in E as (E1 & E2). apply Nat.eqb_eq in E1, E2.
    destruct x, y; simpl in *; subst. now split.
  - intros (_ & I). exists x. split; [exact I|]. unfold point_eqb. now rewrite !Nat.eqb_refl.
Qed.

Lemma seen_fresh x v : seen x v = false <-> fresh v [x].
Proof.
  split.
  - intros E P. split; [constructor; [intros [] | constructor]|].
    intros y [<- | []] I. rewrite (proj2 (seen_in x v)) in E; [discriminate | now split].
  - intros F. destruct (seen x v) eqn:E; [|reflexivity]. apply seen_in in E as (P & I).
    destruct (F P) as (_ & D). exfalso. apply (D x); [now left | exact I].
Qed.

Lemma fresh_cons x v xs : fresh v (x :: xs) <-> seen x v = false /\ fresh (v ++ [x]) xs.
Proof. rewrite (fresh_app v [x] xs), seen_fresh. reflexivity. Qed.

(* ---- The list has exactly the candidates. ---- *)

Definition fits (p : prog C A) (t : tree) (i : nat) (v : list (nat * nat)) : Prop :=
  parse p t i (i + len t) /\ i + len t <= upto /\ fresh v (points p t i).

Definition exact_list (p : prog C A) (body : nat -> list (nat * nat) -> list tree) : Prop :=
  forall i v t, i <= upto -> In t (body i v) <-> fits p t i v.

Lemma points_app (p q : prog C A) t u i : points (Both p q) (TSeq t u) i = points p t i ++ points q u (i + len t).
Proof. apply map_app. Qed.

Lemma points_star l g (p : prog C A) t u i :
  points (Star l g p) (TIter t u) i = (l, i) :: points p t i ++ points (Star l g p) u (i + len t).
Proof. unfold points. simpl. now rewrite map_app. Qed.

Lemma points_plus l g (p : prog C A) t u i :
  points (Plus l g p) (TIter t u) i = points p t i ++ points (Star l g p) u (i + len t).
Proof. apply map_app. Qed.

Lemma star_begins l g p t i j : parse (Star l g p) t i j -> exists xs, points (Star l g p) t i = (l, i) :: xs.
Proof. intros P. inversion P; subst; [exists [] | rewrite points_star; eexists]; reflexivity. Qed.

Lemma in_iterate p l g f i v t ts :
  In t (flat_map (fun t => if leaves t then [TIter t TEnd] else map (TIter t) (loop_list l g p (all p) (f t)
    (i + len t) (v ++ points p t i))) ts) <->
  exists t0 u, t = TIter t0 u /\ In t0 ts /\
    if leaves t0 then u = TEnd else In u (loop_list l g p (all p) (f t0) (i + len t0) (v ++ points p t0 i)).
Proof.
  rewrite in_flat_map. split.
  - intros (t0 & I & J). exists t0. destruct (leaves t0).
    + destruct J as [<- | []]. now exists TEnd.
    + apply in_map_iff in J as (u & <- & J). now exists u.
  - intros (t0 & u & -> & I & J). exists t0. split; [exact I|]. destruct (leaves t0).
    + left. now rewrite J.
    + apply in_map_iff. now exists u.
Qed.

Lemma leaves_true t : leaves t = true -> pol = Pcre2 /\ len t = 0.
Proof. unfold leaves. destruct pol; [discriminate|]. intros E. now apply Nat.eqb_eq in E. Qed.

Lemma leaves_false t u : leaves t = false -> leaves_if_empty pol t u.
Proof.
  unfold leaves, leaves_if_empty. intros E P Z. rewrite P, Z in E. discriminate.
Qed.

(* An iteration and what follows it, once the body's list is known to be exact; the same at both kinds of loop. *)
Lemma iteration_sound p l g f i v t0 u :
  exact_list p (all p) -> i <= upto ->
  (forall i v t, i <= upto -> In t (loop_list l g p (all p) f i v) -> fits (Star l g p) t i v) ->
  In t0 (all p i v) ->
  (if leaves t0 then u = TEnd else In u (loop_list l g p (all p) f (i + len t0) (v ++ points p t0 i))) ->
  parse p t0 i (i + len t0) /\ parse (Star l g p) u (i + len t0) (i + len t0 + len u) /\ leaves_if_empty pol t0 u /\
  i + len t0 + len u <= upto /\ fresh v (points p t0 i ++ points (Star l g p) u (i + len t0)).
Proof.
  intros B LE Loop I0 J. apply B in I0 as (P0 & L0 & F0); [|exact LE].
  destruct (leaves t0) eqn:L.
  - subst u. apply leaves_true in L as (R & Z). simpl. rewrite Nat.add_0_r.
    split; [exact P0 | split; [apply parse_end | split; [now intros _ _ | split; [exact L0|]]]].
    intros R'. congruence.
  - apply Loop in J as (P1 & L1 & F1); [|exact L0].
    split; [exact P0 | split; [exact P1 | split; [now apply leaves_false | split; [exact L1|]]]].
    apply fresh_app. now split.
Qed.

Lemma loop_sound p l g : exact_list p (all p) ->
  forall f i v t, i <= upto -> In t (loop_list l g p (all p) f i v) -> fits (Star l g p) t i v.
Proof.
  intros B f. induction f as [|f IH]; intros i v t LE I; [destruct I|]. simpl in I.
  destruct (seen (l, i) v) eqn:E; [destruct I|].
  assert (I' : t = TEnd \/ exists t0 u, t = TIter t0 u /\ In t0 (all p i (v ++ [(l, i)])) /\
      if leaves t0 then u = TEnd
      else In u (loop_list l g p (all p) f (i + len t0) ((v ++ [(l, i)]) ++ points p t0 i))).
  { destruct g.
    - apply in_app_or in I as [I | [<- | []]]; [right | now left]. now apply in_iterate in I.
    - destruct I as [<- | I]; [now left | right]. now apply in_iterate in I. }
  destruct I' as [-> | (t0 & u & -> & I0 & J)].
  - split; [|split].
    + simpl. rewrite Nat.add_0_r. apply parse_end.
    + simpl. lia.
    + now apply seen_fresh.
  - destruct (iteration_sound p l g f i _ t0 u B LE IH I0 J) as (P0 & P1 & P & LE1 & F). split; [|split].
    + simpl. rewrite Nat.add_assoc. eapply parse_star; eassumption.
    + simpl. lia.
    + rewrite points_star. now apply fresh_cons.
Qed.

Lemma iteration_complete p l g f i v t0 u :
  exact_list p (all p) -> i <= upto ->
  parse p t0 i (i + len t0) -> parse (Star l g p) u (i + len t0) (i + len t0 + len u) -> leaves_if_empty pol t0 u ->
  i + len t0 + len u <= upto -> fresh v (points p t0 i ++ points (Star l g p) u (i + len t0)) ->
  (leaves t0 = false -> i + len t0 <= upto -> fits (Star l g p) u (i + len t0) (v ++ points p t0 i) ->
     In u (loop_list l g p (all p) f (i + len t0) (v ++ points p t0 i))) ->
  In t0 (all p i v) /\
  if leaves t0 then u = TEnd else In u (loop_list l g p (all p) f (i + len t0) (v ++ points p t0 i)).
Proof.
  intros B LE P0 P1 Lv LE1 F Loop. apply fresh_app in F as (F0 & F1). split.
  - apply B; [exact LE|]. split; [exact P0 | split; [lia | exact F0]].
  - destruct (leaves t0) eqn:L.
    + apply leaves_true in L as (-> & Z). now apply Lv.
    + apply Loop; [reflexivity | lia |]. split; [exact P1 | split; [exact LE1 | exact F1]].
Qed.

Lemma loop_complete p l g : exact_list p (all p) ->
  forall f i v t, i <= upto -> upto - i < f -> fits (Star l g p) t i v -> In t (loop_list l g p (all p) f i v).
Proof.
  intros B f. induction f as [|f IH]; intros i v t LE Fuel (P & LEt & F); [lia|].
  simpl. destruct (star_begins l g p t i _ P) as (xs & X). rewrite X in F. apply fresh_cons in F as (E & F).
  rewrite E.
  assert (I : t = TEnd \/ exists t0 u, t = TIter t0 u /\ In t0 (all p i (v ++ [(l, i)])) /\
      if leaves t0 then u = TEnd
      else In u (loop_list l g p (all p) f (i + len t0) ((v ++ [(l, i)]) ++ points p t0 i))).
  { inversion P as [| | | | | | i' | l' g' p' t0 u i' k j P0 P1 Lv | |]; subst; [now left | right].
    exists t0, u. split; [reflexivity|].
    rewrite points_star in X. injection X as <-. simpl in *.
    pose proof (parse_len _ _ _ _ _ P0) as K. subst k. rewrite Nat.add_assoc in *.
    apply iteration_complete; trivial.
    intros L LE0 Fu. apply IH; trivial.
    destruct (Nat.eq_dec (len t0) 0) as [W | W]; [|lia].
    exfalso. destruct Fu as (_ & _ & Fu). rewrite W, Nat.add_0_r in P1. rewrite W, Nat.add_0_r in Fu.
    destruct (star_begins l g p u i _ P1) as (ys & Y). rewrite Y in Fu. apply fresh_cons in Fu as (S & _).
    unfold seen, leaves in S, L. destruct pol; [|rewrite W in L; discriminate].
    assert (T : existsb (point_eqb (l, i)) ((v ++ [(l, i)]) ++ points p t0 i) = true).
    { apply existsb_exists. exists (l, i). split; [apply in_or_app; left; apply in_or_app; right; now left|].
      unfold point_eqb. now rewrite !Nat.eqb_refl. }
    rewrite T in S. discriminate. }
  destruct g.
  - apply in_or_app. destruct I as [-> | I]; [right; now left | left]. now apply in_iterate.
  - destruct I as [-> | I]; [now left | right]. now apply in_iterate.
Qed.

Theorem all_exact p : exact_list p (all p).
Proof.
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp]; intros i v t LE.
  - split; [intros [] | intros (P & _); inversion P].
  - split.
    + intros [<- | []]. unfold fits. simpl. rewrite Nat.add_0_r. split; [constructor | split; [lia | apply fresh_nil]].
    + intros (P & _). inversion P. now left.
  - simpl. destruct (i <? upto) eqn:B; [apply Nat.ltb_lt in B | apply Nat.ltb_ge in B];
      [destruct (cls_at c i) eqn:E|]; simpl.
    + split.
      * intros [<- | []]. unfold fits. simpl. rewrite Nat.add_1_r.
        split; [now constructor | split; [lia | apply fresh_nil]].
      * intros (P & _). inversion P. now left.
    + split; [intros [] | intros (P & _); inversion P; congruence].
    + split; [intros [] | intros (P & L & _)]. inversion P. subst. simpl in L. lia.
  - simpl. destruct (ast_at a i) eqn:E; split.
    + intros [<- | []]. unfold fits. simpl. rewrite Nat.add_0_r.
      split; [now constructor | split; [lia | apply fresh_nil]].
    + intros (P & _). inversion P. now left.
    + intros [].
    + intros (P & _). inversion P. congruence.
  - simpl. rewrite in_flat_map. split.
    + intros (t0 & I0 & I). apply in_map_iff in I as (u & <- & I).
      apply IHp in I0 as (P0 & L0 & F0); [|exact LE]. apply IHq in I as (P1 & L1 & F1); [|exact L0].
      split; [|split].
      * simpl. rewrite Nat.add_assoc. eapply parse_both; eassumption.
      * simpl. lia.
      * rewrite points_app. now apply fresh_app.
    + intros (P & L & F). inversion P as [| | | p' q' t0 u i' k j P0 P1 | | | | | |]; subst. simpl in *.
      pose proof (parse_len _ _ _ _ _ P0) as K. subst k. rewrite Nat.add_assoc in *.
      rewrite points_app in F. apply fresh_app in F as (F0 & F1).
      exists t0. split; [apply IHp; [exact LE | split; [exact P0 | split; [lia | exact F0]]]|].
      apply in_map. apply IHq; [lia | split; [exact P1 | split; [lia | exact F1]]].
  - simpl. split.
    + intros I. destruct (seen (l, i) v) eqn:E; [destruct I|].
      apply in_app_or in I as [I | I]; apply in_map_iff in I as (u & <- & I);
        [apply IHp in I as (P & L & F) | apply IHq in I as (P & L & F)]; trivial;
        (split; [now constructor | split; [exact L | apply (fresh_cons (l, i) v); now split]]).
    + intros (P & L & F). inversion P as [| | | | l' p' q' u i' j P0 | l' p' q' u i' j P0 | | | |]; subst;
        apply (fresh_cons (l, i) v) in F as (-> & F); apply in_or_app; [left | right]; apply in_map;
        [apply IHp | apply IHq]; trivial; now split.
  - split; [apply loop_sound; trivial | apply loop_complete; trivial; lia].
  - simpl. split.
    + intros I. apply (in_iterate p l g (fun t => S (upto - (i + len t)))) in I. destruct I as (t0 & u & -> & I0 & J).
      destruct (iteration_sound p l g _ i v t0 u IHp LE (loop_sound p l g IHp _) I0 J) as (P0 & P1 & Lv & LE1 & F).
      split; [|split].
      * simpl. rewrite Nat.add_assoc. eapply parse_plus; eassumption.
      * simpl. lia.
      * now rewrite points_plus.
    + intros (P & L & F). inversion P as [| | | | | | | | l' g' p' t0 u i' k j P0 P1 Lv |]; subst.
      apply (in_iterate p l g (fun t => S (upto - (i + len t)))).
      exists t0, u. split; [reflexivity|]. rewrite points_plus in F. cbn [len] in *. cbv beta.
      pose proof (parse_len _ _ _ _ _ P0) as K. subst k. rewrite Nat.add_assoc in *.
      apply iteration_complete; trivial. intros _ LE0 Fu. apply loop_complete; trivial. lia.
  - simpl. rewrite in_map_iff. split.
    + intros (u & <- & I). apply IHp in I as (P & L & F); [|exact LE]. split; [now constructor | now split].
    + intros (P & L & F). inversion P; subst. eexists. split; [reflexivity|]. apply IHp; [exact LE | now split].
Qed.

(* ---- The list is in order of priority. ---- *)

Lemma sooner_behind zs xs ys : sooner xs ys -> sooner (zs ++ xs) (zs ++ ys).
Proof. intros (ws & xs' & ys' & -> & ->). exists (zs ++ ws), xs', ys'. now rewrite !app_assoc. Qed.

Lemma sooner_before xs ys xs' ys' : sooner xs ys -> sooner (xs ++ xs') (ys ++ ys').
Proof. intros (ws & a & b & -> & ->). exists ws, (a ++ xs'), (b ++ ys'). now rewrite <- !app_assoc. Qed.

Lemma sooner_now xs ys : sooner (true :: xs) (false :: ys).
Proof. now exists [], xs, ys. Qed.

Lemma sooner_later b xs ys : sooner xs ys -> sooner (b :: xs) (b :: ys).
Proof. apply (sooner_behind [b]). Qed.

Lemma sorted_app {X} (R : X -> X -> Prop) xs ys :
  StronglySorted R xs -> StronglySorted R ys -> (forall x y, In x xs -> In y ys -> R x y) ->
  StronglySorted R (xs ++ ys).
Proof.
  intros Sx Sy D. induction Sx as [|x xs Sx IH F]; simpl; [exact Sy|]. constructor.
  - apply IH. intros y z I J. apply D; [now right | exact J].
  - apply Forall_app. split; [exact F|]. apply Forall_forall. intros y I. apply D; [now left | exact I].
Qed.

Lemma sorted_map {X Y} (R : X -> X -> Prop) (Q : Y -> Y -> Prop) (f : X -> Y) xs :
  (forall x y, R x y -> Q (f x) (f y)) -> StronglySorted R xs -> StronglySorted Q (map f xs).
Proof.
  intros M S. induction S as [|x xs S IH F]; simpl; constructor; [exact IH|].
  apply Forall_map. eapply Forall_impl; [|exact F]. apply M.
Qed.

Lemma sorted_flat_map {X Y} (R : X -> X -> Prop) (Q : Y -> Y -> Prop) (f : X -> list Y) xs :
  (forall x, StronglySorted Q (f x)) -> (forall x y a b, R x y -> In a (f x) -> In b (f y) -> Q a b) ->
  StronglySorted R xs -> StronglySorted Q (flat_map f xs).
Proof.
  intros F M S. induction S as [|x xs S IH All]; simpl; [constructor|].
  apply sorted_app; [apply F | exact IH |]. intros a b I J. apply in_flat_map in J as (y & Iy & J).
  rewrite Forall_forall in All. now apply (M x y); [apply All| |].
Qed.

Lemma sorted_one {X} (R : X -> X -> Prop) x : StronglySorted R [x].
Proof. constructor; [constructor | constructor]. Qed.

Lemma choices_app (p q : prog C A) t u i : choices (Both p q) (TSeq t u) i = choices p t i ++ choices q u (i + len t).
Proof. apply map_app. Qed.

Lemma choices_star l g (p : prog C A) t u i :
  choices (Star l g p) (TIter t u) i = g :: choices p t i ++ choices (Star l g p) u (i + len t).
Proof. unfold choices. simpl. now rewrite map_app. Qed.

Lemma choices_plus l g (p : prog C A) t u i :
  choices (Plus l g p) (TIter t u) i = choices p t i ++ choices (Star l g p) u (i + len t).
Proof. apply map_app. Qed.

(* The iterations of a loop in order, if those of the body are and what follows each is. *)
Lemma iterations_sorted p l g (f : tree -> nat) i v ts :
  (forall t i v, StronglySorted (precedes (Star l g p) i) (loop_list l g p (all p) (f t) i v)) ->
  StronglySorted (precedes p i) ts ->
  StronglySorted (precedes (Plus l g p) i)
    (flat_map (fun t => if leaves t then [TIter t TEnd] else
       map (TIter t) (loop_list l g p (all p) (f t) (i + len t) (v ++ points p t i))) ts).
Proof.
  intros Loop S. apply (sorted_flat_map (precedes p i)); [| | exact S].
  - intros t. destruct (leaves t); [apply sorted_one|].
    apply (sorted_map (precedes (Star l g p) (i + len t))); [|apply Loop].
    intros u w. unfold precedes. rewrite !choices_plus. apply sooner_behind.
  - intros t t' a b R I J.
    assert (K : forall t x, In x (if leaves t then [TIter t TEnd] else
        map (TIter t) (loop_list l g p (all p) (f t) (i + len t) (v ++ points p t i))) -> exists u, x = TIter t u).
    { intros s x. destruct (leaves s); [intros [<- | []] | intros X; apply in_map_iff in X as (y & <- & _)]; eauto. }
    apply K in I as (u & ->). apply K in J as (w & ->).
    unfold precedes. rewrite !choices_plus. now apply sooner_before.
Qed.

Lemma star_as_plus l g (p : prog C A) t u t' u' i :
  precedes (Plus l g p) i (TIter t u) (TIter t' u') -> precedes (Star l g p) i (TIter t u) (TIter t' u').
Proof. unfold precedes. rewrite !choices_star, !choices_plus. apply sooner_later. Qed.

Lemma loop_sorted p l g : (forall i v, StronglySorted (precedes p i) (all p i v)) ->
  forall f i v, StronglySorted (precedes (Star l g p) i) (loop_list l g p (all p) f i v).
Proof.
  intros B f. induction f as [|f IH]; intros i v; simpl; [constructor|].
  destruct (seen (l, i) v); [constructor|].
  set (its := flat_map _ _).
  assert (It : forall t, In t its -> exists t0 u, t = TIter t0 u).
  { intros t I. apply (in_iterate p l g (fun _ => f)) in I as (t0 & u & -> & _). eauto. }
  assert (S : StronglySorted (precedes (Star l g p) i) its).
  { pose proof (iterations_sorted p l g (fun _ => f) i (v ++ [(l, i)]) _ (fun _ => IH) (B i (v ++ [(l, i)]))) as S.
    cbv beta in S. fold its in S. clearbody its. induction S as [|x xs S IHS F]; constructor.
    - apply IHS. intros t I. apply It. now right.
    - apply Forall_forall. intros y I. rewrite Forall_forall in F.
      destruct (It x (or_introl eq_refl)) as (t & u & ->). destruct (It y (or_intror I)) as (t' & u' & ->).
      now apply star_as_plus, F. }
  destruct g.
  - apply sorted_app; [exact S | apply sorted_one |]. intros x y I [<- | []].
    destruct (It x I) as (t & u & ->). unfold precedes. rewrite choices_star. apply sooner_now.
  - constructor; [exact S|]. apply Forall_forall. intros y I.
    destruct (It y I) as (t & u & ->). unfold precedes. rewrite choices_star. apply sooner_now.
Qed.

Theorem all_sorted p : forall i v, StronglySorted (precedes p i) (all p i v).
Proof.
  induction p as [| | c | a | p IHp q IHq | l p IHp q IHq | l g p IHp | l g p IHp | n p IHp]; intros i v; cbn [all].
  - constructor.
  - apply sorted_one.
  - destruct ((i <? upto) && cls_at c i); [apply sorted_one | constructor].
  - destruct (ast_at a i); [apply sorted_one | constructor].
  - apply (sorted_flat_map (precedes p i)); [| | apply IHp].
    + intros t. apply (sorted_map (precedes q (i + len t))); [|apply IHq].
      intros u w. unfold precedes. rewrite !choices_app. apply sooner_behind.
    + intros t t' x y R I J. apply in_map_iff in I as (u & <- & _). apply in_map_iff in J as (w & <- & _).
      unfold precedes. rewrite !choices_app. now apply sooner_before.
  - destruct (seen (l, i) v); [constructor|]. apply sorted_app.
    + apply (sorted_map (precedes p i)); [|apply IHp]. intros t u. apply sooner_later.
    + apply (sorted_map (precedes q i)); [|apply IHq]. intros t u. apply sooner_later.
    + intros x y I J. apply in_map_iff in I as (t & <- & _). apply in_map_iff in J as (u & <- & _). apply sooner_now.
  - now apply loop_sorted.
  - apply (iterations_sorted p l g (fun t => S (upto - (i + len t)))); [|apply IHp].
    intros t j w. now apply loop_sorted.
  - apply (sorted_map (precedes p i)); [|apply IHp]. intros t u. exact (fun x => x).
Qed.
End FirstList.
