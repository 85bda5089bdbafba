// CachedSearch: a search that walks an Automaton and keeps the threads' offsets in registers. The same answers as the
// simulations for either semantics, faster once it has seen the haystack's like; it can give up, and then a simulation
// must do the work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "pikevm/automaton.h"
#include "pikevm/search.h"

namespace redoubt::pikevm {

class CachedSearch {
 public:
  /// nullopt: the automaton would outgrow its budget. `search.begin` and `search.end` are within the haystack. If no
  /// slot is wanted it stops at the first match.
  std::optional<Result> run(const Program& program, const Search& search, bool groups, Best& best);
  const Usage& usage() const { return usage_; }

 private:
  /// On the automaton: beyond this, building it is not worth it.
  static constexpr std::size_t kBudgetBytes = std::size_t{1} << 20;
  /// An automaton that outgrew its budget is built anew if it had served so many units for each state.
  static constexpr std::uint64_t kUnitsPerState = 64;

  std::size_t bytes() const {
    return automaton_.bytes() + (now_.capacity() + next_.capacity() + accepted_.capacity()) * sizeof(std::size_t);
  }
  bool prepare(const Program& program, bool groups);
  template <bool kUtf8>
  std::optional<Result> walk(const Program& program, const Search& search, Best& best);
  /// Applies a transition at `location`.
  void move(Automaton::Transition t, std::size_t location, Best& best);
  const std::uint16_t* move_one(const std::uint16_t* words, std::size_t location, std::size_t* target,
                                std::uint32_t width) const;

  Automaton automaton_;
  std::uint64_t serial_ = 0;             ///< of the program that automaton_ is for
  bool hopeless_ = false;                ///< automaton_ outgrew its budget
  std::uint64_t units_ = 0;              ///< walked since automaton_ was made
  std::vector<std::size_t> now_, next_;  ///< threads * width registers
  std::vector<std::size_t> accepted_;    ///< registers of the best match
  Usage usage_;
};

}  // namespace redoubt::pikevm
