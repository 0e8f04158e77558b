#include "scenarios/script/given_fields.h"

#include <utility>

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
    if constexpr (IsOptional<Field>::value) {
      if (field) add(key, *field);
    } else {
      add(key, field);
    }
  }
  template <class Field, std::size_t size>
  void choice(std::string_view key, const Field& field, const std::array<std::string_view, size>&, std::string_view) {
    add(key, field);
  }

  std::vector<GivenField> fields;

 private:
  template <class Field>
  static constexpr bool is_kept = std::is_same_v<Field, std::string> || std::is_same_v<Field, bool> || std::is_same_v<Field, std::int64_t> ||
                                  std::is_same_v<Field, PersonRef> || std::is_same_v<Field, NewPerson> || std::is_same_v<Field, SecretName>;

  template <class Field>
  void add(std::string_view key, const Field& field) {
    if constexpr (is_kept<Field>) {
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
  template <class Field, std::size_t size>
  void choice(std::string_view key, const Field&, const std::array<std::string_view, size>&, std::string_view help) {
    fields.push_back({key, help, false});
  }

  std::vector<FieldShape> fields;
};

template <class Variant>
std::vector<GivenField> fields_of(const Variant& action) {
  Collector collector;
  std::visit([&](const auto& alternative) { std::decay_t<decltype(alternative)>::describe(alternative, collector); }, action);
  return std::move(collector.fields);
}

template <class Variant>
std::string_view name_in(const Variant& action) {
  return std::visit([](const auto& alternative) { return std::string_view(std::decay_t<decltype(alternative)>::name); }, action);
}

template <class Alternative>
void add_shape(std::string_view beginning, std::vector<ActionShape>& shapes) {
  if (!Alternative::name.starts_with(beginning)) return;
  Shaper shaper;
  const Alternative value{};
  Alternative::describe(value, shaper);
  shapes.push_back({Alternative::name, Alternative::help, std::move(shaper.fields)});
}

template <class Variant, std::size_t... index>
std::vector<ActionShape> shapes_of(std::string_view beginning, std::index_sequence<index...>) {
  std::vector<ActionShape> shapes;
  (add_shape<std::variant_alternative_t<index, Variant>>(beginning, shapes), ...);
  return shapes;
}

template <class Variant>
std::vector<ActionShape> shapes_of(std::string_view beginning) {
  return shapes_of<Variant>(beginning, std::make_index_sequence<std::variant_size_v<Variant>>{});
}

}  // namespace

std::vector<GivenField> given_fields(const Verb& verb) { return fields_of(verb); }
std::vector<GivenField> given_fields(const Observation& observation) { return fields_of(observation); }
std::string_view name_of(const Verb& verb) { return name_in(verb); }
std::string_view name_of(const Observation& observation) { return name_in(observation); }
std::vector<ActionShape> verb_shapes(std::string_view beginning) { return shapes_of<Verb::Alternatives>(beginning); }
std::vector<ActionShape> observation_shapes(std::string_view beginning) { return shapes_of<Observation::Alternatives>(beginning); }

}  // namespace scenarios
