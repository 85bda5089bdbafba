#include "bench/haystacks.h"

#include <array>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

namespace redoubt::bench {

namespace {

/// Steele, Lea and Flood 2014 (SplitMix): the same numbers with every standard library.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t limit) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return static_cast<std::uint32_t>(((z ^ (z >> 31)) >> 32) * limit >> 32);
  }
  template <class List>
  std::string_view pick(const List& list) {
    return list[below(static_cast<std::uint32_t>(std::size(list)))];
  }
  std::string number(std::uint32_t least, std::uint32_t most) {
    return std::to_string(least + below(most - least + 1));
  }
  std::string digits(std::uint32_t least, std::uint32_t most, std::size_t width) {
    std::string text = number(least, most);
    return std::string(width - text.size(), '0') + text;
  }

 private:
  std::uint64_t state_;
};

constexpr std::string_view kWords[] = {
    "the",   "of",    "and",     "to",       "in",     "that",   "is",     "was",     "he",      "for",    "it",
    "with",  "as",    "his",     "on",       "be",     "at",     "by",     "had",     "not",     "are",    "but",
    "from",  "or",    "have",    "an",       "they",   "which",  "one",    "you",     "were",    "all",    "her",
    "she",   "there", "would",   "their",    "we",     "him",    "been",   "has",     "when",    "who",    "will",
    "no",    "more",  "if",      "out",      "so",     "up",     "said",   "what",    "its",     "about",  "than",
    "into",  "them",  "can",     "only",     "other",  "time",   "new",    "some",    "could",   "these",  "two",
    "may",   "first", "then",    "do",       "any",    "like",   "my",     "now",     "over",    "such",   "our",
    "man",   "me",    "even",    "most",     "made",   "after",  "also",   "well",    "where",   "must",   "before",
    "while", "many",  "through", "years",    "window", "letter", "engine", "pattern", "example", "box",    "text",
    "six",   "next",  "explain", "keyboard", "branch", "garden", "winter", "bridge",  "machine", "context"};
constexpr std::string_view kNames[] = {"anna", "bjorn", "carla", "d.mann",  "eva_k", "frank",
                                       "gil",  "hanne", "ivo",   "j.smith", "kim",   "lena"};
constexpr std::string_view kHosts[] = {"example", "mail", "www", "static", "news", "api", "intranet", "shop-7"};
constexpr std::string_view kTopLevels[] = {"com", "org", "net", "de", "no", "info"};
constexpr std::string_view kSchemes[] = {"http", "https", "https", "ftp"};
constexpr std::string_view kMethods[] = {"GET", "GET", "GET", "POST", "HEAD", "DELETE"};
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view kStatus[] = {"200", "200", "200", "301", "304", "403", "404", "500"};
constexpr std::string_view kTowns[] = {"Antwerp", "Bergen",   "Cordoba",  "Dresden", "Esbjerg", "Ferrara",
                                       "Ghent",   "Helsinki", "Istanbul", "Jakarta", "Kyoto",   "Lisbon"};

std::string host(Random& r) {
  std::string text(r.pick(kHosts));
  if (r.below(2) == 0) text.append(".").append(r.pick(kHosts));
  return text.append(".").append(r.pick(kTopLevels));
}

std::string path(Random& r) {
  std::string text;
  for (std::uint32_t parts = 1 + r.below(4); parts > 0; --parts) text.append("/").append(r.pick(kWords));
  if (r.below(2) == 0) text += ".html";
  return text;
}

std::string query(Random& r) {
  std::string text = "?";
  for (std::uint32_t pairs = 1 + r.below(3); pairs > 0; --pairs) {
    text.append(r.pick(kWords)).append("=").append(r.number(0, 9999)).append(pairs > 1 ? "&" : "");
  }
  return text;
}

std::string email(Random& r) { return std::string(r.pick(kNames)) + r.number(0, 999) + "@" + host(r); }

std::string uri(Random& r) {
  std::string text = std::string(r.pick(kSchemes)) + "://" + host(r);
  if (r.below(4) == 0) text.append(":").append(r.number(80, 9999));
  text += path(r);
  if (r.below(3) == 0) text += query(r);
  if (r.below(5) == 0) text.append("#").append(r.pick(kWords));
  return text;
}

std::string date(Random& r) {
  return r.number(1970, 2029) + "-" + r.digits(1, 12, 2) + "-" + r.digits(1, 28, 2) + (r.below(2) == 0 ? "T" : " ") +
         r.digits(0, 23, 2) + ":" + r.digits(0, 59, 2) + ":" + r.digits(0, 59, 2);
}

std::string address(Random& r) {
  return r.number(1, 255) + "." + r.number(0, 255) + "." + r.number(0, 255) + "." + r.number(0, 255);
}

std::string request(Random& r) {
  return std::string(r.pick(kMethods)) + " " + path(r) + (r.below(3) == 0 ? query(r) : "") + " HTTP/1." +
         r.number(0, 1);
}

std::string log_line(Random& r) {
  return address(r) + " - " + std::string(r.below(4) == 0 ? r.pick(kNames) : "-") + " [" + r.digits(1, 28, 2) + "/" +
         std::string(r.pick(kMonths)) + "/" + r.number(2010, 2029) + ":" + r.digits(0, 23, 2) + ":" +
         r.digits(0, 59, 2) + ":" + r.digits(0, 59, 2) + " +0000] \"" + request(r) + "\" " +
         std::string(r.pick(kStatus)) + " " + (r.below(8) == 0 ? "-" : r.number(20, 99999));
}

std::string town(Random& r) {
  std::string text(r.pick(kTowns));
  const std::uint32_t style = r.below(3);
  for (char& c : text) {
    const bool lower = c >= 'a' && c <= 'z';
    if (style == 1 && lower) c = static_cast<char>(c - 'a' + 'A');
    if (style == 2 && !lower) c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string thing(Random& r) {
  switch (r.below(5)) {
    case 0:
      return email(r);
    case 1:
      return uri(r);
    case 2:
      return date(r);
    case 3:
      return address(r);
    default:
      return town(r);
  }
}

/// Lines of about 72 bytes; one word in `rarity` is a thing to be found.
std::string prose(Random& r, std::size_t bytes, std::uint32_t rarity) {
  std::string text;
  text.reserve(bytes + 128);
  std::size_t line = 0;
  while (text.size() < bytes) {
    const std::size_t before = text.size();
    if (r.below(rarity) == 0) {
      text += thing(r);
    } else {
      text += r.pick(kWords);
    }
    if (r.below(12) == 0) text += r.below(4) == 0 ? "." : ",";
    line += text.size() - before + 1;
    text += line > 72 ? '\n' : ' ';
    if (line > 72) line = 0;
  }
  text.resize(bytes);
  return text;
}

template <class Make>
std::string lines(std::size_t bytes, bool some_malformed, const Make& make) {
  std::string text;
  text.reserve(bytes);
  for (std::uint32_t count = 0;; ++count) {
    std::string line = make();
    // Late and early by turns: where the middle may hold anything, the beginning may not.
    if (some_malformed && count % 16 == 15) line[count % 32 == 15 ? line.size() / 2 : 2] = '\t';
    if (text.size() + line.size() + 1 > bytes) return text;
    text.append(line).append("\n");
  }
}

std::string short_lines(Random& r, std::size_t bytes) {
  std::string text = prose(r, bytes, 6);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') text[at] = ' ';
  }
  for (std::size_t at = 0;;) {
    at += 8 + r.below(57);
    if (at >= text.size()) break;
    text[at++] = '\n';
  }
  text.resize(text.rfind('\n') + 1);
  return text;
}

std::string tiny_lines() {
  std::string text;
  for (std::uint32_t length = 1; length <= 6; ++length) {
    for (std::uint32_t bits = 0; bits < 1U << length; ++bits) {
      for (std::uint32_t k = length; k-- > 0;) text += (bits >> k & 1) != 0 ? 'b' : 'a';
      text += '\n';
    }
  }
  return text;
}

std::string letters(Random& r, std::size_t bytes) {
  std::string text(bytes, ' ');
  for (char& c : text) c = static_cast<char>('a' + r.below(26));
  return text;
}

std::string make(HaystackKind kind, std::size_t bytes) {
  Random r(0x5EED + static_cast<std::uint64_t>(kind));
  switch (kind) {
    case HaystackKind::kLogLines:
      return lines(bytes, false, [&] { return log_line(r); });
    case HaystackKind::kEmails:
      return lines(bytes, true, [&] { return email(r); });
    case HaystackKind::kUris:
      return lines(bytes, true, [&] { return uri(r); });
    case HaystackKind::kDates:
      return lines(bytes, true, [&] { return date(r); });
    case HaystackKind::kAddresses:
      return lines(bytes, true, [&] { return address(r); });
    case HaystackKind::kRequestLines:
      return lines(bytes, true, [&] { return request(r); });
    case HaystackKind::kProse:
      return prose(r, bytes, 80);
    case HaystackKind::kShort:
      return short_lines(r, bytes);
    case HaystackKind::kTiny:
      return tiny_lines();
    case HaystackKind::kLetters:
      return letters(r, bytes);
    case HaystackKind::kRepeatedA:
      return std::string(bytes, 'a');
  }
  return {};
}

}  // namespace

std::string_view haystack(HaystackKind kind, std::size_t bytes) {
  static std::mutex mutex;
  static std::map<std::pair<HaystackKind, std::size_t>, std::string> kept;
  std::lock_guard lock(mutex);
  auto [at, added] = kept.try_emplace({kind, bytes});
  if (added) at->second = make(kind, bytes);
  return at->second;
}

std::string_view towns() {
  static const std::string kText = [] {
    std::string text;
    for (std::string_view name : kTowns) text.append(text.empty() ? "" : "|").append(name);
    return text;
  }();
  return kText;
}

}  // namespace redoubt::bench
