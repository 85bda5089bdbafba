(* Groups (A5). `capture_list` collects the groups of a tree directly: from a repeat only those of its last iteration.
   It has each group at most once, inside the group around it, and gives exactly the slots that A5's walk with its
   setting and unsetting ends with; a slot is unset exactly if the list has no span for it. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees.
Import ListNotations.

Section Captures.
Context {C A : Type} {sub : subject C A}.
Implicit Type r : re C A.
Implicit Type s : slots.

Fixpoint capture_list r (t : tree) (i : nat) : list (nat * (nat * nat)) :=
  match t, r with
  | TLeft t, Alt r1 _ => capture_list r1 t i
  | TRight t, Alt _ r2 => capture_list r2 t i
  | TSeq t u, Cat r1 r2 => capture_list r1 t i ++ capture_list r2 u (i + len t)
  | TIter t TEnd, Rep _ body _ _ => capture_list body t i
  | TIter t u, Rep _ _ _ _ => capture_list r u (i + len t)
  | TGrp t, Grp g r => (g, (i, i + len t)) :: capture_list r t i
  | _, _ => []
  end.

Fixpoint slot (l : list (nat * (nat * nat))) (g : nat) : option (nat * nat) :=
  match l with [] => None | (h, span) :: l => if g =? h then Some span else slot l g end.

(* Group g' is written inside group g. *)
Fixpoint inside (g g' : nat) r : Prop :=
  match r with
  | Zero | One | Cls _ | Ast _ => False
  | Alt r1 r2 | Cat r1 r2 => inside g g' r1 \/ inside g g' r2
  | Rep _ r _ _ => inside g g' r
  | Grp h r => (h = g /\ In g' (groups r)) \/ inside g g' r
  end.

(* A group's number occurs once: so the parser numbers them. *)
Definition numbered r : Prop := NoDup (groups r).

Definition is_iter (t : tree) : Prop := match t with TIter _ _ => True | _ => False end.

(* The tree of a tail is an iteration or the end. *)
Lemma tail_cases r min max t i j : wf (Rep false r min max) t i j -> t = TEnd \/ is_iter t.
Proof.
  intros W. destruct (wf_rep_inv _ _ _ _ _ _ _ W) as [(_ & _ & ->) | (t1 & t2 & k & -> & _)]; simpl; auto.
Qed.

Lemma capture_list_iter head r min max t u i : is_iter u ->
  capture_list (Rep head r min max) (TIter t u) i = capture_list (Rep head r min max) u (i + len t).
Proof. destruct u; simpl; tauto. Qed.

(* The counts of a repeat do not matter any more once the tree is there. *)
Lemma capture_list_rep head head' r min min' max max' t i :
  capture_list (Rep head r min max) t i = capture_list (Rep head' r min' max') t i.
Proof.
  revert i. induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1]; intros i; simpl; auto.
  destruct t2; auto; apply IH2.
Qed.

Lemma walk_rep head head' r min min' max max' t i s :
  walk (Rep head r min max) t i s = walk (Rep head' r min' max') t i s.
Proof.
  revert i s.
  induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1]; intros i s; simpl; auto.
Qed.

(* A way through a tree: a case for each node, with only the last iteration of a repeat distinguished. *)
Lemma wf_captures (P : re C A -> tree -> nat -> nat -> Prop) :
  (forall r t i j, capture_list r t i = [] -> (forall s, walk r t i s = s) -> ~ is_iter t -> wf r t i j -> P r t i j) ->
  (forall r (s : re C A) t i j, wf r t i j -> P r t i j -> P (Alt r s) (TLeft t) i j) ->
  (forall r (s : re C A) t i j, wf s t i j -> P s t i j -> P (Alt r s) (TRight t) i j) ->
  (forall r (s : re C A) t u i k j, wf r t i k -> wf s u k j -> P r t i k -> P s u k j -> P (Cat r s) (TSeq t u) i j) ->
  (forall head r min max t i j, wf r t i j -> P r t i j -> P (Rep head r min max) (TIter t TEnd) i j) ->
  (forall head r min max t u i k j, is_iter u -> wf r t i k -> wf (Rep false r (pred min) (less max)) u k j ->
    P (Rep false r (pred min) (less max)) u k j -> P (Rep head r min max) (TIter t u) i j) ->
  (forall g r t i j, wf r t i j -> P r t i j -> P (Grp g r) (TGrp t) i j) ->
  forall r t i j, wf r t i j -> P r t i j.
Proof.
  intros Leaf Left Right Seq Last More Group r t i j W.
  induction W as [i | c i Ec | a i Ea | r s t i j W IH | r s t i j W IH | r s t u i k j W1 IH1 W2 IH2
                 | r max i | r max i | head r min max t u i k j Em W1 IH1 W2 IH2 E | g r t i j W IH];
    try (apply Leaf; simpl; auto; try (constructor; assumption); fail); eauto.
  destruct (tail_cases _ _ _ _ _ _ W2) as [-> | I]; [| eapply More; eauto].
  apply wf_len in W2 as Ej. simpl in Ej. replace j with k by lia. apply Last; auto.
Qed.

Lemma capture_list_groups r t i j g span : wf r t i j -> In (g, span) (capture_list r t i) -> In g (groups r).
Proof.
  intros W. revert g span. revert r t i j W. apply (wf_captures (fun r t i j => forall g span,
    In (g, span) (capture_list r t i) -> In g (groups r))).
  - intros r t i j E _ _ _ g span I. rewrite E in I. contradiction.
  - intros r s t i j W IH g span I. simpl in *. apply in_or_app. eauto.
  - intros r s t i j W IH g span I. simpl in *. apply in_or_app. eauto.
  - intros r s t u i k j W1 W2 IH1 IH2 g span I. simpl in *. apply wf_len in W1. rewrite <- W1 in I.
    apply in_or_app. apply in_app_or in I. destruct I as [I | I]; eauto.
  - intros head r min max t i j W IH g span I. exact (IH g span I).
  - intros head r min max t u i k j U W1 W2 IH g span I. rewrite capture_list_iter in I by exact U.
    apply wf_len in W1. rewrite <- W1 in I. rewrite (capture_list_rep _ false _ _ (pred min) _ (less max)) in I.
    exact (IH g span I).
  - intros g0 r t i j W IH g span [E | I]; simpl; [left; congruence | right; eauto].
Qed.

Lemma capture_list_bounds r t i j g a b : wf r t i j -> In (g, (a, b)) (capture_list r t i) ->
  i <= a /\ a <= b /\ b <= j.
Proof.
  intros W. revert g a b. revert r t i j W. apply (wf_captures (fun r t i j => forall g a b,
    In (g, (a, b)) (capture_list r t i) -> i <= a /\ a <= b /\ b <= j)).
  - intros r t i j E _ _ _ g a b I. rewrite E in I. contradiction.
  - intros r s t i j W IH g a b I. eauto.
  - intros r s t i j W IH g a b I. eauto.
  - intros r s t u i k j W1 W2 IH1 IH2 g a b I. simpl in I. pose proof (wf_len _ _ _ _ W1) as E. rewrite <- E in I.
    apply wf_le in W1. apply wf_le in W2.
    apply in_app_or in I. destruct I as [I | I]; [apply IH1 in I | apply IH2 in I]; lia.
  - intros head r min max t i j W IH g a b I. exact (IH g a b I).
  - intros head r min max t u i k j U W1 W2 IH g a b I. rewrite capture_list_iter in I by exact U.
    pose proof (wf_len _ _ _ _ W1) as E. rewrite <- E in I.
    rewrite (capture_list_rep _ false _ _ (pred min) _ (less max)) in I.
    apply wf_le in W1. apply IH in I. lia.
  - intros g0 r t i j W IH g a b [E | I]; [| eauto]. apply wf_len in W. injection E as -> <- <-. lia.
Qed.

Lemma numbered_app r (s : re C A) : NoDup (groups r ++ groups s) ->
  numbered r /\ numbered s /\ forall g, In g (groups r) -> In g (groups s) -> False.
Proof.
  unfold numbered. induction (groups r) as [| h gs IH]; simpl; intros N.
  - repeat split; auto. constructor.
  - apply NoDup_cons_iff in N. destruct N as [N1 N2]. destruct (IH N2) as (N3 & N4 & D). rewrite in_app_iff in N1.
    repeat split; auto; [constructor; tauto |]. intros g [<- | I] I'; eauto.
Qed.

Lemma NoDup_app_intro (l l' : list nat) :
  NoDup l -> NoDup l' -> (forall g, In g l -> In g l' -> False) -> NoDup (l ++ l').
Proof.
  induction l as [| h l IH]; simpl; intros N N' D; [exact N' |].
  apply NoDup_cons_iff in N. destruct N as [N1 N2]. constructor; [| eauto].
  rewrite in_app_iff. intros [I | I]; eauto.
Qed.

Lemma in_names (l : list (nat * (nat * nat))) g : In g (map fst l) -> exists span, In (g, span) l.
Proof. rewrite in_map_iff. intros ([h span] & <- & I). eauto. Qed.

(* Each group at most once, *)
Theorem capture_list_once r t i j : wf r t i j -> numbered r -> NoDup (map fst (capture_list r t i)).
Proof.
  revert r t i j. apply (wf_captures (fun r t i j => numbered r -> NoDup (map fst (capture_list r t i)))).
  - intros r t i j E _ _ _ _. rewrite E. constructor.
  - intros r s t i j W IH N. apply numbered_app in N. apply IH. tauto.
  - intros r s t i j W IH N. apply numbered_app in N. apply IH. tauto.
  - intros r s t u i k j W1 W2 IH1 IH2 N. apply numbered_app in N. destruct N as (N1 & N2 & D).
    pose proof (wf_len _ _ _ _ W1) as E. simpl. rewrite <- E, map_app. apply NoDup_app_intro; auto.
    intros g I1 I2. apply in_names in I1, I2. destruct I1 as [span1 I1], I2 as [span2 I2].
    apply (D g); eapply capture_list_groups; eauto.
  - intros head r min max t i j W IH N. exact (IH N).
  - intros head r min max t u i k j U W1 W2 IH N. rewrite capture_list_iter by exact U.
    pose proof (wf_len _ _ _ _ W1) as E. rewrite <- E, (capture_list_rep _ false _ _ (pred min) _ (less max)).
    exact (IH N).
  - intros g r t i j W IH N. apply NoDup_cons_iff in N. destruct N as [N1 N2]. simpl. constructor; [| auto].
    intros I. apply in_names in I. destruct I as [span I]. apply N1. eapply capture_list_groups; eauto.
Qed.

(* and inside the group around it, which is then set as well. *)
Theorem capture_list_inside r t i j g g' a' b' : wf r t i j -> numbered r -> inside g g' r ->
  In (g', (a', b')) (capture_list r t i) ->
  exists a b, In (g, (a, b)) (capture_list r t i) /\ a <= a' /\ a' <= b' /\ b' <= b.
Proof.
  assert (Inner : forall q : re C A, inside g g' q -> In g' (groups q)).
  { clear. intros q. induction q as [| | c | x | r IHr s IHs | r IHr s IHs | head r IHr min max | h r IHr]; simpl; try tauto;
      rewrite ?in_app_iff; tauto. }
  intros W. revert r t i j W. apply (wf_captures (fun r t i j => numbered r -> inside g g' r ->
    In (g', (a', b')) (capture_list r t i) ->
    exists a b, In (g, (a, b)) (capture_list r t i) /\ a <= a' /\ a' <= b' /\ b' <= b)).
  - intros r t i j E _ _ _ _ _ I. rewrite E in I. contradiction.
  - intros r s t i j W IH N [G | G] I; apply numbered_app in N; destruct N as (N1 & N2 & D); [apply IH; auto |].
    destruct (D g'); auto. eapply capture_list_groups; eauto.
  - intros r s t i j W IH N [G | G] I; apply numbered_app in N; destruct N as (N1 & N2 & D); [| apply IH; auto].
    destruct (D g'); auto. eapply capture_list_groups; eauto.
  - intros r s t u i k j W1 W2 IH1 IH2 N G I. apply numbered_app in N. destruct N as (N1 & N2 & D).
    simpl in *. pose proof (wf_len _ _ _ _ W1) as E. rewrite <- E in *. apply in_app_or in I.
    pose proof (fun span => capture_list_groups _ _ _ _ g' span W1) as G1.
    pose proof (fun span => capture_list_groups _ _ _ _ g' span W2) as G2.
    destruct G as [G | G], I as [I | I].
    + destruct (IH1 N1 G I) as (a & b & I' & H). exists a, b. split; [apply in_or_app |]; auto.
    + destruct (D g'); eauto.
    + destruct (D g'); eauto.
    + destruct (IH2 N2 G I) as (a & b & I' & H). exists a, b. split; [apply in_or_app |]; auto.
  - intros head r min max t i j W IH N G I. exact (IH N G I).
  - intros head r min max t u i k j U W1 W2 IH N G I. rewrite capture_list_iter in * by exact U.
    pose proof (wf_len _ _ _ _ W1) as E. rewrite <- E in *.
    rewrite (capture_list_rep _ false _ _ (pred min) _ (less max)) in *. exact (IH N G I).
  - intros h r t i j W IH N G I. apply NoDup_cons_iff in N. destruct N as [N1 N2]. simpl in I.
    destruct I as [E | I].
    + injection E as -> <- <-. exfalso. apply N1. destruct G as [[_ G] | G]; auto.
    + destruct G as [[-> G] | G].
      * pose proof (capture_list_bounds _ _ _ _ _ _ _ W I) as B. apply wf_len in W.
        exists i, (i + len t). simpl. split; [auto | lia].
      * destruct (IH N2 G I) as (a & b & I' & H). exists a, b. simpl. auto.
Qed.

Lemma existsb_in g gs : existsb (Nat.eqb g) gs = true <-> In g gs.
Proof.
  rewrite existsb_exists. split; [intros (x & I & E); apply Nat.eqb_eq in E; subst; exact I |].
  intros I. exists g. rewrite Nat.eqb_refl. auto.
Qed.

Lemma unset_in g gs s : In g gs -> unset gs s g = None.
Proof. intros I. apply existsb_in in I. unfold unset. rewrite I. reflexivity. Qed.

Lemma unset_not_in g gs s : ~ In g gs -> unset gs s g = s g.
Proof. intros N. rewrite <- existsb_in, not_true_iff_false in N. unfold unset. rewrite N. reflexivity. Qed.

Lemma slot_in l g span : slot l g = Some span -> In (g, span) l.
Proof.
  induction l as [| [h sp] l IH]; simpl; intros E; [discriminate |].
  destruct (Nat.eqb_spec g h) as [-> | N]; [left; congruence | auto].
Qed.

Lemma slot_none l g : (forall span, ~ In (g, span) l) -> slot l g = None.
Proof. intros N. destruct (slot l g) as [span |] eqn:E; [destruct (N span); apply slot_in; exact E | reflexivity]. Qed.

Lemma slot_app l l' g : slot (l ++ l') g = match slot l g with Some span => Some span | None => slot l' g end.
Proof. induction l as [| [h sp] l IH]; simpl; auto. destruct (g =? h); auto. Qed.

(* The walk leaves the groups of other regexes alone. *)
Lemma walk_outside r t i j g s : wf r t i j -> ~ In g (groups r) -> walk r t i s g = s g.
Proof.
  intros W. revert s.
  induction W as [i | c i Ec | a i Ea | r1 r2 t i j W IH | r1 r2 t i j W IH | r1 r2 t u i k j W1 IH1 W2 IH2
                 | r max i | r max i | head r min max t u i k j Em W1 IH1 W2 IH2 E | h r t i j W IH];
    intros s N; simpl in *; rewrite ?in_app_iff in N; auto.
  - apply wf_len in W1. rewrite <- W1, IH2, IH1; tauto.
  - apply wf_len in W1. rewrite <- W1, (walk_rep _ false _ _ (pred min) _ (less max)), IH2, IH1 by exact N.
    apply unset_not_in. exact N.
  - rewrite IH by tauto. unfold set. destruct (Nat.eqb_spec g h); [subst; tauto | reflexivity].
Qed.

Lemma walk_inside r t i j g : wf r t i j -> numbered r -> In g (groups r) ->
  forall s, s g = None \/ is_iter t -> walk r t i s g = slot (capture_list r t i) g.
Proof.
  intros W. revert r t i j W. apply (wf_captures (fun r t i j => numbered r -> In g (groups r) ->
    forall s, s g = None \/ is_iter t -> walk r t i s g = slot (capture_list r t i) g)).
  - intros r t i j E Es U W N I s [H | H]; [| tauto]. rewrite E, Es. exact H.
  - intros r1 r2 t i j W IH N I s [H | []]. apply numbered_app in N. destruct N as (N1 & N2 & D). simpl in *.
    destruct (in_dec Nat.eq_dec g (groups r1)) as [I1 | I1]; [auto |].
    rewrite (walk_outside _ _ _ _ _ _ W I1), slot_none; [exact H |].
    intros span I'. apply I1. eapply capture_list_groups; eauto.
  - intros r1 r2 t i j W IH N I s [H | []]. apply numbered_app in N. destruct N as (N1 & N2 & D). simpl in *.
    destruct (in_dec Nat.eq_dec g (groups r2)) as [I2 | I2]; [auto |].
    rewrite (walk_outside _ _ _ _ _ _ W I2), slot_none; [exact H |].
    intros span I'. apply I2. eapply capture_list_groups; eauto.
  - intros r1 r2 t u i k j W1 W2 IH1 IH2 N I s [H | []]. apply numbered_app in N. destruct N as (N1 & N2 & D).
    simpl in *. pose proof (wf_len _ _ _ _ W1) as E. rewrite <- E, slot_app.
    assert (None1 : ~ In g (groups r1) -> slot (capture_list r1 t i) g = None).
    { intros N'. apply slot_none. intros span I'. apply N'. eapply capture_list_groups; eauto. }
    assert (None2 : ~ In g (groups r2) -> slot (capture_list r2 u k) g = None).
    { intros N'. apply slot_none. intros span I'. apply N'. eapply capture_list_groups; eauto. }
    apply in_app_or in I. destruct I as [I | I].
    + assert (I2 : ~ In g (groups r2)) by eauto.
      rewrite (walk_outside _ _ _ _ _ _ W2 I2), IH1, None2 by auto.
      destruct (slot (capture_list r1 t i) g); reflexivity.
    + assert (I1 : ~ In g (groups r1)) by eauto.
      rewrite None1 by exact I1. apply IH2; auto. left. rewrite (walk_outside _ _ _ _ _ _ W1 I1). exact H.
  - intros head r min max t i j W IH N I s _. simpl in *. apply IH; auto. left. apply unset_in. exact I.
  - intros head r min max t u i k j U W1 W2 IH N I s _. rewrite capture_list_iter by exact U.
    simpl walk. pose proof (wf_len _ _ _ _ W1) as E. rewrite <- E.
    rewrite (capture_list_rep _ false _ _ (pred min) _ (less max)), (walk_rep _ false _ _ (pred min) _ (less max)).
    apply IH; auto.
  - intros h r t i j W IH N I s [H | []]. apply NoDup_cons_iff in N. destruct N as [N1 N2]. simpl in *.
    destruct (Nat.eqb_spec g h) as [-> | Ne].
    + rewrite (walk_outside _ _ _ _ _ _ W N1). unfold set. rewrite Nat.eqb_refl. reflexivity.
    + destruct I as [<- | I]; [contradiction |]. apply IH; auto. left. unfold set.
      destruct (Nat.eqb_spec g h); [contradiction | exact H].
Qed.

(* A5's walk and the list agree. *)
Theorem captures_list r t i j g : wf r t i j -> numbered r -> captures r t i g = slot (capture_list r t i) g.
Proof.
  intros W N. unfold captures. destruct (in_dec Nat.eq_dec g (groups r)) as [I | I].
  - eapply walk_inside; eauto.
  - rewrite (walk_outside _ _ _ _ _ _ W I), slot_none; [reflexivity |].
    intros span I'. apply I. eapply capture_list_groups; eauto.
Qed.

Lemma slot_iff l g span : NoDup (map fst l) -> (slot l g = Some span <-> In (g, span) l).
Proof.
  intros N. split; [apply slot_in |]. induction l as [| [h sp] l IH]; simpl; [contradiction |].
  simpl in N. apply NoDup_cons_iff in N. destruct N as [N1 N2]. intros [E | I].
  - injection E as -> ->. rewrite Nat.eqb_refl. reflexivity.
  - destruct (Nat.eqb_spec g h) as [-> | Ne]; [| auto].
    destruct N1. apply in_map_iff. exists (h, span). auto.
Qed.

(* A group is set to a span exactly if it has it in the last iterations, *)
Theorem captures_set r t i j g span : wf r t i j -> numbered r ->
  (captures r t i g = Some span <-> In (g, span) (capture_list r t i)).
Proof. intros W N. rewrite (captures_list _ _ _ _ _ W N). apply slot_iff. eapply capture_list_once; eauto. Qed.

(* and unset exactly if it is absent from them. *)
Theorem captures_unset r t i j g : wf r t i j -> numbered r ->
  (captures r t i g = None <-> forall span, ~ In (g, span) (capture_list r t i)).
Proof.
  intros W N. split.
  - intros E span I. apply (captures_set _ _ _ _ _ _ W N) in I. congruence.
  - intros F. rewrite (captures_list _ _ _ _ _ W N). apply slot_none. exact F.
Qed.

(* A group that is set lies in the group around it, which is set, and all in the match. *)
Theorem captures_nested r t i j g g' a' b' : wf r t i j -> numbered r -> inside g g' r ->
  captures r t i g' = Some (a', b') -> exists a b, captures r t i g = Some (a, b) /\ a <= a' /\ a' <= b' /\ b' <= b.
Proof.
  intros W N G E. apply (captures_set _ _ _ _ _ _ W N) in E.
  destruct (capture_list_inside _ _ _ _ _ _ _ _ W N G E) as (a & b & I & H). exists a, b.
  split; [apply (captures_set _ _ _ _ _ _ W N); exact I | exact H].
Qed.

Theorem captures_within r t i j g a b : wf r t i j -> numbered r ->
  captures r t i g = Some (a, b) -> i <= a /\ a <= b /\ b <= j.
Proof. intros W N E. apply (captures_set _ _ _ _ _ _ W N) in E. eapply capture_list_bounds; eauto. Qed.

End Captures.
