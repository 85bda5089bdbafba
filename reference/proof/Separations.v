(* What is not so, each by one case that computation decides: choices in the definitions that can be observed. *)
From Coq Require Import List Arith Bool Lia String.
From RedoubtProof Require Import Spec Bytes Trees Derivative Lexer Simplify Split Search Equiv.
From RedoubtProof Require Import LeftmostFirst FirstMatcher FirstCorrect DecidedFirst.
Import ListNotations.
Local Open Scope string_scope.

Notation core := (re range_class look).
Definition letter (x : nat) : core := Cls [(x, x)].

(* A3: how a concatenation associates can be seen in its groups. (a|ab)(c|bcd)(d* ) on abcd: to the right, group 1 is
   the longer (0,2); to the left, as in ((a|ab)(c|bcd))(d* ), the first two together are as long as they can be, and it
   is (0,1). *)
Theorem concatenation_is_not_associative : exists (h : string) (r s t : core) (u v : tree),
  let sub := text_subject h in let n := String.length h in
  @is_best _ _ sub (Cat r (Cat s t)) u 0 n /\ @is_best _ _ sub (Cat (Cat r s) t) v 0 n /\
  captures (Cat r (Cat s t)) u 0 1 = Some (0, 2) /\ captures (Cat (Cat r s) t) v 0 1 = Some (0, 1).
Proof.
  set (r := Grp 1 (Alt (letter 97) (Cat (letter 97) (letter 98)))).
  set (s := Grp 2 (Alt (letter 99) (Cat (letter 98) (Cat (letter 99) (letter 100))))).
  set (t := Grp 3 (Rep true (letter 100) 0 None)).
  exists "abcd", r, s, t.
  destruct (@lexer _ _ (text_subject "abcd") (Cat r (Cat s t)) 0 4) as [u|] eqn:Eu; [|vm_compute in Eu; discriminate].
  destruct (@lexer _ _ (text_subject "abcd") (Cat (Cat r s) t) 0 4) as [v|] eqn:Ev; [|vm_compute in Ev; discriminate].
  pose proof (proj1 (lexer_best (sub := text_subject "abcd") _ 0 4 u) Eu) as Bu.
  pose proof (proj1 (lexer_best (sub := text_subject "abcd") _ 0 4 v) Ev) as Bv.
  exists u, v. split; [exact Bu | split; [exact Bv|]].
  vm_compute in Eu, Ev. injection Eu as <-. injection Ev as <-. split; reflexivity.
Qed.

(* A7: the derivative of a repeat by the textbook. (^|a){2} matches a, by an empty iteration first; after the a has been
   read, what the textbook leaves, (^|a), does not match the rest. *)
Theorem textbook_repeat_fails_at_locations : exists (h : string) (r : core),
  let sub := text_subject h in
  @matches _ _ sub (Rep true r 2 (Some 2)) 0 1 /\
  ~ @matches _ _ sub (Cat (@der _ _ sub 0 r) (Rep false r 1 (Some 1))) 1 1.
Proof.
  exists "a", (Alt (Ast Caret) (letter 97)). split.
  - apply (member_spec (sub := text_subject "a") _ 0 1). vm_compute. reflexivity.
  - intros M. apply (null_spec (sub := text_subject "a")) in M. vm_compute in M. discriminate.
Qed.

(* B3: the loop policies differ, even in where a match ends. (a*|b)* on ab. *)
Theorem loop_policies_differ : exists (r : pattern) (h : string) t u,
  @is_first_match _ _ (text_subject h) Re2 (program r) (whole h) 0 2 t /\
  @is_first_match _ _ (text_subject h) Pcre2 (program r) (whole h) 0 1 u.
Proof.
  exists (star (g1 (alt [star a; b]))), "ab". do 2 eexists.
  split; apply first_match_correct; vm_compute; reflexivity.
Qed.

(* A4 and B1: the first match need not be the longest. a|ab on ab. *)
Theorem first_is_not_longest : exists (r : pattern) (h : string) t u,
  let sub := text_subject h in
  @is_first_match _ _ sub Re2 (program r) (whole h) 0 1 t /\
  @is_llmatch _ _ sub (compile r) (whole h) 0 2 u.
Proof.
  exists (alt [a; cat [a; b]]), "ab". do 2 eexists. split.
  - apply first_match_correct. vm_compute. reflexivity.
  - apply (llmatch_correct (eq := bytes_equality)). vm_compute. reflexivity.
Qed.

(* A5 and B2: leftmost-longest unsets the groups in an iteration, leftmost-first keeps them. (a(b)?)+ on aba. *)
Theorem groups_are_unset_or_kept : exists (r : pattern) (h : string) t u,
  let sub := text_subject h in
  @is_llmatch _ _ sub (compile r) (whole h) 0 3 t /\ captures (compile r) t 0 2 = None /\
  @is_first_match _ _ sub Re2 (program r) (whole h) 0 3 u /\ captures_first (program r) u 0 2 = Some (1, 2).
Proof.
  exists (plus (g1 (cat [a; opt (g2 b)]))), "aba".
  destruct (@llmatch _ _ (text_subject "aba") bytes_equality (compile (plus (g1 (cat [a; opt (g2 b)])))) (whole "aba"))
    as [((i, j), t)|] eqn:Et; [|vm_compute in Et; discriminate].
  destruct (@first_match _ _ (text_subject "aba") Re2 (program (plus (g1 (cat [a; opt (g2 b)])))) (whole "aba"))
    as [((i', j'), u)|] eqn:Eu; [|vm_compute in Eu; discriminate].
  exists t, u. pose proof Et as Lt. pose proof Eu as Lu. apply llmatch_correct in Lt. apply first_match_correct in Lu.
  vm_compute in Et, Eu. injection Et as <- <- <-. injection Eu as <- <- <-.
  split; [exact Lt | split; [reflexivity | split; [exact Lu | reflexivity]]].
Qed.

(* The comparison of languages at work on all bytes: (a|b)* and (a*b* )*; a{2,3} and a{2,4}, told apart by aaaa;
   .*a.{2} and itself with the last two written out. *)
Example same_language :
  bytes_equiv 100 (compile (star (alt [a; b]))) (compile (star (cat [star a; star b]))) = Same.
Proof. vm_compute. reflexivity. Qed.
Example different_languages :
  bytes_equiv 100 (compile (times 2 3 a)) (compile (times 2 4 a)) = Different [97; 97; 97; 97].
Proof. vm_compute. reflexivity. Qed.
Example dots : let any : pattern := SCls [(0, 255)] in
  bytes_equiv 1000 (compile (cat [star any; a; times 2 2 any])) (compile (cat [star any; a; any; any])) = Same.
Proof. vm_compute. reflexivity. Qed.
Example too_little_fuel :
  bytes_equiv 2 (compile (star (alt [a; b]))) (compile (star (cat [star a; star b]))) = Unknown.
Proof. vm_compute. reflexivity. Qed.
