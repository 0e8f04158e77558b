#include "scenarios/script/given_fields.h"

#include <utility>

#include "scenarios/script/field_list.h"
#include "scenarios/script/fields.h"
#include "scenarios/script/scalars.h"

namespace scenarios {
namespace {

class Collector {
 public:
  template <class Field>
  void required(std::string_view key, const Field& field, std::string_view) {
    add(key, field);
  }
  template <class Field>
  void optional(std::string_view key, const Field& field, std::string_view) {
    add(key, field);
  }
  template <class Field>
  void choice(std::string_view key, const Field& field, std::span<const std::string_view>, std::string_view) {
    add(key, field);
  }

  std::vector<GivenField> fields;

 private:
  template <class Field>
  static constexpr bool is_kept = std::is_same_v<Field, std::string> || std::is_same_v<Field, bool> || std::is_same_v<Field, std::int64_t> ||
                                  std::is_same_v<Field, PersonRef> || std::is_same_v<Field, NewPerson> || std::is_same_v<Field, SecretName>;

  template <class Field>
  void add(std::string_view key, const Field& field) {
    if constexpr (IsOptional<Field>::value) {
      if (field) add(key, *field);
    } else if constexpr (is_kept<Field>) {
      fields.push_back({key, field});
    } else if constexpr (IsVector<Field>::value) {
      GivenField::Texts texts;
      for (const auto& item : field) texts.push_back(text_of(item));
      fields.push_back({key, std::move(texts)});
    } else {
      fields.push_back({key, text_of(field)});
    }
  }

  template <class Field>
  static std::string text_of(const Field& field) {
    if constexpr (Described<Field>) {
      return {};
    } else {
      return write_scalar(field).text;
    }
  }
};

class Shaper {
 public:
  template <class Field>
  void required(std::string_view key, const Field&, std::string_view help) {
    fields.push_back({key, help, std::is_same_v<Field, PersonRef> || std::is_same_v<Field, NewPerson>});
  }
  template <class Field>
  void optional(std::string_view key, const Field&, std::string_view help) {
    fields.push_back({key, help, std::is_same_v<Field, std::optional<PersonRef>>});
  }
  template <class Field>
  void choice(std::string_view key, const Field&, std::span<const std::string_view>, std::string_view help) {
    fields.push_back({key, help, false});
  }

  std::vector<FieldShape> fields;
};

template <class Action>
std::vector<GivenField> given_in(const Action& action) {
  Collector collector;
  tell(fields_of(action), collector);
  return std::move(collector.fields);
}

template <class Action>
std::vector<ActionShape> shapes_of(std::string_view beginning) {
  std::vector<ActionShape> shapes;
  for (const auto& type : action_types<Action>()) {
    if (!type.name.starts_with(beginning)) continue;
    Shaper shaper;
    const Action action = type.make();
    tell(fields_of(action), shaper);
    shapes.push_back({type.name, type.help, std::move(shaper.fields)});
  }
  return shapes;
}

}  // namespace

std::vector<GivenField> given_fields(const Verb& verb) { return given_in(verb); }
std::vector<GivenField> given_fields(const Observation& observation) { return given_in(observation); }
std::string_view name_of(const Verb& verb) { return type_of(verb).name; }
std::string_view name_of(const Observation& observation) { return type_of(observation).name; }
std::vector<ActionShape> verb_shapes(std::string_view beginning) { return shapes_of<Verb>(beginning); }
std::vector<ActionShape> observation_shapes(std::string_view beginning) { return shapes_of<Observation>(beginning); }

}  // namespace scenarios
