// Workbench: what the checks of laws ask: any registered engine by name, sub-range searches of the PikeVM, whether a
// span is matched by definition, and small tree surgery. Prepared things are kept from question to question.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "oracles/oracle.h"
#include "pikevm/find_all.h"
#include "pikevm/pikevm.h"
#include "properties/law.h"
#include "reference/parse_tree.h"
#include "reference/workspace.h"

namespace redoubt::properties {

/// A search's answer: a match with its slots, none, or neither.
struct Found {
  enum class Kind : std::uint8_t { kMatch, kNone, kSilent } kind = Kind::kSilent;  ///< kSilent: a limit was reached
  Slots slots;

  bool match() const { return kind == Kind::kMatch; }
  bool silent() const { return kind == Kind::kSilent; }
  Span span() const { return slots.empty() ? Span{} : slots[0]; }
  friend bool operator==(const Found&, const Found&) = default;
};
std::string to_string(const Found& found);

/// The engines that a metamorphic law is asked of, each by itself.
inline constexpr std::string_view kSubjects[] = {"reference", "pikevm", "pikevm-plain"};

/// Not thread-safe.
class Workbench {
 public:
  Workbench() = default;
  Workbench(const Workbench&) = delete;
  Workbench& operator=(const Workbench&) = delete;

  /// nullptr: no such engine here.
  oracles::Oracle* oracle(std::string_view name);
  oracles::Outcome ask(std::string_view engine, const Question& question);
  /// The same for a regex and haystack other than the question's.
  Found find(std::string_view engine, const Question& like, const syntax::Regex& regex, std::string_view haystack);
  Found find(std::string_view engine, const Question& question) {
    return find(engine, question, question.regex, question.haystack);
  }

  /// The regex compiled for the PikeVM, all optimizations on; nullptr: too large. Holds the last one.
  std::shared_ptr<const pikevm::Program> compile(const Question& like, const syntax::Regex& regex);
  Found search(const pikevm::Program& program, const pikevm::Search& search);
  pikevm::Scratch& scratch() { return scratch_; }

  reference::Workspace& workspace(Encoding encoding) { return encoding == Encoding::kBytes ? bytes_ : utf8_; }

 private:
  std::map<std::string, std::unique_ptr<oracles::Oracle>, std::less<>> oracles_;
  reference::Workspace bytes_{Encoding::kBytes};
  reference::Workspace utf8_{Encoding::kUtf8};
  pikevm::Scratch scratch_;
};

/// Calls check(engine) for each of kSubjects until one does not hold.
Verdict for_each_subject(const std::function<Verdict(std::string_view engine)>& check);

/// "…: (0,1), not (0,2)": the failure of a law that says two answers are equal.
Verdict expect_equal(std::string_view engine, std::string_view what, const Found& got, const Found& wanted);

// Tree surgery. Each gives a tree with its groups numbered anew.
syntax::Regex without_groups(const syntax::Regex& r);
syntax::Regex without_plain_groups(const syntax::Regex& r);  ///< non-capturing groups that the factories can put back
syntax::Regex mirrored(const syntax::Regex& r);              ///< reads backwards what r reads
syntax::Regex all_lazy_flipped(const syntax::Regex& r);
syntax::Regex with_classes(const syntax::Regex& r, const std::function<syntax::CharClass(const syntax::CharClass&)>& f);
/// Units of a haystack in reverse order, each as it was.
std::string mirrored(std::string_view haystack, Encoding encoding);
bool has_looks(const syntax::Regex& r);
/// "/a(b)*/ on \"ab\"".
std::string shown(const Question& question);
std::string shown(const syntax::Regex& regex, const Question& like);

}  // namespace redoubt::properties
