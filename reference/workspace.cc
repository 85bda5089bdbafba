#include "reference/workspace.h"

namespace redoubt::reference {

using derivatives::Alphabet;
using derivatives::Terms;

std::shared_ptr<Terms> Workspace::acquire(const syntax::Regex& regex) {
  if (terms_ && terms_->count() <= limits_.terms && terms_->alphabet().covers(regex)) return terms_;
  seen_.push_back(regex);
  Alphabet alphabet(seen_, encoding_, reading_);
  if (alphabet.symbol_count() > limits_.shared_symbols && seen_.size() > 1) {
    seen_ = {regex};
    alphabet = Alphabet(seen_, encoding_, reading_);
  }
  terms_ = std::make_shared<Terms>(std::move(alphabet));
  return terms_;
}

}  // namespace redoubt::reference
