(* The program with Coq's own numbers, zero and successors: nothing is trusted here but extraction itself. Booleans,
   lists, pairs and options become OCaml's, which are the same types. *)
From Coq Require Import Extraction ExtrOcamlBasic.
From RedoubtProof Require Import Spec LeftmostFirst Program FirstProgram.

Extraction Language OCaml.
Extraction "proved.ml" compile posix_slots byte_program first_slots.
