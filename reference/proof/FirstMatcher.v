(* The leftmost-first matcher: backtracking in continuation-passing style, by structural recursion. It takes time
   exponential in the subject where nested loops fail, as backtrackers do; for re2, FirstMemory.v has one that does not.
   Definitions only; the proof that it finds what LeftmostFirst.v defines is in FirstCorrect.v. *)
From Coq Require Import List Arith Bool.
From RedoubtProof Require Import Spec LeftmostFirst.
Import ListNotations.

Section FirstMatcher.
Context {C A : Type} `{subject C A}.
Variable pol : policy.
Variable upto : nat.  (* no unit at or behind it is read *)

(* [here]: the labels of the choices met at the present location, kept for re2 alone. After a unit there are none, as
   no way comes back to a location that it has left. *)
Definition been (l : nat) (here : list nat) : bool :=
  match pol with Re2 => existsb (Nat.eqb l) here | Pcre2 => false end.
Definition note (l : nat) (here : list nat) : list nat := match pol with Re2 => l :: here | Pcre2 => here end.

Section Run.
Context {X : Type}.
Definition continuation := tree -> nat -> list nat -> option X.

(* The head of a loop, that of r* or the tail of r+. [fuel] is more than the number of units left. An iteration that
   consumed nothing has come back to where it began: it ends there under re2, and leaves the loop under pcre2. *)
Fixpoint run_loop (l : nat) (greedy : bool) (body : nat -> list nat -> continuation -> option X)
    (fuel i : nat) (here : list nat) (k : continuation) {struct fuel} : option X :=
  match fuel with
  | 0 => None
  | S fuel =>
      if been l here then None else
      let here := note l here in
      let iterate :=
        fun t j here =>
          if j =? i then match pol with Re2 => None | Pcre2 => k (TIter t TEnd) j here end
          else run_loop l greedy body fuel j here (fun u j here => k (TIter t u) j here) in
      if greedy then match body i here iterate with Some x => Some x | None => k TEnd i here end
      else match k TEnd i here with Some x => Some x | None => body i here iterate end
  end.

Fixpoint run (p : prog C A) (i : nat) (here : list nat) (k : continuation) {struct p} : option X :=
  match p with
  | Nothing => None
  | Empty => k TEps i here
  | Class c => if (i <? upto) && cls_at c i then k TUnit (S i) [] else None
  | Look a => if ast_at a i then k TEps i here else None
  | Both p q => run p i here (fun t j here => run q j here (fun u j here => k (TSeq t u) j here))
  | Either l p q =>
      if been l here then None else
      match run p i (note l here) (fun t j here => k (TLeft t) j here) with
      | Some x => Some x
      | None => run q i (note l here) (fun t j here => k (TRight t) j here)
      end
  | Star l greedy p => run_loop l greedy (run p) (S (upto - i)) i here k
  | Plus l greedy p =>
      run p i here (fun t j here =>
        if match pol with Re2 => false | Pcre2 => j =? i end then k (TIter t TEnd) j here
        else run_loop l greedy (run p) (S (upto - j)) j here (fun u j here => k (TIter t u) j here))
  | Group g p => run p i here (fun t j here => k (TGrp t) j here)
  end.
End Run.

(* The first match that begins at i: its end and its tree. *)
Definition first_at (p : prog C A) (i : nat) : option (nat * tree) := run p i [] (fun t j _ => Some (j, t)).

Fixpoint first_from (p : prog C A) (i count : nat) : option (nat * nat * tree) :=
  match first_at p i with
  | Some (j, t) => Some (i, j, t)
  | None => match count with 0 => None | S count => first_from p (S i) count end
  end.
End FirstMatcher.

(* The first match in a window: its begin, its end, its tree. *)
Definition first_match {C A} `{subject C A} (pol : policy) (p : prog C A) (w : window) : option (nat * nat * tree) :=
  if upto w <? from w then None
  else first_from pol (upto w) p (from w) (if anchored w then 0 else upto w - from w).
