// Journal: an append-only file of records, one line of JSON each, that carries a check of its own. A record is there
// whole or not at all; a line cut short by a crash is cut off, a damaged one is passed over and counted. It does not
// know what records say.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace redoubt::campaign {

/// What reading found besides records.
struct JournalState {
  std::uint64_t records = 0;
  std::uint64_t damaged = 0;           ///< lines whose check does not fit
  std::uint64_t first_damaged = 0;     ///< … the first one's number, from 1
  std::uint64_t whole_bytes = 0;       ///< up to the end of the last whole line
  std::uint64_t incomplete_bytes = 0;  ///< of a last line without an end
};

/// The line of a record, with its newline. `payload` is a JSON object on one line.
std::string journal_line(std::string_view payload);
/// The payload of a line (without its newline), or nullopt: it is damaged.
std::optional<std::string_view> payload_of(std::string_view line);

/// Gives every record's payload to `take`, in order; that returns false for one whose content it cannot use, which is
/// then counted as damaged. A file that does not exist is an empty journal. Error: one sentence.
tl::expected<JournalState, std::string> read_journal(const std::string& path,
                                                     const std::function<bool(std::string_view payload)>& take);

/// Appends records. Not thread-safe.
class Journal {
 public:
  /// Cuts the file to `whole_bytes` first (JournalState). Error: one sentence.
  static tl::expected<Journal, std::string> open(const std::string& path, std::uint64_t whole_bytes);
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;
  ~Journal();

  /// `durable`: on the disk when this returns, with everything appended before. One sentence on failure; then nothing
  /// was appended.
  std::optional<std::string> append(std::string_view payload, bool durable);

 private:
  Journal(std::string path, int file, std::uint64_t size) : path_(std::move(path)), file_(file), size_(size) {}
  std::string path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace redoubt::campaign
