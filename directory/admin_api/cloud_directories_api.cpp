#include "directory/admin_api/cloud_directories_api.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/admin_api/guarded.h"
#include "directory/cloud_sync/account_marks.h"
#include "directory/cloud_sync/cloud_attributes.h"
#include "directory/cloud_sync/group_marks.h"
#include "directory/cloud_sync/tenant_json.h"
#include "directory/server/responses.h"
#include "directory/users/attribute_rules.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t most_directories = 100;
constexpr std::size_t most_domains = 1000;
constexpr std::size_t longest_domain = 253;

HttpResponse no_such_directory() { return error_response(404, "there is no such directory"); }

std::optional<CloudDirectory> directory_of(Core& core, const RoutedRequest& request) {
  return find_cloud_directory(core.db(), CloudDirectoryId{request.wildcards[0]});
}

/// Labels of letters, digits and hyphens, two at least, in lower case.
std::optional<std::string> read_domain(const JsonObject& body) {
  auto domain = base::to_lower(base::string_or(body, "domain", ""));
  const bool plain = std::ranges::all_of(domain, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
  if (!plain || domain.size() > longest_domain || !domain.contains('.') || domain.contains("..") || domain.starts_with('.') ||
      domain.ends_with('.')) {
    return std::nullopt;
  }
  return domain;
}

/// Takes over what the body says; the answer says what of it cannot be.
std::optional<HttpResponse> read_changes(Core& core, const JsonObject& body, CloudDirectory& directory) {
  const auto bad = [](std::string_view message) { return error_response(400, message); };
  if (const auto* name = base::member(body, "name")) {
    if (!name->is_string() || name->get_string().empty() || characters(base::as_text(name->get_string())) > longest_attribute) {
      return bad("name is a text that is not empty");
    }
    const std::string text(base::as_text(name->get_string()));
    if (text != directory.name && is_cloud_directory_name_taken(core.db(), text)) return error_response(409, "the name is taken");
    directory.name = text;
  }
  if (const auto* groups = base::member(body, "groupsEnabled")) {
    if (!groups->is_bool()) return bad("groupsEnabled is true or false");
    directory.groups_enabled = groups->get_bool();
  }
  for (const auto& [field, into] : {std::pair{"userLockoutAction", &directory.on_lockout},
                                    {"userPasswordExpirationAction", &directory.on_expiration}}) {
    if (base::member(body, field) == nullptr) continue;
    const auto action = parse_user_action(base::string_or(body, field, ""));
    if (!action) return bad(fmt::format("{} is one of suspend, maintain", field));
    *into = *action;
  }
  if (base::member(body, "upnSource") != nullptr) {
    const auto source = parse_upn_source(base::string_or(body, "upnSource", ""));
    if (!source) return bad("upnSource is one of company, alternate");
    directory.upn_source = *source;
  }
  if (base::member(body, "accountLookup") != nullptr) {
    const auto lookup = parse_account_lookup(base::string_or(body, "accountLookup", ""));
    if (!lookup) return bad("accountLookup is one of upn, mail");
    directory.lookup = *lookup;
  }
  if (const auto* domain = base::member(body, "defaultDomain")) {
    if (domain->is_null()) {
      directory.default_domain.clear();
      return std::nullopt;
    }
    const auto id = base::string_or(*domain, "id", "");
    const auto domains = list_cloud_domains(core.db(), directory.id);
    const auto found = std::ranges::find_if(domains, [&](const CloudDomain& each) { return each.id.text() == id; });
    if (found == domains.end()) return bad("defaultDomain names one of the directory's domains by its id, or is null");
    directory.default_domain = found->domain;
  }
  return std::nullopt;
}

std::vector<FieldChange> differences(const CloudDirectory& before, const CloudDirectory& after) {
  std::vector<FieldChange> changes;
  const auto compare = [&](std::string_view field, std::string from, std::string to) {
    if (from != to) changes.push_back({std::string(field), std::move(from), std::move(to)});
  };
  const auto flag = [](bool value) { return std::string(value ? "true" : "false"); };
  compare("name", before.name, after.name);
  compare("groupsEnabled", flag(before.groups_enabled), flag(after.groups_enabled));
  compare("userLockoutAction", std::string(action_name(before.on_lockout)), std::string(action_name(after.on_lockout)));
  compare("userPasswordExpirationAction", std::string(action_name(before.on_expiration)), std::string(action_name(after.on_expiration)));
  compare("upnSource", std::string(source_name(before.upn_source)), std::string(source_name(after.upn_source)));
  compare("accountLookup", std::string(lookup_name(before.lookup)), std::string(lookup_name(after.lookup)));
  return changes;
}

/// [rule DI50]
void write_default_domain_event(Core& core, const CloudDirectory& before, const CloudDirectory& after, const Actor& actor) {
  if (before.default_domain == after.default_domain) return;
  const auto* type = before.default_domain.empty()  ? "integration_default_domain_add"
                     : after.default_domain.empty() ? "integration_default_domain_delete"
                                                    : "integration_default_domain_update";
  const auto value = [](const std::string& domain) { return domain.empty() ? std::nullopt : std::optional(domain); };
  write_tenant_event(core, type, after, actor, {{"defaultDomain", value(before.default_domain), value(after.default_domain)}});
}

JsonObject to_json(const CloudAttribute& attribute, const AttributeChoice& choice) {
  return {{"name", base::json_text(attribute.name)},
          {"property", base::json_text(attribute.property)},
          {"export", choice.exported},
          {"import", choice.imported}};
}

}  // namespace

void CloudDirectoriesApi::add_routes(Router& router) {
  const auto route = guarded_routes(router, *core_, *this);
  using Api = CloudDirectoriesApi;
  route("GET", "/api/v2/office365s", Permission::read, &Api::list_directories);
  route("POST", "/api/v2/office365s", Permission::manage_integrations, &Api::create_directory);
  route("GET", "/api/v2/office365s/*", Permission::read, &Api::read_directory);
  route("PATCH", "/api/v2/office365s/*", Permission::manage_integrations, &Api::change_directory);
  route("DELETE", "/api/v2/office365s/*", Permission::manage_integrations, &Api::delete_directory);
  route("GET", "/api/v2/office365s/*/domains", Permission::read, &Api::list_domains);
  route("POST", "/api/v2/office365s/*/domains", Permission::manage_integrations, &Api::add_domain);
  route("DELETE", "/api/v2/office365s/*/domains/*", Permission::manage_integrations, &Api::delete_domain);
  route("GET", "/api/v2/office365s/*/attributes", Permission::read, &Api::list_attributes);
  route("PUT", "/api/v2/office365s/*/attributes", Permission::manage_integrations, &Api::choose_attributes);
}

HttpResponse CloudDirectoriesApi::list_directories(const RoutedRequest&, const Actor&) {
  JsonArray list;
  for (const auto& directory : list_cloud_directories(core_->db())) list.push_back(to_json(*core_, directory));
  return json_response(200, std::move(list));
}

HttpResponse CloudDirectoriesApi::create_directory(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    if (list_cloud_directories(core_->db()).size() >= most_directories) return error_response(409, "there are too many directories");
    CloudDirectory directory;
    directory.id = CloudDirectoryId{core_->new_id()};
    directory.created = core_->now();
    if (auto refused = read_changes(*core_, *body, directory)) return *std::move(refused);
    if (directory.name.empty()) return error_response(400, "a name is required");
    insert_cloud_directory(core_->db(), directory);
    core_->cloud_in_use = true;
    write_tenant_event(*core_, "o365_directory_create", directory, actor);
    return json_response(201, to_json(*core_, directory));
  });
}

HttpResponse CloudDirectoriesApi::read_directory(const RoutedRequest& request, const Actor&) {
  const auto directory = directory_of(*core_, request);
  return directory ? json_response(200, to_json(*core_, *directory)) : no_such_directory();
}

HttpResponse CloudDirectoriesApi::change_directory(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto before = directory_of(*core_, request);
    if (!before) return no_such_directory();
    auto directory = *before;
    if (auto refused = read_changes(*core_, *body, directory)) return *std::move(refused);
    const auto changes = differences(*before, directory);
    if (changes.empty() && before->default_domain == directory.default_domain) return json_response(200, to_json(*core_, directory));
    update_cloud_directory(core_->db(), directory);
    if (!changes.empty()) write_tenant_event(*core_, "o365_directory_update", directory, actor, changes);
    write_default_domain_event(*core_, *before, directory, actor);
    mark_cloud_accounts_in(*core_, directory.id);
    if (directory.groups_enabled && !before->groups_enabled) refresh_cloud_groups_in(*core_, directory.id);
    return json_response(200, to_json(*core_, directory));
  });
}

HttpResponse CloudDirectoriesApi::delete_directory(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto directory = directory_of(*core_, request);
    if (!directory) return no_such_directory();
    if (!core_->has(Defect::deactivated_instance_stays)) delete_cloud_directory(core_->db(), directory->id);
    write_tenant_event(*core_, "o365_directory_delete", *directory, actor);
    core_->signal_cloud();
    return HttpResponse(204);
  });
}

HttpResponse CloudDirectoriesApi::list_domains(const RoutedRequest& request, const Actor&) {
  const auto directory = directory_of(*core_, request);
  if (!directory) return no_such_directory();
  JsonArray list;
  for (const auto& domain : list_cloud_domains(core_->db(), directory->id)) list.push_back(to_json(domain));
  const auto count = static_cast<std::int64_t>(list.size());
  return json_response(200, JsonObject{{"domains", std::move(list)}, {"totalCount", count}});
}

HttpResponse CloudDirectoriesApi::add_domain(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  const auto name = read_domain(*body);
  if (!name) return error_response(400, "domain is a domain name");
  return core_->transact([&]() -> Decided {
    const auto directory = directory_of(*core_, request);
    if (!directory) return no_such_directory();
    const auto domains = list_cloud_domains(core_->db(), directory->id);
    if (std::ranges::find(domains, *name, &CloudDomain::domain) != domains.end()) return error_response(409, "the domain is there already");
    if (domains.size() >= most_domains) return error_response(409, "there are too many domains");
    const CloudDomain domain{CloudDomainId{core_->new_id()}, *name};
    insert_cloud_domain(core_->db(), directory->id, domain);
    write_tenant_event(*core_, "integration_domain_add", *directory, actor, {{"domain", std::nullopt, name}});
    mark_cloud_accounts_in(*core_, directory->id);
    return json_response(201, JsonObject{{"domain", to_json(domain)}});
  });
}

HttpResponse CloudDirectoriesApi::delete_domain(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    auto directory = directory_of(*core_, request);
    if (!directory) return no_such_directory();
    const auto domains = list_cloud_domains(core_->db(), directory->id);
    const auto domain = std::ranges::find_if(domains, [&](const CloudDomain& each) { return each.id.text() == request.wildcards[1]; });
    if (domain == domains.end()) return error_response(404, "there is no such domain");
    delete_cloud_domain(core_->db(), domain->id);
    write_tenant_event(*core_, "integration_domain_delete", *directory, actor, {{"domain", domain->domain, std::nullopt}});
    if (directory->default_domain == domain->domain) {
      const auto before = *directory;
      directory->default_domain.clear();
      update_cloud_directory(core_->db(), *directory);
      write_default_domain_event(*core_, before, *directory, actor);
    }
    mark_cloud_accounts_in(*core_, directory->id);
    return HttpResponse(204);
  });
}

HttpResponse CloudDirectoriesApi::list_attributes(const RoutedRequest& request, const Actor&) {
  const auto directory = directory_of(*core_, request);
  if (!directory) return no_such_directory();
  const auto choices = attribute_choices(core_->db(), directory->id);
  JsonArray list;
  for (const auto& attribute : cloud_attributes) list.push_back(to_json(attribute, choice_of(choices, attribute)));
  return json_response(200, std::move(list));
}

HttpResponse CloudDirectoriesApi::choose_attributes(const RoutedRequest& request, const Actor& actor) {
  const auto body = read_object(request.http);
  if (!body) return body.error();
  return core_->transact([&]() -> Decided {
    const auto directory = directory_of(*core_, request);
    if (!directory) return no_such_directory();
    const auto choices = attribute_choices(core_->db(), directory->id);
    for (const auto& [key, value] : *body) {
      const std::string name(key.data(), key.size());
      const auto* attribute = find_cloud_attribute(name);
      if (attribute == nullptr) return error_response(400, fmt::format("there is no attribute {}", base::utf8_prefix(name, 64)));
      const auto before = choice_of(choices, *attribute);
      const AttributeChoice after{base::bool_member(value, "export").value_or(before.exported),
                                  base::bool_member(value, "import").value_or(before.imported)};
      if (attribute->kind == CloudAttributeKind::always && !after.exported) {
        return error_response(400, fmt::format("{} is always exported", name));  // [rule D68]
      }
      if (after == before) continue;
      choose_attribute(core_->db(), directory->id, name, after);
      const auto text = [](const AttributeChoice& choice) {
        return fmt::format("{}{}", choice.exported ? "export" : "", choice.imported ? "import" : "");
      };
      const auto* event = after.exported || after.imported ? "integrationattribute_include" : "integrationattribute_exclude";
      write_tenant_event(*core_, event, *directory, actor, {{name, text(before), text(after)}});
    }
    mark_cloud_accounts_in(*core_, directory->id);
    const auto chosen = attribute_choices(core_->db(), directory->id);
    JsonArray list;
    for (const auto& attribute : cloud_attributes) list.push_back(to_json(attribute, choice_of(chosen, attribute)));
    return json_response(200, std::move(list));
  });
}

}  // namespace directory
