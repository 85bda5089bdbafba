
val xorb : bool -> bool -> bool

val negb : bool -> bool

val option_map : ('a1 -> 'a2) -> 'a1 option -> 'a2 option

val fst : ('a1 * 'a2) -> 'a1

val snd : ('a1 * 'a2) -> 'a2

val app : 'a1 list -> 'a1 list -> 'a1 list

val pred : int -> int

val add : int -> int -> int

val sub : int -> int -> int

val eqb : bool -> bool -> bool

module Nat :
 sig
  val ltb : int -> int -> bool
 end

val map : ('a1 -> 'a2) -> 'a1 list -> 'a2 list

val existsb : ('a1 -> bool) -> 'a1 list -> bool

val seq : int -> int -> int list

type ('c, 'a) subject = { cls_at : ('c -> int -> bool);
                          ast_at : ('a -> int -> bool) }

type ('c, 'a) sre =
| SEmpty
| SCls of 'c
| SLook of 'a
| SCat of ('c, 'a) sre list
| SAlt of ('c, 'a) sre list
| SRep of ('c, 'a) sre * int * int option * bool
| SGrp of int option * ('c, 'a) sre

type ('c, 'a) re =
| Zero
| One
| Cls of 'c
| Ast of 'a
| Alt of ('c, 'a) re * ('c, 'a) re
| Cat of ('c, 'a) re * ('c, 'a) re
| Rep of bool * ('c, 'a) re * int * int option
| Grp of int * ('c, 'a) re

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

val len : tree -> int

val more : int option -> bool

val less : int option -> int option

type window = { from : int; upto : int; anchored : bool }

type slots = int -> (int * int) option

val set : int -> (int * int) -> slots -> slots

val unset : int list -> slots -> slots

val groups : ('a1, 'a2) re -> int list

val walk : ('a1, 'a2) re -> tree -> int -> slots -> slots

val captures : ('a1, 'a2) re -> tree -> int -> slots

type policy =
| Re2
| Pcre2

type ('c, 'a) prog =
| Nothing
| Empty
| Class of 'c
| Look of 'a
| Both of ('c, 'a) prog * ('c, 'a) prog
| Either of int * ('c, 'a) prog * ('c, 'a) prog
| Star of int * bool * ('c, 'a) prog
| Plus of int * bool * ('c, 'a) prog
| Group of int * ('c, 'a) prog

val can_be_empty : ('a1, 'a2) prog -> bool

val optional : bool -> ('a1, 'a2) prog -> ('a1, 'a2) prog

val copies : int -> ('a1, 'a2) prog -> ('a1, 'a2) prog -> ('a1, 'a2) prog

val at_most : int -> bool -> ('a1, 'a2) prog -> ('a1, 'a2) prog

val unroll_repeat :
  ('a1, 'a2) prog -> int -> int option -> bool -> ('a1, 'a2) prog

val unroll : ('a1, 'a2) sre -> ('a1, 'a2) prog

val number : ('a1, 'a2) prog -> int -> ('a1, 'a2) prog * int

val program : ('a1, 'a2) sre -> ('a1, 'a2) prog

val walk_first : ('a1, 'a2) prog -> tree -> int -> slots -> slots

val captures_first : ('a1, 'a2) prog -> tree -> int -> slots

type haystack = int -> int option

type range_class = (int * int) list

val in_class : range_class -> int -> bool

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

val newline : int

val is_unit : haystack -> int -> (int -> bool) -> bool

val is_unit_before : haystack -> int -> (int -> bool) -> bool

val holds : haystack -> int -> look -> int -> bool

val subject_of : haystack -> int -> (range_class, look) subject

val class_eqb : range_class -> range_class -> bool

val look_eqb : look -> look -> bool

val enough : int -> int option -> bool

val null : ('a1, 'a2) subject -> int -> ('a1, 'a2) re -> bool

val empty_iterations : tree -> int -> tree

val empty_tree : ('a1, 'a2) subject -> int -> ('a1, 'a2) re -> tree

val inject_rep : tree -> (tree -> tree) -> tree -> tree

val inject : ('a1, 'a2) subject -> int -> ('a1, 'a2) re -> tree -> tree

type ('c, 'a) equality = { cls_eqb : ('c -> 'c -> bool);
                           ast_eqb : ('a -> 'a -> bool) }

val max_eqb : int option -> int option -> bool

val re_eqb : ('a1, 'a2) equality -> ('a1, 'a2) re -> ('a1, 'a2) re -> bool

val always_null : ('a1, 'a2) re -> bool

val max_le : int option -> int option -> bool

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
  ('a1, 'a2) equality -> ('a1, 'a2) coded -> ('a1, 'a2) re -> bool -> int ->
  int option -> ('a1, 'a2) coded

val simple_der :
  ('a1, 'a2) subject -> ('a1, 'a2) equality -> int -> ('a1, 'a2) re -> ('a1,
  'a2) coded

val empty_match :
  ('a1, 'a2) subject -> ('a1, 'a2) re -> int -> (int * tree) option

val longest_from :
  ('a1, 'a2) subject -> ('a1, 'a2) equality -> ('a1, 'a2) re -> int -> int ->
  (int * tree) option

val scan :
  (int -> int -> (int * tree) option) -> int -> int -> ((int * int) * tree)
  option

val run :
  (int -> int -> (int * tree) option) -> window -> ((int * int) * tree) option

val llmatch :
  ('a1, 'a2) subject -> ('a1, 'a2) equality -> ('a1, 'a2) re -> window ->
  ((int * int) * tree) option

val range_equality : (range_class, look) equality

val slots_of :
  ('a1, 'a2) re -> int -> int -> int -> tree -> (int * int) option list

val posix_slots :
  (range_class, look) re -> int -> int -> haystack -> (int * int) option list
  option

val been : policy -> int -> int list -> bool

val note : policy -> int -> int list -> int list

type 'x continuation = tree -> int -> int list -> 'x option

val run_loop :
  policy -> int -> bool -> (int -> int list -> 'a1 continuation -> 'a1
  option) -> int -> int -> int list -> 'a1 continuation -> 'a1 option

val run0 :
  ('a1, 'a2) subject -> policy -> int -> ('a1, 'a2) prog -> int -> int list
  -> 'a3 continuation -> 'a3 option

val first_at :
  ('a1, 'a2) subject -> policy -> int -> ('a1, 'a2) prog -> int ->
  (int * tree) option

val first_from :
  ('a1, 'a2) subject -> policy -> int -> ('a1, 'a2) prog -> int -> int ->
  ((int * int) * tree) option

val first_match :
  ('a1, 'a2) subject -> policy -> ('a1, 'a2) prog -> window ->
  ((int * int) * tree) option

val point_eqb : (int * int) -> (int * int) -> bool

val visited : (int * int) -> (int * int) list -> bool

type 'x remembering =
  tree -> int -> (int * int) list -> 'x option * (int * int) list

val search_loop :
  int -> bool -> (int -> (int * int) list -> 'a1 remembering -> 'a1
  option * (int * int) list) -> int -> int -> (int * int) list -> 'a1
  remembering -> 'a1 option * (int * int) list

val search :
  ('a1, 'a2) subject -> int -> ('a1, 'a2) prog -> int -> (int * int) list ->
  'a3 remembering -> 'a3 option * (int * int) list

val search_at :
  ('a1, 'a2) subject -> int -> ('a1, 'a2) prog -> int -> (int * int) list ->
  (int * tree) option * (int * int) list

val search_from :
  ('a1, 'a2) subject -> int -> ('a1, 'a2) prog -> int -> int -> (int * int)
  list -> ((int * int) * tree) option

val memory_match :
  ('a1, 'a2) subject -> ('a1, 'a2) prog -> window -> ((int * int) * tree)
  option

val first_slots_of :
  ('a1, 'a2) prog -> int -> int -> int -> tree -> (int * int) option list

val byte_program : (range_class, look) sre -> (range_class, look) prog

val first_slots :
  policy -> (range_class, look) prog -> int -> int -> haystack -> (int * int)
  option list option
