(* What the extracted program's own theorems rest on: that it answers what Spec.v defines. *)
From RedoubtProof Require Import Program.

Check @posix_slots_some.
Print Assumptions posix_slots_some.
Check @posix_slots_none.
Print Assumptions posix_slots_none.
