#include "fakes/entra/sign_in/desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/forwarded_origin.h"
#include "fakes/entra/guid.h"
#include "fakes/entra/sign_in/real_names.h"
#include "fakes/oidc/form.h"

namespace fakes::entra::sign_in {
namespace {

constexpr auto certificate_name = "accounts.accesscontrol.windows.net";
constexpr base::Duration key_set_lag = std::chrono::minutes{5};
constexpr std::size_t longest_id = 64;

bool is_id_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

bool is_guid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::ranges::equal(text, shape, [](char c, char place) {
    return place == '-' ? c == '-' : (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

/// Letters, digits and hyphens with a dot between them.
bool is_domain(std::string_view text) {
  const auto dot = text.find('.');
  return dot != std::string_view::npos && dot > 0 && !text.ends_with('.') &&
         std::ranges::all_of(text, [](char c) { return (is_id_character(c) && c != '_') || c == '.'; });
}

}  // namespace

std::string Asked::parameter(std::string_view name) const {
  if (auto value = form.parameter(name)) return *value;
  return query.parameter(name).value_or("");
}

Desk::Desk(SignInPorts ports, base::Rng rng, SignInOptions options)
    : keys(rng.fork("keys"), {options.key_period, options.old_key_stays,
                              options.quirks.has(Quirk::key_set_lags) ? key_set_lag : base::Duration{}, certificate_name, options.key_length}),
      access_tokens(options_.quirks),
      ports_(ports),
      rng_(rng.fork("secrets")),
      options_(std::move(options)),
      own_authority_(options_.authority.text()) {
  while (own_authority_.ends_with('/')) own_authority_.pop_back();
  authority_ = own_authority_;
}

void Desk::reached_by(const base::HttpRequest& request) { authority_ = base::forwarded_origin(request).value_or(own_authority_); }

std::string_view Desk::authority_host() const {
  constexpr std::string_view slashes = "//";
  return std::string_view(authority_).substr(authority_.find(slashes) + slashes.size());
}

std::string Desk::userinfo_endpoint() const {
  if (!is_behind_edge()) return options_.userinfo_endpoint;
  if (std::ranges::find(real_names, authority_host()) != real_names.end()) return "https://graph.microsoft.com/oidc/userinfo";
  return authority_ + "/oidc/userinfo";
}

std::string Desk::issuer() const { return fmt::format("{}/{}/v2.0", authority(), tenant().id()); }

bool is_everybodys(std::string_view tenant_name) { return tenant_name == "common" || tenant_name == "organizations"; }

std::optional<SignInError> Desk::check_tenant_name(std::string_view name) const {
  if (is_everybodys(name) || base::equals_ignoring_case(name, tenant().id())) return std::nullopt;
  const auto* domain = tenant().domains().find(name);
  if (domain != nullptr && domain->verified) return std::nullopt;
  if (!is_guid(name) && !is_domain(name) && name != "consumers") return sign_in_error(Aadsts::bad_tenant_name, {name});
  return sign_in_error(Aadsts::tenant_not_found, {name});
}

std::optional<Asked> Desk::read(const base::HttpRequest& request) {
  auto target = base::parse_target(request.target);
  if (!target) return std::nullopt;
  Asked asked;
  asked.method = request.method;
  const auto segments = target->segments();
  if (!segments.empty()) asked.tenant_name = segments.front();
  asked.query = std::move(*target);
  asked.is_form = oidc::is_form(request);
  if (asked.is_form) {
    auto form = oidc::read_form(request);
    if (!form) return std::nullopt;
    asked.form = std::move(*form);
  }
  asked.cookie = oidc::find_cookie(request, session_cookie);
  asked.authorization = request.headers.find("Authorization").value_or("");
  asked.ids.at = now();
  asked.ids.trace_id = new_id();
  auto correlation = std::string(request.headers.find("client-request-id").value_or(""));
  if (correlation.empty()) correlation = asked.parameter("client-request-id");
  const bool usable = !correlation.empty() && correlation.size() <= longest_id && std::ranges::all_of(correlation, is_id_character);
  asked.ids.correlation_id = usable ? correlation : new_id();
  return asked;
}

std::string Desk::new_id() { return make_guid(rng_); }

base::Secret Desk::new_secret(std::string_view beginning) {
  base::Secret secret(std::string(beginning) + rng_.hex(32));
  witness(secret);
  return secret;
}

std::string Desk::describe(const SignInError& error, const TraceIds& ids) const {
  return description(error, ids, has(Quirk::descriptions_in_lines));
}

base::HttpResponse Desk::refuse(const SignInError& error, const TraceIds& ids) const {
  return oidc::json_answer(status_of(error), error_body(error, ids, authority(), has(Quirk::descriptions_in_lines)));
}

void Desk::log(const Asked& asked, const LoggedUse& use, const ObjectId& user, std::string_view user_name, const SignInError& error) {
  SignInRecord record;
  record.id = new_id();
  record.at = now();
  record.user = user;
  record.user_principal_name = user_name;
  if (const auto* held = tenant().find(user)) {
    record.user_principal_name = held->text("userPrincipalName");
    record.user_display_name = held->text("displayName");
  }
  if (use.app != nullptr) {
    record.app_id = use.app->app_id;
    record.app_display_name = use.app->display_name;
  }
  record.resource_id = use.resource;
  record.resource_display_name = use.resource == graph_audience ? "Microsoft Graph" : "";
  if (const auto* resource = tenant().applications().find(use.resource)) record.resource_display_name = resource->display_name;
  record.client_app_used = use.client;
  record.correlation_id = asked.ids.correlation_id;
  record.interactive = use.interactive;
  record.error_code = number(error.code);
  if (error.code != Aadsts::none) record.failure_reason = error.text;
  ports_.log->add(std::move(record));
}

std::expected<BrowserSession*, Aadsts> Desk::live_session(const Asked& asked) {
  auto* session = asked.cookie ? sessions.find(asked.cookie->reveal()) : nullptr;
  if (session == nullptr || session->ends <= now()) return std::unexpected(Aadsts::not_signed_in);
  const auto standing = check_standing(tenant(), options_, session->proof, Artifact::cookie);
  if (standing != Aadsts::none) return std::unexpected(standing);
  return session;
}

std::optional<SignInError> check_app(const Tenant& tenant, std::string_view app_id) {
  const auto* app = tenant.applications().find(app_id);
  if (app == nullptr) return sign_in_error(Aadsts::app_unknown, {app_id, tenant.options().display_name});
  if (!app->enabled) return sign_in_error(Aadsts::app_disabled, {app_id, app->display_name});
  return std::nullopt;
}

std::optional<SignInError> check_assignment(const Tenant& tenant, const Application& app, const ObjectId& user) {
  const auto groups = tenant.groups_of(user);
  if (!app.assignment_required || app.is_assigned(user) ||
      std::ranges::any_of(groups, [&](const auto& group) { return app.is_assigned(group); }))
    return std::nullopt;
  const auto* held = tenant.find(user);
  return sign_in_error(Aadsts::not_assigned, {app.app_id, app.display_name, held == nullptr ? user.text() : held->text("userPrincipalName")});
}

}  // namespace fakes::entra::sign_in
