#include "harness/sources.h"

#include <algorithm>
#include <numeric>

#include "generate/automaton_haystacks.h"
#include "generate/haystack_gen.h"
#include "generate/regex_gen.h"
#include "generate/word_gen.h"
#include "harness/special_sources.h"

namespace redoubt::harness {

namespace {

using oracles::Query;
using syntax::Look;

/// Every regex up to a size, each on every string up to a length. The small ones come in order, and between them others
/// scattered, so that the first few are of all kinds.
class Sweep final : public Source {
 public:
  Sweep(std::string name, Semantics semantics, generate::RegexSpace space, generate::StringSpace haystacks)
      : name_(std::move(name)),
        semantics_(semantics),
        space_(std::move(space)),
        haystacks_(std::move(haystacks)),
        total_(space_.total()) {
    for (std::uint32_t size = 1; size <= std::min(kSmall, space_.max_size()); ++size) small_ += space_.count(size);
    while (std::gcd(stride_, std::max<std::uint64_t>(total_ - small_, 1)) != 1) ++stride_;
  }

  const std::string& name() const override { return name_; }
  std::uint64_t items() const override { return total_; }
  void run(std::uint64_t k, Trial& trial) const override {
    Query query;
    query.regex = space_.at(space_.place(scattered(k)));
    query.semantics = semantics_;
    trial.run(query, haystacks_.all(), name_, k);
  }

 private:
  static constexpr std::uint32_t kSmall = 3;  // nodes

  /// Which regex comes as number k: a small one and one of the others in turn, as long as there are both.
  std::uint64_t scattered(std::uint64_t k) const {
    const std::uint64_t others = total_ - small_;
    const std::uint64_t paired = 2 * std::min(small_, others);
    if (k < paired ? k % 2 == 0 : small_ > others) return k < paired ? k / 2 : k - others;
    const std::uint64_t other = k < paired ? k / 2 : k - small_;
    return small_ + static_cast<std::uint64_t>(static_cast<unsigned __int128>(other) * stride_ % others);
  }

  std::string name_;
  Semantics semantics_;
  generate::RegexSpace space_;
  generate::StringSpace haystacks_;
  std::uint64_t total_;
  std::uint64_t small_ = 0;                    ///< how many have up to kSmall nodes
  std::uint64_t stride_ = 0x9E3779B97F4A7C15;  ///< coprime to the number of the others
};

tl::expected<std::unique_ptr<Source>, std::string> make_sweep(std::string name, Semantics semantics,
                                                              generate::GrammarSettings grammar,
                                                              const std::string& letters, std::uint32_t max_nodes,
                                                              std::uint32_t max_len,
                                                              const std::string& haystack_letters = "") {
  grammar.letters.assign(letters.begin(), letters.end());
  for (std::uint32_t& letter : grammar.letters) letter &= 0xFF;
  grammar.lazy = semantics == Semantics::kLeftmostFirst;
  auto space = generate::RegexSpace::make(grammar, max_nodes);
  if (!space) return tl::unexpected(space.error());
  std::vector<std::string> strings;
  for (char letter : letters + haystack_letters) strings.emplace_back(1, letter);
  auto haystacks = generate::StringSpace::make(std::move(strings), max_len);
  if (!haystacks) return tl::unexpected(haystacks.error());
  return std::make_unique<Sweep>(std::move(name), semantics, std::move(*space), std::move(*haystacks));
}

/// Random regexes, each on haystacks drawn from its own automaton.
class Random final : public Source {
 public:
  Random(std::string name, Semantics semantics, Encoding encoding, generate::RegexSampler sampler,
         const CheckSettings& settings)
      : name_(std::move(name)),
        semantics_(semantics),
        encoding_(encoding),
        sampler_(std::move(sampler)),
        count_(settings.random),
        seed_(settings.seed),
        max_len_(settings.random_len) {}

  const std::string& name() const override { return name_; }
  std::uint64_t items() const override { return count_; }
  void run(std::uint64_t k, Trial& trial) const override {
    generate::RandomChoices choices(seed_ * 0x9E3779B97F4A7C15ull + k);
    // Most regexes are small: a disagreement shows in few nodes, and large ones cost more than they find.
    const auto size = static_cast<std::uint32_t>(1 + choices.below(1 + choices.below(sampler_.max_size())));
    Query query;
    query.regex = sampler_.draw(choices, size);
    query.semantics = semantics_;
    query.encoding = encoding_;
    generate::AutomatonLimits limits;
    limits.max_states = 60;
    limits.max_haystacks = 80;
    limits.max_length = max_len_;
    auto drawn = generate::automaton_haystacks(query.regex, encoding_, choices, limits).haystacks;
    // What is short in all of these may hide what goes wrong far from the edges.
    constexpr int kLong = 4;
    constexpr std::uint32_t kFar = 40;
    for (int k = 0; k < kLong && max_len_ >= kFar; ++k) {
      const std::string text = drawn[choices.below(drawn.size())];
      drawn.push_back(generate::embedded(text, encoding_, choices, 70));
    }
    const std::vector<std::string_view> views(drawn.begin(), drawn.end());
    trial.run(query, views, name_, k);
  }

 private:
  std::string name_;
  Semantics semantics_;
  Encoding encoding_;
  generate::RegexSampler sampler_;
  std::uint64_t count_, seed_;
  std::uint32_t max_len_;
};

/// Regexes just larger than a sweep reaches, of two letters and much that is ambiguous, on every short string.
class Beyond final : public Source {
 public:
  static constexpr std::uint32_t kLeast = 6, kMost = 14;

  Beyond(Semantics semantics, generate::RegexSampler sampler, generate::StringSpace haystacks, std::uint64_t count,
         std::uint64_t seed)
      : name_("beyond seed " + std::to_string(seed)),
        semantics_(semantics),
        sampler_(std::move(sampler)),
        haystacks_(std::move(haystacks)),
        count_(count),
        seed_(seed) {}

  const std::string& name() const override { return name_; }
  std::uint64_t items() const override { return count_; }
  void run(std::uint64_t k, Trial& trial) const override {
    generate::RandomChoices choices((seed_ + 0x20000) * 0x9E3779B97F4A7C15ull + k);
    Query query;
    const auto size = static_cast<std::uint32_t>(choices.between(kLeast, kMost));
    query.regex = sampler_.draw(choices, size);
    query.semantics = semantics_;
    trial.run(query, haystacks_.all(), name_, k);
  }

 private:
  std::string name_;
  Semantics semantics_;
  generate::RegexSampler sampler_;
  generate::StringSpace haystacks_;
  std::uint64_t count_, seed_;
};

std::string describe(Semantics semantics, const std::string& what) {
  return (semantics == Semantics::kLeftmostLongest ? "leftmost-longest (posix): " : "leftmost-first (perl): ") + what;
}

using Phases = std::vector<Phase>;
using Added = tl::expected<void, std::string>;

Added add_sweep(const CheckSettings& settings, Semantics semantics, Phases& phases) {
  generate::GrammarSettings grammar;
  grammar.looks = {Look::kCaret, Look::kDollar};
  auto sweep = make_sweep("sweep", semantics, grammar, settings.alphabet, settings.max_nodes, settings.max_len);
  if (!sweep) return tl::unexpected(sweep.error());
  const std::string what = "every regex to " + std::to_string(settings.max_nodes) + " nodes on every string of [" +
                           settings.alphabet + "] to " + std::to_string(settings.max_len);
  phases.push_back({describe(semantics, what), semantics, settings.engines, std::move(*sweep)});
  return {};
}

/// Newlines, word boundaries and classes, which the main sweep leaves out; `b` occurs in haystacks only.
Added add_lines(const CheckSettings& settings, Semantics semantics, Phases& phases) {
  generate::GrammarSettings lines;
  lines.rename = false;
  lines.looks = {Look::kCaret,     Look::kDollar,  Look::kTextStart,    Look::kTextEnd,
                 Look::kLineStart, Look::kLineEnd, Look::kWordBoundary, Look::kNotWordBoundary};
  lines.dot = lines.dot_all = lines.not_letter = true;  // [^\n] is the other dot
  lines.repeats = {{0, syntax::kInfinite}, {0, 1}, {2, 2}};
  const std::uint32_t nodes = std::min(settings.max_nodes, 4u);
  const std::uint32_t length = std::min(settings.max_len, 3u);
  auto line_sweep = make_sweep("lines", semantics, lines, "a\n-", nodes, length, "b");
  if (!line_sweep) return tl::unexpected(line_sweep.error());
  const std::string of =
      " to " + std::to_string(nodes) + " nodes on every string of [ab\\n-] to " + std::to_string(length);
  phases.push_back(
      {describe(semantics, "assertions and classes," + of), semantics, settings.engines, std::move(*line_sweep)});
  return {};
}

/// {0} and {0,0} over things that look at the start: where optimizers have misread what is not there.
Added add_zero_repeats(const CheckSettings& settings, Semantics semantics, Phases& phases) {
  generate::GrammarSettings grammar;
  grammar.looks = {Look::kCaret, Look::kLineStart};
  grammar.groups = false;
  grammar.repeats = {{0, 0}};
  const std::uint32_t nodes = std::min(settings.max_nodes + 1, 6u);
  auto sweep = make_sweep("zero", semantics, grammar, "ab", nodes, 2);
  if (!sweep) return tl::unexpected(sweep.error());
  phases.push_back(
      {describe(semantics, "repeats {0}, to " + std::to_string(nodes) + " nodes on every string of [ab] to 2"),
       semantics, settings.engines, std::move(*sweep)});
  return {};
}

/// What sets engines as packaged apart from the options under which they are judged otherwise.
Added add_stock(const CheckSettings& settings, Semantics semantics, Phases& phases) {
  if (semantics != Semantics::kLeftmostFirst || !settings.engines.empty()) return {};
  generate::GrammarSettings lines;
  lines.rename = false;
  lines.looks = {Look::kCaret, Look::kDollar, Look::kLineStart, Look::kLineEnd};
  const std::uint32_t nodes = std::min(settings.max_nodes, 4u);
  const std::uint32_t length = std::min(settings.max_len, 3u);
  auto sweep = make_sweep("stock", Semantics::kLeftmostFirst, lines, "a\n", nodes, length);
  if (!sweep) return tl::unexpected(sweep.error());
  const std::string of =
      " to " + std::to_string(nodes) + " nodes on every string of [a\\n] to " + std::to_string(length);
  phases.push_back({describe(Semantics::kLeftmostFirst, "engines as packaged, regexes" + of),
                    Semantics::kLeftmostFirst,
                    {"pcre2-stock", "re2-stock"},
                    std::move(*sweep)});
  for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    const std::string unit(to_string(encoding));
    phases.push_back({describe(Semantics::kLeftmostFirst, "engines as packaged, patterns as written (" + unit + ")"),
                      Semantics::kLeftmostFirst,
                      {"pcre2-stock", "re2-stock"},
                      as_written(encoding)});
  }
  return {};
}

/// Bounds up to 257.
Added add_counts(const CheckSettings& settings, Semantics semantics, Phases& phases) {
  phases.push_back({describe(semantics, "large counts"), semantics, settings.engines, large_counts(semantics)});
  return {};
}

Added add_beyond(const CheckSettings& settings, Semantics semantics, Phases& phases) {
  generate::RandomSettings narrow;
  narrow.grammar.lazy = semantics == Semantics::kLeftmostFirst;
  narrow.classes = false;
  narrow.max_bound = 3;
  auto sampler = generate::RegexSampler::make(narrow, Beyond::kMost);
  if (!sampler) return tl::unexpected(sampler.error());
  auto haystacks = generate::StringSpace::make({"a", "b"}, 5);
  if (!haystacks) return tl::unexpected(haystacks.error());
  const std::string what = std::to_string(settings.random) + " random regexes of a and b to " +
                           std::to_string(Beyond::kMost) + " nodes on every string of [ab] to 5";
  phases.push_back({describe(semantics, what), semantics, settings.engines,
                    std::make_unique<Beyond>(semantics, *std::move(sampler), *std::move(haystacks), settings.random,
                                             settings.seed)});
  return {};
}

Added add_words(const CheckSettings& settings, Semantics semantics, Phases& phases) {
  for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    const std::string unit(to_string(encoding));
    const std::string what = std::to_string(settings.random) + " random regexes made of words (" + unit +
                             "), haystacks of some hundred bytes";
    phases.push_back({describe(semantics, what), semantics, settings.engines,
                      words(semantics, encoding, settings.random, settings.seed)});
  }
  return {};
}

Added add_random(const CheckSettings& settings, Semantics semantics, Phases& phases) {
  for (Encoding encoding : {Encoding::kBytes, Encoding::kUtf8}) {
    generate::RandomSettings wide = generate::wide_settings(Semantics::kLeftmostFirst, encoding);
    wide.grammar.lazy = semantics == Semantics::kLeftmostFirst;
    auto sampler = generate::RegexSampler::make(wide, settings.random_nodes);
    if (!sampler) return tl::unexpected(sampler.error());
    const std::string unit = std::string(to_string(encoding));
    phases.push_back({describe(semantics, std::to_string(settings.random) + " random regexes to " +
                                              std::to_string(settings.random_nodes) + " nodes (" + unit +
                                              "), haystacks from their automata"),
                      semantics, settings.engines,
                      std::make_unique<Random>("random " + unit + " seed " + std::to_string(settings.seed), semantics,
                                               encoding, std::move(*sampler), settings)});
  }
  return {};
}

/// Does the engine claim anything of this semantics? An unknown name does: the panel is to complain of it.
bool answers(const std::string& name, Semantics semantics) {
  const oracles::EngineEntry* entry = oracles::find_engine(name);
  return !entry || entry->info.claims[static_cast<int>(semantics)] != oracles::Claim::kNothing;
}

}  // namespace

tl::expected<Phases, std::string> plan(const CheckSettings& settings) {
  Phases phases;
  const auto wrong = [](std::string sentence) { return tl::unexpected(std::move(sentence)); };
  if (settings.shard >= settings.shards) return wrong("A shard's number must be below the number of shards.");
  if (settings.alphabet.empty()) return wrong("The alphabet needs a letter at least.");
  // The quick ones first: what they find need not wait.
  using Add = Added (*)(const CheckSettings&, Semantics, Phases&);
  std::vector<Add> adders;
  if (settings.max_nodes > 0) adders = {add_lines, add_zero_repeats, add_stock, add_counts, add_sweep};
  if (settings.random > 0) adders.insert(adders.end(), {add_beyond, add_words, add_random});
  std::vector<CheckSettings> per_semantics;
  for (Semantics semantics : settings.semantics) {
    CheckSettings& narrowed = per_semantics.emplace_back(settings);
    narrowed.semantics = {semantics};
    // With several semantics, each asks those of the named engines that answer it. With one, a name that does not is an
    // error, which the panel words.
    if (settings.semantics.size() == 1 || settings.engines.empty()) continue;
    std::erase_if(narrowed.engines, [&](const std::string& name) { return !answers(name, semantics); });
    if (narrowed.engines.empty()) per_semantics.pop_back();
  }
  for (Add add : adders) {
    for (const CheckSettings& narrowed : per_semantics) {
      if (auto added = add(narrowed, narrowed.semantics[0], phases); !added) return tl::unexpected(added.error());
    }
  }
  if (phases.empty()) return wrong("There is nothing to do: no semantics, or neither a sweep nor random regexes.");
  return phases;
}

}  // namespace redoubt::harness
