#include "scenarios/script/schema.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "scenarios/script/field_list.h"
#include "scenarios/script/fields.h"
#include "scenarios/script/scalars.h"
#include "scenarios/script/scenario.h"

namespace scenarios {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view name_pattern = "^[A-Za-z][A-Za-z0-9._-]{0,63}$";
constexpr std::string_view units = "([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?([0-9]+us)?([0-9]+ns)?";

Json matching(std::string_view pattern) {
  return {{"type", "string"}, {"pattern", pattern}};
}

/// The look-ahead keeps the empty text out: each unit may be missing, all of them may not.
std::string duration_pattern() {
  return fmt::format("^(?=[0-9]){}$", units);
}

Json documented(const Json& schema, std::string_view help) {
  Json out{{"description", help}};
  for (const auto& item : schema.items()) out[item.key()] = item.value();
  return out;
}

Json text_schema() {
  // A number where text is expected is that number's text.
  return {{"type", {"string", "number"}}};
}

Json texts_schema() {
  return {{"anyOf", {text_schema(), {{"type", "array"}, {"items", text_schema()}}}}};
}

/// The keys of probe/probe.h: Pattern. What stands under them is checked by the decoder.
Json answer_pattern_schema() {
  Json members;
  members["status"] = {{"description", "status of the answer: 200, 2xx, or a list of them"}};
  members["error"] = documented(texts_schema(), "scimType of the error");
  members["headers"] = {{"type", "object"}, {"description", "what headers must be like"}};
  members["body"] = {{"type", "object"}, {"description", "what members of the body must be like, by their paths"}};
  members["empty"] = {{"type", "boolean"}, {"description", "whether there is no body"}};
  members["finds"] = documented(texts_schema(), "exactly these resources are listed");
  members["includes"] = documented(texts_schema(), "these resources are among those listed");
  members["excludes"] = documented(texts_schema(), "these resources are not among those listed");
  members["in_order"] = documented(texts_schema(), "these resources are listed in this order");
  members["same"] = {{"description", "an earlier answer with the same content"}};
  members["within"] = documented(matching(duration_pattern()), "how soon the answer must be there");
  return {{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(members)}};
}

template <class T>
Json fields_schema();

template <class T>
Json type_schema() {
  if constexpr (IsOptional<T>::value)
    return type_schema<typename T::value_type>();
  else if constexpr (IsVector<T>::value)
    return {{"type", "array"}, {"items", type_schema<typename T::value_type>()}};
  else if constexpr (std::is_same_v<T, bool>)
    return {{"type", "boolean"}};
  else if constexpr (std::is_same_v<T, std::int64_t>)
    return {{"type", "integer"}};
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return {{"type", "integer"}, {"minimum", 0}};
  else if constexpr (std::is_same_v<T, base::Duration>)
    return matching(duration_pattern());
  else if constexpr (std::is_same_v<T, base::Instant>)
    return matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}");
  else if constexpr (std::is_same_v<T, base::Ratio>)
    return {{"anyOf", {matching("^([0-9]+/[0-9]+|0|1)$"), {{"enum", {0, 1}}}}}};
  else if constexpr (std::is_same_v<T, DurationRange>)
    return matching(fmt::format("^(?=[0-9]){0}(\\.\\.(?=[0-9]){0})?$", units));
  else if constexpr (std::is_same_v<T, CountRange>)
    return {{"anyOf", {matching("^[0-9]+(\\.\\.[0-9]+)?$"), {{"type", "integer"}, {"minimum", 0}}}}};
  else if constexpr (std::is_same_v<T, SecretName> || std::is_same_v<T, NewPerson> || std::is_same_v<T, PersonRef> ||
                     std::is_same_v<T, DeviceRef> || std::is_same_v<T, HostRef>)
    return matching(name_pattern);
  else if constexpr (std::is_same_v<T, JsonText>)
    return Json::object();
  else if constexpr (std::is_same_v<T, AnswerPattern>)
    return answer_pattern_schema();
  else if constexpr (Described<T>)
    return fields_schema<T>();
  else
    return text_schema();
}

/// Collects a struct's fields as the schema of a map.
class FieldSchemas {
 public:
  template <class Field>
  void required(std::string_view key, Field&, std::string_view help) {
    required_.push_back(key);
    add(key, type_schema<Field>(), help);
  }

  template <class Field>
  void optional(std::string_view key, Field& field, std::string_view help) {
    auto& schema = add(key, type_schema<Field>(), help);
    if constexpr (std::is_same_v<Field, bool> || std::is_same_v<Field, std::int64_t> || std::is_same_v<Field, std::uint64_t>) {
      schema["default"] = field;
    } else if constexpr (std::is_same_v<Field, base::Duration> || std::is_same_v<Field, base::Instant> ||
                         std::is_same_v<Field, base::Ratio> || std::is_same_v<Field, DurationRange> || std::is_same_v<Field, CountRange>) {
      schema["default"] = write_scalar(field).text;
    }
  }

  template <class Field>
  void choice(std::string_view key, Field& field, std::span<const std::string_view> words, std::string_view help) {
    auto& schema = add(key, {{"enum", words}}, help);
    schema["default"] = field;
  }

  [[nodiscard]] Json schema() const {
    // A key with nothing behind it is an empty map, which will do where nothing is required.
    Json out;
    if (required_.empty()) {
      out["type"] = {"object", "null"};
    } else {
      out["type"] = "object";
      out["required"] = required_;
    }
    out["additionalProperties"] = false;
    out["properties"] = properties_;
    return out;
  }

 private:
  Json& add(std::string_view key, const Json& schema, std::string_view help) {
    return properties_[std::string(key)] = documented(schema, help);
  }

  Json properties_ = Json::object();
  Json required_ = Json::array();
};

template <class T>
Json fields_schema() {
  FieldSchemas fields;
  T value{};
  T::describe(value, fields);
  return fields.schema();
}

template <class Action>
Json described(const ActionType<Action>& type) {
  FieldSchemas fields;
  auto action = type.make();
  tell(fields_of(action), fields);
  return documented(fields.schema(), type.help);
}

/// `rules` and `within`, of steps and of expectations.
void add_modifiers(Json& properties) {
  properties["within"] = documented(type_schema<base::Duration>(), "lets the expectation come true until then");
  properties["rules"] = documented(type_schema<std::vector<std::string>>(),
                                   "ids of the rules that the expectation proves; ./lockstep explain ID tells what they say");
}

Json observation_properties() {
  Json out;
  for (const auto& type : action_types<Observation>()) {
    out[std::string(type.name)] = {{"$ref", fmt::format("#/definitions/{}", type.name)}};
  }
  return out;
}

Json one_of_keys(const std::vector<std::string_view>& keys) {
  Json out = Json::array();
  for (const auto key : keys) out.push_back({{"required", {key}}});
  return out;
}

/// One verb, or `expect` with what belongs to it.
Json step_schema() {
  Json properties;
  properties["at"] = documented(type_schema<base::Duration>(), "when the step begins, from the start of the run");
  properties["after"] = documented(type_schema<base::Duration>(), "when the step begins, from the end of the step before");
  properties["expect"] = {{"description", "one observation, and what it must come to"},
                          {"type", "object"},
                          {"additionalProperties", false},
                          {"minProperties", 1},
                          {"maxProperties", 1},
                          {"properties", observation_properties()}};
  add_modifiers(properties);
  properties["outcome"] = {{"description", "what the verb may come to; any: also no answer"},
                           {"enum", {"ok", "refused", "any"}},
                           {"default", "ok"}};
  std::vector<std::string_view> actions{"expect"};
  for (const auto& type : action_types<Verb>()) {
    actions.push_back(type.name);
    properties[std::string(type.name)] = described(type);
  }
  return {{"type", "object"},
          {"additionalProperties", false},
          {"properties", std::move(properties)},
          {"oneOf", one_of_keys(actions)},
          {"dependencies",
           {{"within", {"expect"}},
            {"at", {{"not", {{"required", {"after"}}}}}},
            {"outcome", {{"not", {{"required", {"expect"}}}}}}}}};
}

Json expectation_schema() {
  Json properties;
  properties["hold"] = {{"description", "when it must hold: at the end, or whenever it is looked at, or at no such instant"},
                        {"enum", {"once", "always", "never"}},
                        {"default", "once"}};
  add_modifiers(properties);
  const auto observations = observation_properties();
  std::vector<std::string_view> names;
  for (const auto& item : observations.items()) {
    names.push_back(item.key());
    properties[item.key()] = item.value();
  }
  return {{"type", "object"},
          {"additionalProperties", false},
          {"properties", std::move(properties)},
          {"oneOf", one_of_keys(names)},
          {"dependencies", {{"within", {{"properties", {{"hold", {{"enum", {"once"}}}}}}}}}}};
}

Json script_properties() {
  Json out;
  out["lockstep"] = {{"description", "version of the language; the first line of every script"}, {"const", script_version}};
  out["title"] = documented(text_schema(), "one line that says what the script shows");
  out["title"]["minLength"] = 1;
  out["about"] = documented(text_schema(), "a sentence or two for a person");
  out["covers"] = documented(type_schema<std::vector<std::string>>(), "ids of rules that the script is about");
  out["needs"] = {{"description", "what a target must offer"}, {"type", "array"}, {"items", {{"enum", capabilities}}}};
  out["replay"] = documented(fields_schema<ReplaySpec>(), "how it is played unless the command line says otherwise");
  out["world"] = documented(fields_schema<WorldSpec>(), "who is there");
  out["timeline"] = {{"description", "steps, in order"}, {"type", "array"}, {"items", {{"$ref", "#/definitions/step"}}}};
  out["settle"] = documented(type_schema<base::Duration>(), "how long the world goes on after the last step");
  out["expect"] = {{"description", "what must hold at the end, always, or never"},
                   {"type", "array"},
                   {"items", {{"$ref", "#/definitions/expectation"}}}};
  return out;
}

}  // namespace

std::string json_schema() {
  Json definitions;
  definitions["step"] = step_schema();
  definitions["expectation"] = expectation_schema();
  for (const auto& type : action_types<Observation>()) definitions[std::string(type.name)] = described(type);
  const Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                    {"$id", fmt::format("urn:lockstep:schema:script:{}", script_version)},
                    {"title", "A script of Lockstep"},
                    {"description", "Generated by ./lockstep list verbs --format json-schema."},
                    {"type", "object"},
                    {"required", {"lockstep", "title"}},
                    {"additionalProperties", false},
                    {"properties", script_properties()},
                    {"definitions", std::move(definitions)}};
  return schema.dump(1) + "\n";
}

}  // namespace scenarios
