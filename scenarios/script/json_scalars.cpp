// Values of any shape in scripts: what a request carries, and what an answer must be like.
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "scenarios/probe/decode_probe.h"
#include "scenarios/probe/strict_reader.h"
#include "scenarios/script/scalars.h"

namespace scenarios {
namespace {

void replace_all(std::string& text, std::string_view part, std::string_view by) {
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size())) text.replace(at, part.size(), by);
}

/// JSON that a script may hold as it stands: two characters are allowed there as escapes only.
std::string as_script_text(const probe::Value& value) {
  auto text = value.dump(-1, ' ', false, probe::Value::error_handler_t::replace);
  replace_all(text, "\xEF\xBB\xBF", "\\uFEFF");
  replace_all(text, "\x7F", "\\u007F");
  return text;
}

}  // namespace

base::Result<void> read_scalar(const YamlNode& node, JsonText& out) {
  out.text = as_script_text(probe::to_value(node));
  return {};
}

base::Result<void> read_scalar(const YamlNode& node, AnswerPattern& out) {
  if (const auto pattern = probe::decode_pattern(node); !pattern) return base::fail(pattern.error().message);
  return read_scalar(node, out.json);
}

ScalarText write_scalar(const JsonText& value) {
  return {value.text.empty() ? "null" : value.text};
}

ScalarText write_scalar(const AnswerPattern& value) {
  return write_scalar(value.json);
}

}  // namespace scenarios
