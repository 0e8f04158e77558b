#include "cli/key_file.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <string_view>

#include "live/files.h"
#include "live/system_entropy.h"

namespace cli {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto begin = text.find_first_not_of(space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

std::expected<base::Secret, KeyFileError> read_key(const std::string& path) {
  const auto text = live::read_file(path, longest_key + 2);
  if (!text) return std::unexpected(KeyFileError{text.error().message, true});
  const auto key = trimmed(*text);
  const auto bad = [&](std::string_view why) {
    return std::unexpected(KeyFileError{fmt::format("the key in {} {}", path, why), true});
  };
  if (key.size() < shortest_key) {
    return bad(fmt::format("is too short: {} characters; it takes {} or more", key.size(), shortest_key));
  }
  if (key.size() > longest_key) return bad(fmt::format("is longer than {} characters", longest_key));
  if (!std::ranges::all_of(key, [](char c) { return c > ' ' && c < '\x7F'; })) {
    return bad("has characters that an HTTP header cannot carry; it takes visible ASCII");
  }
  return base::Secret(std::string(key));
}

}  // namespace

std::expected<void, KeyFileError> check_key_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  const auto key = read_key(path);
  if (!key) return std::unexpected(key.error());
  return {};
}

std::expected<KeyFile, KeyFileError> read_or_make_key(const std::string& path) {
  struct stat status {};
  KeyFile file;
  if (::stat(path.c_str(), &status) != 0) {
    live::SystemEntropy entropy;
    const base::Secret fresh(base::Rng{entropy}.hex(32));
    const auto created = live::create_durably(path, fresh.reveal() + "\n");
    if (!created) return std::unexpected(KeyFileError{created.error().message, false});
    file.key = fresh;
    file.created = true;
    return file;
  }
  auto key = read_key(path);
  if (!key) return std::unexpected(key.error());
  file.key = std::move(*key);
  file.exposed = (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  return file;
}

}  // namespace cli
