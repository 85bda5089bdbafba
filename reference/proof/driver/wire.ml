(* The notation of docs/proof-protocol.md: trees as s-expressions, haystacks in hexadecimal. Reads text and knows nothing
   of matching. A mistake in the text is the exception Bad, with one sentence. *)

type look =
  | Caret  (* ^ and $ *)
  | Dollar
  | Text_start  (* \A and \z *)
  | Text_end
  | Line_start  (* ^ and $ with flag m *)
  | Line_end
  | Word_boundary
  | Not_word_boundary

type tree =
  | Empty
  | Class of (int * int) list                   (* ranges of units, both ends included *)
  | Look of look
  | Concat of tree list                         (* two or more *)
  | Alternate of tree list                      (* two or more *)
  | Repeat of bool * int * int option * tree    (* greedy, min, max *)
  | Group of int * tree                         (* from 1 *)
  | Plain of tree                               (* a group that captures nothing *)

exception Bad of string

let bad sentence = raise (Bad sentence)

let max_depth = 5000
let max_number = 1_000_000

type reader = { text : string; mutable at : int }

let peek r = if r.at < String.length r.text then r.text.[r.at] else '\000'
let skip_blanks r = while peek r = ' ' do r.at <- r.at + 1 done

(* Up to the next blank or parenthesis. *)
let word r =
  skip_blanks r;
  let first = r.at in
  let inside = function ' ' | '(' | ')' -> false | _ -> true in
  while r.at < String.length r.text && inside r.text.[r.at] do r.at <- r.at + 1 done;
  String.sub r.text first (r.at - first)

let shown text = if String.length text > 40 then String.sub text 0 40 ^ "..." else text

let digits base text =
  if text = "" || String.length text > 8 then bad ("'" ^ shown (String.escaped text) ^ "' is no number");
  let value = ref 0 in
  String.iter
    (fun c ->
      let digit =
        match c with
        | '0' .. '9' -> Char.code c - 48
        | 'a' .. 'f' when base = 16 -> Char.code c - 87
        | _ -> bad ("'" ^ String.escaped text ^ "' is no number")
      in
      value := (!value * base) + digit)
    text;
  !value

let number text =
  let n = digits 10 text in
  if n > max_number then bad ("the number " ^ text ^ " is too large");
  n

let range text =
  let lo, hi =
    match String.index_opt text '-' with
    | None ->
        let unit = digits 16 text in
        (unit, unit)
    | Some dash ->
        ( digits 16 (String.sub text 0 dash),
          digits 16 (String.sub text (dash + 1) (String.length text - dash - 1)) )
  in
  if lo > hi then bad ("the range " ^ text ^ " is the wrong way round");
  if hi > 0x10FFFF then bad ("there is no unit as large as that of " ^ text);
  (lo, hi)

let look = function
  | "caret" -> Caret
  | "dollar" -> Dollar
  | "text-start" -> Text_start
  | "text-end" -> Text_end
  | "line-start" -> Line_start
  | "line-end" -> Line_end
  | "word-boundary" -> Word_boundary
  | "not-word-boundary" -> Not_word_boundary
  | name -> bad ("'" ^ shown (String.escaped name) ^ "' is no assertion")

let at_end r =
  skip_blanks r;
  peek r = ')' || r.at >= String.length r.text

let rec tree depth r =
  if depth > max_depth then bad "the tree is too deep";
  skip_blanks r;
  match peek r with
  | 'e' ->
      r.at <- r.at + 1;
      Empty
  | '(' ->
      r.at <- r.at + 1;
      let node = node depth r in
      skip_blanks r;
      if peek r <> ')' then bad "a ) is missing";
      r.at <- r.at + 1;
      node
  | _ -> bad "a tree begins with ( or is e"

and node depth r =
  match word r with
  | "c" ->
      let rec ranges found = if at_end r then List.rev found else ranges (range (word r) :: found) in
      Class (ranges [])
  | "l" -> Look (look (word r))
  | "." -> Concat (children depth r)
  | "|" -> Alternate (children depth r)
  | ("*" | "*?") as kind ->
      let min = number (word r) in
      let max = match word r with "-" -> None | text -> Some (number text) in
      (match max with Some m when m < min -> bad "a repeat's minimum is above its maximum" | _ -> ());
      Repeat (kind = "*", min, max, tree (depth + 1) r)
  | "g" ->
      let group = number (word r) in
      if group = 0 then bad "groups are numbered from 1";
      Group (group, tree (depth + 1) r)
  | "n" -> Plain (tree (depth + 1) r)
  | kind -> bad ("'" ^ shown (String.escaped kind) ^ "' is no kind of node")

and children depth r =
  let rec more found = if at_end r then List.rev found else more (tree (depth + 1) r :: found) in
  match more [] with
  | ([] | [ _ ]) -> bad "a concat and an alternate have two children at least"
  | several -> several

let rec max_group = function
  | Empty | Class _ | Look _ -> 0
  | Concat several | Alternate several -> List.fold_left (fun most t -> max most (max_group t)) 0 several
  | Repeat (_, _, _, body) | Plain body -> max_group body
  | Group (group, body) -> max group (max_group body)

(* "6162" is the haystack ab, "-" the empty one. *)
let haystack text =
  if text = "-" then ""
  else begin
    let size = String.length text in
    if size = 0 || size land 1 = 1 then bad "a haystack is pairs of hexadecimal digits, or -";
    let digit c =
      match c with
      | '0' .. '9' -> Char.code c - 48
      | 'a' .. 'f' -> Char.code c - 87
      | _ -> bad "a haystack is pairs of hexadecimal digits, or -"
    in
    String.init (size / 2) (fun k -> Char.unsafe_chr ((digit text.[2 * k] * 16) + digit text.[(2 * k) + 1]))
  end

type encoding = Bytes | Utf8

(* The unit that begins at a byte of the text, and how many bytes it takes. A byte that begins no well-formed sequence
   (Unicode 15, table 3-7) is None, and one location. *)
let utf8_unit text at =
  let byte k = if at + k < String.length text then Char.code text.[at + k] else 0 in
  let first = byte 0 in
  let tail k = byte k land 0xC0 = 0x80 in
  let bits k = byte k land 0x3F in
  let second low high = byte 1 >= low && byte 1 <= high in
  if first < 0x80 then (Some first, 1)
  else if first >= 0xC2 && first <= 0xDF && tail 1 then (Some (((first land 0x1F) lsl 6) lor bits 1), 2)
  else if
    first land 0xF0 = 0xE0
    && second (if first = 0xE0 then 0xA0 else 0x80) (if first = 0xED then 0x9F else 0xBF)
    && tail 2
  then (Some (((first land 0x0F) lsl 12) lor (bits 1 lsl 6) lor bits 2), 3)
  else if
    first >= 0xF0 && first <= 0xF4
    && second (if first = 0xF0 then 0x90 else 0x80) (if first = 0xF4 then 0x8F else 0xBF)
    && tail 2 && tail 3
  then (Some (((first land 0x07) lsl 18) lor (bits 1 lsl 12) lor (bits 2 lsl 6) lor bits 3), 4)
  else (None, 1)

(* The units of a text, and where each begins: offsets has one more element than units, the length of the text. *)
type units = { units : int option array; offsets : int array }

let cut encoding text =
  match encoding with
  | Bytes ->
      let size = String.length text in
      { units = Array.init size (fun k -> Some (Char.code text.[k])); offsets = Array.init (size + 1) (fun k -> k) }
  | Utf8 ->
      let rec from at units offsets =
        if at >= String.length text then
          { units = Array.of_list (List.rev units); offsets = Array.of_list (List.rev (at :: offsets)) }
        else
          let unit, size = utf8_unit text at in
          from (at + size) (unit :: units) (at :: offsets)
      in
      from 0 [] []

type request = { semantics : string; encoding : encoding; regex : tree; haystacks : units list }

(* A whole line: semantics, encoding, tree, haystacks. *)
let request line =
  let r = { text = line; at = 0 } in
  let semantics = word r in
  let encoding =
    match word r with
    | "bytes" -> Bytes
    | "utf8" -> Utf8
    | name -> bad ("'" ^ shown (String.escaped name) ^ "' is no encoding")
  in
  let regex = tree 0 r in
  let rec haystacks found =
    skip_blanks r;
    if r.at >= String.length line then List.rev found
    else
      match word r with
      | "" -> bad "a parenthesis stands among the haystacks"
      | text -> haystacks (cut encoding (haystack text) :: found)
  in
  { semantics; encoding; regex; haystacks = haystacks [] }
