#include "properties/questions.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "generate/haystack_gen.h"
#include "generate/regex_gen.h"
#include "harness/shrink.h"
#include "syntax/printer.h"

namespace redoubt::properties {

using generate::Choices;
using syntax::Regex;

namespace {

constexpr std::uint32_t kMaxNodes = 40;

/// The grammar of plain questions: that of a sweep.
generate::RandomSettings plain_settings(Semantics semantics, Encoding encoding) {
  generate::RandomSettings settings;
  settings.grammar.encoding = encoding;
  settings.grammar.dot = true;
  settings.grammar.lazy = semantics == Semantics::kLeftmostFirst;
  settings.classes = false;
  settings.max_bound = 0;
  settings.max_product = 12;
  return settings;
}

/// Samplers are dear to make and immutable: one for each kind of question.
const generate::RegexSampler& sampler(const Draw& draw, Semantics semantics, Encoding encoding) {
  static std::map<std::tuple<bool, bool, Semantics, Encoding>, generate::RegexSampler> made;
  const auto key = std::make_tuple(draw.wide, draw.looks, semantics, encoding);
  const auto place = made.find(key);
  if (place != made.end()) return place->second;
  generate::RandomSettings settings =
      draw.wide ? generate::wide_settings(semantics, encoding) : plain_settings(semantics, encoding);
  if (!draw.looks) settings.grammar.looks.clear();
  if (draw.looks && !draw.wide) settings.grammar.looks = {syntax::Look::kCaret, syntax::Look::kDollar};
  if (draw.wide) settings.max_bound = 6;
  auto sampler = generate::RegexSampler::make(settings, kMaxNodes);
  return made.emplace(key, std::move(*sampler)).first->second;
}

template <class T>
const T& pick(Choices& choices, const std::vector<T>& list) {
  return list[choices.below(list.size())];
}

std::string some_haystack(const Draw& draw, Choices& choices, const Question& q, std::uint32_t max_length) {
  std::vector<std::string> letters;
  for (std::uint32_t unit : generate::interesting_units(q.regex, q.encoding)) {
    letters.push_back(generate::unit_text(unit, q.encoding));
  }
  if (draw.wide && q.encoding == Encoding::kUtf8 && choices.one_in(3)) letters.emplace_back("\xC3");
  const auto random = [&](std::uint32_t length) { return generate::random_haystack(choices, letters, length); };
  std::string haystack;
  if (choices.one_in(4)) {
    haystack = random(max_length);
  } else {
    const std::uint32_t around = max_length / 4;
    const auto along = [&] { return generate::draw_along(q.regex, q.encoding, choices, max_length - around); };
    haystack = random(around / 2) + along() + (choices.one_in(3) ? along() : "") + random(around / 2);
  }
  if (draw.long_haystacks && choices.one_in(2)) {
    // What scans look for comes late and behind near misses.
    const std::string& filler = pick(choices, letters);
    std::string before;
    for (std::uint64_t n = choices.between(20, 120); n > 0; --n) before += choices.one_in(8) ? random(3) : filler;
    haystack = before + haystack + random(8);
  }
  return haystack;
}

/// Pieces that turn one construct into another, or into half of one.
constexpr std::string_view kPerlPieces[] = {
    "(",   ")",   "[",   "]",   "{",   "}",   "*",    "+",   "?",    "|",   "\\",    "^",  "$",   ".",   "-", ",",
    "1",   "0",   "9",   "(?",  ":",   "i",   "(?i)", "(?:", "(?P<", "n>",  "(?-s:", "[^", "[:",  ":]",  "a", "b",
    "\\d", "\\W", "\\b", "\\A", "\\z", "\\x", "41",   "\\Q", "\\E",  "{2}", "{1,",   "[]", "a-c", "\\n", "#", "/"};
constexpr std::string_view kErePieces[] = {
    "(", ")", "[",  "]",  "{",  "}",   "*",   "+", "?", "|",  "\\",  "^",         "$",  ".",   "-",   ",", "1",
    "0", "9", "[^", "[:", ":]", "{2}", "{1,", "a", "b", "[]", "a-c", "[:alpha:]", "()", "\\.", "\\(", "#", "/"};

}  // namespace

std::string near_grammar(Choices& choices, syntax::Dialect dialect, Encoding encoding, std::uint32_t max_nodes) {
  const bool ere = dialect == syntax::Dialect::kEre;
  Draw draw;
  draw.max_nodes = max_nodes;
  const Semantics semantics = ere ? Semantics::kLeftmostLongest : Semantics::kLeftmostFirst;
  const Regex regex = syntax::renumber_groups(
      sampler(draw, semantics, encoding).draw(choices, static_cast<std::uint32_t>(choices.between(1, max_nodes))));
  const auto printed = syntax::print(regex, ere ? syntax::PrintDialect::kEre : syntax::PrintDialect::kPerl, encoding);
  std::string text = printed ? *printed : "(a|b)*c{1,2}";
  for (std::uint64_t edits = choices.between(0, 4); edits > 0; --edits) {
    const std::size_t at = choices.below(text.size() + 1);
    if (choices.one_in(3)) {
      text.erase(at, choices.between(1, 2));
    } else if (choices.one_in(4)) {
      text.insert(at, text.substr(choices.below(text.size() + 1), choices.between(1, 5)));
    } else {
      text.insert(at, ere ? kErePieces[choices.below(std::size(kErePieces))]
                          : kPerlPieces[choices.below(std::size(kPerlPieces))]);
    }
  }
  return text;
}

Question draw_question(const Draw& draw, Choices& choices, int size) {
  Question q;
  q.semantics = pick(choices, draw.semantics);
  q.encoding = pick(choices, draw.encodings);
  q.knob = static_cast<std::uint32_t>(choices.below(draw.knobs));
  const auto scaled = [size](std::uint32_t most, std::uint32_t least) {
    return std::max(least, std::min(most, least + most * static_cast<std::uint32_t>(size) / 80));
  };
  if (draw.shape == Shape::kText) {
    q.haystack = near_grammar(choices, draw.dialect, q.encoding, scaled(draw.max_nodes, 2));
    return q;
  }
  const generate::RegexSampler& trees = sampler(draw, q.semantics, q.encoding);
  std::vector<Regex> parts;
  for (std::uint32_t k = 0; k < draw.parts; ++k) {
    const std::uint32_t most = std::max(1U, scaled(draw.max_nodes, 3) / draw.parts);
    Regex tree = trees.draw(choices, static_cast<std::uint32_t>(choices.between(1, most)));
    // Whatever a part is, it stays one child of the concat.
    parts.push_back(draw.parts > 1 ? syntax::non_capturing(std::move(tree)) : std::move(tree));
  }
  q.regex = syntax::renumber_groups(syntax::concat(std::move(parts)));
  q.haystack = some_haystack(draw, choices, q, scaled(draw.max_bytes, 3));
  return q;
}

namespace {

/// The reductions of one question, kind after kind, each kind made when the one before is used up.
class Reductions {
 public:
  Reductions(Question question, Shape shape) : from_(std::move(question)), shape_(shape) {}

  rc::Maybe<rc::Shrinkable<Question>> operator()() {
    for (;; ++next_) {
      while (next_ == ready_.size()) {
        if (stage_ == 4) return rc::Nothing;
        ready_.clear();
        next_ = 0;
        make(stage_++);
      }
      const Question& to = ready_[next_];
      if (!cheaper(to)) continue;
      const Shape shape = shape_;
      rc::Shrinkable<Question> found =
          rc::shrinkable::lambda([q = ready_[next_++]] { return q; }, [q = to, shape] { return reductions(q, shape); });
      return found;
    }
  }

 private:
  bool cheaper(const Question& to) const {
    const auto there = harness::cost(to.regex, to.haystack), here = harness::cost(from_.regex, from_.haystack);
    return there < here || (there == here && to.knob < from_.knob);
  }

  void add(const Regex& regex, std::string haystack, std::uint32_t knob) {
    Question q = from_;
    q.regex = syntax::renumber_groups(regex);
    q.haystack = std::move(haystack);
    q.knob = knob;
    ready_.push_back(std::move(q));
  }

  void make(int stage) {
    const bool tree = shape_ == Shape::kRegex;
    if (stage == 0) {
      const Encoding encoding = tree ? from_.encoding : Encoding::kBytes;
      for (std::string& h : harness::reductions(from_.haystack, encoding)) add(from_.regex, std::move(h), from_.knob);
    } else if (stage == 1 && tree) {
      for (const Regex& r : harness::reductions(from_.regex, from_.encoding)) add(r, from_.haystack, from_.knob);
    } else if (stage == 2 && tree) {
      for (auto& [r, h] : harness::renamings(from_.regex, from_.haystack)) add(r, std::move(h), from_.knob);
    } else if (stage == 3 && from_.knob > 0) {
      for (const std::uint32_t knob : {0U, from_.knob / 2, from_.knob - 1}) add(from_.regex, from_.haystack, knob);
    }
  }

  Question from_;
  Shape shape_;
  int stage_ = 0;
  std::vector<Question> ready_;
  std::size_t next_ = 0;
};

}  // namespace

rc::Seq<rc::Shrinkable<Question>> reductions(const Question& question, Shape shape) {
  return rc::makeSeq<Reductions>(question, shape);
}

rc::Gen<Question> questions(const Draw& draw) {
  return [draw](const rc::Random& random, int size) {
    rc::Random source = random;
    generate::RandomChoices choices(source.next());
    Question drawn = draw_question(draw, choices, size);
    return rc::shrinkable::lambda([drawn] { return drawn; },
                                  [drawn, shape = draw.shape] { return reductions(drawn, shape); });
  };
}

}  // namespace redoubt::properties
