#include "cli/target_config.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/script/nearest.h"
#include "scenarios/script/yaml_tree.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

base::Result<std::string> read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return base::fail(fmt::format("{} cannot be read", path.string()));
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

base::Result<base::Secret> read_target_token(const std::string& config_path) {
  if (config_path.empty()) return base::fail("a target outside needs --config FILE with its credentials");
  const auto text = read_text(config_path);
  if (!text) return std::unexpected(text.error());
  const auto fail_at = [&](scenarios::Place place, std::string_view why) {
    return base::fail(fmt::format("{}:{}:{}: {}", config_path, place.line, place.column, why));
  };
  const auto root = scenarios::read_yaml(*text);
  if (!root) return fail_at(root.error().place, root.error().message);
  if (root->members.empty() || root->members.front().first.scalar != "lockstep_config" ||
      root->members.front().second.scalar != "1") {
    return fail_at(root->place, "a config file begins with 'lockstep_config: 1'");
  }
  static constexpr std::array<std::string_view, 2> known{"lockstep_config", "auth"};
  static constexpr std::array<std::string_view, 1> known_auth{"token_file"};
  std::string token_file;
  for (const auto& [key, value] : root->members) {
    if (key.scalar == "lockstep_config") continue;
    if (key.scalar != "auth") return fail_at(key.place, scenarios::unknown_key_message(key.scalar, known));
    for (const auto& [name, setting] : value.members) {
      if (name.scalar != "token_file")
        return fail_at(name.place, scenarios::unknown_key_message(name.scalar, known_auth));
      token_file = setting.scalar;
    }
  }
  if (token_file.empty()) return fail_at(root->place, "auth: {token_file: PATH} is missing");
  auto token = read_text(fs::path(config_path).parent_path() / token_file);
  if (!token) return std::unexpected(token.error());
  while (!token->empty() && (token->back() == '\n' || token->back() == '\r' || token->back() == ' '))
    token->pop_back();
  if (token->empty()) return base::fail(fmt::format("{} is empty", token_file));
  return base::Secret(std::move(*token));
}

}  // namespace cli
