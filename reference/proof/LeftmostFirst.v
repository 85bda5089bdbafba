(* The definitions of leftmost-first matching (SPEC.md, part B): which program a regex stands for, what is a parse tree,
   which way through the program a tree takes, which ways a loop policy permits, which of two comes first, what the
   match is, and what the groups report. FirstMatcher.v has a matcher, and the proof that it finds what is defined here.
   Surface regexes, subjects, trees, windows and slots are those of Spec.v. *)
From Coq Require Import List Arith Bool.
From RedoubtProof Require Import Spec.
Import ListNotations.

(* B3: what an iteration that consumed nothing does is a parameter. *)
Inductive policy := Re2 | Pcre2.

(* ---- Programs: regexes whose repeats are unrolled. A choice, a place with two ways to go on, has a label. There are
   three kinds: between two branches; at the head of r*; and at the tail of r+, behind r. ---- *)

Inductive prog (C A : Type) :=
| Nothing
| Empty
| Class (c : C)
| Look (a : A)
| Both (p q : prog C A)                          (* one after the other *)
| Either (label : nat) (p q : prog C A)          (* p is preferred *)
| Star (label : nat) (greedy : bool) (p : prog C A)
| Plus (label : nat) (greedy : bool) (p : prog C A)
| Group (g : nat) (p : prog C A).

Arguments Nothing {C A}. Arguments Empty {C A}. Arguments Class {C A}. Arguments Look {C A}. Arguments Both {C A}.
Arguments Either {C A}. Arguments Star {C A}. Arguments Plus {C A}. Arguments Group {C A}.

(* B3, "where x can be empty": assertions are taken as true. *)
Fixpoint can_be_empty {C A} (p : prog C A) : bool :=
  match p with
  | Nothing | Class _ => false
  | Empty | Look _ | Star _ _ _ => true
  | Both p q => can_be_empty p && can_be_empty q
  | Either _ p q => can_be_empty p || can_be_empty q
  | Plus _ _ p | Group _ p => can_be_empty p
  end.

Section Unroll.
Context {C A : Type}.

Definition optional (greedy : bool) (p : prog C A) : prog C A := if greedy then Either 0 p Empty else Either 0 Empty p.

(* x...x rest *)
Fixpoint copies (k : nat) (p rest : prog C A) : prog C A :=
  match k with 0 => rest | S k => Both p (copies k p rest) end.

(* (x(x(x...)?)?)?, k deep *)
Fixpoint at_most (k : nat) (greedy : bool) (p : prog C A) : prog C A :=
  match k with 0 => Empty | S k => optional greedy (Both p (at_most k greedy p)) end.

(* B3: x{n,m} = x...x(x(x...)?)?, x{n,} = x...x x+, and x* = (x+)? where x can be empty. *)
Definition unroll_repeat (p : prog C A) (min : nat) (max : option nat) (greedy : bool) : prog C A :=
  match max, min with
  | Some max, _ => copies min p (at_most (max - min) greedy p)
  | None, S k => copies k p (Plus 0 greedy p)
  | None, 0 => if can_be_empty p then optional greedy (Plus 0 greedy p) else Star 0 greedy p
  end.

Fixpoint unroll (r : sre C A) : prog C A :=
  match r with
  | SEmpty => Empty
  | SCls c => Class c
  | SLook a => Look a
  | SCat rs => right_assoc Both Empty (map unroll rs)
  | SAlt rs => right_assoc (Either 0) Nothing (map unroll rs)
  | SRep r min max greedy => unroll_repeat (unroll r) min max greedy
  | SGrp (Some g) r => Group g (unroll r)
  | SGrp None r => unroll r
  end.

(* Each choice gets a label of its own, the copies of a body too: they are different places. Labels begin at next; the
   second answer is the first one that is left. *)
Fixpoint number (p : prog C A) (next : nat) : prog C A * nat :=
  match p with
  | Nothing | Empty | Class _ | Look _ => (p, next)
  | Both p q => let (p, next) := number p next in let (q, next) := number q next in (Both p q, next)
  | Either _ p q => let (p, left) := number p (S next) in let (q, left) := number q left in (Either next p q, left)
  | Star _ greedy p => let (p, left) := number p (S next) in (Star next greedy p, left)
  | Plus _ greedy p => let (p, left) := number p (S next) in (Plus next greedy p, left)
  | Group g p => let (p, next) := number p next in (Group g p, next)
  end.

Definition program (r : sre C A) : prog C A := fst (number (unroll r) 0).
End Unroll.

(* ---- Parse trees: [parse pol p t i j] says that t is one of p over [i,j). The tree of a loop is a chain of TIter, one
   for each iteration, that ends in TEnd. Under pcre2 an iteration that consumed nothing leaves the loop. ---- *)

Definition leaves_if_empty (pol : policy) (t rest : tree) : Prop := pol = Pcre2 -> len t = 0 -> rest = TEnd.

Inductive parse {C A} `{subject C A} (pol : policy) : prog C A -> tree -> nat -> nat -> Prop :=
| parse_empty i : parse pol Empty TEps i i
| parse_class c i : cls_at c i = true -> parse pol (Class c) TUnit i (S i)
| parse_look a i : ast_at a i = true -> parse pol (Look a) TEps i i
| parse_both p q t u i k j : parse pol p t i k -> parse pol q u k j -> parse pol (Both p q) (TSeq t u) i j
| parse_left l p q t i j : parse pol p t i j -> parse pol (Either l p q) (TLeft t) i j
| parse_right l p q t i j : parse pol q t i j -> parse pol (Either l p q) (TRight t) i j
| parse_end l g p i : parse pol (Star l g p) TEnd i i
| parse_star l g p t u i k j :
    parse pol p t i k -> parse pol (Star l g p) u k j -> leaves_if_empty pol t u ->
    parse pol (Star l g p) (TIter t u) i j
| parse_plus l g p t u i k j :
    parse pol p t i k -> parse pol (Star l g p) u k j -> leaves_if_empty pol t u ->
    parse pol (Plus l g p) (TIter t u) i j
| parse_group g p t i j : parse pol p t i j -> parse pol (Group g p) (TGrp t) i j.

(* ---- The way that a tree takes: its choices in order, each with label and location, and whether it is the preferred
   one. A greedy loop prefers one more iteration, a lazy one prefers to leave (B1). ---- *)

Fixpoint way {C A} (p : prog C A) (t : tree) (i : nat) : list (nat * nat * bool) :=
  match t, p with
  | TSeq t u, Both p q => way p t i ++ way q u (i + len t)
  | TLeft t, Either l p _ => (l, i, true) :: way p t i
  | TRight t, Either l _ q => (l, i, false) :: way q t i
  | TEnd, Star l greedy _ => [(l, i, negb greedy)]
  | TIter t u, Star l greedy p => (l, i, greedy) :: way p t i ++ way (Star l greedy p) u (i + len t)
  | TIter t u, Plus l greedy p => way p t i ++ way (Star l greedy p) u (i + len t)
  | TGrp t, Group _ p => way p t i
  | _, _ => []
  end.

Definition points {C A} (p : prog C A) (t : tree) (i : nat) : list (nat * nat) := map fst (way p t i).
Definition choices {C A} (p : prog C A) (t : tree) (i : nat) : list bool := map snd (way p t i).

(* Under re2, a way that comes to a point where it has been before, at the same location, ends there. Choices are the
   only points that matter: from any other there is but one way on, to a choice, a unit or the match, so what comes back
   to it comes back to a choice as well. Engines remember the points of all ways and not only of this one. That makes no
   difference: if another way was there before and is given up, then whatever leads on from there to a match comes
   through a point of a way that is not yet given up. *)
Definition permitted {C A} (pol : policy) (p : prog C A) (t : tree) (i : nat) : Prop :=
  pol = Re2 -> NoDup (points p t i).

Definition candidate {C A} `{subject C A} (pol : policy) (p : prog C A) (w : window) (i j : nat) (t : tree) : Prop :=
  parse pol p t i j /\ allowed w i j /\ permitted pol p t i.

(* B1, priority: where the choices part, the first tree takes the preferred way. *)
Definition sooner (xs ys : list bool) : Prop := exists zs xs' ys', xs = zs ++ true :: xs' /\ ys = zs ++ false :: ys'.
Definition precedes {C A} (p : prog C A) (i : nat) (t u : tree) : Prop := sooner (choices p t i) (choices p u i).

(* B1: the smallest begin at which there is a candidate; of those that begin there, the first in order of priority. *)
Definition is_first_match {C A} `{subject C A} (pol : policy) (p : prog C A) (w : window) (i j : nat) (t : tree)
    : Prop :=
  candidate pol p w i j t /\
  forall i' j' t', candidate pol p w i' j' t' -> i < i' \/ i' = i /\ (t' = t \/ precedes p i t t').

(* B2: a group keeps the value that it was last given on the way; an iteration unsets nothing. *)
Fixpoint walk_first {C A} (p : prog C A) (t : tree) (i : nat) (s : slots) : slots :=
  match t, p with
  | TSeq t u, Both p q => walk_first q u (i + len t) (walk_first p t i s)
  | TLeft t, Either _ p _ => walk_first p t i s
  | TRight t, Either _ _ q => walk_first q t i s
  | TIter t u, Star l g p | TIter t u, Plus l g p => walk_first (Star l g p) u (i + len t) (walk_first p t i s)
  | TGrp t, Group g p => set g (i, i + len t) (walk_first p t i s)
  | _, _ => s
  end.

Definition captures_first {C A} (p : prog C A) (t : tree) (i : nat) : slots := walk_first p t i (fun _ => None).
