#include "serve/settings.h"

#include <fmt/format.h>

#include "reports/plain_text.h"

namespace serve {
namespace {

using Variables = std::vector<std::pair<std::string, std::string>>;

void add_trust(const Places& places, Variables& out) {
  if (places.authority.empty()) return;
  for (const auto* name : {"NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"}) out.emplace_back(name, places.authority);
  if (places.proxy.empty()) return;
  out.emplace_back("HTTPS_PROXY", places.proxy);
  out.emplace_back("NO_PROXY", "localhost,127.0.0.1");
  out.emplace_back("NODE_USE_ENV_PROXY", "1");
}

void add_entra(const Places& places, const Accounts& accounts, Variables& out) {
  if (!places.urls.contains(Party::entra) && !places.urls.contains(Party::graph)) return;
  out.emplace_back("AZURE_TENANT_ID", accounts.tenant_id);
  out.emplace_back("AZURE_CLIENT_ID", accounts.entra_client_id);
  out.emplace_back("AZURE_CLIENT_SECRET", accounts.entra_client_secret.reveal());
  if (const auto found = places.urls.find(Party::entra); found != places.urls.end()) {
    // Behind the proxy the real host is the right one; and @azure/identity takes https alone.
    if (places.tls && places.proxy.empty()) out.emplace_back("AZURE_AUTHORITY_HOST", found->second);
    out.emplace_back("LOCKSTEP_ENTRA_AUTHORITY", found->second + "/" + accounts.tenant_id);
  }
  if (const auto found = places.urls.find(Party::graph); found != places.urls.end()) out.emplace_back("LOCKSTEP_GRAPH_URL", found->second + "/v1.0");
}

void add_okta(const Places& places, const Accounts& accounts, Variables& out) {
  const auto found = places.urls.find(Party::okta);
  if (found == places.urls.end()) return;
  // Okta's SDK goes through HTTPS_PROXY whatever NO_PROXY says, and the proxy leads to real names alone.
  out.emplace_back("OKTA_CLIENT_ORGURL", places.proxy.empty() ? found->second : "https://lockstep.okta.com");
  out.emplace_back("OKTA_CLIENT_TOKEN", accounts.okta_api_token.reveal());
  if (!places.tls && places.proxy.empty()) out.emplace_back("OKTA_TESTING_DISABLEHTTPSCHECK", "true");
  out.emplace_back("LOCKSTEP_OKTA_CLIENT_ID", accounts.okta_client_id);
  out.emplace_back("LOCKSTEP_OKTA_CLIENT_SECRET", accounts.okta_client_secret.reveal());
}

void add_directory(const Places& places, const Accounts& accounts, Variables& out) {
  const auto found = places.urls.find(Party::directory);
  if (found == places.urls.end()) return;
  out.emplace_back("LOCKSTEP_SCIM_URL", found->second + "/scim/v2");
  out.emplace_back("LOCKSTEP_SCIM_TOKEN", accounts.scim_token.reveal());
  out.emplace_back("LOCKSTEP_DIRECTORY_URL", found->second);
  out.emplace_back("LOCKSTEP_DIRECTORY_KEY", accounts.admin_key.reveal());
}

/// Host and port of a URL.
std::string authority_of(std::string_view url) {
  const auto slashes = url.find("//");
  return std::string(url.substr(slashes == std::string_view::npos ? 0 : slashes + 2));
}

void add_notes(const Places& places, const Accounts& accounts, std::vector<std::string>& out) {
  const auto entra = places.urls.find(Party::entra);
  const auto graph = places.urls.find(Party::graph);
  if (!places.tls && places.proxy.empty() && (entra != places.urls.end() || graph != places.urls.end()))
    out.emplace_back("msal, @azure/identity and Microsoft's Graph client take https alone: start with --tls or --proxy for them");
  if (places.tls && entra != places.urls.end()) {
    out.push_back(fmt::format("msal-node: auth.authority '{}/{}', auth.knownAuthorities ['{}']", entra->second, accounts.tenant_id, authority_of(entra->second)));
    out.push_back(fmt::format("@azure/identity: ClientSecretCredential(t, c, s, {{authorityHost: '{}', disableInstanceDiscovery: true}})", entra->second));
  }
  if (places.tls && graph != places.urls.end())
    out.push_back(fmt::format("Microsoft Graph client: Client.init({{baseUrl: '{}', customHosts: new Set(['localhost']), authProvider}})", graph->second));
  if (!places.control.empty()) out.push_back(fmt::format("time, faults, steps, history, snapshots: {}/openapi.json", places.control));
}

}  // namespace

Settings make_settings(const Places& places, const Accounts& accounts) {
  Settings settings;
  for (const auto& [party, url] : places.urls) settings.addresses.emplace_back(info_of(party).name, url);
  if (!places.control.empty()) settings.addresses.emplace_back("control", places.control);
  if (!places.proxy.empty()) settings.addresses.emplace_back("proxy", places.proxy);
  if (!places.control.empty()) settings.environment.emplace_back("LOCKSTEP_CONTROL_URL", places.control);
  add_entra(places, accounts, settings.environment);
  add_okta(places, accounts, settings.environment);
  add_directory(places, accounts, settings.environment);
  add_trust(places, settings.environment);
  add_notes(places, accounts, settings.notes);
  return settings;
}

std::string to_shell(const Settings& settings) {
  std::string out;
  for (const auto& [name, url] : settings.addresses) out += fmt::format("# {:<10} {}\n", name, url);
  for (const auto& note : settings.notes) out += "# " + note + "\n";
  for (const auto& [name, value] : settings.environment) out += fmt::format("export {}={}\n", name, reports::shell_quoted(value));
  return out;
}

base::JsonObject to_json(const Settings& settings) {
  base::JsonObject addresses;
  for (const auto& [name, url] : settings.addresses) addresses[name] = url;
  base::JsonObject environment;
  for (const auto& [name, value] : settings.environment) environment[name] = value;
  base::JsonArray notes;
  for (const auto& note : settings.notes) notes.push_back(base::json_text(note));
  return {{"addresses", std::move(addresses)}, {"environment", std::move(environment)}, {"notes", std::move(notes)}};
}

}  // namespace serve
