#include "scenarios/engine/mapped.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "scenarios/engine/comparison.h"
#include "scenarios/script/given_fields.h"

namespace scenarios {
namespace {

using Values = std::map<std::string, base::Json, std::less<>>;

constexpr base::Duration mapped_timeout = std::chrono::seconds{30};
constexpr std::string_view scim_base = "/scim/v2";

std::string text_of(const base::Json& value) {
  if (const auto* text = value.if_string()) return std::string(base::as_text(*text));
  if (const auto* list = value.if_array()) return std::to_string(list->size());
  return value.is_null() ? std::string{} : base::to_text(value);
}

/// Null where the pointer leads nowhere.
const base::Json* at_pointer(const base::Result<base::Json>& body, std::string_view pointer) {
  if (!body) return nullptr;
  boost::system::error_code error;
  return body->find_pointer(base::json_key(pointer), error);
}

/// What a person's key stands for, but for the id, which must be asked for.
void add_person(Values& values, std::string_view key, const Person& person) {
  values[fmt::format("{}.name", key)] = base::json_text(person.name);
  values[fmt::format("{}.username", key)] = base::json_text(person.username);
  values[fmt::format("{}.email", key)] = base::json_text(person.email);
}

Values values_of(Cast& cast, const std::vector<GivenField>& given) {
  Values values;
  for (const auto& [key, value] : given) {
    const std::string name(key);
    if (const auto* person = std::get_if<PersonRef>(&value)) {
      add_person(values, key, cast.person(*person));
    } else if (const auto* fresh = std::get_if<NewPerson>(&value)) {
      add_person(values, key, cast.person(PersonRef(fresh->name)));
    } else if (const auto* secret = std::get_if<SecretName>(&value)) {
      values[name] = base::json_text(cast.secrets().value(*secret).reveal());
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      values[name] = *flag;
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      values[name] = *number;
    } else if (const auto* texts = std::get_if<GivenField::Texts>(&value)) {
      base::JsonArray list;
      for (const auto& text : *texts) list.push_back(base::json_text(text));
      values[name] = std::move(list);
    } else {
      values[name] = base::json_text(std::get<std::string>(value));
    }
  }
  return values;
}

template <class Replacement>
std::string replaced(std::string_view text, const Replacement& replacement) {
  std::string out;
  std::size_t done = 0;
  for (auto at = text.find("${"); at != std::string_view::npos; at = text.find("${", done)) {
    const auto end = text.find('}', at);
    if (end == std::string_view::npos) break;
    out += text.substr(done, at - done);
    out += replacement(text.substr(at + 2, end - at - 2));
    done = end + 1;
  }
  return out += text.substr(done);
}

/// A key that the script leaves out is the empty text in a text.
std::string value_text(const Values& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string{} : text_of(found->second);
}

/// A text that is one name and nothing else becomes the value itself; a member whose value is left out is left out.
std::optional<base::Json> filled(const base::Json& template_value, const Values& values) {
  if (const auto* text = template_value.if_string()) {
    const auto view = base::as_text(*text);
    if (view.starts_with("${") && view.find('}') == view.size() - 1) {
      const auto found = values.find(view.substr(2, view.size() - 3));
      return found == values.end() ? std::nullopt : std::optional(found->second);
    }
    return base::json_text(replaced(view, [&](std::string_view name) { return value_text(values, name); }));
  }
  if (const auto* list = template_value.if_array()) {
    base::JsonArray out;
    for (const auto& item : *list) {
      if (auto value = filled(item, values)) out.push_back(*std::move(value));
    }
    return out;
  }
  if (const auto* object = template_value.if_object()) {
    base::JsonObject out;
    for (const auto& member : *object) {
      if (auto value = filled(member.value(), values)) out[member.key()] = *std::move(value);
    }
    return out;
  }
  return template_value;
}

/// As a person writes a path, blanks and quotes in it, as a request's target.
std::string encoded_path(std::string_view path) {
  constexpr std::string_view kept = "-._~!$&'()*+,;=:@/?%[]";
  std::string out;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kept.find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : base::percent_encode(std::string_view(&c, 1));
  }
  return out;
}

base::Task<base::HttpResult> send(Cast& cast, sim::Host& from, base::HttpRequest request) {
  auto result = co_await cast.world().network().transport(from).send(std::move(request), mapped_timeout);
  co_return result;
}

bool asks_for_ids(const MappedRequest& request) {
  for (const auto* text : {&request.path, &request.body}) {
    const auto names = names_in(*text);
    if (names && std::ranges::any_of(*names, [](const auto& name) { return name.ends_with(".id"); })) return true;
  }
  return false;
}

/// Asks the target for the id of each person that is given. What went wrong, or nothing.
base::Task<std::optional<Performed>> add_ids(Cast& cast, sim::Host& from, const std::vector<GivenField>& given, Values& values) {
  const auto& lookup = cast.target_api()->observations.find("directory.user")->second;
  for (const auto& field : given) {
    const auto* person = std::get_if<PersonRef>(&field.value);
    if (person == nullptr) continue;
    Values of_person;
    add_person(of_person, "user", cast.person(*person));
    auto request = request_of(cast, lookup.request, of_person);
    if (!request) co_return refused(request.error().message);
    const auto answer = co_await send(cast, from, *std::move(request));
    if (!answer || !answer->ok()) co_return from_response(answer);
    const auto body = base::parse_json(answer->body);
    const auto* id = at_pointer(body, lookup.id);
    if (id == nullptr) co_return refused(fmt::format("the target has no user {}", person->name));
    values[fmt::format("{}.id", field.key)] = base::json_text(text_of(*id));
  }
  co_return std::nullopt;
}

std::string found_text(const MappedField& field, const base::Result<base::Json>& body) {
  const auto* value = at_pointer(body, field.pointer);
  auto text = value == nullptr ? std::string{} : text_of(*value);
  const auto word = field.words.find(text);
  return word == field.words.end() ? text : word->second;
}

std::string wanted_text(const GivenField& field) {
  if (const auto* flag = std::get_if<bool>(&field.value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<std::int64_t>(&field.value)) return std::to_string(*number);
  if (const auto* texts = std::get_if<GivenField::Texts>(&field.value)) return std::to_string(texts->size());
  const auto* text = std::get_if<std::string>(&field.value);
  return text == nullptr ? std::string{} : *text;
}

/// What is observed: `directory.user amy`.
std::string subject_of(const Observation& observation, const std::vector<GivenField>& given) {
  auto subject = std::string(name_of(observation));
  for (const auto& field : given) {
    if (const auto* person = std::get_if<PersonRef>(&field.value)) subject += " " + person->name;
  }
  return subject;
}

/// Whether any of the pointers leads somewhere: an empty list of resources has neither the user nor anything of theirs.
bool is_there(const MappedObservation& mapping, const base::HttpResponse& answer, const base::Result<base::Json>& body) {
  if (!answer.ok()) return false;
  if (mapping.fields.empty() && mapping.id.empty()) return true;
  if (!mapping.id.empty() && at_pointer(body, mapping.id) != nullptr) return true;
  return std::ranges::any_of(mapping.fields, [&](const auto& field) { return at_pointer(body, field.second.pointer) != nullptr; });
}

}  // namespace

const MappedObservation* mapping_of(const Cast& cast, const Observation& observation) {
  const auto* api = cast.target_api();
  if (api == nullptr) return nullptr;
  const auto found = api->observations.find(name_of(observation));
  return found == api->observations.end() ? nullptr : &found->second;
}

const MappedRequest* mapping_of(const Cast& cast, const Verb& verb) {
  const auto* api = cast.target_api();
  if (api == nullptr) return nullptr;
  const auto found = api->verbs.find(name_of(verb));
  return found == api->verbs.end() ? nullptr : &found->second;
}

base::Result<base::HttpRequest> request_of(const Cast& cast, const MappedRequest& mapping, const Values& values) {
  auto request = cast.directory_request(
      mapping.method, encoded_path(replaced(mapping.path, [&](std::string_view name) { return base::percent_encode(value_text(values, name)); })));
  cast.add_credentials(request, Cast::Credentials::scim, nullptr);
  if (mapping.body.empty()) return request;
  const auto body = base::parse_json(mapping.body);
  if (!body) return base::fail(body.error().message);
  request.headers.add("Content-Type", mapping.path.starts_with(scim_base) ? "application/scim+json" : "application/json");
  request.body = base::to_text(filled(*body, values).value_or(nullptr));
  return request;
}

base::Task<Observed> observe_mapped(Cast& cast, const MappedObservation& mapping, const Observation& observation) {
  const auto given = given_fields(observation);
  const auto subject = subject_of(observation, given);
  auto values = values_of(cast, given);
  if (asks_for_ids(mapping.request)) {
    const auto problem = co_await add_ids(cast, cast.inspector(), given, values);
    if (problem) co_return Observed{false, subject, "cannot be seen: " + problem->detail};
  }
  auto request = request_of(cast, mapping.request, values);
  if (!request) co_return Observed{false, subject, request.error().message};
  const auto answer = co_await send(cast, cast.inspector(), *std::move(request));
  const bool is_missing = answer && answer->status == 404;
  if (!answer || (!answer->ok() && !is_missing)) co_return Observed{false, subject, "cannot be seen: " + from_response(answer).detail};
  const auto body = base::parse_json(answer->body);
  bool asks_whether = false;
  bool should_exist = true;
  for (const auto& field : given) {
    if (std::holds_alternative<PersonRef>(field.value)) asks_whether = true;
    if (field.key != "exists") continue;
    asks_whether = true;
    should_exist = std::get<bool>(field.value);
  }
  const bool exists = is_there(mapping, *answer, body);
  if (asks_whether && (!exists || !should_exist)) {
    co_return Observed{exists == should_exist, fmt::format("{}: {}", subject, should_exist ? "exists" : "does not exist"), exists ? "it exists" : "it does not exist"};
  }
  Comparison comparison(subject);
  for (const auto& field : given) {
    const auto mapped = mapping.fields.find(field.key);
    if (mapped == mapping.fields.end()) continue;
    const auto found = found_text(mapped->second, body);
    const auto wanted = wanted_text(field);
    comparison.demand(fmt::format("{} {}", field.key, wanted), fmt::format("{} {}", field.key, found), wanted == found);
  }
  const auto count = mapping.fields.find("count");
  if (count != mapping.fields.end() && std::ranges::find(given, "count", &GivenField::key) == given.end()) {
    const auto found = found_text(count->second, body);
    comparison.demand("at least one", found.empty() ? "none" : found, !found.empty() && found != "0");
  }
  co_return comparison.result();
}

base::Task<Performed> perform_mapped(Cast& cast, const MappedRequest& mapping, const Verb& verb) {
  const auto given = given_fields(verb);
  for (const auto& field : given) {
    const auto* fresh = std::get_if<NewPerson>(&field.value);
    if (fresh == nullptr) continue;
    const auto text = [&](std::string_view key, const std::string& otherwise) {
      const auto found = std::ranges::find(given, key, &GivenField::key);
      return found == given.end() ? otherwise : std::get<std::string>(found->value);
    };
    Person person;
    person.name = fresh->name;
    person.username = text("username", fresh->name);
    person.email = text("email", fresh->name + "@example.test");
    cast.add_person(std::move(person));
  }
  auto values = values_of(cast, given);
  if (asks_for_ids(mapping)) {
    const auto problem = co_await add_ids(cast, cast.browsers(), given, values);
    if (problem) co_return *problem;
  }
  auto request = request_of(cast, mapping, values);
  if (!request) co_return refused(request.error().message);
  const auto answer = co_await send(cast, cast.browsers(), *std::move(request));
  co_return from_response(answer);
}

}  // namespace scenarios
