(* The same program with OCaml's machine integers in place of numbers. This also trusts the definitions of
   ExtrOcamlNatInt and the two below, and that no number passes 2^62. It is faster; the two programs are held against
   each other. *)
From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlNatInt.
From RedoubtProof Require Import Spec LeftmostFirst Program FirstProgram.

(* As in ExtrOcamlNatInt, but comparing integers only: OCaml's = and <= on any type are slow. *)
Extract Inlined Constant Nat.eqb => "Stdlib.Int.equal".
Extract Inlined Constant Nat.leb => "(fun (m : int) (n : int) -> m <= n)".

Extraction Language OCaml.
Extraction "proved.ml" compile posix_slots byte_program first_slots.
