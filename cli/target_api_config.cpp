#include "cli/target_api_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "scenarios/script/given_fields.h"
#include "scenarios/script/nearest.h"

namespace cli {
namespace {

using scenarios::ActionShape;
using scenarios::MappedField;
using scenarios::MappedObservation;
using scenarios::MappedRequest;
using scenarios::TargetApi;
using scenarios::YamlNode;
using scenarios::probe::StrictReader;

constexpr std::array<std::string_view, 5> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};

/// What may be named in a request: the keys of the verb or observation, and of a person what stands behind the key.
std::vector<std::string> names_for(const ActionShape& shape) {
  std::vector<std::string> names;
  for (const auto& field : shape.fields) {
    if (!field.is_person) names.emplace_back(field.key);
    if (!field.is_person) continue;
    for (const auto name : scenarios::names_of_a_person) names.push_back(fmt::format("{}.{}", field.key, name));
  }
  return names;
}

class MappingReader {
 public:
  MappingReader(StrictReader& in, TargetApi& api) : in_(&in), api_(&api) {}

  void read_reset(const YamlNode& node) {
    MappedRequest request{.method = "POST", .path = {}, .body = {}};
    in_->members(node, request_fields(request, {}));
    need_path(node, request);
    api_->reset = std::move(request);
  }

  void read_observations(const YamlNode& node) {
    each_action(node, scenarios::observation_shapes(scenarios::mapped_observations), [&](const ActionShape& shape, const YamlNode& value) {
      MappedObservation observation;
      auto fields = request_fields(observation.request, names_for(shape));
      fields["fields"] = [&](const YamlNode& map) { read_fields(map, shape, observation); };
      if (shape.name == "directory.user") fields["id"] = [&](const YamlNode& pointer) { observation.id = read_pointer(pointer); };
      in_->members(value, fields);
      need_path(value, observation.request);
      if (shape.name == "directory.user") refuse_id(value, observation.request);
      api_->observations[std::string(shape.name)] = std::move(observation);
    });
  }

  void read_verbs(const YamlNode& node) {
    each_action(node, scenarios::verb_shapes(scenarios::mapped_verbs), [&](const ActionShape& shape, const YamlNode& value) {
      MappedRequest request{.method = "POST", .path = {}, .body = {}};
      in_->members(value, request_fields(request, names_for(shape)));
      need_path(value, request);
      api_->verbs[std::string(shape.name)] = std::move(request);
    });
  }

 private:
  template <class Read>
  void each_action(const YamlNode& node, const std::vector<ActionShape>& shapes, const Read& read) {
    StrictReader::Fields fields;
    for (const auto& shape : shapes) fields[shape.name] = [&](const YamlNode& value) { read(shape, value); };
    in_->members(node, fields);
  }

  StrictReader::Fields request_fields(MappedRequest& request, const std::vector<std::string>& names) {
    return {{"method", [this, &request](const YamlNode& value) { read_method(value, request); }},
            {"path", [this, &request, names](const YamlNode& value) { read_path(value, names, request); }},
            {"body", [this, &request, names](const YamlNode& value) { read_body(value, names, request); }}};
  }

  void read_method(const YamlNode& node, MappedRequest& request) {
    request.method = in_->text(node);
    if (std::ranges::find(methods, request.method) == methods.end())
      in_->fail(node, fmt::format("'{}' is none of: {}", scenarios::shown_word(request.method), fmt::join(methods, ", ")));
  }

  void read_path(const YamlNode& node, const std::vector<std::string>& names, MappedRequest& request) {
    request.path = in_->text(node);
    if (!request.path.starts_with('/')) in_->fail(node, "a path begins with /; /scim/v2 stands for the target's own SCIM base");
    check_names(node, request.path, names);
  }

  void read_body(const YamlNode& node, const std::vector<std::string>& names, MappedRequest& request) {
    request.body = scenarios::probe::to_value(node).dump();
    check_names(node, request.body, names);
  }

  void check_names(const YamlNode& node, const std::string& text, const std::vector<std::string>& known) {
    const auto names = scenarios::names_in(text);
    if (!names) return in_->fail(node, names.error().message);
    for (const auto& name : *names) {
      if (std::ranges::find(known, name) != known.end()) continue;
      const std::vector<std::string_view> views(known.begin(), known.end());
      const auto near = scenarios::nearest_key(name, views);
      in_->fail(node, fmt::format("nothing is called ${{{}}} here{}", scenarios::shown_word(name),
                                  near            ? fmt::format("; did you mean ${{{}}}?", *near)
                                  : known.empty() ? std::string{}
                                                  : fmt::format("; known here: {}", fmt::join(known, ", "))));
    }
  }

  void need_path(const YamlNode& node, const MappedRequest& request) {
    if (request.path.empty()) in_->fail(node, "a request has a path");
  }

  /// The id is what this request is asked for.
  void refuse_id(const YamlNode& node, const MappedRequest& request) {
    if (request.path.find("${user.id}") != std::string::npos || request.body.find("${user.id}") != std::string::npos)
      in_->fail(node, "directory.user finds a user by name or address; their id comes from its answer");
  }

  std::string read_pointer(const YamlNode& node) {
    auto pointer = in_->text(node);
    if (!pointer.empty() && pointer.front() != '/') in_->fail(node, "a JSON pointer begins with /, such as /Resources/0/active [RFC6901]");
    return pointer;
  }

  void read_fields(const YamlNode& node, const ActionShape& shape, MappedObservation& observation) {
    StrictReader::Fields fields;
    for (const auto& field : shape.fields) {
      if (field.is_person || field.key == "exists") continue;
      fields[field.key] = [&, key = std::string(field.key)](const YamlNode& value) { observation.fields[key] = read_field(value); };
    }
    in_->members(node, fields);
  }

  MappedField read_field(const YamlNode& node) {
    MappedField field;
    if (node.kind == YamlNode::Kind::scalar) {
      field.pointer = read_pointer(node);
      return field;
    }
    bool pointed = false;
    in_->members(node, {{"pointer",
                         [&](const YamlNode& value) {
                           field.pointer = read_pointer(value);
                           pointed = true;
                         }},
                        {"map", [&](const YamlNode& value) { read_words(value, field); }}});
    if (!pointed) in_->fail(node, "a field has a pointer");
    return field;
  }

  void read_words(const YamlNode& node, MappedField& field) {
    if (node.kind != YamlNode::Kind::map) return in_->fail(node, "a map from the target's values to those of scripts is expected here");
    for (const auto& [theirs, ours] : node.members) field.words[theirs.scalar] = in_->text(ours);
  }

  StrictReader* in_;
  TargetApi* api_;
};

}  // namespace

StrictReader::Fields target_api_fields(StrictReader& in, TargetApi& api) {
  return {{"reset", [&](const YamlNode& value) { MappingReader(in, api).read_reset(value); }},
          {"observe", [&](const YamlNode& value) { MappingReader(in, api).read_observations(value); }},
          {"verbs", [&](const YamlNode& value) { MappingReader(in, api).read_verbs(value); }}};
}

void check_target_api(StrictReader& in, const YamlNode& root, const TargetApi& api) {
  const auto user = api.observations.find("directory.user");
  if (user != api.observations.end() && !user->second.id.empty()) return;
  const auto asks = [](const MappedRequest& request) {
    return request.path.find(".id}") != std::string::npos || request.body.find(".id}") != std::string::npos;
  };
  const auto verb = std::ranges::find_if(api.verbs, [&](const auto& entry) { return asks(entry.second); });
  const auto seen = std::ranges::find_if(api.observations, [&](const auto& entry) { return asks(entry.second.request); });
  if (verb == api.verbs.end() && seen == api.observations.end()) return;
  const auto& name = verb == api.verbs.end() ? seen->first : verb->first;
  in.fail(root, fmt::format("{} names an id of the target; observe: {{directory.user: {{path: …, id: POINTER}}}} says where it stands", name));
}

}  // namespace cli
