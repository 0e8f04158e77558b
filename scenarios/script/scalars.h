// How each scalar type of the script model is read from text and written to it.
#pragma once

#include <cstdint>
#include <string>

#include "base/duration_text.h"
#include "base/instant.h"
#include "base/ratio.h"
#include "base/result.h"
#include "scenarios/script/values.h"
#include "scenarios/script/yaml_tree.h"

namespace scenarios {

/// Each sets `out` from a scalar node, or says what is wrong with it.
base::Result<void> read_scalar(const YamlNode& node, std::string& out);
base::Result<void> read_scalar(const YamlNode& node, bool& out);
base::Result<void> read_scalar(const YamlNode& node, std::int64_t& out);
base::Result<void> read_scalar(const YamlNode& node, std::uint64_t& out);
base::Result<void> read_scalar(const YamlNode& node, base::Duration& out);
base::Result<void> read_scalar(const YamlNode& node, base::Instant& out);
base::Result<void> read_scalar(const YamlNode& node, base::Ratio& out);
base::Result<void> read_scalar(const YamlNode& node, DurationRange& out);
base::Result<void> read_scalar(const YamlNode& node, CountRange& out);
base::Result<void> read_scalar(const YamlNode& node, SecretName& out);
base::Result<void> read_scalar(const YamlNode& node, NewPerson& out);
base::Result<void> read_scalar(const YamlNode& node, InputFile& out);
/// Of any node, not of scalars alone.
base::Result<void> read_scalar(const YamlNode& node, JsonText& out);
base::Result<void> read_scalar(const YamlNode& node, AnswerPattern& out);

/// A name of a party: a letter, then letters, digits, dots, underscores and hyphens; at most 64 characters.
base::Result<void> read_name(const YamlNode& node, std::string& out);

template <PartyKind kind>
base::Result<void> read_scalar(const YamlNode& node, Reference<kind>& out) {
  out.source.place = node.place;
  return read_name(node, out.name);
}

/// The text of a value, and whether it must be quoted where it could be read as something else.
struct ScalarText {
  std::string text;
  bool is_string = false;
};

ScalarText write_scalar(const std::string& value);
ScalarText write_scalar(bool value);
ScalarText write_scalar(std::int64_t value);
ScalarText write_scalar(std::uint64_t value);
ScalarText write_scalar(base::Duration value);
ScalarText write_scalar(base::Instant value);
ScalarText write_scalar(base::Ratio value);
ScalarText write_scalar(const DurationRange& value);
ScalarText write_scalar(const CountRange& value);
ScalarText write_scalar(const SecretName& value);
ScalarText write_scalar(const NewPerson& value);
ScalarText write_scalar(const InputFile& value);
ScalarText write_scalar(const JsonText& value);
ScalarText write_scalar(const AnswerPattern& value);

template <PartyKind kind>
ScalarText write_scalar(const Reference<kind>& value) {
  return {value.name, true};
}

}  // namespace scenarios
