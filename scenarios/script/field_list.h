// The fields of a verb or an observation as a list of pointers, made by its describe(). Whoever reads, writes, checks or documents
// them visits the list: that is compiled once for each type of field rather than once for each of two hundred structs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "scenarios/script/observations.h"
#include "scenarios/script/verbs.h"

namespace scenarios {

template <class... Types>
struct PointersTo {
  using Mutable = std::variant<Types*...>;
  using Const = std::variant<const Types*...>;
};

/// A verb's or an observation's field has one of these types.
using FieldPointers =
    PointersTo<std::string, bool, std::int64_t, base::Duration, base::Ratio, PersonRef, DeviceRef, HostRef, NewPerson, SecretName, InputFile, JsonText, AnswerPattern,
               std::optional<std::string>, std::optional<bool>, std::optional<std::int64_t>, std::optional<base::Duration>, std::optional<base::Ratio>,
               std::optional<DurationRange>, std::optional<PersonRef>, std::optional<HostRef>,
               std::optional<SecretName>, std::vector<std::string>, std::vector<PersonRef>, std::vector<HostRef>,
               std::optional<std::vector<std::string>>, std::optional<std::vector<PersonRef>>>;

enum class FieldUse { required, optional, choice };

template <class Pointer>
struct ListedField {
  FieldUse use;
  std::string_view key;
  std::string_view help;
  Pointer field;
  std::span<const std::string_view> words{};  ///< of a choice, which is a text
};
using FieldList = std::vector<ListedField<FieldPointers::Mutable>>;
using ConstFieldList = std::vector<ListedField<FieldPointers::Const>>;

/// They point into the action.
[[nodiscard]] FieldList fields_of(Verb& verb);
[[nodiscard]] FieldList fields_of(Observation& observation);
[[nodiscard]] ConstFieldList fields_of(const Verb& verb);
[[nodiscard]] ConstFieldList fields_of(const Observation& observation);

/// What a script may name: a verb, or an observation.
template <class Action>
struct ActionType {
  std::string_view name;
  std::string_view help;
  Action (*make)();  ///< with every field as it is where a script leaves it out
};

/// In the order of the reference, which is that of the indices of actions.
template <class Action>
[[nodiscard]] std::span<const ActionType<Action>> action_types();
template <>
std::span<const ActionType<Verb>> action_types<Verb>();
template <>
std::span<const ActionType<Observation>> action_types<Observation>();

template <class Action>
[[nodiscard]] const ActionType<Action>& type_of(const Action& action) {
  return action_types<Action>()[action.index()];
}

/// Tells a visitor what describe() would.
template <class List, class Visitor>
void tell(const List& fields, Visitor& visitor) {
  for (const auto& listed : fields) {
    const auto visit = [&]<class Field>(Field* field) {
      if (listed.use == FieldUse::required) return visitor.required(listed.key, *field, listed.help);
      if constexpr (std::is_same_v<std::remove_const_t<Field>, std::string>) {
        if (listed.use == FieldUse::choice) return visitor.choice(listed.key, *field, listed.words, listed.help);
      }
      return visitor.optional(listed.key, *field, listed.help);
    };
    std::visit(visit, listed.field);
  }
}

}  // namespace scenarios
