// Haystacks: the texts that the comparison of engines searches, generated from fixed seeds, so that every run and every
// process has the same bytes. ASCII only. Nothing here knows a pattern.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace redoubt::bench {

/// What a haystack is made of. All but kProse, kLetters and kRepeatedA are lines that end with a newline.
enum class HaystackKind : std::uint8_t {
  kLogLines,      ///< access log, one request a line
  kEmails,        ///< one a line, as the five below; one line in sixteen is malformed
  kUris,          ///< with and without port, query and fragment
  kDates,         ///< 2023-04-01T12:30:00, or a space for the T
  kAddresses,     ///< IPv4
  kRequestLines,  ///< GET /path?query HTTP/1.1
  kProse,         ///< words in lines; every so often one of the things above or a town
  kShort,         ///< pieces of dense prose, 8 to 64 bytes a line
  kTiny,          ///< every string of a and b of 1 to 6 letters; the size asked for does not count
  kLetters,       ///< a to z at random, no line breaks
  kRepeatedA,     ///< the letter a
};

/// The text, at most `bytes` long, cut at the end of a line where there are lines. Made at the first call and kept.
std::string_view haystack(HaystackKind kind, std::size_t bytes);

/// The twelve towns that prose mentions, in upper, lower and mixed case, separated by `|`.
std::string_view towns();

}  // namespace redoubt::bench
