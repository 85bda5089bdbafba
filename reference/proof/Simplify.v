(* The lexer for use. Derivatives are simplified as they are made (Zero and One vanish, of equal alternatives the first
   stays), and each simplification comes with a function that rebuilds the tree it has removed; without this,
   derivatives of a star under a star double with each unit. `lexs` is proved equal to `lexer`. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees Order Posix Derivative Lexer.
From RedoubtProof Require Export Cover.
Import ListNotations.

Section Simplify.
Context {C A : Type} {sub : subject C A} {eq : equality C A}.
Implicit Types r s : re C A.

(* A regex, and how its trees become trees of the regex it stands for. *)
Definition coded : Type := re C A * (tree -> tree).

Definition simplifies r (p : coded) : Prop :=
  (forall i j, matches (fst p) i j <-> matches r i j) /\
  (forall t i j, posix (fst p) t i j -> posix r (snd p t) i j).

Definition nothing : coded := (Zero, fun t => t).

(* Nested alternatives as a list, in order. *)
Definition under (f : tree -> tree) (p : coded) : coded := (fst p, fun t => f (snd p t)).

Fixpoint alternatives r : list coded :=
  match r with
  | Zero => []
  | Alt r s => map (under TLeft) (alternatives r) ++ map (under TRight) (alternatives s)
  | r => [(r, fun t => t)]
  end.

(* Those that are not covered by a regex in seen or by an earlier one: they would never come first. *)
Fixpoint distinct (seen : list (re C A)) (l : list coded) : list coded :=
  match l with
  | [] => []
  | p :: l => if existsb (fun r => covers r (fst p)) seen then distinct seen l else p :: distinct (fst p :: seen) l
  end.

Fixpoint join (l : list coded) : coded :=
  match l with
  | [] => nothing
  | [p] => p
  | (r, f) :: l =>
    let (s, g) := join l in
    (Alt r s, fun t => match t with TLeft t => f t | TRight t => g t | t => t end)
  end.

(* The constructors of derivatives: alternatives p|q, and p followed by s. *)
Definition simple_alt (p q : coded) : coded :=
  join (distinct [] (map (under (fun t => TLeft (snd p t))) (alternatives (fst p)) ++
                     map (under (fun t => TRight (snd q t))) (alternatives (fst q)))).

Definition simple_cat (p : coded) s : coded :=
  match p with
  | (Zero, _) => nothing
  | (One, f) => (s, fun u => TSeq (f TEps) u)
  | (r, f) => (Cat r s, fun t => match t with TSeq t u => TSeq (f t) u | t => t end)
  end.

(* The derivative, as in Derivative.v but with these. If the body is nullable everywhere, A7's empty iterations add
   nothing, and are left out at once. *)
Fixpoint simple_der_rep (d : coded) r (nullable : bool) (min : nat) (max : option nat) : coded :=
  let now := if more max then simple_cat d (Rep false r (pred min) (less max)) else nothing in
  match min with
  | S (S _ as min') =>
    if nullable && more max
    then if always_null r && enough min max then under TLeft now
         else simple_alt now (simple_der_rep d r nullable min' (less max))
    else now
  | _ => now
  end.

Fixpoint simple_der (i : nat) r : coded :=
  match r with
  | Zero | One | Ast _ => nothing
  | Cls c => (if cls_at c i then One else Zero, fun t => t)
  | Alt r s => simple_alt (simple_der i r) (simple_der i s)
  | Cat r s =>
    if null i r then simple_alt (simple_cat (simple_der i r) s) (simple_der i s) else simple_cat (simple_der i r) s
  | Rep _ r min max => simple_der_rep (simple_der i r) r (null i r) min max
  | Grp _ r => simple_der i r
  end.

(* What the first alternative that matches gives. *)
Inductive first_of : list coded -> tree -> nat -> nat -> Prop :=
| first_here p l t i j : posix (fst p) t i j -> first_of (p :: l) (snd p t) i j
| first_later p l t i j : ~ matches (fst p) i j -> first_of l t i j -> first_of (p :: l) t i j.

Definition some_of (l : list coded) (i j : nat) : Prop := Exists (fun p => matches (fst p) i j) l.

Lemma first_of_app l l' t i j : first_of (l ++ l') t i j -> first_of l t i j \/ (~ some_of l i j /\ first_of l' t i j).
Proof.
  induction l as [| p l IH]; simpl; intros F.
  - right. split; [intros E; inversion E | exact F].
  - inversion F as [p' l0 u i' j' P | p' l0 u i' j' N F']; subst; [left; constructor; exact P |].
    destruct (IH F') as [F'' | [N' F'']]; [left; apply first_later; auto | right].
    split; [| exact F'']. intros E. apply Exists_cons in E. tauto.
Qed.

Lemma first_of_under f l t i j : first_of (map (under f) l) t i j -> exists u, t = f u /\ first_of l u i j.
Proof.
  induction l as [| p l IH]; simpl; intros F; inversion F as [p' l0 u i' j' P | p' l0 u i' j' N F']; subst.
  - exists (snd p u). split; [reflexivity | constructor; exact P].
  - destruct (IH F') as (u' & -> & F''). exists u'. split; [reflexivity | apply first_later; auto].
Qed.

Lemma some_of_app l l' i j : some_of (l ++ l') i j <-> some_of l i j \/ some_of l' i j.
Proof. unfold some_of. apply Exists_app. Qed.

Lemma some_of_under f l i j : some_of (map (under f) l) i j <-> some_of l i j.
Proof.
  unfold some_of. induction l as [| p l IH]; simpl; [split; intros E; inversion E |].
  rewrite !Exists_cons, IH. tauto.
Qed.

Lemma alternatives_some r i j : some_of (alternatives r) i j <-> matches r i j.
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl;
    try (unfold some_of; rewrite Exists_cons, Exists_nil; simpl; tauto).
  - split; [intros E; inversion E | intros M; destruct (matches_zero _ _ M)].
  - rewrite some_of_app, !some_of_under, IHr, IHs, matches_alt. tauto.
Qed.

Lemma alternatives_first r t i j : first_of (alternatives r) t i j -> posix r t i j.
Proof.
  assert (One_ : forall s u, first_of [(s, fun t => t)] u i j -> posix s u i j).
  { intros s u F. inversion F as [p l u' i' j' P | p l u' i' j' N F']; subst; [exact P | inversion F']. }
  revert t. induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl;
    intros t F; try (apply One_; exact F).
  - inversion F.
  - destruct (first_of_app _ _ _ _ _ F) as [F' | [N F']]; destruct (first_of_under _ _ _ _ _ F') as (u & -> & F'').
    + apply posix_left. auto.
    + apply posix_right; auto. rewrite some_of_under, alternatives_some in N. exact N.
Qed.

Lemma seen_covers (p : coded) seen i j : existsb (fun r => covers r (fst p)) seen = true ->
  (forall r, In r seen -> ~ matches r i j) -> ~ matches (fst p) i j.
Proof.
  intros E N M. apply existsb_exists in E. destruct E as (r & I & E). apply (N r I). eapply covers_spec; eauto.
Qed.

Lemma distinct_some seen l i j :
  (forall r, In r seen -> ~ matches r i j) -> (some_of (distinct seen l) i j <-> some_of l i j).
Proof.
  unfold some_of. revert seen. induction l as [| p l IH]; simpl; intros seen N; [tauto |].
  destruct (existsb (fun r => covers r (fst p)) seen) eqn:E.
  - rewrite IH, Exists_cons by exact N. pose proof (seen_covers _ _ _ _ E N). tauto.
  - rewrite !Exists_cons. destruct (matches_dec (fst p) i j) as [M | M]; [tauto |].
    rewrite IH; [tauto |]. intros r [<- | I]; auto.
Qed.

Lemma distinct_first seen l t i j :
  (forall r, In r seen -> ~ matches r i j) -> first_of (distinct seen l) t i j -> first_of l t i j.
Proof.
  revert seen. induction l as [| p l IH]; simpl; intros seen N F; [exact F |].
  destruct (existsb (fun r => covers r (fst p)) seen) eqn:E.
  - apply first_later; [eapply seen_covers; eauto | eauto].
  - inversion F as [p' l0 u i' j' P | p' l0 u i' j' N' F']; subst; [constructor; exact P |].
    apply first_later; [exact N' |]. apply (IH (fst p :: seen)); [| exact F']. intros r [<- | I]; auto.
Qed.

Lemma join_cons r f p l :
  join ((r, f) :: p :: l) =
  (Alt r (fst (join (p :: l))), fun t => match t with TLeft t => f t | TRight t => snd (join (p :: l)) t | t => t end).
Proof. change (join ((r, f) :: p :: l)) with (let (s, g) := join (p :: l) in
  (Alt r s, fun t => match t with TLeft t => f t | TRight t => g t | t => t end)).
  destruct (join (p :: l)). reflexivity. Qed.

Lemma join_some l i j : matches (fst (join l)) i j <-> some_of l i j.
Proof.
  unfold some_of. induction l as [| [r f] [| q l] IH].
  - simpl. rewrite Exists_nil. split; [apply matches_zero | tauto].
  - rewrite Exists_cons, Exists_nil. simpl. tauto.
  - rewrite join_cons, Exists_cons, <- IH. simpl. apply matches_alt.
Qed.

Lemma join_first l t i j : posix (fst (join l)) t i j -> first_of l (snd (join l) t) i j.
Proof.
  revert t. induction l as [| [r f] [| q l] IH]; intros t P.
  - destruct (posix_zero_inv _ _ _ P).
  - apply (first_here (r, f)). exact P.
  - rewrite join_cons in *. simpl in P.
    destruct (posix_alt_inv _ _ _ _ _ P) as [(u & -> & P') | (u & -> & N & P')].
    + apply (first_here (r, f)). exact P'.
    + apply first_later; [exact N |]. apply IH. exact P'.
Qed.

Lemma simple_alt_spec r s p q : simplifies r p -> simplifies s q -> simplifies (Alt r s) (simple_alt p q).
Proof.
  intros [Mp Pp] [Mq Pq]. unfold simple_alt. split.
  - intros i j. rewrite join_some, distinct_some by (intros u []).
    rewrite some_of_app, !some_of_under, !alternatives_some, matches_alt, Mp, Mq. tauto.
  - intros t i j P. apply join_first, distinct_first in P; [| intros u []].
    destruct (first_of_app _ _ _ _ _ P) as [F | [N F]]; destruct (first_of_under _ _ _ _ _ F) as (u & -> & F').
    + apply posix_left, Pp, alternatives_first. exact F'.
    + apply posix_right; [| apply Pq, alternatives_first; exact F'].
      rewrite some_of_under, alternatives_some, Mp in N. exact N.
Qed.

Lemma simple_cat_spec r p s : simplifies r p -> simplifies (Cat r s) (simple_cat p s).
Proof.
  destruct p as [r' f]. intros [M P]. simpl in M, P.
  assert (General : simplifies (Cat r s) (Cat r' s, fun t => match t with TSeq t u => TSeq (f t) u | t => t end)).
  { split; simpl.
    - intros i j. rewrite !matches_cat. split; intros (k & M1 & M2); exists k; split; auto; apply M; exact M1.
    - intros t i j Pt. destruct (posix_cat_inv _ _ _ _ _ Pt) as (t1 & t2 & k & -> & P1 & P2 & L).
      econstructor; eauto. intros k' Lk M1 M2. apply (L k'); auto. apply M. exact M1. }
  destruct r'; try exact General; split; simpl.
  - intros i j. rewrite matches_cat. split; [intros Z; destruct (matches_zero _ _ Z) |].
    intros (k & M1 & _). apply M in M1. destruct (matches_zero _ _ M1).
  - intros t i j Z. destruct (posix_zero_inv _ _ _ Z).
  - intros i j. rewrite matches_cat. split.
    + intros Ms. exists i. split; [apply M, matches_one; reflexivity | exact Ms].
    + intros (k & M1 & M2). apply M, matches_one in M1. subst k. exact M2.
  - intros t i j Pt. econstructor; [apply P; constructor | exact Pt |].
    intros k' Lk M1 M2. apply M, matches_one in M1. lia.
Qed.

Lemma simplifies_same r : simplifies r (r, fun t => t).
Proof. split; simpl; [tauto | auto]. Qed.

Lemma simple_der_rep_spec d p r nullable min max :
  simplifies d p -> simplifies (der_rep d r nullable min max) (simple_der_rep p r nullable min max).
Proof.
  intros H. revert max. induction min as [| min IH]; intros max; simpl.
  - destruct (more max); [apply simple_cat_spec; exact H | apply simplifies_same].
  - assert (Now : simplifies (if more max then Cat d (Rep false r min (less max)) else Zero)
                             (if more max then simple_cat p (Rep false r min (less max)) else nothing)).
    { destruct (more max); [apply simple_cat_spec; exact H | apply simplifies_same]. }
    destruct min as [| min]; [exact Now |].
    destruct (nullable && more max) eqn:E; [| exact Now].
    destruct (always_null r && enough (S (S min)) max) eqn:E'; [| apply simple_alt_spec; auto].
    rewrite andb_true_iff in E, E'. destruct E as [-> Em], E' as [Null En]. rewrite Em in *. destruct Now as [M P].
    split; simpl fst; simpl snd.
    + intros i j. rewrite M, matches_alt. split; [auto |]. intros [M' | M']; [exact M' |].
      apply (der_rep_now d r (S (S min)) max i j Null En Em).
      rewrite der_rep_two, Em. apply matches_alt. right. exact M'.
    + intros t i j Pt. apply posix_left. apply P. exact Pt.
Qed.

Theorem simple_der_spec i r : simplifies (der i r) (simple_der i r).
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr min max | g r IHr]; simpl;
    try apply simplifies_same.
  - apply simple_alt_spec; auto.
  - destruct (null i r); [apply simple_alt_spec; auto |]; apply simple_cat_spec; auto.
  - apply simple_der_rep_spec. exact IHr.
  - exact IHr.
Qed.

(* One step: a tree of the simplified derivative becomes a tree of r. *)
Lemma simple_step i r t j : posix (fst (simple_der i r)) t (S i) j -> posix r (inject i r (snd (simple_der i r) t)) i j.
Proof. intros P. apply inject_posix, (simple_der_spec i r). exact P. Qed.

Lemma simple_step_matches i r j : i < j -> (matches (fst (simple_der i r)) (S i) j <-> matches r i j).
Proof. intros L. rewrite <- (der_spec i r) by exact L. apply (simple_der_spec i r). Qed.

Fixpoint lexs r (i d : nat) : option tree :=
  match d with
  | 0 => if null i r then Some (empty_tree i r) else None
  | S d => let (r', f) := simple_der i r in option_map (fun t => inject i r (f t)) (lexs r' (S i) d)
  end.

Theorem lexs_lexer r i d : lexs r i d = lexer r i d.
Proof.
  apply lexer_unique.
  - revert r i. induction d as [| d IH]; intros r i t E; simpl in E.
    + destruct (null i r) eqn:En; [| discriminate]. injection E as <-. rewrite Nat.add_0_r.
      apply empty_tree_posix. exact En.
    + pose proof (simple_step i r) as Step. destruct (simple_der i r) as [r' f].
      destruct (lexs r' (S i) d) as [u |] eqn:El; [| discriminate]. injection E as <-.
      apply Step. rewrite <- Nat.add_succ_comm. apply IH. exact El.
  - revert r i. induction d as [| d IH]; intros r i E; simpl in E.
    + rewrite Nat.add_0_r, <- null_spec. destruct (null i r); congruence.
    + rewrite <- simple_step_matches by lia. destruct (simple_der i r) as [r' f].
      simpl. rewrite <- Nat.add_succ_comm. apply IH. destruct (lexs r' (S i) d); [discriminate | reflexivity].
Qed.

End Simplify.
