(* A tactic that proves what a small regex answers on a short text from the definitions alone: no matcher and no theorem
   about one is used. Decided.v is its use. *)
From Coq Require Import List Arith Bool Lia String Ascii.
From RedoubtProof Require Import Spec Bytes.
Import ListNotations.

Definition bytes (text : string) : list nat := map nat_of_ascii (list_ascii_of_string text).

(* The regex r, searched for in the whole text, gives these slots (None: there is no match). *)
Definition answers (r : sre range_class look) (haystack : string)
    (expected : option (list (option (nat * nat)))) : Prop :=
  let units := bytes haystack in
  let n := List.length units in
  let s := subject_of (in_list (map Some units)) n in
  let core := compile r in
  match expected with
  | None => forall i j, allowed (Window 0 n false) i j -> ~ matches core i j
  | Some slots => exists i j t,
      is_llmatch core (Window 0 n false) i j t /\
      Some (i, j) :: map (captures core t i) (seq 1 (List.length slots - 1)) = slots
  end.

(* ---- Writing regexes ---- *)

Notation regex := (sre range_class look).
Definition chars (text : string) : list regex := map (fun x => SCls [(x, x)]) (bytes text).
Definition text (t : string) : regex := match chars t with [c] => c | cs => SCat cs end.
Definition any : regex := SCls [(0, 255)].
Definition grp (g : nat) (r : regex) : regex := SGrp (Some g) r.
Definition star (r : regex) : regex := SRep r 0 None true.
Definition plus (r : regex) : regex := SRep r 1 None true.
Definition opt (r : regex) : regex := SRep r 0 (Some 1) true.
Definition rep (r : regex) (n m : nat) : regex := SRep r n (Some m) true.
Definition caret : regex := SLook Caret.
Definition dollar : regex := SLook Dollar.

(* ---- Deciding: inversion of [wf] finds all trees of a regex on a text, and each is compared by [better]. ---- *)

Definition norm_eqb (x y : norm) : bool :=
  match x, y with Nil, Nil | Infinite, Infinite => true | Len m, Len n => m =? n | _, _ => false end.

(* The positions at which the norms of two trees differ, in the order of reading. *)
Fixpoint differences (fuel : nat) (t u : tree) : list (list nat) :=
  match fuel with
  | 0 => []
  | S fuel =>
      (if norm_eqb (norm_at t []) (norm_at u []) then [] else [[]]) ++
      flat_map (fun k =>
        match nth_error (children t) k, nth_error (children u) k with
        | Some t, Some u => map (cons k) (differences fuel t u)
        | None, None => []
        | _, _ => [[k]]
        end) (seq 0 (Nat.max (List.length (children t)) (List.length (children u))))
  end.

Ltac same_before :=
  let q := fresh "q" in
  let B := fresh "B" in
  intros q B;
  repeat match goal with
  | B : before _ _ |- _ => inversion B; subst; clear B
  | L : ?k < _ |- _ => is_var k; destruct k; [| try lia]
  | L : _ < ?k |- _ => is_var k; destruct k; [try lia |]
  end; try lia; unfold norm_at; cbn;
  repeat match goal with |- context [nth_error _ ?k] => is_var k; destruct k; try lia; cbn end;
  reflexivity.

Ltac better_at ps :=
  match ps with
  | ?p :: ?rest => (exists p; split; [vm_compute; lia | same_before]) || better_at rest
  end.

Ltac better_tree :=
  match goal with |- better ?t ?u => let ps := eval vm_compute in (differences 30 t u) in better_at ps end.

Ltac ground k := lazymatch k with 0 => idtac | S ?k => ground k end.

(* A disjunction of bounds that cannot hold. *)
Ltac impossible G := exfalso; clear -G; intuition (first [lia | discriminate]).

(* Every parse tree behind a hypothesis wf r t i j with a known i: none, or some goals with t known. *)
Ltac all_trees :=
  repeat match goal with
  | G : _ \/ _ |- _ => impossible G
  | H : wf _ _ ?i _ |- _ => ground i; inversion H; subst; clear H; cbn in *; try discriminate; try lia
  end.

(* Candidates for the best tree: all trees there are, and some more. That they are trees is proved of each one anew. *)
Fixpoint candidates (fuel : nat) (s : subject range_class look) (r : re range_class look) (i j : nat) : list tree :=
  match fuel with
  | 0 => []
  | S fuel =>
      let pairs f r1 r2 ks :=
        flat_map (fun k => flat_map (fun t => map (f t) (candidates fuel s r2 k j)) (candidates fuel s r1 i k)) ks in
      match r with
      | Zero => []
      | One => if i =? j then [TEps] else []
      | Cls c => if (S i =? j) && cls_at c i then [TUnit] else []
      | Ast a => if (i =? j) && ast_at a i then [TEps] else []
      | Alt r1 r2 => map TLeft (candidates fuel s r1 i j) ++ map TRight (candidates fuel s r2 i j)
      | Cat r1 r2 => pairs TSeq r1 r2 (seq i (S (j - i)))
      | Rep head r1 min max =>
          let rest := Rep false r1 (pred min) (less max) in
          let ends := if head then [TNone] else [TEnd; TNone] in
          if negb (more max) then (if i =? j then ends else [])
          else if (i =? j) && (min =? 0) then
            ends ++ flat_map (fun t => map (TIter t) [TEnd; TNone]) (candidates fuel s r1 i i)
          else
            (if i =? j then ends else []) ++
            pairs TIter r1 rest (if min =? 0 then seq (S i) (j - i) else seq i (S (j - i)))
      | Grp _ r1 => map TGrp (candidates fuel s r1 i j)
      end
  end.

Ltac parses :=
  lazymatch goal with
  | |- wf _ _ _ _ => econstructor; parses
  | |- _ \/ _ => first [left; parses | right; parses]
  | |- _ /\ _ => split; parses
  | |- _ => cbn; first [reflexivity | lia]
  end.

(* H : wf r t i j, with i known, and every tree is at most as good as the one in the goal. *)
Ltac best := let t := fresh "t" in let H := fresh "H" in
  intros t H; cbn in H; all_trees; first [left; reflexivity | right; better_tree].

Lemma wf_forward {C A} {sub : subject C A} (r : re C A) t i j : wf r t i j -> i <= j.
Proof. induction 1; lia. Qed.

(* H : wf r t i j, with i unknown: no tree begins at i, or the goal holds there. *)
Ltac at_each_begin H W i :=
  pose proof (wf_forward _ _ _ _ H); unfold allowed in W; cbn in W;
  do 5 (destruct i as [| i]; [first [lia | solve [exfalso; cbn in H; all_trees]] |]); lia.

Ltac leftmost := let i := fresh "i" in let j := fresh "j" in let t := fresh "t" in let H := fresh "H" in
  let W := fresh "W" in intros i j [t H] W; first [lia | at_each_begin H W i].

Ltac longest := let j := fresh "j" in let t := fresh "t" in let H := fresh "H" in let W := fresh "W" in
  intros j [t H] W; first [unfold allowed in W; cbn in W; lia | cbn in H; all_trees; cbn; lia].

Ltac within := unfold allowed; cbn; repeat split; intros; first [lia | discriminate].

Ltac llmatch := split; [split; [parses | best] | split; [within | split; [leftmost | longest]]].

Ltac among ts :=
  match ts with
  | ?t :: ?rest => (exists t; split; [| vm_compute; reflexivity]; abstract llmatch) || among rest
  end.

Ltac decided :=
  match goal with
  | |- answers ?r ?h (Some (Some (?i, ?j) :: _)) =>
      let units := eval vm_compute in (bytes h) in
      let n := eval vm_compute in (List.length units) in
      let core := eval vm_compute in (compile r) in
      let ts := eval vm_compute in (candidates 12 (subject_of (in_list (map Some units)) n) core i j) in
      unfold answers;
      change (compile r) with core; change (bytes h) with units;
      exists i, j; among ts
  | |- answers ?r ?h None =>
      let i := fresh "i" in let j := fresh "j" in let t := fresh "t" in let H := fresh "H" in let W := fresh "W" in
      unfold answers; cbn; intros i j W [t H]; at_each_begin H W i
  end.
