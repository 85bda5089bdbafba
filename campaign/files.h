// Files that survive kill -9 and power cuts: whole files are replaced at once or not at all, a folder is locked by one
// process at a time. Nothing here knows what the files hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace redoubt::campaign {

/// FNV-1a, 64 bits: against damage, not against malice.
std::uint64_t hash_of(std::string_view bytes);
/// 16 hexadecimal digits.
std::string to_hex(std::uint64_t number);
/// nullopt: not just 16 hexadecimal digits.
std::optional<std::uint64_t> from_hex(std::string_view text);

/// Replaces a file's whole text: written under another name, synchronized, renamed. Returns one sentence on failure,
/// and then the old file stands.
std::optional<std::string> write_whole(const std::string& path, std::string_view text);
/// Error: one sentence.
tl::expected<std::string, std::string> read_whole(const std::string& path);
/// Makes a folder and those above it. One sentence on failure.
std::optional<std::string> make_folder(const std::string& path);

/// Holds a folder's lock until it is destroyed; the operating system drops it when the process dies, however it dies.
class FolderLock {
 public:
  /// Error: one sentence; among others when another process holds it.
  static tl::expected<FolderLock, std::string> take(const std::string& folder);
  FolderLock(FolderLock&& other) noexcept : file_(other.file_) { other.file_ = -1; }
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_ = -1;
};

}  // namespace redoubt::campaign
