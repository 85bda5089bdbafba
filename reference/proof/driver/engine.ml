(* Hands what wire.ml has read to the proved functions, and their answers back. The only steps between the text and the
   proofs are here: a node of the tree becomes the same node of Spec.v, a unit a number, an offset in units one in
   bytes. *)

open Proved

exception Unsupported of string

let semantics = [ "posix"; "perl-re2"; "perl-pcre2" ]
let features = [ "classes"; "looks"; "bounded-repeats"; "lazy-repeats"; "empty-classes"; "utf8" ]

let number = Numbers.of_int

(* With unary numbers a code point may be a list of a million. *)
let check_size unit =
  if Numbers.unary && unit > 0x7FF then raise (Unsupported "a unit above 7ff, in unary numbers")

let look = function
  | Wire.Caret -> Caret
  | Wire.Dollar -> Dollar
  | Wire.Text_start -> TextStart
  | Wire.Text_end -> TextEnd
  | Wire.Line_start -> LineStart
  | Wire.Line_end -> LineEnd
  | Wire.Word_boundary -> WordBoundary
  | Wire.Not_word_boundary -> NotWordBoundary

let rec regex tree =
  match tree with
  | Wire.Empty -> SEmpty
  | Wire.Class ranges ->
      SCls
        (List.map
           (fun (lo, hi) ->
             check_size hi;
             (number lo, number hi))
           ranges)
  | Wire.Look kind -> SLook (look kind)
  | Wire.Concat several -> SCat (List.map regex several)
  | Wire.Alternate several -> SAlt (List.map regex several)
  | Wire.Repeat (greedy, min, max, body) ->
      if Numbers.unary && (min > 2000 || match max with Some m -> m > 2000 | None -> false) then
        raise (Unsupported "a repeat's bound above 2000, in unary numbers");
      SRep (regex body, number min, Option.map number max, greedy)
  | Wire.Group (group, body) -> SGrp (Some (number group), regex body)
  | Wire.Plain body -> SGrp (None, regex body)

type matcher = units:int -> haystack -> (Numbers.t * Numbers.t) option list option

let prepare semantics tree : matcher =
  let groups = number (Wire.max_group tree) in
  let first policy =
    let program = byte_program (regex tree) in
    fun ~units haystack -> first_slots policy program groups (number units) haystack
  in
  match semantics with
  | "posix" ->
      let core = compile (regex tree) in
      fun ~units haystack -> posix_slots core groups (number units) haystack
  | "perl-re2" -> first Re2
  | "perl-pcre2" -> first Pcre2
  | name -> raise (Unsupported ("there are no semantics '" ^ name ^ "' here"))

(* The spans of all slots in bytes, or None where there is no match. *)
let slots (matcher : matcher) { Wire.units; offsets } =
  let size = Array.length units in
  let cells =
    Array.map
      (function
        | None -> None
        | Some unit ->
            check_size unit;
            Some (number unit))
      units
  in
  let haystack i =
    let i = Numbers.to_int i in
    if i < size then cells.(i) else None
  in
  let offset i = offsets.(Numbers.to_int i) in
  Option.map (List.map (Option.map (fun (first, last) -> (offset first, offset last)))) (matcher ~units:size haystack)
