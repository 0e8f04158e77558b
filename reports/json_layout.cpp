#include "reports/json_layout.h"

#include <cstddef>
#include <nlohmann/json.hpp>

namespace reports {
namespace {

constexpr std::size_t longest_laid_out = std::size_t{256} * 1024;
constexpr std::size_t deepest_laid_out = 32;

bool is_json_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Bytes of the string token at the beginning of valid JSON.
std::size_t string_token(std::string_view text) {
  std::size_t at = 1;
  while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return at + 1;
}

std::size_t depth_of(std::string_view json) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  while (!json.empty()) {
    const char c = json.front();
    if (c == '{' || c == '[') deepest = std::max(deepest, ++depth);
    if (c == '}' || c == ']') --depth;
    json.remove_prefix(c == '"' ? string_token(json) : 1);
  }
  return deepest;
}

void skip_space(std::string_view& text) {
  while (!text.empty() && is_json_space(text.front())) text.remove_prefix(1);
}

}  // namespace

std::string laid_out_json(std::string_view text) {
  auto rest = text;
  skip_space(rest);
  if (!rest.starts_with('{') && !rest.starts_with('[')) return std::string(text);
  if (text.size() > longest_laid_out || !nlohmann::json::accept(rest)) return std::string(text);
  if (depth_of(rest) > deepest_laid_out) return std::string(text);
  std::string out;
  std::size_t depth = 0;
  const auto new_line = [&] {
    out += '\n';
    out.append(2 * depth, ' ');
  };
  while (!rest.empty()) {
    const char c = rest.front();
    const auto length = c == '"' ? string_token(rest) : 1;
    const auto token = rest.substr(0, length);
    rest.remove_prefix(length);
    if (is_json_space(c)) continue;
    const bool opens = c == '{' || c == '[';
    const bool closes = c == '}' || c == ']';
    if (closes) {
      --depth;
      new_line();
    }
    out += token;
    if (opens) {
      skip_space(rest);
      if (rest.front() == '}' || rest.front() == ']') {
        out += rest.front();
        rest.remove_prefix(1);
      } else {
        ++depth;
        new_line();
      }
    }
    if (c == ',') new_line();
    if (c == ':') out += ' ';
  }
  return out;
}

}  // namespace reports
