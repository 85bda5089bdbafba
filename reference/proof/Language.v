(* Languages: which words, as lists of letters, a regex without assertions matches as a whole; derivatives by letters
   (Brzozowski 1964) and by parts (Antimirov 1996); and that the words of r are what its parse trees span. Groups and
   preferences play no part here. An assertion has no words: what it matches is no matter of letters. *)
From Coq Require Import List Arith Bool Lia.
From RedoubtProof Require Import Spec Trees.
Import ListNotations.

Section Language.
Context {C A X : Type}.
Variable mem : C -> X -> bool.  (* is the letter in the class? *)
Implicit Types r s : re C A.
Implicit Types u v w : list X.

(* w is k words of L, one after the other. *)
Fixpoint power (L : list X -> Prop) (k : nat) w : Prop :=
  match k with 0 => w = [] | S k => exists u v, w = u ++ v /\ L u /\ power L k v end.

Definition up_to (k : nat) (max : option nat) : Prop := match max with None => True | Some m => k <= m end.

Fixpoint lang r w : Prop :=
  match r with
  | Zero | Ast _ => False
  | One => w = []
  | Cls c => exists x, w = [x] /\ mem c x = true
  | Alt r s => lang r w \/ lang s w
  | Cat r s => exists u v, w = u ++ v /\ lang r u /\ lang s v
  | Rep _ r min max => exists k, min <= k /\ up_to k max /\ power (lang r) k w
  | Grp _ r => lang r w
  end.

(* ---- The empty word ---- *)

Definition enough (min : nat) (max : option nat) : bool := match max with None => true | Some m => min <=? m end.

Fixpoint has_empty r : bool :=
  match r with
  | Zero | Cls _ | Ast _ => false
  | One => true
  | Alt r s => has_empty r || has_empty s
  | Cat r s => has_empty r && has_empty s
  | Rep _ r min max => (min =? 0) || (has_empty r && enough min max)
  | Grp _ r => has_empty r
  end.

Lemma power_empty (L : list X -> Prop) k : power L k [] <-> k = 0 \/ L [].
Proof.
  split.
  - intros P. destruct k as [|k]; [now left | right]. destruct P as (u & v & E & Lu & _).
    symmetry in E. apply app_eq_nil in E as (-> & _). exact Lu.
  - induction k as [|k IH]; [reflexivity|]. intros [E | L0]; [discriminate|].
    exists [], []. repeat split; [exact L0 | apply IH; now right].
Qed.

Lemma enough_iff min max : enough min max = true <-> up_to min max.
Proof. destruct max as [m|]; simpl; [apply Nat.leb_le | easy]. Qed.

Theorem has_empty_iff r : has_empty r = true <-> lang r [].
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | h r IHr n m | g r IHr]; simpl.
  - easy.
  - easy.
  - split; [discriminate | intros (x & E & _); discriminate].
  - easy.
  - now rewrite orb_true_iff, IHr, IHs.
  - rewrite andb_true_iff, IHr, IHs. split.
    + intros (Lr & Ls). now exists [], [].
    + intros (u & v & E & Lr & Ls). symmetry in E. apply app_eq_nil in E as (-> & ->). now split.
  - rewrite orb_true_iff, andb_true_iff, Nat.eqb_eq, enough_iff, IHr. split.
    + intros [-> | (L0 & E)].
      * exists 0. repeat split; [constructor | destruct m; simpl; [lia | easy]].
      * exists n. repeat split; [constructor | exact E | apply power_empty; now right].
    + intros (k & Ge & Le & P). apply power_empty in P as [-> | L0]; [left; lia | right].
      split; [exact L0|]. destruct m; simpl in *; [lia | easy].
  - exact IHr.
Qed.

(* ---- Derivatives ---- *)

Section By_letter.
Variable x : X.

Fixpoint derc r : re C A :=
  match r with
  | Zero | One | Ast _ => Zero
  | Cls c => if mem c x then One else Zero
  | Alt r s => Alt (derc r) (derc s)
  | Cat r s => if has_empty r then Alt (Cat (derc r) s) (derc s) else Cat (derc r) s
  | Rep _ r min max => if more max then Cat (derc r) (Rep false r (pred min) (less max)) else Zero
  | Grp _ r => derc r
  end.

(* The same in parts: the derivative is what one of the parts matches. *)
Definition after r s : re C A := match r with One => s | _ => Cat r s end.

Fixpoint parts r : list (re C A) :=
  match r with
  | Zero | One | Ast _ => []
  | Cls c => if mem c x then [One] else []
  | Alt r s => parts r ++ parts s
  | Cat r s => map (fun d => after d s) (parts r) ++ (if has_empty r then parts s else [])
  | Rep _ r min max =>
      if more max then map (fun d => after d (Rep false r (pred min) (less max))) (parts r) else []
  | Grp _ r => parts r
  end.

(* A power that begins with x: empty words in front of the one that has it may as well be behind it. *)
Lemma power_cons (L : list X -> Prop) k w :
  power L k (x :: w) <-> exists k' u v, k = S k' /\ w = u ++ v /\ L (x :: u) /\ power L k' v.
Proof.
  split.
  - revert w. induction k as [|k IH]; intros w P; [discriminate|].
    destruct P as (u & v & E & Lu & P). destruct u as [|y u].
    + simpl in E. subst v. apply IH in P as (k' & u & v & -> & -> & Lx & P).
      exists (S k'), u, v. repeat split; [exact Lx|]. exists [], v. now repeat split.
    + injection E as <- ->. now exists k, u, v.
  - intros (k' & u & v & -> & -> & Lx & P). now exists (x :: u), v.
Qed.

Lemma cat_cons r s w :
  lang (Cat r s) (x :: w) <->
  (exists u v, w = u ++ v /\ lang r (x :: u) /\ lang s v) \/ (has_empty r = true /\ lang s (x :: w)).
Proof.
  rewrite has_empty_iff. split.
  - intros (u & v & E & Lr & Ls). destruct u as [|y u].
    + simpl in E. subst v. now right.
    + injection E as <- ->. left. now exists u, v.
  - intros [(u & v & -> & Lr & Ls) | (L0 & Ls)]; [now exists (x :: u), v | now exists [], (x :: w)].
Qed.

Lemma rep_cons h r n m w :
  lang (Rep h r n m) (x :: w) <->
  more m = true /\ exists u v, w = u ++ v /\ lang r (x :: u) /\ lang (Rep false r (pred n) (less m)) v.
Proof.
  simpl. split.
  - intros (k & Ge & Le & P). apply power_cons in P as (k' & u & v & -> & -> & Lx & P). split.
    + destruct m as [[|m]|]; simpl in *; [lia | reflexivity | reflexivity].
    + exists u, v. repeat split; [exact Lx|]. exists k'. repeat split; [lia | | exact P].
      destruct m as [m|]; simpl in *; [lia | easy].
  - intros (M & u & v & -> & Lx & k & Ge & Le & P). exists (S k). repeat split.
    + lia.
    + destruct m as [[|m]|]; simpl in *; [discriminate | lia | easy].
    + apply power_cons. now exists k, u, v.
Qed.

Theorem brzozowski r : forall w, lang (derc r) w <-> lang r (x :: w).
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | h r IHr n m | g r IHr]; intros w.
  - easy.
  - easy.
  - simpl. destruct (mem c x) eqn:E; simpl; split.
    + intros ->. now exists x.
    + intros (y & Eq & _). congruence.
    + easy.
    + intros (y & Eq & M). congruence.
  - easy.
  - simpl. now rewrite IHr, IHs.
  - assert (D : lang (Cat (derc r) s) w <-> exists u v, w = u ++ v /\ lang r (x :: u) /\ lang s v).
    { simpl. split; intros (u & v & E & Lr & Ls); exists u, v; now apply IHr in Lr. }
    rewrite cat_cons, <- IHs, <- D. cbn [derc]. destruct (has_empty r); cbn [lang]; intuition discriminate.
  - rewrite rep_cons. cbn [derc]. destruct (more m); split; try easy.
    + intros (u & v & E & Lr & Ls). split; [reflexivity|]. exists u, v. now apply IHr in Lr.
    + intros (_ & u & v & E & Lr & Ls). exists u, v. now apply IHr in Lr.
  - apply IHr.
Qed.

Lemma after_lang r s w : lang (after r s) w <-> lang (Cat r s) w.
Proof.
  destruct r; try reflexivity. simpl. split.
  - intros L. now exists [], w.
  - intros (u & v & -> & -> & L). exact L.
Qed.

Lemma after_parts (ds : list (re C A)) s w :
  (exists d, In d (map (fun d => after d s) ds) /\ lang d w) <->
  exists u v, w = u ++ v /\ (exists d, In d ds /\ lang d u) /\ lang s v.
Proof.
  split.
  - intros (d & I & L). apply in_map_iff in I as (d' & <- & I). apply after_lang in L as (u & v & E & L & L').
    exists u, v. repeat split; [exact E | now exists d' | exact L'].
  - intros (u & v & E & (d & I & L) & L'). exists (after d s). split; [now apply in_map_iff; exists d|].
    apply after_lang. now exists u, v.
Qed.

Theorem antimirov r : forall w, (exists d, In d (parts r) /\ lang d w) <-> lang r (x :: w).
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | h r IHr n m | g r IHr]; intros w.
  - split; [intros (d & [] & _) | easy].
  - split; [intros (d & [] & _) | easy].
  - simpl. destruct (mem c x) eqn:E; split.
    + intros (d & [<- | []] & ->). now exists x.
    + intros (y & Eq & _). injection Eq as <- ->. exists One. split; [now left | reflexivity].
    + intros (d & [] & _).
    + intros (y & Eq & M). congruence.
  - split; [intros (d & [] & _) | easy].
  - cbn [lang parts]. rewrite <- IHr, <- IHs. split.
    + intros (d & I & L). apply in_app_or in I as [I | I]; [left | right]; now exists d.
    + intros [(d & I & L) | (d & I & L)]; exists d; split; trivial; apply in_or_app; [now left | now right].
  - rewrite cat_cons, <- IHs. cbn [parts].
    assert (D : (exists d, In d (map (fun d => after d s) (parts r)) /\ lang d w) <->
        exists u v, w = u ++ v /\ lang r (x :: u) /\ lang s v).
    { rewrite after_parts. split; intros (u & v & E & Lr & Ls); exists u, v; now apply IHr in Lr. }
    rewrite <- D. destruct (has_empty r); split.
    + intros (d & I & L).
      apply in_app_or in I as [I | I]; [left; now exists d | right; split; [reflexivity | now exists d]].
    + intros [(d & I & L) | (_ & d & I & L)]; exists d; split; trivial; apply in_or_app; [now left | now right].
    + rewrite app_nil_r. now left.
    + rewrite app_nil_r. now intros [L | (E & _)].
  - rewrite rep_cons. cbn [parts]. destruct (more m).
    + rewrite after_parts. split.
      * intros (u & v & E & Lr & Ls). split; [reflexivity|]. exists u, v. now apply IHr in Lr.
      * intros (_ & u & v & E & Lr & Ls). exists u, v. now apply IHr in Lr.
    + split; [intros (d & [] & _) | easy].
  - apply IHr.
Qed.
End By_letter.

(* ---- Words and parse trees: a word as a subject. Assertions are not asked. ---- *)

Fixpoint pure r : bool :=
  match r with
  | Zero | One | Cls _ => true
  | Ast _ => false
  | Alt r s | Cat r s => pure r && pure s
  | Rep _ r _ _ | Grp _ r => pure r
  end.

Section Word.
Variable sub : subject C A.
Variable h : nat -> option X.  (* the letter at a location *)
Hypothesis classes : forall c i, cls_at c i = match h i with Some x => mem c x | None => false end.

(* u stands at i and ends at j. *)
Inductive stands : nat -> list X -> nat -> Prop :=
| stands_empty i : stands i [] i
| stands_letter i x u j : h i = Some x -> stands (S i) u j -> stands i (x :: u) j.

Lemma stands_app i u v j : stands i (u ++ v) j <-> exists k, stands i u k /\ stands k v j.
Proof.
  revert i. induction u as [|x u IH]; intros i; simpl.
  - split; [intros S; exists i; split; [constructor | exact S]|].
    intros (k & S & S'). inversion S. now subst.
  - split.
    + intros S. inversion S as [|i' x' u' j' E S']; subst. apply IH in S' as (k & S1 & S2).
      exists k. split; [now constructor | exact S2].
    + intros (k & S1 & S2). inversion S1 as [|i' x' u' j' E S']; subst. constructor; [exact E|].
      apply IH. now exists k.
Qed.

Lemma stands_unique i u j : stands i u j -> forall v, stands i v j -> u = v.
Proof.
  assert (Le : forall i u j, stands i u j -> i <= j) by (induction 1; lia).
  induction 1 as [i | i x u j E S IH]; intros v S'; inversion S' as [i' | i' x' v' j' E' S'']; subst; trivial.
  - apply Le in S''. lia.
  - apply Le in S. lia.
  - f_equal; [congruence | now apply IH].
Qed.

Lemma power_matches r :
  (forall i j, matches r i j <-> exists u, stands i u j /\ lang r u) ->
  forall k i j n m u, n <= k -> up_to k m -> stands i u j -> power (lang r) k u -> matches (Rep false r n m) i j.
Proof.
  intros Body k. induction k as [|k IH]; intros i j n m u Ge Le S P.
  - simpl in P. subst u. inversion S. subst. apply matches_rep. left. split; [lia | reflexivity].
  - destruct P as (u1 & u2 & -> & L1 & P). apply stands_app in S as (l & S1 & S2).
    assert (M1 : matches r i l) by (apply Body; now exists u1).
    pose proof (matches_le _ _ _ M1) as Lel.
    destruct (Nat.eq_dec n 0) as [Zn | Zn]; [destruct (Nat.eq_dec i l) as [<- | D]|].
    + apply (IH i j n m u2); [lia | destruct m; simpl in *; lia | exact S2 | exact P].
    + apply matches_rep. right. split; [destruct m as [[|m]|]; simpl in *; [lia | reflexivity | reflexivity]|].
      exists l. split; [exact M1 | split; [|left; lia]].
      apply (IH l j (pred n) (less m) u2); [lia | destruct m; simpl in *; lia | exact S2 | exact P].
    + apply matches_rep. right. split; [destruct m as [[|m]|]; simpl in *; [lia | reflexivity | reflexivity]|].
      exists l. split; [exact M1 | split; [|right; left; lia]].
      apply (IH l j (pred n) (less m) u2); [lia | destruct m; simpl in *; lia | exact S2 | exact P].
Qed.

Lemma rep_head head r n m i j : matches (Rep head r n m) i j <-> matches (Rep false r n m) i j.
Proof.
  split; intros M; pose proof (matches_le _ _ _ M) as Le.
  - destruct (Nat.eq_dec i j) as [<- | D]; [|apply (matches_rep_head head); [lia | exact M]].
    apply matches_rep in M as [(-> & _) | (More & k & M1 & M2 & E)]; apply matches_rep; [now left|].
    pose proof (matches_le _ _ _ M1). pose proof (matches_le _ _ _ M2).
    destruct E as [E | [E | (E & _)]]; [lia | |].
    + right. split; [exact More|]. exists k. repeat split; trivial. right. now left.
    + destruct n as [|n]; [now left|]. right. split; [exact More|]. exists k. repeat split; trivial. right. left. lia.
  - destruct (Nat.eq_dec i j) as [<- | D]; [|apply (matches_rep_head false); [lia | exact M]].
    apply matches_rep in M. apply matches_rep. destruct M as [M | (More & k & M1 & M2 & E)]; [now left | right].
    split; [exact More|]. exists k. repeat split; trivial.
    destruct E as [E | [E | (E & _)]]; [now left | right; now left | discriminate].
Qed.

Lemma wf_power r : (forall i j, matches r i j <-> exists u, stands i u j /\ lang r u) ->
  forall t n m i j, wf (Rep false r n m) t i j ->
  exists u, stands i u j /\ exists k, n <= k /\ up_to k m /\ power (lang r) k u.
Proof.
  intros Body t. induction t as [| | | t1 IH1 | t1 IH1 | t1 IH1 t2 IH2 | | | t1 IH1 t2 IH2 | t1 IH1]; intros n m i j W;
    apply wf_rep_inv in W as [(Zn & -> & Et) | (t3 & t4 & k & Et & More & W1 & W2 & _)]; try discriminate.
  - subst n. exists []. split; [constructor|]. exists 0. repeat split; [lia | destruct m; simpl; [lia | easy]].
  - injection Et as <- <-. apply IH2 in W2 as (v & S2 & q & Ge & Le & P).
    assert (M : matches r i k) by now exists t1. apply Body in M as (u & S1 & L1).
    exists (u ++ v). split; [apply stands_app; now exists k|]. exists (S q). repeat split.
    + lia.
    + destruct m as [[|m]|]; simpl in *; [discriminate | lia | easy].
    + now exists u, v.
Qed.

Theorem matches_lang r : pure r = true -> forall i j, matches r i j <-> exists u, stands i u j /\ lang r u.
Proof.
  induction r as [| | c | a | r IHr s IHs | r IHr s IHs | head r IHr n m | g r IHr]; intros P i j; simpl in P.
  - split; [intros M; now apply matches_zero in M | intros (u & _ & [])].
  - rewrite matches_one. split.
    + intros ->. exists []. split; [constructor | reflexivity].
    + intros (u & S & ->). now inversion S.
  - rewrite matches_cls, classes. split.
    + intros (-> & E). destruct (h i) as [x|] eqn:Ex; [|discriminate]. exists [x]. split.
      * constructor; [exact Ex | constructor].
      * now exists x.
    + intros (u & S & x & -> & E). inversion S as [|i' x' u' j' E' S']; subst. inversion S'; subst.
      split; [reflexivity|]. now rewrite E'.
  - discriminate.
  - apply andb_true_iff in P as (Pr & Ps). rewrite matches_alt, (IHr Pr), (IHs Ps). split.
    + intros [(u & S & L) | (u & S & L)]; exists u; split; trivial; [now left | now right].
    + intros (u & S & [L | L]); [left | right]; now exists u.
  - apply andb_true_iff in P as (Pr & Ps). rewrite matches_cat. split.
    + intros (k & Mr & Ms). apply (IHr Pr) in Mr as (u & Su & Lu). apply (IHs Ps) in Ms as (v & Sv & Lv).
      exists (u ++ v). split; [apply stands_app; now exists k | now exists u, v].
    + intros (w & S & u & v & -> & Lu & Lv). apply stands_app in S as (k & Su & Sv).
      exists k. split; [apply (IHr Pr); now exists u | apply (IHs Ps); now exists v].
  - rewrite rep_head. split.
    + intros (t & W). exact (wf_power r (IHr P) t n m i j W).
    + intros (u & S & k & Ge & Le & Pw). exact (power_matches r (IHr P) k i j n m u Ge Le S Pw).
  - rewrite matches_grp. apply IHr, P.
Qed.
End Word.

(* A whole word. *)
Definition word_subject (w : list X) : subject C A :=
  {| cls_at c i := match nth_error w i with Some x => mem c x | None => false end; ast_at _ _ := false |}.

Lemma stands_whole w : stands (nth_error w) 0 w (length w).
Proof.
  enough (G : forall u v, stands (nth_error (u ++ v)) (length u) v (length (u ++ v))) by apply (G []).
  intros u v. revert u. induction v as [|x v IH]; intros u.
  - rewrite app_nil_r. constructor.
  - constructor.
    + rewrite nth_error_app2, Nat.sub_diag; [reflexivity | lia].
    + specialize (IH (u ++ [x])). rewrite <- app_assoc, app_length, Nat.add_1_r in IH. exact IH.
Qed.

Theorem lang_is_whole_match r w : pure r = true ->
  (lang r w <-> @matches C A (word_subject w) r 0 (length w)).
Proof.
  intros P. rewrite (matches_lang (word_subject w) (nth_error w)); [|reflexivity | exact P]. split.
  - intros L. exists w. split; [apply stands_whole | exact L].
  - intros (u & S & L). now rewrite (stands_unique _ _ _ _ (stands_whole w) u S).
Qed.
End Language.
