(* The leftmost-first matcher with a memory, for policy re2: as the engines do it, a way ends at a point where *any* way
   has been at that location. So there is at most one visit to each label at each location. Definitions only; that it
   finds what LeftmostFirst.v defines, where only the way itself counts, is proved in FirstMemoryCorrect.v. *)
From Coq Require Import List Arith Bool.
From RedoubtProof Require Import Spec LeftmostFirst.
Import ListNotations.

Notation point := (nat * nat)%type.

Section Memory.
Context {C A : Type} `{subject C A}.
Variable upto : nat.

(* ---- The matcher. It returns what it has visited. ---- *)

Definition point_eqb (x y : point) : bool := (fst x =? fst y) && (snd x =? snd y).
Definition visited (x : point) (D : list point) : bool := existsb (point_eqb x) D.

Section Search.
Context {X : Type}.
Definition remembering := tree -> nat -> list point -> option X * list point.

Fixpoint search_loop (l : nat) (greedy : bool) (body : nat -> list point -> remembering -> option X * list point)
    (fuel i : nat) (D : list point) (k : remembering) {struct fuel} : option X * list point :=
  match fuel with
  | 0 => (None, D)
  | S fuel =>
      if visited (l, i) D then (None, D) else
      let iterate := fun t j D =>
        if j =? i then (None, D)
        else search_loop l greedy body fuel j D (fun u j D => k (TIter t u) j D) in
      if greedy then
        match body i ((l, i) :: D) iterate with (Some x, D) => (Some x, D) | (None, D) => k TEnd i D end
      else
        match k TEnd i ((l, i) :: D) with (Some x, D) => (Some x, D) | (None, D) => body i D iterate end
  end.

Fixpoint search (p : prog C A) (i : nat) (D : list point) (k : remembering) {struct p} : option X * list point :=
  match p with
  | Nothing => (None, D)
  | Empty => k TEps i D
  | Class c => if (i <? upto) && cls_at c i then k TUnit (S i) D else (None, D)
  | Look a => if ast_at a i then k TEps i D else (None, D)
  | Both p q => search p i D (fun t j D => search q j D (fun u j D => k (TSeq t u) j D))
  | Either l p q =>
      if visited (l, i) D then (None, D) else
      match search p i ((l, i) :: D) (fun t j D => k (TLeft t) j D) with
      | (Some x, D) => (Some x, D)
      | (None, D) => search q i D (fun t j D => k (TRight t) j D)
      end
  | Star l greedy p => search_loop l greedy (search p) (S (upto - i)) i D k
  | Plus l greedy p =>
      search p i D (fun t j D =>
        search_loop l greedy (search p) (S (upto - j)) j D (fun u j D => k (TIter t u) j D))
  | Group g p => search p i D (fun t j D => k (TGrp t) j D)
  end.
End Search.

Definition search_at (p : prog C A) (i : nat) (D : list point) : option (nat * tree) * list point :=
  search p i D (fun t j D => (Some (j, t), D)).

(* The memory is kept from one start to the next. *)
Fixpoint search_from (p : prog C A) (i count : nat) (D : list point) : option (nat * nat * tree) :=
  match search_at p i D with
  | (Some (j, t), _) => Some (i, j, t)
  | (None, D) => match count with 0 => None | S count => search_from p (S i) count D end
  end.
End Memory.

(* The first match in a window, for policy re2. *)
Definition memory_match {C A} `{subject C A} (p : prog C A) (w : window) : option (nat * nat * tree) :=
  if upto w <? from w then None
  else search_from (upto w) p (from w) (if anchored w then 0 else upto w - from w) [].
