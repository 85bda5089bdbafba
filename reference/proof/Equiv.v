(* Do two regexes have the same language? Decided by walking through the pairs of states that words lead to, a state
   being a set of parts (Language.v), breadth first, until a pair disagrees on the empty word or no new pair appears.
   The answer Same is proved to be right, and so is Different with its word; Unknown means that the fuel was used up. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees Language Simplify Bytes.
Import ListNotations.

Inductive comparison (X : Type) := Same | Different (w : list X) | Unknown.
Arguments Same {X}. Arguments Different {X}. Arguments Unknown {X}.

Section Equiv.
Context {C A X : Type} {eq : equality C A}.
Variable mem : C -> X -> bool.
Variable letters : list X.
Notation state := (list (re C A)).
Implicit Types r s d : re C A.

(* ---- One letter for each set of letters that no class tells apart ---- *)

Fixpoint classes r : list C :=
  match r with
  | Zero | One | Ast _ => []
  | Cls c => [c]
  | Alt r s | Cat r s => classes r ++ classes s
  | Rep _ r _ _ | Grp _ r => classes r
  end.

Definition alike (cs : list C) (x y : X) : bool := forallb (fun c => eqb (mem c x) (mem c y)) cs.

Fixpoint representatives (cs : list C) (xs : list X) : list X :=
  match xs with
  | [] => []
  | x :: xs => let ys := representatives cs xs in if existsb (alike cs x) ys then ys else x :: ys
  end.

Lemma alike_iff cs x y : alike cs x y = true <-> forall c, In c cs -> mem c x = mem c y.
Proof.
  unfold alike. rewrite forallb_forall. split; intros F c I; specialize (F c I); now apply eqb_true_iff.
Qed.

Lemma representatives_in cs xs : incl (representatives cs xs) xs.
Proof.
  induction xs as [|x xs IH]; simpl; [apply incl_refl|]. destruct (existsb _ _).
  - now apply incl_tl.
  - apply incl_cons; [now left | now apply incl_tl].
Qed.

Lemma represented cs xs x : In x xs -> exists y, In y (representatives cs xs) /\ alike cs x y = true.
Proof.
  induction xs as [|z xs IH]; intros I; [destruct I|].
  simpl. destruct (existsb (alike cs z) (representatives cs xs)) eqn:E.
  - destruct I as [-> | I]; [|now apply IH]. apply existsb_exists in E as (y & Iy & Al). now exists y.
  - destruct I as [-> | I].
    + exists x. split; [now left | now apply alike_iff].
    + destruct (IH I) as (y & Iy & Al). exists y. split; [now right | exact Al].
Qed.

Lemma parts_alike x y r : (forall c, In c (classes r) -> mem c x = mem c y) -> parts mem x r = parts mem y r.
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | h r IHr n m | g r IHr]; simpl; intros Al; trivial.
  - now rewrite (Al c (or_introl eq_refl)).
  - rewrite IHr, IHs; trivial; intros c I; apply Al, in_or_app; [now right | now left].
  - rewrite IHr, IHs; trivial; intros c I; apply Al, in_or_app; [now right | now left].
  - now rewrite IHr.
  - now apply IHr.
Qed.

Lemma after_classes d s : incl (classes (after d s)) (classes d ++ classes s).
Proof. destruct d; simpl; try apply incl_refl. Qed.

Lemma parts_classes x r d : In d (parts mem x r) -> incl (classes d) (classes r).
Proof.
  revert d. induction r as [| | c | a | r IHr s IHs | r IHr s IHs | h r IHr n m | g r IHr]; simpl; intros d I; trivial.
  - destruct I.
  - destruct I.
  - destruct (mem c x); [|destruct I]. destruct I as [<- | []]. intros c' [].
  - destruct I.
  - apply in_app_or in I as [I | I]; [apply incl_appl, IHr, I | apply incl_appr, IHs, I].
  - apply in_app_or in I as [I | I].
    + apply in_map_iff in I as (d' & <- & I). eapply incl_tran; [apply after_classes|].
      apply incl_app; [apply incl_appl, IHr, I | apply incl_appr, incl_refl].
    + destruct (has_empty r); [apply incl_appr, IHs, I | destruct I].
  - destruct (more m); [|destruct I]. apply in_map_iff in I as (d' & <- & I).
    eapply incl_tran; [apply after_classes|]. apply incl_app; [apply IHr, I | apply incl_refl].
  - now apply IHr.
Qed.

(* ---- States ---- *)

Definition has (d : re C A) (l : state) : bool := existsb (re_eqb d) l.
Fixpoint distinct (l : state) : state :=
  match l with [] => [] | d :: l => let l' := distinct l in if has d l' then l' else d :: l' end.
Definition step (x : X) (l : state) : state := distinct (flat_map (parts mem x) l).
Definition accepts (l : state) : bool := existsb has_empty l.
Definition same_set (l m : state) : bool := forallb (fun d => has d m) l && forallb (fun d => has d l) m.

Definition state_lang (l : state) (w : list X) : Prop := exists d, In d l /\ lang mem d w.
Definition equal (l m : state) : Prop := forall d, In d l <-> In d m.

Lemma has_in d l : has d l = true -> In d l.
Proof. unfold has. rewrite existsb_exists. intros (d' & I & E). apply re_eqb_eq in E. now subst d'. Qed.

Lemma distinct_in d l : In d (distinct l) <-> In d l.
Proof.
  revert d. induction l as [|e l IH]; intros d; simpl; [easy|].
  destruct (has e (distinct l)) eqn:E; simpl; rewrite IH; [|easy].
  apply has_in in E. apply IH in E. split; [now right | intros [-> | I]; trivial].
Qed.

Lemma step_lang x l w : state_lang (step x l) w <-> state_lang l (x :: w).
Proof.
  unfold state_lang, step. split.
  - intros (d & I & L). apply (proj1 (distinct_in d _)) in I. apply in_flat_map in I as (e & I & J).
    exists e. split; [exact I|]. apply antimirov. now exists d.
  - intros (e & I & L). apply antimirov in L as (d & J & L). exists d. split; [|exact L].
    apply distinct_in, in_flat_map. now exists e.
Qed.

Lemma accepts_iff l : accepts l = true <-> state_lang l [].
Proof.
  unfold accepts, state_lang. rewrite existsb_exists. split; intros (d & I & E); exists d; split; trivial;
    now apply (has_empty_iff mem).
Qed.

Lemma same_set_equal l m : same_set l m = true -> equal l m.
Proof.
  unfold same_set. rewrite andb_true_iff, !forallb_forall. intros (F & G) d.
  split; intros I; [apply F in I | apply G in I]; now apply has_in in I.
Qed.

Lemma equal_lang l m : equal l m -> forall w, state_lang l w <-> state_lang m w.
Proof. intros E w. split; intros (d & I & L); exists d; split; trivial; now apply E. Qed.

Lemma equal_step x l m : equal l m -> equal (step x l) (step x m).
Proof.
  intros E d. unfold step. rewrite !distinct_in, !in_flat_map.
  split; intros (e & I & J); exists e; split; trivial; now apply E.
Qed.

(* ---- The walk ---- *)

Section Walk.
Variable reps : list X.

Definition known (l m : state) (seen : list (state * state)) : bool :=
  existsb (fun q => same_set l (fst q) && same_set m (snd q)) seen.

(* [todo]: pairs still to be visited, each with a word that leads to it, backwards. *)
Fixpoint walk_pairs (fuel : nat) (todo : list (state * state * list X)) (seen : list (state * state)) : comparison X :=
  match todo with
  | [] => Same
  | (l, m, w) :: todo =>
      match fuel with
      | 0 => Unknown
      | S fuel =>
          if known l m seen then walk_pairs fuel todo seen
          else if eqb (accepts l) (accepts m) then
            walk_pairs fuel (todo ++ map (fun x => (step x l, step x m, x :: w)) reps) ((l, m) :: seen)
          else Different (rev w)
      end
  end.

Definition covered (l m : state) (S : list (state * state)) : Prop :=
  exists l' m', In (l', m') S /\ equal l l' /\ equal m m'.

Definition closed_at (l m : state) (S : list (state * state)) : Prop :=
  accepts l = accepts m /\ forall x, In x reps -> covered (step x l) (step x m) S.

Lemma walk_same fuel : forall todo seen, walk_pairs fuel todo seen = Same ->
  exists S, incl seen S /\ (forall l m w, In (l, m, w) todo -> covered l m S) /\
    (forall l m, In (l, m) S -> In (l, m) seen \/ closed_at l m S).
Proof.
  induction fuel as [|fuel IH]; intros todo seen E; (destruct todo as [|((l, m), w) todo];
    [exists seen; split; [apply incl_refl | split; [intros l m w [] | intros l m I; now left]]|]); simpl in E;
    [discriminate|].
  destruct (known l m seen) eqn:K.
  - apply IH in E as (S & Incl & Todo & Closed). exists S. split; [exact Incl | split; [|exact Closed]].
    intros l1 m1 w1 [Eq | I]; [|now apply (Todo l1 m1 w1)]. injection Eq as <- <- <-.
    unfold known in K. apply existsb_exists in K as ((l', m') & I & K). apply andb_true_iff in K as (Kl & Km).
    exists l', m'. split; [now apply Incl | split; now apply same_set_equal].
  - destruct (eqb (accepts l) (accepts m)) eqn:Acc; [|discriminate]. apply eqb_prop in Acc.
    apply IH in E as (S & Incl & Todo & Closed).
    exists S. split; [intros q I; apply Incl; now right | split].
    + intros l1 m1 w1 [Eq | I]; [|now apply (Todo l1 m1 w1), in_or_app; left]. injection Eq as <- <- <-.
      exists l, m. split; [apply Incl; now left | split; intros d; reflexivity].
    + intros l1 m1 I. destruct (Closed l1 m1 I) as [[Eq | J] | Cl]; [right | now left | now right].
      injection Eq as <- <-. split; [exact Acc|]. intros x Ix. apply (Todo _ _ (x :: w)).
      apply in_or_app. right. apply in_map_iff. now exists x.
Qed.

(* What no class of cs tells apart, a state whose classes are in cs does not either. *)
Definition built_from (cs : list C) (l : state) : Prop := forall d, In d l -> incl (classes d) cs.

Lemma step_built cs x l : built_from cs l -> built_from cs (step x l).
Proof.
  intros B d I. unfold step in I. apply (proj1 (distinct_in d _)) in I. apply in_flat_map in I as (e & I & J).
  eapply incl_tran; [exact (parts_classes x e d J) | now apply B].
Qed.

Lemma step_alike cs x y l : built_from cs l -> alike cs x y = true -> step x l = step y l.
Proof.
  intros B Al. unfold step. f_equal. rewrite !flat_map_concat_map. f_equal. apply map_ext_in. intros d I.
  apply parts_alike. intros c J. rewrite alike_iff in Al. apply Al. now apply (B d).
Qed.

Lemma closed_lang cs S :
  (forall x, In x letters -> exists y, In y reps /\ alike cs x y = true) ->
  (forall l m, In (l, m) S -> closed_at l m S) ->
  forall w, (forall x, In x w -> In x letters) -> forall l m, built_from cs l -> built_from cs m ->
  covered l m S -> (state_lang l w <-> state_lang m w).
Proof.
  intros Reps Closed w. induction w as [|x w IH]; intros W l m Bl Bm (l' & m' & I & El & Em);
    destruct (Closed l' m' I) as (Acc & Next).
  - rewrite (equal_lang l l' El), (equal_lang m m' Em), <- !accepts_iff, Acc. reflexivity.
  - destruct (Reps x (W x (or_introl eq_refl))) as (y & Iy & Al).
    rewrite <- !step_lang, (step_alike cs x y l Bl Al), (step_alike cs x y m Bm Al).
    apply IH; [intros z J; apply W; now right | now apply step_built | now apply step_built |].
    destruct (Next y Iy) as (l2 & m2 & I2 & E2l & E2m). exists l2, m2. split; [exact I2 | split].
    + intros d. rewrite (equal_step y l l' El d). apply E2l.
    + intros d. rewrite (equal_step y m m' Em d). apply E2m.
Qed.

Lemma walk_different r s fuel : forall todo seen v,
  (forall l m w, In (l, m, w) todo ->
     (forall x, In x w -> In x reps) /\
     forall u, (state_lang l u <-> lang mem r (rev w ++ u)) /\ (state_lang m u <-> lang mem s (rev w ++ u))) ->
  walk_pairs fuel todo seen = Different v ->
  (forall x, In x v -> In x reps) /\ ~ (lang mem r v <-> lang mem s v).
Proof.
  induction fuel as [|fuel IH]; intros todo seen v Inv E; (destruct todo as [|((l, m), w) todo]; [discriminate|]);
    simpl in E; [discriminate|].
  destruct (known l m seen).
  - eapply IH; [|exact E]. intros l1 m1 w1 I. apply Inv. now right.
  - destruct (Inv l m w (or_introl eq_refl)) as (W & Lang).
    destruct (eqb (accepts l) (accepts m)) eqn:Acc.
    + eapply IH; [|exact E]. intros l1 m1 w1 I. apply in_app_or in I as [I | I]; [apply Inv; now right|].
      apply in_map_iff in I as (x & Eq & Ix). injection Eq as <- <- <-. split.
      * intros y [<- | I]; [exact Ix | now apply W].
      * intros u. rewrite !step_lang. simpl. rewrite <- app_assoc. apply Lang.
    + injection E as <-. split; [intros x I; apply W; now apply in_rev|].
      destruct (Lang []) as (Lr & Ls). rewrite app_nil_r in Lr, Ls. rewrite <- Lr, <- Ls, <- !accepts_iff.
      intros Iff. apply eqb_false_iff in Acc. apply Acc.
      destruct (accepts l), (accepts m); trivial; [symmetry|]; now apply Iff.
Qed.
End Walk.

Definition equiv (fuel : nat) r s : comparison X :=
  walk_pairs (representatives (classes r ++ classes s) letters) fuel [([r], [s], [])] [].
Definition equivb (fuel : nat) r s : bool := match equiv fuel r s with Same => true | _ => false end.

Lemma single_lang r w : state_lang [r] w <-> lang mem r w.
Proof. split; [intros (d & [<- | []] & L); exact L | intros L; exists r; split; [now left | exact L]]. Qed.

Theorem equiv_same fuel r s : equiv fuel r s = Same ->
  forall w, (forall x, In x w -> In x letters) -> (lang mem r w <-> lang mem s w).
Proof.
  intros E w W. unfold equiv in E. set (cs := classes r ++ classes s) in *.
  apply walk_same in E as (S & _ & Todo & Closed). rewrite <- !single_lang.
  apply (closed_lang (representatives cs letters) cs S).
  - intros x I. now apply represented.
  - intros l m I. destruct (Closed l m I) as [[] | Cl]. exact Cl.
  - exact W.
  - intros d [<- | []]. now apply incl_appl, incl_refl.
  - intros d [<- | []]. now apply incl_appr, incl_refl.
  - apply (Todo _ _ []). now left.
Qed.

Theorem equiv_different fuel r s w : equiv fuel r s = Different w ->
  (forall x, In x w -> In x letters) /\ ~ (lang mem r w <-> lang mem s w).
Proof.
  intros E. unfold equiv in E. eapply walk_different in E as (W & D).
  - split; [intros x I; now apply representatives_in with (1 := W x I) | exact D].
  - intros l m v [Eq | []]. injection Eq as <- <- <-. split; [intros x [] | intros u; simpl].
    now rewrite !single_lang.
Qed.

Theorem equivb_sound fuel r s : equivb fuel r s = true ->
  forall w, (forall x, In x w -> In x letters) -> (lang mem r w <-> lang mem s w).
Proof. unfold equivb. destruct (equiv fuel r s) eqn:E; try discriminate. intros _. now apply (equiv_same fuel). Qed.
End Equiv.

(* ---- Bytes ---- *)

Global Instance bytes_equality : equality range_class look := {|
  cls_eqb := class_eqb; ast_eqb := look_eqb; cls_eqb_eq := class_eqb_eq; ast_eqb_eq := look_eqb_eq |}.

Definition bytes_equiv (fuel : nat) (r s : re range_class look) : comparison nat := equiv in_class (seq 0 256) fuel r s.

Theorem bytes_equiv_same fuel r s : bytes_equiv fuel r s = Same ->
  forall w, (forall x, In x w -> x < 256) -> (lang in_class r w <-> lang in_class s w).
Proof. intros E w W. apply (equiv_same _ _ fuel r s E). intros x I. apply in_seq. apply W in I. lia. Qed.

Theorem bytes_equiv_different fuel r s w : bytes_equiv fuel r s = Different w ->
  (forall x, In x w -> x < 256) /\ ~ (lang in_class r w <-> lang in_class s w).
Proof.
  intros E. apply equiv_different in E as (W & D). split; [|exact D]. intros x I. apply W, in_seq in I. lia.
Qed.

(* So regexes without assertions that are found the same match the same whole haystacks of bytes. *)
Lemma bytes_as_word r (w : list nat) : pure r = true ->
  (@matches _ _ (subject_of (in_list (map Some w)) (length w)) r 0 (length w) <-> lang in_class r w).
Proof.
  intros P. rewrite (matches_lang in_class _ (nth_error w)); [| |exact P].
  - split.
    + intros (u & S & L). now rewrite (stands_unique _ _ _ _ (stands_whole w) u S).
    + intros L. exists w. split; [apply stands_whole | exact L].
  - intros c i. simpl. unfold is_unit, in_list. revert i. induction w as [|x w IH]; intros [|i]; simpl; trivial.
Qed.

Theorem bytes_equiv_matches fuel r s : pure r = true -> pure s = true -> bytes_equiv fuel r s = Same ->
  forall w, (forall x, In x w -> x < 256) ->
  let sub := subject_of (in_list (map Some w)) (length w) in
  @matches _ _ sub r 0 (length w) <-> @matches _ _ sub s 0 (length w).
Proof.
  intros Pr Ps E w W sub. unfold sub. rewrite (bytes_as_word r w Pr), (bytes_as_word s w Ps).
  now apply (bytes_equiv_same fuel).
Qed.
