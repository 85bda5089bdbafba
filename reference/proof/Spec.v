(* The definitions: what a leftmost-longest (POSIX) match is and which groups it sets. Everything else in this folder
   is proved about, or computes, what stands here; only this file (and Bytes.v, for the alphabet in use) has to be
   believed. A1 to A5 and E are the rules of reference/SPEC.md. *)
From Coq Require Import List Arith.
Import ListNotations.

(* A haystack is seen only through two questions about a location i: is there a unit at i that belongs to class c, and
   does assertion a hold at i? Flags (i, m, s), escapes, encodings and the kinds of anchors are settled by whoever
   answers them (E), so they do not occur below. *)
Class subject (C A : Type) := { cls_at : C -> nat -> bool; ast_at : A -> nat -> bool }.

(* The seven nodes of SPEC.md, as the parser makes them. SGrp None r is (?:r); a maximum of None is infinite; greedy
   means nothing here; leftmost-first reads it (B1). *)
Inductive sre (C A : Type) :=
| SEmpty | SCls (c : C) | SLook (a : A)
| SCat (rs : list (sre C A)) | SAlt (rs : list (sre C A))
| SRep (r : sre C A) (min : nat) (max : option nat) (greedy : bool)
| SGrp (g : option nat) (r : sre C A).

(* The core: binary, and with one bit more. Rep true is a repeat; Rep false is what is left of a repeat that has begun
   (trees and derivatives need it; the parser never makes it). *)
Inductive re (C A : Type) :=
| Zero | One | Cls (c : C) | Ast (a : A)
| Alt (r s : re C A) | Cat (r s : re C A)
| Rep (head : bool) (r : re C A) (min : nat) (max : option nat)
| Grp (g : nat) (r : re C A).

Arguments SEmpty {C A}. Arguments SCls {C A}. Arguments SLook {C A}. Arguments SCat {C A}. Arguments SAlt {C A}.
Arguments SRep {C A}. Arguments SGrp {C A}.
Arguments Zero {C A}. Arguments One {C A}. Arguments Cls {C A}. Arguments Ast {C A}. Arguments Alt {C A}.
Arguments Cat {C A}. Arguments Rep {C A}. Arguments Grp {C A}.

(* A3: r1 r2 r3 is r1 (r2 r3), and r1|r2|r3 is r1|(r2|r3). *)
Fixpoint right_assoc {X} (f : X -> X -> X) (unit : X) (xs : list X) : X :=
  match xs with [] => unit | [x] => x | x :: rest => f x (right_assoc f unit rest) end.

Fixpoint compile {C A} (r : sre C A) : re C A :=
  match r with
  | SEmpty => One
  | SCls c => Cls c
  | SLook a => Ast a
  | SCat rs => right_assoc Cat One (map compile rs)
  | SAlt rs => right_assoc Alt Zero (map compile rs)
  | SRep r min max _ => Rep true (compile r) min max
  | SGrp (Some g) r => Grp g (compile r)
  | SGrp None r => compile r
  end.

(* A1: parse trees. TNil stands for a subtree that is not there. A repeat is a chain of TIter, one for each iteration;
   it ends in TEnd, or is TNone if there was no iteration at all. *)
Inductive tree :=
| TNil | TEps | TUnit
| TLeft (t : tree) | TRight (t : tree)
| TSeq (t u : tree)
| TNone | TEnd | TIter (t rest : tree)
| TGrp (t : tree).

(* How many units a tree spans. *)
Fixpoint len (t : tree) : nat :=
  match t with
  | TUnit => 1
  | TLeft t | TRight t | TGrp t => len t
  | TSeq t u | TIter t u => len t + len u
  | _ => 0
  end.

Definition more (max : option nat) : bool := match max with Some 0 => false | _ => true end.
Definition less (max : option nat) : option nat := option_map pred max.

(* A1, A2: wf r t i j says that t is a parse tree of r over the span [i,j). *)
Inductive wf {C A} `{subject C A} : re C A -> tree -> nat -> nat -> Prop :=
| wf_one i : wf One TEps i i
| wf_cls c i : cls_at c i = true -> wf (Cls c) TUnit i (S i)
| wf_ast a i : ast_at a i = true -> wf (Ast a) TEps i i
| wf_left r s t i j : wf r t i j -> wf (Alt r s) (TLeft t) i j
| wf_right r s t i j : wf s t i j -> wf (Alt r s) (TRight t) i j
| wf_cat r s t u i k j : wf r t i k -> wf s u k j -> wf (Cat r s) (TSeq t u) i j
| wf_none r max i : wf (Rep true r 0 max) TNone i i
| wf_end r max i : wf (Rep false r 0 max) TEnd i i
| wf_iter head r min max t u i k j :
    more max = true -> wf r t i k -> wf (Rep false r (pred min) (less max)) u k j ->
    (* A2: the iteration is not empty, or it is forced, or it is the only one of a repeat that spans nothing. *)
    i < k \/ 0 < min \/ (head = true /\ i = j) ->
    wf (Rep head r min max) (TIter t u) i j
| wf_grp g r t i j : wf r t i j -> wf (Grp g r) (TGrp t) i j.

Definition matches {C A} `{subject C A} (r : re C A) (i j : nat) : Prop := exists t, wf r t i j.

(* A3: the order of Borsotti and Trofimovich (2019), after Okui and Suzuki (2010). A position is a path from the root;
   the norm there is the length of the subtree, -1 if the subtree is nil, infinite if there is no such position. *)
Definition children (t : tree) : list tree :=
  match t with
  | TNil | TEps | TUnit | TEnd => []
  | TLeft t => [t; TNil]
  | TRight t => [TNil; t]
  | TSeq t u | TIter t u => [t; u]
  | TNone => [TNil]  (* no iteration at all is worth less than an empty one *)
  | TGrp t => [t]
  end.

Fixpoint subtree (t : tree) (p : list nat) : option tree :=
  match p with
  | [] => Some t
  | k :: p => match nth_error (children t) k with Some s => subtree s p | None => None end
  end.

Inductive norm := Nil | Len (n : nat) | Infinite.
Definition norm_at (t : tree) (p : list nat) : norm :=
  match subtree t p with None => Infinite | Some TNil => Nil | Some s => Len (len s) end.
Definition norm_lt (x y : norm) : Prop :=
  match x, y with
  | Nil, Len _ | Nil, Infinite | Len _, Infinite => True
  | Len m, Len n => m < n
  | _, _ => False
  end.

(* Outermost first, then from left to right. *)
Inductive before : list nat -> list nat -> Prop :=
| before_prefix k p : before [] (k :: p)
| before_left k l p q : k < l -> before (k :: p) (l :: q)
| before_next k p q : before p q -> before (k :: p) (k :: q).

(* At the first position where the norms differ, the better tree has the larger one. *)
Definition better (t u : tree) : Prop :=
  exists p, norm_lt (norm_at u p) (norm_at t p) /\ forall q, before q p -> norm_at t q = norm_at u q.

Definition is_best {C A} `{subject C A} (r : re C A) (t : tree) (i j : nat) : Prop :=
  wf r t i j /\ forall t', wf r t' i j -> t' = t \/ better t t'.

(* A4. A search is asked for matches within [from,upto), and if anchored only for those that begin at from; assertions
   still see what lies outside (E). A whole haystack of n units is Window 0 n false. *)
Record window := Window { from : nat; upto : nat; anchored : bool }.
Definition allowed (w : window) (i j : nat) : Prop :=
  from w <= i /\ j <= upto w /\ (anchored w = true -> i = from w).
Definition is_llmatch {C A} `{subject C A} (r : re C A) (w : window) (i j : nat) (t : tree) : Prop :=
  is_best r t i j /\ allowed w i j /\
  (forall i' j', matches r i' j' -> allowed w i' j' -> i <= i') /\
  (forall j', matches r i j' -> allowed w i j' -> j' <= j).

(* A5: the groups, by a walk over the tree from left to right. Slot g is the span of group g, or None. *)
Definition slots := nat -> option (nat * nat).
Definition set (g : nat) (span : nat * nat) (s : slots) : slots := fun x => if x =? g then Some span else s x.
Definition unset (gs : list nat) (s : slots) : slots := fun x => if existsb (Nat.eqb x) gs then None else s x.

Fixpoint groups {C A} (r : re C A) : list nat :=
  match r with
  | Zero | One | Cls _ | Ast _ => []
  | Alt r s | Cat r s => groups r ++ groups s
  | Rep _ r _ _ => groups r
  | Grp g r => g :: groups r
  end.

Fixpoint walk {C A} (r : re C A) (t : tree) (i : nat) (s : slots) : slots :=
  match t, r with
  | TLeft t, Alt r1 _ => walk r1 t i s
  | TRight t, Alt _ r2 => walk r2 t i s
  | TSeq t u, Cat r1 r2 => walk r2 u (i + len t) (walk r1 t i s)
  | TIter t u, Rep _ body _ _ => walk r u (i + len t) (walk body t i (unset (groups body) s))
  | TGrp t, Grp g r => walk r t i (set g (i, i + len t) s)
  | _, _ => s
  end.

Definition captures {C A} (r : re C A) (t : tree) (i : nat) : slots := walk r t i (fun _ => None).
