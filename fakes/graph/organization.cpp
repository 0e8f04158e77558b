#include "fakes/graph/organization.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fakes/graph/listing.h"
#include "fakes/graph/permissions.h"
#include "fakes/graph/users.h"

namespace fakes::graph {
namespace {

constexpr std::size_t most_ids = 1000;

std::string capabilities() { return "Email, OfficeCommunicationsOnline"; }

base::JsonArray verified_domains(const entra::Tenant& tenant) {
  base::JsonArray out;
  for (const auto& domain : tenant.domains().all()) {
    if (!domain.verified) continue;
    out.push_back(base::JsonObject{{"capabilities", base::json_text(capabilities())},
                                   {"isDefault", domain.is_default},
                                   {"isInitial", domain.initial},
                                   {"name", base::json_text(domain.name)},
                                   {"type", domain.federated ? "Federated" : "Managed"}});
  }
  return out;
}

/// With `User.Read` alone most properties are null. [Graph O2]
base::JsonObject organization_json(const Call& call) {
  const auto& tenant = call.context.tenant;
  const bool sees_all = has_one(call.token, "Organization.Read.All Organization.ReadWrite.All Directory.Read.All Directory.ReadWrite.All Directory.AccessAsUser.All");
  const auto or_null = [&](base::Json value) { return sees_all ? std::move(value) : base::Json(); };
  base::JsonObject out;
  out["id"] = base::json_text(tenant.id());
  out["deletedDateTime"] = nullptr;
  out["businessPhones"] = or_null(base::JsonArray{});
  out["city"] = nullptr;
  out["country"] = nullptr;
  out["countryLetterCode"] = or_null(base::Json("DE"));
  out["displayName"] = base::json_text(tenant.options().display_name);
  out["onPremisesLastSyncDateTime"] = nullptr;
  out["onPremisesSyncEnabled"] = nullptr;
  out["postalCode"] = nullptr;
  out["preferredLanguage"] = or_null(base::Json("en"));
  out["street"] = nullptr;
  out["tenantType"] = or_null(base::Json("AAD"));
  out["assignedPlans"] = or_null(base::JsonArray{});
  out["provisionedPlans"] = or_null(base::JsonArray{});
  out["verifiedDomains"] = verified_domains(tenant);
  return out;
}

/// [Graph O3]
base::JsonObject domain_json(const entra::Domain& domain) {
  base::JsonObject out;
  out["id"] = base::json_text(domain.name);
  out["authenticationType"] = domain.federated ? "Federated" : "Managed";
  out["availabilityStatus"] = nullptr;
  out["isAdminManaged"] = true;
  out["isDefault"] = domain.is_default;
  out["isInitial"] = domain.initial;
  out["isRoot"] = true;
  out["isVerified"] = domain.verified;
  out["supportedServices"] = domain.verified ? base::JsonArray{"Email", "OfficeCommunicationsOnline"} : base::JsonArray{};
  out["passwordValidityPeriodInDays"] = domain.password_validity_days;
  out["passwordNotificationWindowInDays"] = domain.password_notification_days;
  out["state"] = nullptr;
  return out;
}

base::HttpResponse list_answer(const Call& call, std::string_view name, base::JsonArray value) {
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, name));
  body["value"] = std::move(value);
  return json_answer(200, body);
}

base::HttpResponse entity_answer(const Call& call, std::string_view name, const base::JsonObject& entity) {
  base::JsonObject body;
  body["@odata.context"] = base::json_text(context(call.request, fmt::format("{}/$entity", name)));
  for (const auto& [key, value] : entity) body[key] = value;
  return json_answer(200, body);
}

}  // namespace

Reply list_organization(const Call& call) { return list_answer(call, "organization", {organization_json(call)}); }

Reply read_organization(const Call& call) {
  if (call.keys.front() != call.context.tenant.id()) return no_such_resource(call.keys.front());
  return entity_answer(call, "organization", organization_json(call));
}

Reply list_domains(const Call& call) {
  base::JsonArray value;
  for (const auto& domain : call.context.tenant.domains().all()) value.push_back(domain_json(domain));
  return list_answer(call, "domains", std::move(value));
}

Reply read_domain(const Call& call) {
  const auto* domain = call.context.tenant.domains().find(call.keys.front());
  if (domain == nullptr) return no_such_resource(call.keys.front());
  return entity_answer(call, "domains", domain_json(*domain));
}

Reply read_directory_object(const Call& call) {
  const auto* object = call.context.reading.find(ObjectId{call.keys.front()});
  if (object == nullptr || !may_read(call, object->kind())) return no_such_resource(call.keys.front());
  return one_answer(call, 200, *object, true);
}

Reply get_by_ids(const Call& call) {
  const auto sent = read_object(call.request);
  if (!sent) return std::unexpected(sent.error());
  const auto* ids = base::member(*sent, "ids");
  if (ids == nullptr || !ids->is_array() || ids->get_array().size() > most_ids) return bad_request("Invalid value specified for property 'ids'.");
  const auto* types = base::member(*sent, "types");
  const auto is_wanted = [&](ObjectKind kind) {
    if (types == nullptr || !types->is_array()) return true;
    const auto name = type_of(kind).substr(std::string_view("#microsoft.graph.").size());
    return std::ranges::any_of(types->get_array(), [&](const base::Json& type) {
      return type.is_string() && (base::as_text(type.get_string()) == name || base::as_text(type.get_string()) == "directoryObject");
    });
  };
  // [Graph Q21]
  static const auto limited = read_selection("id,displayName,userPrincipalName,mail", std::nullopt, Shape::one);
  base::JsonArray value;
  for (const auto& id : ids->get_array()) {
    if (!id.is_string()) return bad_request("Invalid value specified for property 'ids'.");
    const auto* object = call.context.reading.find(ObjectId{std::string(base::as_text(id.get_string()))});
    if (object != nullptr && is_wanted(object->kind())) value.push_back(listed(*object, *limited, true));
  }
  return list_answer(call, "directoryObjects", std::move(value));
}

}  // namespace fakes::graph
