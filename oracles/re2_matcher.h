// Re2Matcher: one pattern for one of the three RE2 engines, and the modes in which the same question can be put to it.
// RE2 objects for modes are made when a mode is first asked for. Only re2*.cc files include this header.
#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <array>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "oracles/oracle.h"

namespace redoubt::oracles {

/// Bytes for the program and its automata; RE2's default is 8 MB.
inline constexpr std::int64_t kRe2MaxMem = std::int64_t{64} << 20;

enum class Re2Engine : std::uint8_t { kFirst, kLongest, kStock };

/// A pattern as it is handed to the library.
struct Re2Pattern {
  std::string text;
  RE2::Options options;
  Encoding encoding;
  Claim claim;
  std::size_t slots;  ///< 1 + groups of the tree
  bool has_modes;     ///< whether the engine lists modes
};

/// What matchers of one oracle share: room for submatches and for the arguments of the argument-taking calls.
struct Re2Scratch {
  std::vector<re2::StringPiece> pieces;
  std::vector<re2::StringPiece> values;
  std::vector<RE2::Arg> args;
  std::vector<const RE2::Arg*> arg_pointers;
};

/// One call of RE2::Match.
struct Re2Ask {
  std::size_t start = 0;
  std::size_t end = 0;
  RE2::Anchor anchor = RE2::UNANCHORED;
  std::size_t pieces = 0;  ///< submatches asked for
};

std::unique_ptr<RE2> make_re2(const std::string& text, const RE2::Options& options);
/// Why `re` is not ok, as an outcome.
Outcome re2_failure(const RE2& re);
/// The names of Re2Matcher's modes, in order.
std::vector<std::string> re2_mode_names();

class Re2Matcher : public Matcher {
 public:
  Re2Matcher(Re2Scratch& scratch, Re2Pattern pattern, std::unique_ptr<RE2> re);
  ~Re2Matcher() override;

  void run(std::span<const std::string_view> haystacks, std::span<Outcome> outcomes) override;
  void run_mode(std::size_t mode, std::span<const std::string_view> haystacks, std::span<const Outcome> base,
                std::span<Outcome> outcomes) override;
  std::string text() const override { return pattern_.text; }

 private:
  struct Modes;  ///< the objects that modes need, each made when first asked for
  void ask(const RE2& re, std::string_view haystack, const Re2Ask& ask, Claim claim, Outcome& outcome);
  void ask_mode(std::size_t mode, const RE2& re, std::string_view haystack, const Outcome& base, Outcome& outcome);
  /// PartialMatchN and FullMatchN: groups alone; the whole match is taken over from `base`.
  void ask_with_arguments(bool full, std::string_view haystack, const Outcome& base, Outcome& outcome);
  void ask_set(std::string_view haystack, Outcome& outcome);
  void ask_range(std::string_view haystack, const Outcome& base, Outcome& outcome);
  const RE2& mode_re(std::size_t mode);

  Re2Scratch& scratch_;
  Re2Pattern pattern_;
  std::unique_ptr<RE2> re_;
  std::unique_ptr<Modes> modes_;
};

}  // namespace redoubt::oracles
