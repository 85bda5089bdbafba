(* The main theorems on leftmost-first matching and on languages, with what they rest on. Each line printed must be
   "Closed under the global context". *)
From RedoubtProof Require Import Language Equiv LeftmostFirst FirstMatcher FirstList FirstCorrect Separations.

(* Leftmost-first (B) *)
Print Assumptions first_match_correct.
Print Assumptions first_match_none.
Print Assumptions is_first_match_unique.
Print Assumptions all_exact.
Print Assumptions all_sorted.
Print Assumptions run_as_list.

(* Languages *)
Print Assumptions brzozowski.
Print Assumptions antimirov.
Print Assumptions matches_lang.
Print Assumptions lang_is_whole_match.
Print Assumptions equivb_sound.
Print Assumptions equiv_different.
Print Assumptions bytes_equiv_same.
Print Assumptions bytes_equiv_different.
Print Assumptions bytes_equiv_matches.

(* What is not so *)
Print Assumptions concatenation_is_not_associative.
Print Assumptions textbook_repeat_fails_at_locations.
Print Assumptions loop_policies_differ.
Print Assumptions first_is_not_longest.
Print Assumptions groups_are_unset_or_kept.
