#include "scenarios/probe/strict_reader.h"

#include <charconv>

#include "base/duration_text.h"

namespace scenarios::probe {

Value to_value(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return nullptr;
    case YamlNode::Kind::sequence: {
      auto out = Value::array();
      for (const auto& item : node.items) out.push_back(to_value(item));
      return out;
    }
    case YamlNode::Kind::map: {
      auto out = Value::object();
      for (const auto& [key, value] : node.members) out[key.scalar] = to_value(value);
      return out;
    }
    case YamlNode::Kind::scalar:
      break;
  }
  const auto& text = node.scalar;
  if (node.quoted) return text;
  if (text == "true" || text == "false") return text == "true";
  if (text == "null" || text == "~" || text.empty()) return nullptr;
  if (text[0] == '-' || (text[0] >= '0' && text[0] <= '9')) {
    const auto number = Value::parse(text, nullptr, false);
    if (number.is_number()) return number;
  }
  return text;
}

void StrictReader::fail(const YamlNode& node, std::string message) {
  if (!error) error = ScriptError{node.place, std::move(message)};
}

std::string StrictReader::text(const YamlNode& node) {
  if (node.kind != YamlNode::Kind::scalar) fail(node, "a text is expected here");
  return node.scalar;
}

std::vector<std::string> StrictReader::texts(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::scalar) return {node.scalar};
  if (node.kind != YamlNode::Kind::sequence) fail(node, "a text or a list of texts is expected here");
  std::vector<std::string> out;
  for (const auto& item : node.items) out.push_back(text(item));
  return out;
}

bool StrictReader::boolean(const YamlNode& node) {
  if (node.kind == YamlNode::Kind::scalar && !node.quoted && (node.scalar == "true" || node.scalar == "false"))
    return node.scalar == "true";
  fail(node, "true or false is expected here");
  return false;
}

std::int64_t StrictReader::number(const YamlNode& node, std::int64_t least, std::int64_t most) {
  std::int64_t out = least;
  const auto* end = node.scalar.data() + node.scalar.size();
  const auto [at, wrong] = std::from_chars(node.scalar.data(), end, out);
  if (node.kind != YamlNode::Kind::scalar || wrong != std::errc{} || at != end || out < least || out > most)
    fail(node, fmt::format("a number from {} to {} is expected here", least, most));
  return out;
}

base::Duration StrictReader::duration(const YamlNode& node) {
  const auto parsed = base::parse_duration(node.scalar);
  if (!parsed) fail(node, parsed.error().message);
  return parsed ? *parsed : base::Duration{0};
}

Pairs StrictReader::pairs(const YamlNode& node) {
  Pairs out;
  if (node.kind != YamlNode::Kind::map) fail(node, "a map is expected here");
  for (const auto& [key, value] : node.members) out.emplace_back(key.scalar, to_value(value));
  return out;
}

Level StrictReader::level(const YamlNode& node) { return word<Level>(node, {{"must", Level::must}, {"should", Level::should}, {"may", Level::may}}); }

Severity StrictReader::severity(const YamlNode& node) {
  return word<Severity>(
      node, {{"critical", Severity::critical}, {"high", Severity::high}, {"medium", Severity::medium}, {"low", Severity::low}});
}

void StrictReader::members(const YamlNode& node, const Fields& fields) {
  if (node.kind != YamlNode::Kind::map) return fail(node, "a map of keys and values is expected here");
  for (const auto& [key, value] : node.members) {
    const auto found = fields.find(key.scalar);
    if (found == fields.end()) {
      std::vector<std::string_view> known;
      for (const auto& [name, read] : fields) known.push_back(name);
      return fail(key, unknown_key_message(key.scalar, known));
    }
    found->second(value);
    if (error) return;
  }
}

}  // namespace scenarios::probe
