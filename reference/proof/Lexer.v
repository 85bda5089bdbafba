(* The derivative lexer of Sulzmann and Lu (2014), at locations: read the span unit by unit taking derivatives, then
   build the tree backwards by injection. It returns the best tree, or None exactly when there is no match; so best
   trees exist, and the inductive POSIX rules and the order on trees define the same. For use there is Simplify.v. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees Order Posix Derivative.
Import ListNotations.

Section Lexer.
Context {C A : Type} {sub : subject C A}.
Implicit Types r : re C A.

(* The best tree over the d units from i on. *)
Fixpoint lexer r (i d : nat) : option tree :=
  match d with
  | 0 => if null i r then Some (empty_tree i r) else None
  | S d => option_map (inject i r) (lexer (der i r) (S i) d)
  end.

Lemma lexer_posix r i d t : lexer r i d = Some t -> posix r t i (i + d).
Proof.
  revert r i t. induction d as [| d IH]; intros r i t E; simpl in E.
  - destruct (null i r) eqn:En; [| discriminate]. injection E as <-. rewrite Nat.add_0_r.
    apply empty_tree_posix. exact En.
  - destruct (lexer (der i r) (S i) d) as [u |] eqn:El; [| discriminate]. injection E as <-.
    apply inject_posix. rewrite <- Nat.add_succ_comm. apply IH. exact El.
Qed.

Theorem lexer_none r i d : lexer r i d = None <-> ~ matches r i (i + d).
Proof.
  revert r i. induction d as [| d IH]; intros r i; simpl.
  - rewrite Nat.add_0_r, <- null_spec. destruct (null i r); split; congruence.
  - rewrite <- der_spec by lia. rewrite <- Nat.add_succ_comm, <- IH.
    destruct (lexer (der i r) (S i) d); split; simpl; congruence.
Qed.

Theorem matches_dec r i j : {matches r i j} + {~ matches r i j}.
Proof.
  destruct (le_dec i j) as [L | L]; [| right; intros M; apply matches_le in M; lia].
  replace j with (i + (j - i)) by lia. destruct (lexer r i (j - i)) as [t |] eqn:E.
  - left. exists t. apply posix_wf, lexer_posix. exact E.
  - right. apply lexer_none. exact E.
Qed.

Theorem posix_exists r i j : matches r i j -> exists t, posix r t i j.
Proof.
  intros M. pose proof (matches_le _ _ _ M) as L. replace j with (i + (j - i)) in * by lia.
  destruct (lexer r i (j - i)) as [t |] eqn:E; [exists t; apply lexer_posix; exact E |].
  apply lexer_none in E. contradiction.
Qed.

Theorem posix_iff_best r t i j : posix r t i j <-> is_best r t i j.
Proof.
  split; [apply posix_best |]. intros B. destruct (posix_exists r i j) as [u P]; [exists t; apply B |].
  replace t with u; [exact P |]. eapply is_best_unique; [apply posix_best; exact P | exact B].
Qed.

Theorem best_exists r i j : matches r i j -> exists t, is_best r t i j.
Proof. intros M. destruct (posix_exists _ _ _ M) as [t P]. exists t. apply posix_best. exact P. Qed.

(* Whatever returns POSIX trees only, and None only without a match, is the lexer. *)
Lemma lexer_unique r i d x :
  (forall t, x = Some t -> posix r t i (i + d)) -> (x = None -> ~ matches r i (i + d)) -> x = lexer r i d.
Proof.
  intros Some_ None_. destruct x as [t |].
  - specialize (Some_ t eq_refl). destruct (lexer r i d) as [u |] eqn:E.
    + apply lexer_posix in E. f_equal. eapply posix_unique; eauto.
    + apply lexer_none in E. destruct E. eapply posix_matches; eauto.
  - symmetry. apply lexer_none. auto.
Qed.

Theorem lexer_best r i d t : lexer r i d = Some t <-> is_best r t i (i + d).
Proof.
  rewrite <- posix_iff_best. split; [apply lexer_posix |]. intros P. symmetry. apply lexer_unique.
  - intros u E. injection E as <-. exact P.
  - discriminate.
Qed.

End Lexer.
