// The small values that scripts are made of: references to parties, and ranges.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "scenarios/script/yaml_tree.h"

namespace scenarios {

/// Where something was read; no part of a script's meaning, so all places compare equal.
struct SourcePlace {
  Place place;

  friend bool operator==(const SourcePlace&, const SourcePlace&) { return true; }
};

/// The parties that a script names.
enum class PartyKind { person, device, host };

/// A name that must have been introduced before.
template <PartyKind kind>
struct Reference {
  std::string name;
  SourcePlace source{};

  Reference() = default;
  explicit Reference(std::string name) : name(std::move(name)) {}
  bool operator==(const Reference&) const = default;
};

using PersonRef = Reference<PartyKind::person>;
using DeviceRef = Reference<PartyKind::device>;
using HostRef = Reference<PartyKind::host>;

/// Introduces a person.
struct NewPerson {
  std::string name;
  SourcePlace source{};

  NewPerson() = default;
  explicit NewPerson(std::string name) : name(std::move(name)) {}
  bool operator==(const NewPerson&) const = default;
};

/// The name of a secret; its value is drawn when the script first uses it, and is nowhere in the script.
struct SecretName {
  std::string name;

  SecretName() = default;
  explicit SecretName(std::string name) : name(std::move(name)) {}
  bool operator==(const SecretName&) const = default;
};

/// A file beside the script. Its text comes with the script where that is read from a disk, and is no part of its meaning.
struct InputFile {
  std::string path;  ///< relative to the script's folder; empty: none
  std::string text{};

  InputFile() = default;
  explicit InputFile(std::string path) : path(std::move(path)) {}
  friend bool operator==(const InputFile& left, const InputFile& right) { return left.path == right.path; }
};

/// A value of any shape, such as the body of a request: kept as JSON on one line, which is YAML too.
struct JsonText {
  std::string text;  ///< empty: none

  bool operator==(const JsonText&) const = default;
};

/// What an answer must be like, in the words of conformance cases: status, error, headers, body, empty, within. [see probe/probe.h: Pattern]
struct AnswerPattern {
  JsonText json;

  bool operator==(const AnswerPattern&) const = default;
};

/// `20ms..80ms`, or `20ms` for both ends.
struct DurationRange {
  base::Duration low{0};
  base::Duration high{0};

  bool operator==(const DurationRange&) const = default;
};

/// `2..40`, or `7` for both ends; none is below 0.
struct CountRange {
  std::int64_t low = 0;
  std::int64_t high = 0;

  bool operator==(const CountRange&) const = default;
};

/// What a program keeps copies of by Graph's delta queries.
inline constexpr std::array<std::string_view, 2> graph_collections{"users", "groups"};

}  // namespace scenarios
