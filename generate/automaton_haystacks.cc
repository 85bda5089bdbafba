#include "generate/automaton_haystacks.h"

#include <algorithm>
#include <deque>
#include <unordered_set>

#include "derivatives/dfa.h"
#include "generate/haystack_gen.h"
#include "syntax/utf8.h"

namespace redoubt::generate {

using derivatives::Alphabet;
using derivatives::Dfa;
using derivatives::Symbol;
using syntax::Node;
using syntax::NodeKind;
using syntax::Partition;
using syntax::Regex;

namespace {

constexpr std::uint32_t kNever = static_cast<std::uint32_t>(-1);

/// The explored automaton with, for each state, the next step of a shortest way on to acceptance.
class Automaton {
 public:
  Automaton(const Regex& regex, Encoding encoding, std::size_t max_states)
      : terms_(Alphabet({regex}, encoding)),
        dfa_(derivatives::explore(terms_, terms_.from_regex(regex, false), max_states)) {
    find_ways_out();
  }

  const Alphabet& alphabet() const { return terms_.alphabet(); }
  const Dfa& dfa() const { return dfa_; }
  std::uint32_t states() const { return static_cast<std::uint32_t>(dfa_.states.size()); }
  std::uint32_t symbols() const { return alphabet().symbol_count(); }
  std::uint32_t arrow(std::uint32_t state, std::uint32_t symbol) const {
    return dfa_.arrows[std::size_t{state} * symbols() + symbol];
  }
  bool can_accept(std::uint32_t state) const { return distance_[state] != kNever; }

  /// The units read on a shortest way from the start.
  std::string way_to(std::uint32_t state) const {
    std::string text;
    for (Symbol symbol : dfa_.way_to(state)) text += unit(symbol);
    return text;
  }
  /// The units of a shortest way from a state to acceptance; "" where there is none.
  std::string way_out(std::uint32_t state) const {
    std::string text;
    while (can_accept(state) && distance_[state] > 0) {
      text += unit(way_out_[state]);
      state = arrow(state, way_out_[state]);
    }
    return text;
  }
  std::string unit(Symbol symbol) const { return unit_text(alphabet().representative(symbol), alphabet().encoding()); }

 private:
  // Breadth first, backwards from the accepting states.
  void find_ways_out() {
    std::vector<std::vector<std::pair<std::uint32_t, Symbol>>> before(states());
    for (std::uint32_t s = 0; s < states(); ++s) {
      for (std::uint32_t a = 0; a < symbols(); ++a) {
        if (arrow(s, a) != Dfa::kDead) before[arrow(s, a)].emplace_back(s, static_cast<Symbol>(a));
      }
    }
    distance_.assign(states(), kNever);
    way_out_.assign(states(), 0);
    std::deque<std::uint32_t> queue;
    for (std::uint32_t s = 0; s < states(); ++s) {
      if (!dfa_.states[s].accepts) continue;
      distance_[s] = 0;
      queue.push_back(s);
    }
    for (; !queue.empty(); queue.pop_front()) {
      const std::uint32_t s = queue.front();
      for (const auto& [from, symbol] : before[s]) {
        if (distance_[from] != kNever) continue;
        distance_[from] = distance_[s] + 1;
        way_out_[from] = symbol;
        queue.push_back(from);
      }
    }
  }

  derivatives::Terms terms_;
  Dfa dfa_;
  std::vector<std::uint32_t> distance_;
  std::vector<Symbol> way_out_;
};

class Collector {
 public:
  Collector(const Regex& regex, Encoding encoding, Choices& choices, const AutomatonLimits& limits)
      : regex_(regex),
        encoding_(encoding),
        choices_(choices),
        limits_(limits),
        automaton_(regex, encoding, limits.max_states),
        units_(interesting_units(regex, encoding)) {
    taken_.resize(automaton_.dfa().arrows.size());
  }

  AutomatonHaystacks run() {
    // Shares of the limit: what one kind does not use is left for those after it.
    add("");
    live_arrows(limits_.max_haystacks * 4 / 10);
    boundaries(limits_.max_haystacks * 6 / 10);
    loop_bounds(limits_.max_haystacks * 7 / 10);
    dead_arrows(limits_.max_haystacks * 8 / 10);
    near_misses(limits_.max_haystacks);
    return result();
  }

 private:
  bool add(std::string haystack) {
    if (haystack.size() > limits_.max_length || found_.size() >= limits_.max_haystacks) return false;
    const bool is_new = known_.insert(haystack).second;
    if (is_new) {
      mark(haystack);
      found_.push_back(std::move(haystack));
    }
    return is_new;
  }

  // Reads a haystack from the start and notes the arrows it takes.
  void mark(const std::string& haystack) {
    subject_.assign(automaton_.alphabet(), haystack);
    std::uint32_t state = 0;
    for (Symbol symbol : subject_.symbols) {
      if (symbol == automaton_.alphabet().bad_symbol()) return;
      taken_[std::size_t{state} * automaton_.symbols() + symbol] = true;
      state = automaton_.arrow(state, symbol);
      if (state == Dfa::kDead) return;
    }
  }

  // The way to each state, over each arrow, and on to acceptance. Breadth first: shallow states get theirs before the
  // limit is reached.
  void live_arrows(std::size_t limit) {
    for (std::uint32_t s = 0; s < automaton_.states() && found_.size() < limit; ++s) {
      std::string way = automaton_.way_to(s);
      if (way.size() > limits_.max_length) return;
      if (automaton_.dfa().states[s].accepts) keep_accepted(way);
      for (std::uint32_t a = 0; a < automaton_.symbols() && found_.size() < limit; ++a) {
        const std::uint32_t target = automaton_.arrow(s, a);
        if (target == Dfa::kDead || taken_[std::size_t{s} * automaton_.symbols() + a]) continue;
        std::string haystack = way + automaton_.unit(static_cast<Symbol>(a));
        std::string whole = haystack + automaton_.way_out(target);
        if (automaton_.can_accept(target) && whole.size() <= limits_.max_length) {
          keep_accepted(whole);
        } else {
          add(haystack);
        }
      }
    }
  }

  void keep_accepted(const std::string& haystack) {
    if (add(haystack)) accepted_.push_back(haystack);
  }

  void dead_arrows(std::size_t limit) {
    for (std::uint32_t s = 0; s < automaton_.states() && found_.size() < limit; ++s) {
      std::string way = automaton_.way_to(s);
      if (way.size() >= limits_.max_length) return;
      for (std::uint32_t a = 0; a < automaton_.symbols() && found_.size() < limit; ++a) {
        if (automaton_.arrow(s, a) == Dfa::kDead) add(way + automaton_.unit(static_cast<Symbol>(a)));
      }
    }
  }

  // Two neighbouring units in different minterms: where some state tells them apart, both are read there, and then what
  // follows the one that may go on.
  void boundaries(std::size_t limit) {
    const Partition& partition = automaton_.alphabet().partition();
    const std::size_t count = partition.starts.size();
    for (std::size_t i = 0; i + 1 < count && found_.size() < limit; ++i) {
      // The interval of surrogates has no units: its neighbours meet across it.
      const std::size_t next = partition.parts[i + 1] == Partition::kNoPart ? i + 2 : i + 1;
      if (partition.parts[i] == Partition::kNoPart || next >= count) continue;
      const std::uint32_t p = partition.parts[i];
      const std::uint32_t q = partition.parts[next];
      if (p == q) continue;
      for (std::uint32_t s = 0; s < automaton_.states(); ++s) {
        const std::uint32_t to_p = automaton_.arrow(s, p);
        const std::uint32_t to_q = automaton_.arrow(s, q);
        if (to_p == to_q) continue;
        const std::uint32_t on = to_p != Dfa::kDead && automaton_.can_accept(to_p) ? to_p : to_q;
        const std::string way = automaton_.way_to(s);
        const std::string rest = on == Dfa::kDead ? "" : automaton_.way_out(on);
        add(way + unit_text(partition.starts[i + 1] - 1, encoding_) + rest);
        add(way + unit_text(partition.starts[next], encoding_) + rest);
        break;
      }
    }
  }

  void loop_bounds(std::size_t limit) {
    syntax::any_node(regex_, [&](const Node& node) {
      if (node.kind() != NodeKind::kRepeat) return false;
      const std::uint64_t min = node.min();
      std::vector<std::uint64_t> counts{min, min + 1};
      if (min > 0) counts.push_back(min - 1);
      if (node.max() != syntax::kInfinite) {
        counts.insert(counts.end(), {node.max(), node.max() + 1ull});
        if (node.max() > 0) counts.push_back(node.max() - 1ull);
      } else {
        counts.push_back(min + 4);
      }
      std::sort(counts.begin(), counts.end());
      counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
      for (std::uint64_t count : counts) {
        for (int draw = 0; draw < 2 && found_.size() < limit; ++draw) {
          std::string haystack = draw_along(regex_, encoding_, choices_, limits_.max_length, Iterations{&node, count});
          if (add(haystack)) accepted_.push_back(std::move(haystack));
        }
      }
      return found_.size() >= limit;
    });
  }

  // Strings that match or nearly so, one edit away from that, and with something around them.
  void near_misses(std::size_t limit) {
    // Edits of short strings repeat themselves: the number of tries needs a limit of its own.
    for (std::size_t tries = 4 * limit; tries > 0 && found_.size() < limit; --tries) {
      const std::uint64_t kind = choices_.below(8);
      if (kind == 0 || accepted_.empty()) {
        std::string drawn = draw_along(regex_, encoding_, choices_, limits_.max_length);
        if (add(drawn)) accepted_.push_back(std::move(drawn));
        if (accepted_.empty()) accepted_.emplace_back();
        continue;
      }
      const std::string& base = accepted_[choices_.below(accepted_.size())];
      if (kind == 1) {
        add(base + accepted_[choices_.below(accepted_.size())]);
      } else if (kind <= 3) {
        // Two statements: the order of the draws must not be the compiler's choice.
        std::string padded = pad() + base;
        padded += pad();
        add(std::move(padded));
      } else {
        add(edited(base));
      }
    }
  }

  std::string some_unit() { return unit_text(units_[choices_.below(units_.size())], encoding_); }

  std::string pad() {
    std::string text;
    for (std::uint64_t length = choices_.below(4); length > 0; --length) text += some_unit();
    return text;
  }

  std::string edited(const std::string& base) {
    // Units, as byte strings; an ill-formed byte is one of its own.
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < base.size();) {
      const std::size_t length = encoding_ == Encoding::kBytes ? 1 : syntax::decode_utf8(base, i).length;
      parts.push_back(base.substr(i, length));
      i += length;
    }
    const auto place = static_cast<std::ptrdiff_t>(choices_.below(parts.size() + 1));
    const auto at = static_cast<std::size_t>(place);
    const bool inside = at < parts.size();
    switch (choices_.below(6)) {
      case 0:
        if (inside) parts.erase(parts.begin() + place);
        break;
      case 1:
        parts.insert(parts.begin() + place, some_unit());
        break;
      case 2:
        if (inside) parts[at] = some_unit();
        break;
      case 3:
        if (at + 1 < parts.size()) std::swap(parts[at], parts[at + 1]);
        break;
      case 4:
        if (inside) parts.insert(parts.begin() + place, std::string(parts[at]));
        break;
      default:
        make_ill_formed(parts, at);
        break;
    }
    std::string text;
    for (const std::string& part : parts) text += part;
    return text;
  }

  // A sequence cut short, or a byte that starts none. In byte mode every byte is a unit: then just a high byte.
  void make_ill_formed(std::vector<std::string>& parts, std::size_t at) {
    if (at < parts.size() && parts[at].size() > 1) {
      parts[at].pop_back();
    } else {
      parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(at), choices_.below(2) == 0 ? "\xFF" : "\x80");
    }
  }

  AutomatonHaystacks result() {
    AutomatonHaystacks result;
    result.states = automaton_.states();
    result.explored = automaton_.dfa().complete;
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      if (automaton_.dfa().arrows[i] == Dfa::kDead) continue;
      ++result.arrows;
      if (taken_[i]) ++result.arrows_taken;
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
    result.haystacks = std::move(found_);
    return result;
  }

  const Regex& regex_;
  Encoding encoding_;
  Choices& choices_;
  AutomatonLimits limits_;
  Automaton automaton_;
  std::vector<std::uint32_t> units_;
  std::vector<bool> taken_;
  std::vector<std::string> found_;
  std::unordered_set<std::string> known_;
  std::vector<std::string> accepted_;
  derivatives::Subject subject_;
};

}  // namespace

AutomatonHaystacks automaton_haystacks(const Regex& regex, Encoding encoding, Choices& choices,
                                       const AutomatonLimits& limits) {
  return Collector(regex, encoding, choices, limits).run();
}

}  // namespace redoubt::generate
