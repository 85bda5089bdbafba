
val xorb : bool -> bool -> bool

val negb : bool -> bool

type nat =
| O
| S of nat

val option_map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option

val fst : ('a1 * 'a2) -> 'a1

val snd : ('a1 * 'a2) -> 'a2

val app : 'a1 list -> 'a1 list -> 'a1 list

val pred : nat -> nat

val add : nat -> nat -> nat

val sub : nat -> nat -> nat

val eqb : bool -> bool -> bool

module Nat :
 sig
  val eqb : nat -> nat -> bool

  val leb : nat -> nat -> bool

  val ltb : nat -> nat -> bool
 end

val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list

val existsb : ('a1 -> bool) -> 'a1 list -> bool

val seq : nat -> nat -> nat list

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

val right_assoc : ('a1 -> 'a1 -> 'a1) -> 'a1 -> 'a1 list -> 'a1

val compile : ('a1, 'a2) sre -> ('a1, 'a2) re

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

val len : tree -> nat

val more : nat option -> bool

val less : nat option -> nat option

type window = { from : nat; upto : nat; anchored : bool }

type slots = nat -> (nat * nat) option

val set : nat -> (nat * nat) -> slots -> slots

val unset : nat list -> slots -> slots

val groups : ('a1, 'a2) re -> nat list

val walk : ('a1, 'a2) re -> tree -> nat -> slots -> slots

val captures : ('a1, 'a2) re -> tree -> nat -> slots

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

val can_be_empty : ('a1, 'a2) prog -> bool

val optional : bool -> ('a1, 'a2) prog -> ('a1, 'a2) prog

val copies : nat -> ('a1, 'a2) prog -> ('a1, 'a2) prog -> ('a1, 'a2) prog

val at_most : nat -> bool -> ('a1, 'a2) prog -> ('a1, 'a2) prog

val unroll_repeat :
  ('a1, 'a2) prog -> nat -> nat option -> bool -> ('a1, 'a2) prog

val unroll : ('a1, 'a2) sre -> ('a1, 'a2) prog

val number : ('a1, 'a2) prog -> nat -> ('a1, 'a2) prog * nat

val program : ('a1, 'a2) sre -> ('a1, 'a2) prog

val walk_first : ('a1, 'a2) prog -> tree -> nat -> slots -> slots

val captures_first : ('a1, 'a2) prog -> tree -> nat -> slots

type haystack = nat -> nat option

type range_class = (nat * nat) list

val in_class : range_class -> nat -> bool

type look =
| Caret
| Dollar
| TextStart
| TextEnd
| LineStart
| LineEnd
| WordBoundary
| NotWordBoundary

val word : range_class

val newline : nat

val is_unit : haystack -> nat -> (nat -> bool) -> bool

val is_unit_before : haystack -> nat -> (nat -> bool) -> bool

val holds : haystack -> nat -> look -> nat -> bool

val subject_of : haystack -> nat -> (range_class, look) subject

val class_eqb : range_class -> range_class -> bool

val look_eqb : look -> look -> bool

val enough : nat -> nat option -> bool

val null : ('a1, 'a2) subject -> nat -> ('a1, 'a2) re -> bool

val empty_iterations : tree -> nat -> tree

val empty_tree : ('a1, 'a2) subject -> nat -> ('a1, 'a2) re -> tree

val inject_rep : tree -> (tree -> tree) -> tree -> tree

val inject : ('a1, 'a2) subject -> nat -> ('a1, 'a2) re -> tree -> tree

type ('c, 'a) equality = { cls_eqb : ('c -> 'c -> bool);
                           ast_eqb : ('a -> 'a -> bool) }

val max_eqb : nat option -> nat option -> bool

val re_eqb : ('a1, 'a2) equality -> ('a1, 'a2) re -> ('a1, 'a2) re -> bool

val always_null : ('a1, 'a2) re -> bool

val max_le : nat option -> nat option -> bool

val covers : ('a1, 'a2) equality -> ('a1, 'a2) re -> ('a1, 'a2) re -> bool

type ('c, 'a) coded = ('c, 'a) re * (tree -> tree)

val nothing : ('a1, 'a2) coded

val under : (tree -> tree) -> ('a1, 'a2) coded -> ('a1, 'a2) coded

val alternatives : ('a1, 'a2) re -> ('a1, 'a2) coded list

val distinct :
  ('a1, 'a2) equality -> ('a1, 'a2) re list -> ('a1, 'a2) coded list -> ('a1,
  'a2) coded list

val join : ('a1, 'a2) coded list -> ('a1, 'a2) coded

val simple_alt :
  ('a1, 'a2) equality -> ('a1, 'a2) coded -> ('a1, 'a2) coded -> ('a1, 'a2)
  coded

val simple_cat : ('a1, 'a2) coded -> ('a1, 'a2) re -> ('a1, 'a2) coded

val simple_der_rep :
  ('a1, 'a2) equality -> ('a1, 'a2) coded -> ('a1, 'a2) re -> bool -> nat ->
  nat option -> ('a1, 'a2) coded

val simple_der :
  ('a1, 'a2) subject -> ('a1, 'a2) equality -> nat -> ('a1, 'a2) re -> ('a1,
  'a2) coded

val empty_match :
  ('a1, 'a2) subject -> ('a1, 'a2) re -> nat -> (nat * tree) option

val longest_from :
  ('a1, 'a2) subject -> ('a1, 'a2) equality -> ('a1, 'a2) re -> nat -> nat ->
  (nat * tree) option

val scan :
  (nat -> nat -> (nat * tree) option) -> nat -> nat -> ((nat * nat) * tree)
  option

val run :
  (nat -> nat -> (nat * tree) option) -> window -> ((nat * nat) * tree) option

val llmatch :
  ('a1, 'a2) subject -> ('a1, 'a2) equality -> ('a1, 'a2) re -> window ->
  ((nat * nat) * tree) option

val range_equality : (range_class, look) equality

val slots_of :
  ('a1, 'a2) re -> nat -> nat -> nat -> tree -> (nat * nat) option list

val posix_slots :
  (range_class, look) re -> nat -> nat -> haystack -> (nat * nat) option list
  option

val been : policy -> nat -> nat list -> bool

val note : policy -> nat -> nat list -> nat list

type 'x continuation = tree -> nat -> nat list -> 'x option

val run_loop :
  policy -> nat -> bool -> (nat -> nat list -> 'a1 continuation -> 'a1
  option) -> nat -> nat -> nat list -> 'a1 continuation -> 'a1 option

val run0 :
  ('a1, 'a2) subject -> policy -> nat -> ('a1, 'a2) prog -> nat -> nat list
  -> 'a3 continuation -> 'a3 option

val first_at :
  ('a1, 'a2) subject -> policy -> nat -> ('a1, 'a2) prog -> nat ->
  (nat * tree) option

val first_from :
  ('a1, 'a2) subject -> policy -> nat -> ('a1, 'a2) prog -> nat -> nat ->
  ((nat * nat) * tree) option

val first_match :
  ('a1, 'a2) subject -> policy -> ('a1, 'a2) prog -> window ->
  ((nat * nat) * tree) option

val point_eqb : (nat * nat) -> (nat * nat) -> bool

val visited : (nat * nat) -> (nat * nat) list -> bool

type 'x remembering =
  tree -> nat -> (nat * nat) list -> 'x option * (nat * nat) list

val search_loop :
  nat -> bool -> (nat -> (nat * nat) list -> 'a1 remembering -> 'a1
  option * (nat * nat) list) -> nat -> nat -> (nat * nat) list -> 'a1
  remembering -> 'a1 option * (nat * nat) list

val search :
  ('a1, 'a2) subject -> nat -> ('a1, 'a2) prog -> nat -> (nat * nat) list ->
  'a3 remembering -> 'a3 option * (nat * nat) list

val search_at :
  ('a1, 'a2) subject -> nat -> ('a1, 'a2) prog -> nat -> (nat * nat) list ->
  (nat * tree) option * (nat * nat) list

val search_from :
  ('a1, 'a2) subject -> nat -> ('a1, 'a2) prog -> nat -> nat -> (nat * nat)
  list -> ((nat * nat) * tree) option

val memory_match :
  ('a1, 'a2) subject -> ('a1, 'a2) prog -> window -> ((nat * nat) * tree)
  option

val first_slots_of :
  ('a1, 'a2) prog -> nat -> nat -> nat -> tree -> (nat * nat) option list

val byte_program : (range_class, look) sre -> (range_class, look) prog

val first_slots :
  policy -> (range_class, look) prog -> nat -> nat -> haystack -> (nat * nat)
  option list option
