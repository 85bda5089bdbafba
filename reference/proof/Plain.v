(* Rules A1 to A5 once more, in SPEC.md's own words: trees of the n-ary nodes, an order that goes part by part
   and has no positions and norms, no bit on repeats. PlainProof.v shows that Spec.v says the same, so that a reader may
   believe whichever of the two is clearer. *)
From Coq Require Import List Arith.
From RedoubtProof Require Import Spec.
Import ListNotations.

(* A1. PAlt b t: the tree t of branch b; PRep ts: one tree for each iteration. *)
Inductive ptree :=
| PEmpty | PUnit
| PCat (ts : list ptree) | PAlt (b : nat) (t : ptree) | PRep (ts : list ptree) | PGrp (t : ptree).

Fixpoint plen (t : ptree) : nat :=
  match t with
  | PEmpty => 0
  | PUnit => 1
  | PCat ts | PRep ts => list_sum (map plen ts)
  | PAlt _ t | PGrp t => plen t
  end.

Definition at_most (k : nat) (max : option nat) : Prop := match max with None => True | Some m => k <= m end.

(* Adjacent parts: each of the trees is as its predicate wants it, and begins where the one before ends. *)
Fixpoint parts (ps : list (ptree -> nat -> nat -> Prop)) (ts : list ptree) (i j : nat) : Prop :=
  match ps, ts with
  | [], [] => i = j
  | p :: ps, t :: ts => exists k, p t i k /\ parts ps ts k j
  | _, _ => False
  end.

(* A3, from left to right: the longer part, else the better part, else what follows; and something (an empty iteration)
   is better than nothing. *)
Fixpoint prefer_parts (ps : list (ptree -> ptree -> Prop)) (ts ts' : list ptree) : Prop :=
  match ps, ts, ts' with
  | p :: ps, t :: ts, t' :: ts' =>
    plen t' < plen t \/ (plen t = plen t' /\ p t t') \/ (t = t' /\ prefer_parts ps ts ts')
  | _, _ :: _, [] => True
  | _, _, _ => False
  end.

(* A5, likewise. *)
Fixpoint walk_parts (ws : list (ptree -> nat -> slots -> slots)) (ts : list ptree) (i : nat) (s : slots) : slots :=
  match ws, ts with
  | w :: ws, t :: ts => walk_parts ws ts (i + plen t) (w t i s)
  | _, _ => s
  end.

Section Plain.
Context {C A : Type} {sub : subject C A}.

(* A1 and A2: t is a parse tree of r over [i,j). *)
Fixpoint parse (r : sre C A) (t : ptree) (i j : nat) : Prop :=
  match r, t with
  | SEmpty, PEmpty => i = j
  | SCls c, PUnit => j = S i /\ cls_at c i = true
  | SLook a, PEmpty => i = j /\ ast_at a i = true
  | SCat rs, PCat ts => parts (map parse rs) ts i j
  | SAlt rs, PAlt b t => exists p, nth_error (map parse rs) b = Some p /\ p t i j
  | SRep r min max _, PRep ts =>
    parts (repeat (parse r) (length ts)) ts i j /\ min <= length ts /\ at_most (length ts) max /\
    (Forall (fun t => 0 < plen t) (skipn min ts) \/ (min = 0 /\ i = j /\ length ts = 1))
  | SGrp _ r, PGrp t => parse r t i j
  | _, _ => False
  end.

(* A3: of two trees of r over one span, the first is better. *)
Fixpoint prefer (r : sre C A) (t t' : ptree) : Prop :=
  match r, t, t' with
  | SCat rs, PCat ts, PCat ts' => prefer_parts (map prefer rs) ts ts'
  | SAlt rs, PAlt b t, PAlt b' t' =>
    b < b' \/ (b = b' /\ exists p, nth_error (map prefer rs) b = Some p /\ p t t')
  | SRep r _ _ _, PRep ts, PRep ts' => prefer_parts (repeat (prefer r) (length ts)) ts ts'
  | SGrp _ r, PGrp t, PGrp t' => prefer r t t'
  | _, _, _ => False
  end.

Definition is_preferred (r : sre C A) (t : ptree) (i j : nat) : Prop :=
  parse r t i j /\ forall t', parse r t' i j -> t' = t \/ prefer r t t'.

(* A4 *)
Definition is_plain_match (r : sre C A) (w : window) (i j : nat) (t : ptree) : Prop :=
  is_preferred r t i j /\ allowed w i j /\
  (forall i' j' t', parse r t' i' j' -> allowed w i' j' -> i <= i') /\
  (forall j' t', parse r t' i j' -> allowed w i j' -> j' <= j).

(* A5: the slots after a walk over t from left to right. *)
Fixpoint plain_walk (r : sre C A) (t : ptree) (i : nat) (s : slots) : slots :=
  match r, t with
  | SCat rs, PCat ts => walk_parts (map plain_walk rs) ts i s
  | SAlt rs, PAlt b t => match nth_error (map plain_walk rs) b with Some w => w t i s | None => s end
  | SRep r _ _ _, PRep ts =>
    walk_parts (repeat (fun t i s => plain_walk r t i (unset (groups (compile r)) s)) (length ts)) ts i s
  | SGrp (Some g) r, PGrp t => plain_walk r t i (set g (i, i + plen t) s)
  | SGrp None r, PGrp t => plain_walk r t i s
  | _, _ => s
  end.

End Plain.
