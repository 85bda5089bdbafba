(* All matches from left to right, not overlapping. The next search begins where a match ended, after an empty match one
   unit later, and an empty match at the end of the match before is left out (so a* on baac gives [0,0) [1,3) [4,4)).
   `find_all` computes this; it is in order, and misses no match that could be added. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees Order Posix Derivative Lexer Simplify Split Search.
Import ListNotations.

Section FindAll.
Context {C A : Type} {sub : subject C A} {eq : equality C A}.
Implicit Types r : re C A.

Definition restart (w : window) (i : nat) : window := Window i (upto w) (anchored w).
Definition next (i j : nat) : nat := if i =? j then S j else j.

(* The definition; `last` is the end of the match before. *)
Inductive is_find_all r : window -> option nat -> list (nat * nat * tree) -> Prop :=
| all_done w last : (forall i j, allowed w i j -> ~ matches r i j) -> is_find_all r w last []
| all_again w last i j t l :
    is_llmatch r w i j t -> i = j -> last = Some j ->
    is_find_all r (restart w (next i j)) (Some j) l -> is_find_all r w last l
| all_more w last i j t l :
    is_llmatch r w i j t -> ~ (i = j /\ last = Some j) ->
    is_find_all r (restart w (next i j)) (Some j) l -> is_find_all r w last ((i, j, t) :: l).

Definition is_last (last : option nat) (j : nat) : bool := match last with Some e => e =? j | None => false end.

(* One search more than there are begins is never needed. *)
Fixpoint find_from r (fuel : nat) (w : window) (last : option nat) : list (nat * nat * tree) :=
  match fuel with
  | 0 => []
  | S fuel =>
    match llmatch r w with
    | None => []
    | Some (i, j, t) =>
      let rest := find_from r fuel (restart w (next i j)) (Some j) in
      if (i =? j) && is_last last j then rest else (i, j, t) :: rest
    end
  end.

Definition find_all r (w : window) : list (nat * nat * tree) := find_from r (S (upto w) - from w) w None.

Lemma is_last_iff last j : is_last last j = true <-> last = Some j.
Proof. destruct last as [e |]; simpl; [rewrite Nat.eqb_eq |]; split; congruence. Qed.

Lemma next_later r w i j t : is_llmatch r w i j t -> from w < next i j.
Proof.
  intros (B & (L1 & _) & _). destruct B as [W _]. apply wf_le in W. unfold next.
  destruct (Nat.eqb_spec i j); lia.
Qed.

Lemma find_from_correct r fuel w last : S (upto w) <= from w + fuel -> is_find_all r w last (find_from r fuel w last).
Proof.
  revert w last. induction fuel as [| fuel IH]; intros w last L; simpl.
  - apply all_done. intros i j (L1 & L2 & _) M. apply matches_le in M. lia.
  - destruct (llmatch r w) as [[[i j] t] |] eqn:E; [| apply all_done, llmatch_none; exact E].
    apply llmatch_correct in E. pose proof (next_later _ _ _ _ _ E) as N.
    specialize (IH (restart w (next i j)) (Some j)).
    destruct ((i =? j) && is_last last j) eqn:Again.
    + apply andb_true_iff in Again. rewrite Nat.eqb_eq, is_last_iff in Again. destruct Again as [Ei El].
      eapply all_again; eauto. apply IH. simpl. lia.
    + apply all_more; [exact E | | apply IH; simpl; lia].
      rewrite <- is_last_iff, <- Nat.eqb_eq, <- andb_true_iff. congruence.
Qed.

Lemma is_find_all_unique r w last l l' : is_find_all r w last l -> is_find_all r w last l' -> l = l'.
Proof.
  assert (NoMatch : forall w i j t, (forall i j, allowed w i j -> ~ matches r i j) -> is_llmatch r w i j t -> False).
  { intros w0 i j t N (B & Al & _). apply (N i j Al). exists t. apply B. }
  intros F. revert l'.
  induction F as [w last N | w last i j t l L Ei El F IH | w last i j t l L N F IH]; intros l' F';
    destruct F' as [w' last' N' | w' last' i' j' t' l' L' Ei' El' F' | w' last' i' j' t' l' L' N' F'];
    try (destruct (NoMatch _ _ _ _ N L'); fail); try (destruct (NoMatch _ _ _ _ N' L); fail); auto;
    destruct (is_llmatch_unique _ _ _ _ _ _ _ _ L L') as (<- & <- & <-); auto; try tauto.
  f_equal. auto.
Qed.

Theorem find_all_correct r w l : find_all r w = l <-> is_find_all r w None l.
Proof.
  assert (F : is_find_all r w None (find_all r w)) by (apply find_from_correct; lia).
  split; [intros <-; exact F | intros F'; eapply is_find_all_unique; eauto].
Qed.

(* Each is a match with its best tree, *)
Lemma is_find_all_in r w last l i j t : is_find_all r w last l -> In (i, j, t) l ->
  is_best r t i j /\ from w <= i /\ j <= upto w.
Proof.
  intros F. induction F as [w last N | w last i' j' t' l L Ei El F IH | w last i' j' t' l L N F IH]; simpl; intros I.
  - contradiction.
  - destruct (IH I) as (B & L1 & L2). apply next_later in L. simpl in *. repeat split; auto; try apply B; lia.
  - destruct I as [E | I].
    + injection E as -> -> ->. destruct L as (B & (L1 & L2 & _) & _). auto.
    + destruct (IH I) as (B & L1 & L2). apply next_later in L. simpl in *. repeat split; auto; try apply B; lia.
Qed.

Theorem find_all_best r w i j t : In (i, j, t) (find_all r w) -> is_best r t i j /\ from w <= i /\ j <= upto w.
Proof. intros I. eapply is_find_all_in; [apply find_all_correct; reflexivity | exact I]. Qed.

(* each lies behind all those before it, and is not empty if it is adjacent to one, *)
Definition behind (m m' : nat * nat * tree) : Prop :=
  match m, m' with (i, j, _), (i', j', _) => j <= i' /\ (i' = j -> i' < j') end.

(* The location at which the match before ended cannot be matched empty again. *)
Lemma is_find_all_last r w e l i j t : is_find_all r w (Some e) l -> In (i, j, t) l -> e <= from w -> i = e -> i < j.
Proof.
  intros F. remember (Some e) as last eqn:El. revert e El.
  induction F as [w last N | w last i' j' t' l L Ei El' F IH | w last i' j' t' l L N F IH];
    intros e El I Le Ee; simpl in I.
  - contradiction.
  - apply (is_find_all_in _ _ _ _ _ _ _ F) in I. apply next_later in L. simpl in I. lia.
  - destruct I as [E | I].
    + injection E as -> -> ->. destruct L as ([W _] & _). apply wf_le in W.
      destruct (Nat.eq_dec i j) as [<- |]; [| lia]. destruct N. split; congruence.
    + apply (is_find_all_in _ _ _ _ _ _ _ F) in I. apply next_later in L. simpl in I. lia.
Qed.

Lemma is_find_all_ordered r w last l : is_find_all r w last l -> ForallOrdPairs behind l.
Proof.
  intros F. induction F as [w last N | w last i j t l L Ei El F IH | w last i j t l L N F IH]; auto; constructor; auto.
  apply Forall_forall. intros [[i' j'] t'] I. pose proof (is_find_all_in _ _ _ _ _ _ _ F I) as (_ & Lf & _).
  simpl in Lf. assert (Ln : j <= next i j) by (unfold next; destruct (i =? j); lia). split; [lia |].
  intros E. apply (is_find_all_last _ _ _ _ _ _ _ F I); auto.
Qed.

Theorem find_all_ordered r w : ForallOrdPairs behind (find_all r w).
Proof. eapply is_find_all_ordered, find_all_correct. reflexivity. Qed.

(* and every match begins where one of them begins or inside it, or is empty and at its end. *)
Theorem find_all_complete r w a b : anchored w = false -> allowed w a b -> matches r a b ->
  exists i j t, In (i, j, t) (find_all r w) /\ i <= a /\ (a = i \/ a < j \/ (a = j /\ b = a)).
Proof.
  assert (General : forall w last l, is_find_all r w last l -> anchored w = false -> allowed w a b -> matches r a b ->
    (exists i j t, In (i, j, t) l /\ i <= a /\ (a = i \/ a < j \/ (a = j /\ b = a))) \/ (last = Some a /\ b = a)).
  { clear w. intros w last l F.
    induction F as [w last N | w last i j t l L Ei El F IH | w last i j t l L N F IH]; intros An Al M.
    - destruct (N _ _ Al M).
    - destruct L as (_ & _ & First & Longest). pose proof (First _ _ M Al) as Li.
      pose proof (matches_le _ _ _ M) as Lab. subst j.
      destruct (Nat.eq_dec i a) as [-> | Ne]; [right; split; [exact El |]; specialize (Longest _ M Al); lia |].
      assert (Al' : allowed (restart w (next i i)) a b).
      { destruct Al as (L1 & L2 & _). unfold next, restart, allowed. simpl. rewrite Nat.eqb_refl, An.
        repeat split; auto; [lia | discriminate]. }
      destruct (IH An Al' M) as [H | [E _]]; [left; exact H | injection E as ->; lia].
    - destruct L as (_ & _ & First & Longest). pose proof (First _ _ M Al) as Li. left.
      destruct (Nat.eq_dec a i) as [-> | Ne]; [exists i, j, t; simpl; auto |].
      destruct (le_lt_dec j a) as [Lj | Lj]; [| exists i, j, t; split; [simpl; auto | lia]].
      assert (Al' : allowed (restart w (next i j)) a b).
      { destruct Al as (L1 & L2 & _). unfold next, restart, allowed. simpl. rewrite An.
        repeat split; auto; [destruct (Nat.eqb_spec i j); lia | discriminate]. }
      destruct (IH An Al' M) as [(i' & j' & t' & I & H) | [E Eb]].
      + exists i', j', t'. simpl. auto.
      + injection E as ->. exists i, a, t. split; [simpl; auto | lia]. }
  intros An Al M. destruct (General w None (find_all r w)) as [H | [E _]]; auto; [| discriminate].
  apply find_all_correct. reflexivity.
Qed.

End FindAll.
