
(** val xorb : bool -> bool -> bool **)

let xorb b1 b2 =
  if b1 then if b2 then false else true else b2

(** val negb : bool -> bool **)

let negb = function
| true -> false
| false -> true

type nat =
| O
| S of nat

(** val option_map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option **)

let option_map f = function
| Some a -> Some (f a)
| None -> None

(** val fst : ('a1 * 'a2) -> 'a1 **)

let fst = function
| (x, _) -> x

(** val snd : ('a1 * 'a2) -> 'a2 **)

let snd = function
| (_, y) -> y

(** val app : 'a1 list -> 'a1 list -> 'a1 list **)

let rec app l m =
  match l with
  | [] -> m
  | a :: l1 -> a :: (app l1 m)

(** val pred : nat -> nat **)

let pred n = match n with
| O -> n
| S u -> u

(** val add : nat -> nat -> nat **)

let rec add n m =
  match n with
  | O -> m
  | S p -> S (add p m)

(** val sub : nat -> nat -> nat **)

let rec sub n m =
  match n with
  | O -> n
  | S k -> (match m with
            | O -> n
            | S l -> sub k l)

(** val eqb : bool -> bool -> bool **)

let eqb b1 b2 =
  if b1 then b2 else if b2 then false else true

module Nat =
 struct
  (** val eqb : nat -> nat -> bool **)

  let rec eqb n m =
    match n with
    | O -> (match m with
            | O -> true
            | S _ -> false)
    | S n' -> (match m with
               | O -> false
               | S m' -> eqb n' m')

  (** val leb : nat -> nat -> bool **)

  let rec leb n m =
    match n with
    | O -> true
    | S n' -> (match m with
               | O -> false
               | S m' -> leb n' m')

  (** val ltb : nat -> nat -> bool **)

  let ltb n m =
    leb (S n) m
 end

(** val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list **)

let rec map f = function
| [] -> []
| a :: t -> (f a) :: (map f t)

(** val existsb : ('a1 -> bool) -> 'a1 list -> bool **)

let rec existsb f = function
| [] -> false
| a :: l0 -> (||) (f a) (existsb f l0)

(** val seq : nat -> nat -> nat list **)

let rec seq start = function
| O -> []
| S len1 -> start :: (seq (S start) len1)

type ('c, 'a) subject = { cls_at : ('c -> nat -> bool);
                          ast_at : ('a -> nat -> bool) }

type ('c, 'a) sre =
| SEmpty
| SCls of 'c
| SLook of 'a
| SCat of ('c, 'a) sre list
| SAlt of ('c, 'a) sre list
| SRep of ('c, 'a) sre * nat * nat option * bool
| SGrp of nat option * ('c, 'a) sre

type ('c, 'a) re =
| Zero
| One
| Cls of 'c
| Ast of 'a
| Alt of ('c, 'a) re * ('c, 'a) re
| Cat of ('c, 'a) re * ('c, 'a) re
| Rep of bool * ('c, 'a) re * nat * nat option
| Grp of nat * ('c, 'a) re

(** val right_assoc : ('a1 -> 'a1 -> 'a1) -> 'a1 -> 'a1 list -> 'a1 **)

let rec right_assoc f unit0 = function
| [] -> unit0
| x :: rest ->
  (match rest with
   | [] -> x
   | _ :: _ -> f x (right_assoc f unit0 rest))

(** val compile : ('a1, 'a2) sre -> ('a1, 'a2) re **)

let rec compile = function
| SEmpty -> One
| SCls c -> Cls c
| SLook a -> Ast a
| SCat rs -> right_assoc (fun x x0 -> Cat (x, x0)) One (map compile rs)
| SAlt rs -> right_assoc (fun x x0 -> Alt (x, x0)) Zero (map compile rs)
| SRep (r0, min, max, _) -> Rep (true, (compile r0), min, max)
| SGrp (g0, r0) ->
  (match g0 with
   | Some g -> Grp (g, (compile r0))
   | None -> compile r0)

type tree =
| TNil
| TEps
| TUnit
| TLeft of tree
| TRight of tree
| TSeq of tree * tree
| TNone
| TEnd
| TIter of tree * tree
| TGrp of tree

(** val len : tree -> nat **)

let rec len = function
| TUnit -> S O
| TLeft t0 -> len t0
| TRight t0 -> len t0
| TSeq (t0, u) -> add (len t0) (len u)
| TIter (t0, u) -> add (len t0) (len u)
| TGrp t0 -> len t0
| _ -> O

(** val more : nat option -> bool **)

let more = function
| Some n -> (match n with
             | O -> false
             | S _ -> true)
| None -> true

(** val less : nat option -> nat option **)

let less max =
  option_map pred max

type window = { from : nat; upto : nat; anchored : bool }

type slots = nat -> (nat * nat) option

(** val set : nat -> (nat * nat) -> slots -> slots **)

let set g span s x =
  if Nat.eqb x g then Some span else s x

(** val unset : nat list -> slots -> slots **)

let unset gs s x =
  if existsb (Nat.eqb x) gs then None else s x

(** val groups : ('a1, 'a2) re -> nat list **)

let rec groups = function
| Alt (r0, s) -> app (groups r0) (groups s)
| Cat (r0, s) -> app (groups r0) (groups s)
| Rep (_, r0, _, _) -> groups r0
| Grp (g, r0) -> g :: (groups r0)
| _ -> []

(** val walk : ('a1, 'a2) re -> tree -> nat -> slots -> slots **)

let rec walk r t i s =
  match t with
  | TLeft t0 -> (match r with
                 | Alt (r1, _) -> walk r1 t0 i s
                 | _ -> s)
  | TRight t0 -> (match r with
                  | Alt (_, r2) -> walk r2 t0 i s
                  | _ -> s)
  | TSeq (t0, u) ->
    (match r with
     | Cat (r1, r2) -> walk r2 u (add i (len t0)) (walk r1 t0 i s)
     | _ -> s)
  | TIter (t0, u) ->
    (match r with
     | Rep (_, body, _, _) ->
       walk r u (add i (len t0)) (walk body t0 i (unset (groups body) s))
     | _ -> s)
  | TGrp t0 ->
    (match r with
     | Grp (g, r0) -> walk r0 t0 i (set g (i, (add i (len t0))) s)
     | _ -> s)
  | _ -> s

(** val captures : ('a1, 'a2) re -> tree -> nat -> slots **)

let captures r t i =
  walk r t i (fun _ -> None)

type policy =
| Re2
| Pcre2

type ('c, 'a) prog =
| Nothing
| Empty
| Class of 'c
| Look of 'a
| Both of ('c, 'a) prog * ('c, 'a) prog
| Either of nat * ('c, 'a) prog * ('c, 'a) prog
| Star of nat * bool * ('c, 'a) prog
| Plus of nat * bool * ('c, 'a) prog
| Group of nat * ('c, 'a) prog

(** val can_be_empty : ('a1, 'a2) prog -> bool **)

let rec can_be_empty = function
| Nothing -> false
| Class _ -> false
| Both (p0, q) -> (&&) (can_be_empty p0) (can_be_empty q)
| Either (_, p0, q) -> (||) (can_be_empty p0) (can_be_empty q)
| Plus (_, _, p0) -> can_be_empty p0
| Group (_, p0) -> can_be_empty p0
| _ -> true

(** val optional : bool -> ('a1, 'a2) prog -> ('a1, 'a2) prog **)

let optional greedy p =
  if greedy then Either (O, p, Empty) else Either (O, Empty, p)

(** val copies :
    nat -> ('a1, 'a2) prog -> ('a1, 'a2) prog -> ('a1, 'a2) prog **)

let rec copies k p rest =
  match k with
  | O -> rest
  | S k0 -> Both (p, (copies k0 p rest))

(** val at_most : nat -> bool -> ('a1, 'a2) prog -> ('a1, 'a2) prog **)

let rec at_most k greedy p =
  match k with
  | O -> Empty
  | S k0 -> optional greedy (Both (p, (at_most k0 greedy p)))

(** val unroll_repeat :
    ('a1, 'a2) prog -> nat -> nat option -> bool -> ('a1, 'a2) prog **)

let unroll_repeat p min max greedy =
  match max with
  | Some max0 -> copies min p (at_most (sub max0 min) greedy p)
  | None ->
    (match min with
     | O ->
       if can_be_empty p
       then optional greedy (Plus (O, greedy, p))
       else Star (O, greedy, p)
     | S k -> copies k p (Plus (O, greedy, p)))

(** val unroll : ('a1, 'a2) sre -> ('a1, 'a2) prog **)

let rec unroll = function
| SEmpty -> Empty
| SCls c -> Class c
| SLook a -> Look a
| SCat rs -> right_assoc (fun x x0 -> Both (x, x0)) Empty (map unroll rs)
| SAlt rs ->
  right_assoc (fun x x0 -> Either (O, x, x0)) Nothing (map unroll rs)
| SRep (r0, min, max, greedy) -> unroll_repeat (unroll r0) min max greedy
| SGrp (g0, r0) ->
  (match g0 with
   | Some g -> Group (g, (unroll r0))
   | None -> unroll r0)

(** val number : ('a1, 'a2) prog -> nat -> ('a1, 'a2) prog * nat **)

let rec number p next =
  match p with
  | Both (p0, q) ->
    let (p1, next0) = number p0 next in
    let (q0, next1) = number q next0 in ((Both (p1, q0)), next1)
  | Either (_, p0, q) ->
    let (p1, left) = number p0 (S next) in
    let (q0, left0) = number q left in ((Either (next, p1, q0)), left0)
  | Star (_, greedy, p0) ->
    let (p1, left) = number p0 (S next) in ((Star (next, greedy, p1)), left)
  | Plus (_, greedy, p0) ->
    let (p1, left) = number p0 (S next) in ((Plus (next, greedy, p1)), left)
  | Group (g, p0) ->
    let (p1, next0) = number p0 next in ((Group (g, p1)), next0)
  | _ -> (p, next)

(** val program : ('a1, 'a2) sre -> ('a1, 'a2) prog **)

let program r =
  fst (number (unroll r) O)

(** val walk_first : ('a1, 'a2) prog -> tree -> nat -> slots -> slots **)

let rec walk_first p t i s =
  match t with
  | TLeft t0 ->
    (match p with
     | Either (_, p0, _) -> walk_first p0 t0 i s
     | _ -> s)
  | TRight t0 ->
    (match p with
     | Either (_, _, q) -> walk_first q t0 i s
     | _ -> s)
  | TSeq (t0, u) ->
    (match p with
     | Both (p0, q) -> walk_first q u (add i (len t0)) (walk_first p0 t0 i s)
     | _ -> s)
  | TIter (t0, u) ->
    (match p with
     | Star (l, g, p0) ->
       walk_first (Star (l, g, p0)) u (add i (len t0)) (walk_first p0 t0 i s)
     | Plus (l, g, p0) ->
       walk_first (Star (l, g, p0)) u (add i (len t0)) (walk_first p0 t0 i s)
     | _ -> s)
  | TGrp t0 ->
    (match p with
     | Group (g, p0) -> set g (i, (add i (len t0))) (walk_first p0 t0 i s)
     | _ -> s)
  | _ -> s

(** val captures_first : ('a1, 'a2) prog -> tree -> nat -> slots **)

let captures_first p t i =
  walk_first p t i (fun _ -> None)

type haystack = nat -> nat option

type range_class = (nat * nat) list

(** val in_class : range_class -> nat -> bool **)

let in_class c x =
  existsb (fun range -> (&&) (Nat.leb (fst range) x) (Nat.leb x (snd range)))
    c

type look =
| Caret
| Dollar
| TextStart
| TextEnd
| LineStart
| LineEnd
| WordBoundary
| NotWordBoundary

(** val word : range_class **)

let word =
  ((S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    O)))))))))))))))))))))))))))))))))))))))))))))))), (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S O)))))))))))))))))))))))))))))))))))))))))))))))))))))))))) :: (((S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    O))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))), (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    O))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) :: (((S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    O))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))),
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    O)))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) :: (((S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    O))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))),
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S (S
    (S (S
    O))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))) :: [])))

(** val newline : nat **)

let newline =
  S (S (S (S (S (S (S (S (S (S O)))))))))

(** val is_unit : haystack -> nat -> (nat -> bool) -> bool **)

let is_unit h i p =
  match h i with
  | Some x -> p x
  | None -> false

(** val is_unit_before : haystack -> nat -> (nat -> bool) -> bool **)

let is_unit_before h i p =
  match i with
  | O -> false
  | S k -> is_unit h k p

(** val holds : haystack -> nat -> look -> nat -> bool **)

let holds h n a i =
  match a with
  | Caret -> Nat.eqb i O
  | TextStart -> Nat.eqb i O
  | LineStart -> (||) (Nat.eqb i O) (is_unit_before h i (Nat.eqb newline))
  | LineEnd -> (||) (Nat.eqb i n) (is_unit h i (Nat.eqb newline))
  | WordBoundary ->
    xorb (is_unit_before h i (in_class word)) (is_unit h i (in_class word))
  | NotWordBoundary ->
    negb
      (xorb (is_unit_before h i (in_class word))
        (is_unit h i (in_class word)))
  | _ -> Nat.eqb i n

(** val subject_of : haystack -> nat -> (range_class, look) subject **)

let subject_of h n =
  { cls_at = (fun c i -> is_unit h i (in_class c)); ast_at = (holds h n) }

(** val class_eqb : range_class -> range_class -> bool **)

let rec class_eqb c d =
  match c with
  | [] -> (match d with
           | [] -> true
           | _ :: _ -> false)
  | p :: c0 ->
    let (a, b) = p in
    (match d with
     | [] -> false
     | p0 :: d0 ->
       let (a', b') = p0 in
       (&&) ((&&) (Nat.eqb a a') (Nat.eqb b b')) (class_eqb c0 d0))

(** val look_eqb : look -> look -> bool **)

let look_eqb a b =
  match a with
  | Caret -> (match b with
              | Caret -> true
              | _ -> false)
  | Dollar -> (match b with
               | Dollar -> true
               | _ -> false)
  | TextStart -> (match b with
                  | TextStart -> true
                  | _ -> false)
  | TextEnd -> (match b with
                | TextEnd -> true
                | _ -> false)
  | LineStart -> (match b with
                  | LineStart -> true
                  | _ -> false)
  | LineEnd -> (match b with
                | LineEnd -> true
                | _ -> false)
  | WordBoundary -> (match b with
                     | WordBoundary -> true
                     | _ -> false)
  | NotWordBoundary -> (match b with
                        | NotWordBoundary -> true
                        | _ -> false)

(** val enough : nat -> nat option -> bool **)

let enough min = function
| Some m -> Nat.leb min m
| None -> true

(** val null : ('a1, 'a2) subject -> nat -> ('a1, 'a2) re -> bool **)

let rec null sub0 i = function
| One -> true
| Ast a -> sub0.ast_at a i
| Alt (r0, s) -> (||) (null sub0 i r0) (null sub0 i s)
| Cat (r0, s) -> (&&) (null sub0 i r0) (null sub0 i s)
| Rep (_, r0, min, max) ->
  (||) (Nat.eqb min O) ((&&) (null sub0 i r0) (enough min max))
| Grp (_, r0) -> null sub0 i r0
| _ -> false

(** val empty_iterations : tree -> nat -> tree **)

let rec empty_iterations t = function
| O -> TEnd
| S min0 -> TIter (t, (empty_iterations t min0))

(** val empty_tree : ('a1, 'a2) subject -> nat -> ('a1, 'a2) re -> tree **)

let rec empty_tree sub0 i = function
| Alt (r0, s) ->
  if null sub0 i r0
  then TLeft (empty_tree sub0 i r0)
  else TRight (empty_tree sub0 i s)
| Cat (r0, s) -> TSeq ((empty_tree sub0 i r0), (empty_tree sub0 i s))
| Rep (head, r0, min, max) ->
  if head
  then (match min with
        | O ->
          if (&&) (more max) (null sub0 i r0)
          then TIter ((empty_tree sub0 i r0), TEnd)
          else TNone
        | S _ -> empty_iterations (empty_tree sub0 i r0) min)
  else empty_iterations (empty_tree sub0 i r0) min
| Grp (_, r0) -> TGrp (empty_tree sub0 i r0)
| _ -> TEps

(** val inject_rep : tree -> (tree -> tree) -> tree -> tree **)

let rec inject_rep e f t = match t with
| TLeft t0 -> (match t0 with
               | TSeq (t1, u) -> TIter ((f t1), u)
               | _ -> t)
| TRight t0 -> TIter (e, (inject_rep e f t0))
| TSeq (t0, u) -> TIter ((f t0), u)
| _ -> t

(** val inject :
    ('a1, 'a2) subject -> nat -> ('a1, 'a2) re -> tree -> tree **)

let rec inject sub0 i r t =
  match r with
  | Cls _ -> TUnit
  | Alt (r0, s) ->
    (match t with
     | TLeft t0 -> TLeft (inject sub0 i r0 t0)
     | TRight t0 -> TRight (inject sub0 i s t0)
     | _ -> t)
  | Cat (r0, s) ->
    (match t with
     | TLeft t0 ->
       (match t0 with
        | TSeq (t1, u) -> TSeq ((inject sub0 i r0 t1), u)
        | _ -> t)
     | TRight t0 -> TSeq ((empty_tree sub0 i r0), (inject sub0 i s t0))
     | TSeq (t0, u) -> TSeq ((inject sub0 i r0 t0), u)
     | _ -> t)
  | Rep (_, r0, _, _) ->
    inject_rep (empty_tree sub0 i r0) (inject sub0 i r0) t
  | Grp (_, r0) -> TGrp (inject sub0 i r0 t)
  | _ -> t

type ('c, 'a) equality = { cls_eqb : ('c -> 'c -> bool);
                           ast_eqb : ('a -> 'a -> bool) }

(** val max_eqb : nat option -> nat option -> bool **)

let max_eqb m n =
  match m with
  | Some m0 -> (match n with
                | Some n0 -> Nat.eqb m0 n0
                | None -> false)
  | None -> (match n with
             | Some _ -> false
             | None -> true)

(** val re_eqb :
    ('a1, 'a2) equality -> ('a1, 'a2) re -> ('a1, 'a2) re -> bool **)

let rec re_eqb eq r s =
  match r with
  | Zero -> (match s with
             | Zero -> true
             | _ -> false)
  | One -> (match s with
            | One -> true
            | _ -> false)
  | Cls c -> (match s with
              | Cls d -> eq.cls_eqb c d
              | _ -> false)
  | Ast a -> (match s with
              | Ast b -> eq.ast_eqb a b
              | _ -> false)
  | Alt (r0, r') ->
    (match s with
     | Alt (s0, s') -> (&&) (re_eqb eq r0 s0) (re_eqb eq r' s')
     | _ -> false)
  | Cat (r0, r') ->
    (match s with
     | Cat (s0, s') -> (&&) (re_eqb eq r0 s0) (re_eqb eq r' s')
     | _ -> false)
  | Rep (h, r0, m, n) ->
    (match s with
     | Rep (h', r', m', n') ->
       (&&) ((&&) ((&&) (eqb h h') (Nat.eqb m m')) (max_eqb n n'))
         (re_eqb eq r0 r')
     | _ -> false)
  | Grp (g, r0) ->
    (match s with
     | Grp (g', r') -> (&&) (Nat.eqb g g') (re_eqb eq r0 r')
     | _ -> false)

(** val always_null : ('a1, 'a2) re -> bool **)

let rec always_null = function
| One -> true
| Alt (r0, s) -> (||) (always_null r0) (always_null s)
| Cat (r0, s) -> (&&) (always_null r0) (always_null s)
| Rep (_, r0, min, max) ->
  (||) (Nat.eqb min O) ((&&) (always_null r0) (enough min max))
| Grp (_, r0) -> always_null r0
| _ -> false

(** val max_le : nat option -> nat option -> bool **)

let max_le m n =
  match m with
  | Some m0 -> (match n with
                | Some n0 -> Nat.leb m0 n0
                | None -> true)
  | None -> (match n with
             | Some _ -> false
             | None -> true)

(** val covers :
    ('a1, 'a2) equality -> ('a1, 'a2) re -> ('a1, 'a2) re -> bool **)

let rec covers eq r s =
  (||) (re_eqb eq r s)
    (match r with
     | Cat (r0, r') ->
       (match s with
        | Cat (s0, s') -> (&&) (covers eq r0 s0) (covers eq r' s')
        | _ -> false)
     | Rep (_, b, m, n) ->
       (match s with
        | Rep (_, b', m', n') ->
          (&&) ((&&) (re_eqb eq b b') (max_le n' n))
            ((||) (Nat.leb m m') ((&&) (always_null b) (enough m n)))
        | _ -> false)
     | _ -> false)

type ('c, 'a) coded = ('c, 'a) re * (tree -> tree)

(** val nothing : ('a1, 'a2) coded **)

let nothing =
  (Zero, (fun t -> t))

(** val under : (tree -> tree) -> ('a1, 'a2) coded -> ('a1, 'a2) coded **)

let under f p =
  ((fst p), (fun t -> f (snd p t)))

(** val alternatives : ('a1, 'a2) re -> ('a1, 'a2) coded list **)

let rec alternatives r = match r with
| Zero -> []
| Alt (r0, s) ->
  app (map (under (fun x -> TLeft x)) (alternatives r0))
    (map (under (fun x -> TRight x)) (alternatives s))
| _ -> (r, (fun t -> t)) :: []

(** val distinct :
    ('a1, 'a2) equality -> ('a1, 'a2) re list -> ('a1, 'a2) coded list ->
    ('a1, 'a2) coded list **)

let rec distinct eq seen = function
| [] -> []
| p :: l0 ->
  if existsb (fun r -> covers eq r (fst p)) seen
  then distinct eq seen l0
  else p :: (distinct eq ((fst p) :: seen) l0)

(** val join : ('a1, 'a2) coded list -> ('a1, 'a2) coded **)

let rec join = function
| [] -> nothing
| p :: l0 ->
  let (r, f) = p in
  (match l0 with
   | [] -> p
   | _ :: _ ->
     let (s, g) = join l0 in
     ((Alt (r, s)), (fun t ->
     match t with
     | TLeft t0 -> f t0
     | TRight t0 -> g t0
     | _ -> t)))

(** val simple_alt :
    ('a1, 'a2) equality -> ('a1, 'a2) coded -> ('a1, 'a2) coded -> ('a1, 'a2)
    coded **)

let simple_alt eq p q =
  join
    (distinct eq []
      (app (map (under (fun t -> TLeft (snd p t))) (alternatives (fst p)))
        (map (under (fun t -> TRight (snd q t))) (alternatives (fst q)))))

(** val simple_cat : ('a1, 'a2) coded -> ('a1, 'a2) re -> ('a1, 'a2) coded **)

let simple_cat p s =
  let (r, f) = p in
  (match r with
   | Zero -> nothing
   | One -> (s, (fun u -> TSeq ((f TEps), u)))
   | _ ->
     ((Cat (r, s)), (fun t ->
       match t with
       | TSeq (t0, u) -> TSeq ((f t0), u)
       | _ -> t)))

(** val simple_der_rep :
    ('a1, 'a2) equality -> ('a1, 'a2) coded -> ('a1, 'a2) re -> bool -> nat
    -> nat option -> ('a1, 'a2) coded **)

let rec simple_der_rep eq d r nullable min max =
  let now =
    if more max
    then simple_cat d (Rep (false, r, (pred min), (less max)))
    else nothing
  in
  (match min with
   | O -> now
   | S min' ->
     (match min' with
      | O -> now
      | S _ ->
        if (&&) nullable (more max)
        then if (&&) (always_null r) (enough min max)
             then under (fun x -> TLeft x) now
             else simple_alt eq now
                    (simple_der_rep eq d r nullable min' (less max))
        else now))

(** val simple_der :
    ('a1, 'a2) subject -> ('a1, 'a2) equality -> nat -> ('a1, 'a2) re ->
    ('a1, 'a2) coded **)

let rec simple_der sub0 eq i = function
| Cls c -> ((if sub0.cls_at c i then One else Zero), (fun t -> t))
| Alt (r0, s) ->
  simple_alt eq (simple_der sub0 eq i r0) (simple_der sub0 eq i s)
| Cat (r0, s) ->
  if null sub0 i r0
  then simple_alt eq (simple_cat (simple_der sub0 eq i r0) s)
         (simple_der sub0 eq i s)
  else simple_cat (simple_der sub0 eq i r0) s
| Rep (_, r0, min, max) ->
  simple_der_rep eq (simple_der sub0 eq i r0) r0 (null sub0 i r0) min max
| Grp (_, r0) -> simple_der sub0 eq i r0
| _ -> nothing

(** val empty_match :
    ('a1, 'a2) subject -> ('a1, 'a2) re -> nat -> (nat * tree) option **)

let empty_match sub0 r i =
  if null sub0 i r then Some (O, (empty_tree sub0 i r)) else None

(** val longest_from :
    ('a1, 'a2) subject -> ('a1, 'a2) equality -> ('a1, 'a2) re -> nat -> nat
    -> (nat * tree) option **)

let rec longest_from sub0 eq r i = function
| O -> empty_match sub0 r i
| S d0 ->
  let (r', f) = simple_der sub0 eq i r in
  (match r' with
   | Zero -> empty_match sub0 r i
   | _ ->
     (match longest_from sub0 eq r' (S i) d0 with
      | Some p -> let (l, t) = p in Some ((S l), (inject sub0 i r (f t)))
      | None -> empty_match sub0 r i))

(** val scan :
    (nat -> nat -> (nat * tree) option) -> nat -> nat -> ((nat * nat) * tree)
    option **)

let rec scan attempt i = function
| O -> None
| S d ->
  (match attempt i d with
   | Some p -> let (l, t) = p in Some ((i, (add i l)), t)
   | None -> scan attempt (S i) d)

(** val run :
    (nat -> nat -> (nat * tree) option) -> window -> ((nat * nat) * tree)
    option **)

let run attempt w =
  if Nat.ltb w.upto w.from
  then None
  else if w.anchored
       then (match attempt w.from (sub w.upto w.from) with
             | Some p -> let (l, t) = p in Some ((w.from, (add w.from l)), t)
             | None -> None)
       else scan attempt w.from (S (sub w.upto w.from))

(** val llmatch :
    ('a1, 'a2) subject -> ('a1, 'a2) equality -> ('a1, 'a2) re -> window ->
    ((nat * nat) * tree) option **)

let llmatch sub0 eq r w =
  run (longest_from sub0 eq r) w

(** val range_equality : (range_class, look) equality **)

let range_equality =
  { cls_eqb = class_eqb; ast_eqb = look_eqb }

(** val slots_of :
    ('a1, 'a2) re -> nat -> nat -> nat -> tree -> (nat * nat) option list **)

let slots_of r groups0 i j t =
  (Some (i, j)) :: (map (captures r t i) (seq (S O) groups0))

(** val posix_slots :
    (range_class, look) re -> nat -> nat -> haystack -> (nat * nat) option
    list option **)

let posix_slots r groups0 n h =
  match llmatch (subject_of h n) range_equality r { from = O; upto = n;
          anchored = false } with
  | Some p ->
    let (p0, t) = p in let (i, j) = p0 in Some (slots_of r groups0 i j t)
  | None -> None

(** val been : policy -> nat -> nat list -> bool **)

let been pol l here =
  match pol with
  | Re2 -> existsb (Nat.eqb l) here
  | Pcre2 -> false

(** val note : policy -> nat -> nat list -> nat list **)

let note pol l here =
  match pol with
  | Re2 -> l :: here
  | Pcre2 -> here

type 'x continuation = tree -> nat -> nat list -> 'x option

(** val run_loop :
    policy -> nat -> bool -> (nat -> nat list -> 'a1 continuation -> 'a1
    option) -> nat -> nat -> nat list -> 'a1 continuation -> 'a1 option **)

let rec run_loop pol l greedy body fuel i here k =
  match fuel with
  | O -> None
  | S fuel0 ->
    if been pol l here
    then None
    else let here0 = note pol l here in
         let iterate = fun t j here1 ->
           if Nat.eqb j i
           then (match pol with
                 | Re2 -> None
                 | Pcre2 -> k (TIter (t, TEnd)) j here1)
           else run_loop pol l greedy body fuel0 j here1 (fun u j0 here2 ->
                  k (TIter (t, u)) j0 here2)
         in
         if greedy
         then (match body i here0 iterate with
               | Some x -> Some x
               | None -> k TEnd i here0)
         else (match k TEnd i here0 with
               | Some x -> Some x
               | None -> body i here0 iterate)

(** val run0 :
    ('a1, 'a2) subject -> policy -> nat -> ('a1, 'a2) prog -> nat -> nat list
    -> 'a3 continuation -> 'a3 option **)

let rec run0 h pol upto0 p i here k =
  match p with
  | Nothing -> None
  | Empty -> k TEps i here
  | Class c ->
    if (&&) (Nat.ltb i upto0) (h.cls_at c i) then k TUnit (S i) [] else None
  | Look a -> if h.ast_at a i then k TEps i here else None
  | Both (p0, q) ->
    run0 h pol upto0 p0 i here (fun t j here0 ->
      run0 h pol upto0 q j here0 (fun u j0 here1 -> k (TSeq (t, u)) j0 here1))
  | Either (l, p0, q) ->
    if been pol l here
    then None
    else (match run0 h pol upto0 p0 i (note pol l here) (fun t j here0 ->
                  k (TLeft t) j here0) with
          | Some x -> Some x
          | None ->
            run0 h pol upto0 q i (note pol l here) (fun t j here0 ->
              k (TRight t) j here0))
  | Star (l, greedy, p0) ->
    run_loop pol l greedy (run0 h pol upto0 p0) (S (sub upto0 i)) i here k
  | Plus (l, greedy, p0) ->
    run0 h pol upto0 p0 i here (fun t j here0 ->
      if match pol with
         | Re2 -> false
         | Pcre2 -> Nat.eqb j i
      then k (TIter (t, TEnd)) j here0
      else run_loop pol l greedy (run0 h pol upto0 p0) (S (sub upto0 j)) j
             here0 (fun u j0 here1 -> k (TIter (t, u)) j0 here1))
  | Group (_, p0) ->
    run0 h pol upto0 p0 i here (fun t j here0 -> k (TGrp t) j here0)

(** val first_at :
    ('a1, 'a2) subject -> policy -> nat -> ('a1, 'a2) prog -> nat ->
    (nat * tree) option **)

let first_at h pol upto0 p i =
  run0 h pol upto0 p i [] (fun t j _ -> Some (j, t))

(** val first_from :
    ('a1, 'a2) subject -> policy -> nat -> ('a1, 'a2) prog -> nat -> nat ->
    ((nat * nat) * tree) option **)

let rec first_from h pol upto0 p i count =
  match first_at h pol upto0 p i with
  | Some p0 -> let (j, t) = p0 in Some ((i, j), t)
  | None ->
    (match count with
     | O -> None
     | S count0 -> first_from h pol upto0 p (S i) count0)

(** val first_match :
    ('a1, 'a2) subject -> policy -> ('a1, 'a2) prog -> window ->
    ((nat * nat) * tree) option **)

let first_match h pol p w =
  if Nat.ltb w.upto w.from
  then None
  else first_from h pol w.upto p w.from
         (if w.anchored then O else sub w.upto w.from)

(** val point_eqb : (nat * nat) -> (nat * nat) -> bool **)

let point_eqb x y =
  (&&) (Nat.eqb (fst x) (fst y)) (Nat.eqb (snd x) (snd y))

(** val visited : (nat * nat) -> (nat * nat) list -> bool **)

let visited x d =
  existsb (point_eqb x) d

type 'x remembering =
  tree -> nat -> (nat * nat) list -> 'x option * (nat * nat) list

(** val search_loop :
    nat -> bool -> (nat -> (nat * nat) list -> 'a1 remembering -> 'a1
    option * (nat * nat) list) -> nat -> nat -> (nat * nat) list -> 'a1
    remembering -> 'a1 option * (nat * nat) list **)

let rec search_loop l greedy body fuel i d k =
  match fuel with
  | O -> (None, d)
  | S fuel0 ->
    if visited (l, i) d
    then (None, d)
    else let iterate = fun t j d0 ->
           if Nat.eqb j i
           then (None, d0)
           else search_loop l greedy body fuel0 j d0 (fun u j0 d1 ->
                  k (TIter (t, u)) j0 d1)
         in
         if greedy
         then let (o, d0) = body i ((l, i) :: d) iterate in
              (match o with
               | Some x -> ((Some x), d0)
               | None -> k TEnd i d0)
         else let (o, d0) = k TEnd i ((l, i) :: d) in
              (match o with
               | Some x -> ((Some x), d0)
               | None -> body i d0 iterate)

(** val search :
    ('a1, 'a2) subject -> nat -> ('a1, 'a2) prog -> nat -> (nat * nat) list
    -> 'a3 remembering -> 'a3 option * (nat * nat) list **)

let rec search h upto0 p i d k =
  match p with
  | Nothing -> (None, d)
  | Empty -> k TEps i d
  | Class c ->
    if (&&) (Nat.ltb i upto0) (h.cls_at c i)
    then k TUnit (S i) d
    else (None, d)
  | Look a -> if h.ast_at a i then k TEps i d else (None, d)
  | Both (p0, q) ->
    search h upto0 p0 i d (fun t j d0 ->
      search h upto0 q j d0 (fun u j0 d1 -> k (TSeq (t, u)) j0 d1))
  | Either (l, p0, q) ->
    if visited (l, i) d
    then (None, d)
    else let (o, d0) =
           search h upto0 p0 i ((l, i) :: d) (fun t j d0 -> k (TLeft t) j d0)
         in
         (match o with
          | Some x -> ((Some x), d0)
          | None -> search h upto0 q i d0 (fun t j d1 -> k (TRight t) j d1))
  | Star (l, greedy, p0) ->
    search_loop l greedy (search h upto0 p0) (S (sub upto0 i)) i d k
  | Plus (l, greedy, p0) ->
    search h upto0 p0 i d (fun t j d0 ->
      search_loop l greedy (search h upto0 p0) (S (sub upto0 j)) j d0
        (fun u j0 d1 -> k (TIter (t, u)) j0 d1))
  | Group (_, p0) -> search h upto0 p0 i d (fun t j d0 -> k (TGrp t) j d0)

(** val search_at :
    ('a1, 'a2) subject -> nat -> ('a1, 'a2) prog -> nat -> (nat * nat) list
    -> (nat * tree) option * (nat * nat) list **)

let search_at h upto0 p i d =
  search h upto0 p i d (fun t j d0 -> ((Some (j, t)), d0))

(** val search_from :
    ('a1, 'a2) subject -> nat -> ('a1, 'a2) prog -> nat -> nat -> (nat * nat)
    list -> ((nat * nat) * tree) option **)

let rec search_from h upto0 p i count d =
  let (o, d0) = search_at h upto0 p i d in
  (match o with
   | Some p0 -> let (j, t) = p0 in Some ((i, j), t)
   | None ->
     (match count with
      | O -> None
      | S count0 -> search_from h upto0 p (S i) count0 d0))

(** val memory_match :
    ('a1, 'a2) subject -> ('a1, 'a2) prog -> window -> ((nat * nat) * tree)
    option **)

let memory_match h p w =
  if Nat.ltb w.upto w.from
  then None
  else search_from h w.upto p w.from
         (if w.anchored then O else sub w.upto w.from) []

(** val first_slots_of :
    ('a1, 'a2) prog -> nat -> nat -> nat -> tree -> (nat * nat) option list **)

let first_slots_of p groups0 i j t =
  (Some (i, j)) :: (map (captures_first p t i) (seq (S O) groups0))

(** val byte_program : (range_class, look) sre -> (range_class, look) prog **)

let byte_program =
  program

(** val first_slots :
    policy -> (range_class, look) prog -> nat -> nat -> haystack ->
    (nat * nat) option list option **)

let first_slots pol p groups0 n h =
  let sub0 = subject_of h n in
  let w = { from = O; upto = n; anchored = false } in
  (match match pol with
         | Re2 -> memory_match sub0 p w
         | Pcre2 -> first_match sub0 Pcre2 p w with
   | Some p0 ->
     let (p1, t) = p0 in
     let (i, j) = p1 in Some (first_slots_of p groups0 i j t)
   | None -> None)
