#include "campaign/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace redoubt::campaign {

namespace {

std::string cannot(const std::string& what, const std::string& path) {
  return "Cannot " + what + " " + path + ": " + std::strerror(errno) + ".";
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// So that a rename survives a power cut; that a file system cannot do it is no error.
void synchronize_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int file = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  ::fsync(file);
  ::close(file);
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (unsigned char c : bytes) h = (h ^ c) * 0x100000001B3ull;
  return h;
}

std::string to_hex(std::uint64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

std::optional<std::uint64_t> from_hex(std::string_view text) {
  std::uint64_t number = 0;
  if (text.size() != 16) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  if (error != std::errc() || end != text.data() + text.size() || to_hex(number) != text) return std::nullopt;
  return number;
}

std::optional<std::string> write_whole(const std::string& path, std::string_view text) {
  const std::string part = path + ".part";
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) return cannot("write", path);
  bool good = write_all(file, text) && ::fsync(file) == 0;
  const int reason = errno;
  good = ::close(file) == 0 && good;
  if (good && std::rename(part.c_str(), path.c_str()) == 0) {
    synchronize_folder_of(path);
    return std::nullopt;
  }
  if (!good) errno = reason;
  std::string sentence = cannot("write", path);
  std::remove(part.c_str());
  return sentence;
}

tl::expected<std::string, std::string> read_whole(const std::string& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(text << in.rdbuf())) || in.bad()) {
    return tl::unexpected(cannot("read", path));
  }
  return text.str();
}

std::optional<std::string> make_folder(const std::string& path) {
  std::error_code code;
  std::filesystem::create_directories(path, code);
  if (code) return "Cannot make the folder " + path + ": " + code.message() + ".";
  return std::nullopt;
}

tl::expected<FolderLock, std::string> FolderLock::take(const std::string& folder) {
  const std::string path = folder + "/lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return tl::unexpected(cannot("write", path));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    const bool held = errno == EWOULDBLOCK;
    std::string sentence = held ? "Another process is at work in " + folder + "; wait for it, or use another folder."
                                : cannot("lock", path);
    ::close(file);
    return tl::unexpected(std::move(sentence));
  }
  return FolderLock(file);
}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace redoubt::campaign
