(* The numbers of the program that uses machine integers. They wrap beyond 2^62, which no offset or count reaches. *)
type t = int

let name = "proof"
let unary = false
let of_int (n : t) = n
let to_int (n : t) = n
