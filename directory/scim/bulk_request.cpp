#include "directory/scim/bulk_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/encoding.h"
#include "directory/scim/responses.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view request_schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
constexpr std::string_view mark = "bulkId:";

std::string text_member(const JsonObject& object, std::string_view name) {
  const auto* value = base::member_ignoring_case(object, name);
  return value != nullptr && value->is_string() ? std::string(base::as_text(value->get_string()))
                                                : std::string();
}

std::string flaw_of(const BulkOperation& operation, const Json* data) {
  constexpr std::array methods{"POST", "PUT", "PATCH", "DELETE"};
  if (std::ranges::find(methods, operation.method) == methods.end())
    return "the method of an operation is POST, PUT, PATCH or DELETE";
  if (!operation.path.starts_with('/')) return "the path of an operation begins with a slash";
  if (operation.method == "POST" && operation.bulk_id.empty()) return "a POST needs a bulkId";
  if (operation.method != "DELETE" && (data == nullptr || !data->is_object()))
    return "the operation needs an object as its data";
  return {};
}

BulkOperation read_operation(const Json& json) {
  BulkOperation operation;
  if (!json.is_object()) {
    operation.flaw = "an operation is an object";
    return operation;
  }
  const auto& object = json.get_object();
  operation.method = text_member(object, "method");
  for (auto& c : operation.method) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  operation.path = text_member(object, "path");
  operation.bulk_id = text_member(object, "bulkId");
  operation.version = text_member(object, "version");
  const auto* data = base::member_ignoring_case(object, "data");
  if (data != nullptr && data->is_object()) operation.data = data->get_object();
  operation.flaw = flaw_of(operation, data);
  return operation;
}

/// What a text refers to, or empty: `bulkId:amy` as a value, at the end of a path or URI, or in quotation
/// marks within the filter of a path. Elsewhere in a text it is a word like any other.
std::string_view reference_in(std::string_view text) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  const bool quoted = at > 0 && text[at - 1] == '"';
  if (at > 0 && text[at - 1] != '/' && !quoted) return {};
  const auto reference = text.substr(at + mark.size());
  return quoted ? reference.substr(0, reference.find('"')) : reference;
}

void collect(const Json& json, std::set<std::string>& found) {
  if (json.is_string()) {
    const auto reference = reference_in(base::as_text(json.get_string()));
    if (!reference.empty()) found.emplace(reference);
  } else if (json.is_array()) {
    for (const auto& entry : json.get_array()) collect(entry, found);
  } else if (json.is_object()) {
    for (const auto& member : json.get_object()) collect(member.value(), found);
  }
}

class Resolver {
 public:
  explicit Resolver(const std::map<std::string, std::string>& ids) : ids_(&ids) {}

  /// False where the text refers to what has no id.
  bool resolve(std::string& text) const {
    const auto reference = reference_in(text);
    if (reference.empty()) return true;
    const auto found = ids_->find(std::string(reference));
    if (found == ids_->end()) return false;
    text.replace(text.find(mark), mark.size() + reference.size(), found->second);
    return true;
  }

  /// False where `json` has to go.
  bool resolve(Json& json) {
    if (json.is_string()) {
      std::string text(base::as_text(json.get_string()));
      if (!resolve(text)) return false;
      json = text;
      return true;
    }
    if (json.is_array()) return resolve(json.get_array());
    return !json.is_object() || resolve(json.get_object());
  }

  bool resolve(JsonObject& object) {
    bool whole = true;
    for (auto& member : object) whole = resolve(member.value()) && whole;
    return whole;
  }

  /// Of a list only the values that refer to nothing go.
  bool resolve(JsonArray& array) {
    JsonArray kept;
    for (auto& entry : array) {
      if (resolve(entry)) {
        kept.push_back(std::move(entry));
      } else {
        cut_ = true;
      }
    }
    array = std::move(kept);
    return true;
  }

  /// The top of a body: a member that cannot be resolved goes alone. An extension is a top of its own.
  void resolve_members(JsonObject& body) {
    std::vector<std::string> gone;
    for (auto& member : body) {
      const std::string name(member.key());
      if (member.value().is_object() && name.find(':') != std::string::npos) {
        resolve_members(member.value().get_object());
      } else if (!resolve(member.value())) {
        gone.push_back(name);
      }
    }
    for (const auto& name : gone) body.erase(name);
    cut_ = cut_ || !gone.empty();
  }

  [[nodiscard]] bool cut() const { return cut_; }

 private:
  const std::map<std::string, std::string>* ids_;
  bool cut_ = false;
};

}  // namespace

std::expected<BulkRequest, base::HttpResponse> read_bulk_request(const JsonObject& body) {
  const auto refused = [](std::string_view why) {
    return std::unexpected(scim_error(400, why, "invalidSyntax"));
  };
  if (!names_schema(body, request_schema)) return refused("the body is no BulkRequest");
  const auto* operations = base::member_ignoring_case(body, "Operations");
  if (operations == nullptr || !operations->is_array())
    return refused("a BulkRequest needs an array of Operations");
  const auto& entries = operations->get_array();
  if (entries.size() > most_bulk_operations) {
    return std::unexpected(scim_error(
        413, fmt::format("a bulk request has at most {} operations (maxOperations)", most_bulk_operations)));
  }
  BulkRequest request;
  if (const auto* limit = base::member_ignoring_case(body, "failOnErrors")) {
    if (!limit->is_int64() || limit->get_int64() < 1) return refused("failOnErrors is an integer above 0");
    request.fail_on_errors = limit->get_int64();
  }
  for (const auto& entry : entries) request.operations.push_back(read_operation(entry));
  return request;
}

std::vector<std::string> references_of(const BulkOperation& operation) {
  std::set<std::string> found;
  if (const auto reference = reference_in(operation.path); !reference.empty()) found.emplace(reference);
  collect(Json(operation.data), found);
  return {found.begin(), found.end()};
}

bool resolve_references(BulkOperation& operation, const std::map<std::string, std::string>& ids) {
  Resolver resolver(ids);
  const bool path_resolved = resolver.resolve(operation.path);
  resolver.resolve_members(operation.data);
  return resolver.cut() || !path_resolved;
}

}  // namespace directory::scim
