(* The main theorems, each with what it rests on: "Closed under the global context" says that there is no axiom and no
   unfinished proof below it. *)
From RedoubtProof Require Import Spec Trees Order Posix Derivative Lexer Cover Simplify Split Search FindAll Captures
  Plain PlainProof.

(* Order.v: the order of A3 is strict and total, so the best tree is unique. *)
Check @better_irrefl.
Print Assumptions better_irrefl.
Check @better_trans.
Print Assumptions better_trans.
Check @better_total.
Print Assumptions better_total.
Check @is_best_unique.
Print Assumptions is_best_unique.

(* Posix.v, Lexer.v: the POSIX rules and the order define the same tree; every match has one. *)
Check @posix_iff_best.
Print Assumptions posix_iff_best.
Check @posix_unique.
Print Assumptions posix_unique.
Check @posix_exists.
Print Assumptions posix_exists.
Check @best_exists.
Print Assumptions best_exists.

(* Derivative.v: derivatives at locations, and injection. *)
Check @null_spec.
Print Assumptions null_spec.
Check @empty_tree_posix.
Print Assumptions empty_tree_posix.
Check @der_spec.
Print Assumptions der_spec.
Check @inject_posix.
Print Assumptions inject_posix.

(* Lexer.v, Simplify.v, Split.v: three ways to the best tree of a span. *)
Check @lexer_best.
Print Assumptions lexer_best.
Check @lexer_none.
Print Assumptions lexer_none.
Check @matches_dec.
Print Assumptions matches_dec.
Check @covers_spec.
Print Assumptions covers_spec.
Check @simple_der_spec.
Print Assumptions simple_der_spec.
Check @lexs_lexer.
Print Assumptions lexs_lexer.
Check @best_lexer.
Print Assumptions best_lexer.

(* Search.v: the leftmost-longest match of a haystack. *)
Check @is_llmatch_unique.
Print Assumptions is_llmatch_unique.
Check @llmatch_correct.
Print Assumptions llmatch_correct.
Check @llmatch_none.
Print Assumptions llmatch_none.
Check @split_match_correct.
Print Assumptions split_match_correct.
Check @split_match_llmatch.
Print Assumptions split_match_llmatch.

(* FindAll.v: all matches. *)
Check @find_all_correct.
Print Assumptions find_all_correct.
Check @find_all_best.
Print Assumptions find_all_best.
Check @find_all_ordered.
Print Assumptions find_all_ordered.
Check @find_all_complete.
Print Assumptions find_all_complete.

(* Captures.v: groups. *)
Check @captures_set.
Print Assumptions captures_set.
Check @captures_unset.
Print Assumptions captures_unset.
Check @capture_list_once.
Print Assumptions capture_list_once.
Check @captures_nested.
Print Assumptions captures_nested.
Check @captures_within.
Print Assumptions captures_within.
Check @captures_list.
Print Assumptions captures_list.

(* PlainProof.v: Plain.v, which is SPEC.md in its own words, and Spec.v define the same. *)
Check @plain_matches.
Print Assumptions plain_matches.
Check @encode_injective.
Print Assumptions encode_injective.
Check @encode_onto.
Print Assumptions encode_onto.
Check @plain_order.
Print Assumptions plain_order.
Check @plain_best.
Print Assumptions plain_best.
Check @plain_llmatch.
Print Assumptions plain_llmatch.
Check @plain_captures.
Print Assumptions plain_captures.
