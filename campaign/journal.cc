#include "campaign/journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "campaign/files.h"

namespace redoubt::campaign {

namespace {

constexpr std::string_view kHead = R"({"check":")";
constexpr std::string_view kMiddle = R"(","record":)";
constexpr std::size_t kHexDigits = 16;
/// A longer line is damaged, whatever it says: records are far smaller.
constexpr std::size_t kMaxLine = std::size_t{64} << 20;

std::string cannot(const std::string& what, const std::string& path) {
  return "Cannot " + what + " " + path + ": " + std::strerror(errno) + ".";
}

struct Closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::string journal_line(std::string_view payload) {
  std::string line;
  line.reserve(payload.size() + kHead.size() + kHexDigits + kMiddle.size() + 2);
  line.append(kHead).append(to_hex(hash_of(payload))).append(kMiddle).append(payload).append("}\n");
  return line;
}

std::optional<std::string_view> payload_of(std::string_view line) {
  const std::size_t begin = kHead.size() + kHexDigits + kMiddle.size();
  if (line.size() <= begin || !line.starts_with(kHead) || !line.ends_with('}')) return std::nullopt;
  if (line.substr(kHead.size() + kHexDigits, kMiddle.size()) != kMiddle) return std::nullopt;
  const std::string_view payload = line.substr(begin, line.size() - begin - 1);
  if (from_hex(line.substr(kHead.size(), kHexDigits)) != hash_of(payload)) return std::nullopt;
  return payload;
}

tl::expected<JournalState, std::string> read_journal(const std::string& path,
                                                     const std::function<bool(std::string_view payload)>& take) {
  JournalState state;
  errno = 0;
  const std::unique_ptr<std::FILE, Closer> file(std::fopen(path.c_str(), "rb"));
  if (!file) {
    if (errno == ENOENT) return state;
    return tl::unexpected(cannot("read", path));
  }
  std::vector<char> buffer(std::size_t{1} << 20);
  std::string line;
  std::uint64_t number = 0, length = 0;
  const auto end_of_line = [&] {
    ++number;
    state.whole_bytes += length + 1;
    const auto payload = length == line.size() ? payload_of(line) : std::nullopt;
    if (payload && take(*payload)) {
      ++state.records;
    } else if (state.damaged++ == 0) {
      state.first_damaged = number;
    }
    line.clear();
    length = 0;
  };
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    std::string_view rest(buffer.data(), count);
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string_view part = rest.substr(0, end);
      length += part.size();
      if (length <= kMaxLine) line.append(part);
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
      end_of_line();
    }
  }
  if (std::ferror(file.get())) return tl::unexpected(cannot("read", path));
  state.incomplete_bytes = length;
  return state;
}

tl::expected<Journal, std::string> Journal::open(const std::string& path, std::uint64_t whole_bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return tl::unexpected(cannot("write", path));
  Journal journal(path, file, whole_bytes);
  if (::ftruncate(file, static_cast<off_t>(whole_bytes)) != 0) return tl::unexpected(cannot("write", path));
  return journal;
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_(other.size_) {}

Journal::~Journal() {
  if (file_ >= 0) ::close(file_);
}

std::optional<std::string> Journal::append(std::string_view payload, bool durable) {
  const std::string line = journal_line(payload);
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      std::string sentence = cannot("write", path_);
      // A full disk leaves no half line behind, if it can be helped.
      if (::ftruncate(file_, static_cast<off_t>(size_)) != 0) sentence += " Its last line may be incomplete.";
      return sentence;
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  size_ += line.size();
  if (durable && ::fdatasync(file_) != 0 && errno != EINVAL && errno != EROFS) return cannot("write", path_);
  return std::nullopt;
}

}  // namespace redoubt::campaign
