// The fields that a script gives to a verb or an observation, by their keys: for what must know them without knowing the
// struct, such as a table that maps verbs to requests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/script/observations.h"
#include "scenarios/script/verbs.h"

namespace scenarios {

struct GivenField {
  using Texts = std::vector<std::string>;

  std::string_view key;
  std::variant<std::string, bool, std::int64_t, Texts, PersonRef, NewPerson, SecretName> value;
};

/// Without those that are left out and have no default.
[[nodiscard]] std::vector<GivenField> given_fields(const Verb& verb);
[[nodiscard]] std::vector<GivenField> given_fields(const Observation& observation);
[[nodiscard]] std::string_view name_of(const Verb& verb);
[[nodiscard]] std::string_view name_of(const Observation& observation);

struct FieldShape {
  std::string_view key;
  std::string_view help;
  bool is_person = false;
};

/// A verb or an observation, and the fields that it can have.
struct ActionShape {
  std::string_view name;
  std::string_view help;
  std::vector<FieldShape> fields;
};

/// Of all verbs whose names begin so, in the order of the reference.
[[nodiscard]] std::vector<ActionShape> verb_shapes(std::string_view beginning);
[[nodiscard]] std::vector<ActionShape> observation_shapes(std::string_view beginning);

}  // namespace scenarios
