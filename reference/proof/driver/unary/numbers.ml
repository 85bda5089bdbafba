(* The numbers of the program that trusts nothing but extraction itself: Coq's own, zero and successors. *)
type t = Proved.nat

let name = "proof-unary"
let unary = true

let count n =
  let rec from n so_far = if n = 0 then so_far else from (n - 1) (Proved.S so_far) in
  from n Proved.O

(* Bytes and small counts are made once. *)
let small = Array.init 256 count
let of_int n = if n < 256 then small.(n) else count n

let to_int n =
  let rec down n so_far = match n with Proved.O -> so_far | Proved.S n -> down n (so_far + 1) in
  down n 0
