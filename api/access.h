// What the public classes hide, for the files of this folder: their implementations and conversions to the matcher's
// terms. Nothing here is installed.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "pikevm/compiler.h"
#include "pikevm/pikevm.h"
#include "pikevm/set_search.h"
#include "redoubt/regex.h"
#include "redoubt/regex_set.h"
#include "syntax/parser.h"

namespace redoubt {

struct Scratch::Impl {
  pikevm::Scratch vm;
  pikevm::SetScratch set;
  Slots slots;  ///< of calls whose caller does not keep them
  pikevm::Usage usage;
};

struct Regex::Impl {
  std::string pattern;
  Options options;
  std::shared_ptr<const pikevm::Program> program;
  std::vector<std::string> names;  ///< by group number; [0] is ""
};

/// The key to the implementations.
struct Access {
  using ScratchImpl = Scratch::Impl;
  using RegexImpl = Regex::Impl;
  static ScratchImpl& of(Scratch& scratch) { return *scratch.impl_; }
  static const RegexImpl& of(const Regex& regex) { return *regex.impl_; }
  static Regex make(std::shared_ptr<const RegexImpl> impl) { return Regex(std::move(impl)); }
};
using ScratchImpl = Access::ScratchImpl;
using RegexImpl = Access::RegexImpl;

/// Pattern to tree under checked options.
tl::expected<syntax::Regex, Error> parse(std::string_view pattern, const Options& options);
Regex::Compiled compile_tree(std::string_view pattern, const syntax::Regex& tree, const Options& options);
pikevm::Search to_search(const Input& input, std::size_t wanted_slots);
Result to_result(pikevm::Result result);
/// Runs one search and notes what it used.
Result run(const RegexImpl& regex, const Input& input, std::size_t wanted_slots, ScratchImpl& scratch, Slots& out);

}  // namespace redoubt
