(* The main theorems on leftmost-first matching and on languages, each with what it rests on: "Closed under the global
   context" says that there is no axiom and no unfinished proof below it. *)
From RedoubtProof Require Import Language Equiv LeftmostFirst FirstMatcher FirstMemory FirstList FirstWays FirstCorrect.
From RedoubtProof Require Import FirstMemoryCorrect FirstLongest FirstProgram Separations DecidedFirst.

(* FirstList.v, FirstCorrect.v: the list of all candidates, in order; the matcher finds the first; it is the match. *)
Check @all_exact.
Print Assumptions all_exact.
Check @all_sorted.
Print Assumptions all_sorted.
Check @run_as_list.
Print Assumptions run_as_list.
Check @first_match_correct.
Print Assumptions first_match_correct.
Check @first_match_none.
Print Assumptions first_match_none.
Check @is_first_match_unique.
Print Assumptions is_first_match_unique.

(* FirstWays.v, FirstMemoryCorrect.v: the matcher that remembers where any way has been is the same, and the loop policy
   that it stands for loses no match. *)
Check @program_labels_distinct.
Print Assumptions program_labels_distinct.
Check @memory_match_first.
Print Assumptions memory_match_first.
Check @memory_match_correct.
Print Assumptions memory_match_correct.
Check @re2_loses_no_match.
Print Assumptions re2_loses_no_match.

(* FirstLongest.v: leftmost-first and leftmost-longest match in the same haystacks, from the same begin. *)
Check @parse_iff_matches.
Print Assumptions parse_iff_matches.
Check @no_first_iff_no_match.
Print Assumptions no_first_iff_no_match.
Check @first_begins_as_longest.
Print Assumptions first_begins_as_longest.

(* FirstProgram.v: what is extracted. *)
Check @first_slots_some.
Print Assumptions first_slots_some.
Check @first_slots_none.
Print Assumptions first_slots_none.

(* Language.v: derivatives, and words as whole matches. *)
Check @brzozowski.
Print Assumptions brzozowski.
Check @antimirov.
Print Assumptions antimirov.
Check @matches_lang.
Print Assumptions matches_lang.
Check @lang_is_whole_match.
Print Assumptions lang_is_whole_match.

(* Equiv.v: the comparison of two languages. *)
Check @equivb_sound.
Print Assumptions equivb_sound.
Check @equiv_same.
Print Assumptions equiv_same.
Check @equiv_different.
Print Assumptions equiv_different.
Check @bytes_equiv_same.
Print Assumptions bytes_equiv_same.
Check @bytes_equiv_different.
Print Assumptions bytes_equiv_different.
Check @bytes_equiv_matches.
Print Assumptions bytes_equiv_matches.

(* Separations.v: what is not so. *)
Check @concatenation_is_not_associative.
Print Assumptions concatenation_is_not_associative.
Check @textbook_repeat_fails_at_locations.
Print Assumptions textbook_repeat_fails_at_locations.
Check @loop_policies_differ.
Print Assumptions loop_policies_differ.
Check @first_is_not_longest.
Print Assumptions first_is_not_longest.
Check @groups_are_unset_or_kept.
Print Assumptions groups_are_unset_or_kept.
