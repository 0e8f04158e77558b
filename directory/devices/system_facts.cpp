#include "directory/devices/system_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace directory {
namespace {

using base::JsonArray;
using base::JsonObject;

constexpr std::array origins{std::pair{std::string_view("local"), AccountOrigin::local},
                             std::pair{std::string_view("microsoft"), AccountOrigin::microsoft},
                             std::pair{std::string_view("domain"), AccountOrigin::domain}};

/// The texts that are shown as they are reported.
constexpr std::array text_facts{std::pair{"version", &SystemFacts::version},
                                std::pair{"arch", &SystemFacts::arch},
                                std::pair{"serialNumber", &SystemFacts::serial_number},
                                std::pair{"agentVersion", &SystemFacts::agent_version}};

/// Reads members of one object; the first that is wrong stays.
class Reader {
 public:
  Reader(const JsonObject& object, std::string_view where) : object_(&object), where_(where) {}

  void read(std::string_view name, std::optional<std::string>& into) {
    const auto* value = given(name);
    if (value == nullptr) return;
    if (!value->is_string() || value->get_string().size() > longest_fact) {
      fail(name, fmt::format("a string of at most {} bytes", longest_fact));
    } else {
      into = std::string(base::as_text(value->get_string()));
    }
  }
  template <class Flag>
  void read_flag(std::string_view name, Flag& into) {
    const auto* value = given(name);
    if (value == nullptr) return;
    if (!value->is_bool()) {
      fail(name, "true or false");
    } else {
      into = value->get_bool();
    }
  }
  [[nodiscard]] const JsonObject* object(std::string_view name) {
    const auto* value = given(name);
    if (value != nullptr && !value->is_object()) fail(name, "an object");
    return value == nullptr ? nullptr : value->if_object();
  }
  [[nodiscard]] const JsonArray* array(std::string_view name, std::size_t most) {
    const auto* value = given(name);
    if (value == nullptr) return nullptr;
    const auto* list = value->if_array();
    if (list == nullptr || list->size() > most) fail(name, fmt::format("a list of at most {}", most));
    return list;
  }
  void fail(std::string_view name, std::string_view wanted) {
    if (error_.empty()) error_ = fmt::format("{}{} must be {}", where_, name, wanted);
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  [[nodiscard]] const base::Json* given(std::string_view name) const {
    const auto* value = base::member(*object_, name);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  const JsonObject* object_;
  std::string_view where_;
  std::string error_;
};

std::expected<UserMetrics, std::string> read_account(const base::Json& entry) {
  const auto* object = entry.if_object();
  if (object == nullptr) return std::unexpected("an entry of userMetrics must be an object");
  UserMetrics account;
  Reader reader(*object, "userMetrics.");
  std::optional<std::string> name;
  reader.read("userName", name);
  if (!name || name->empty()) reader.fail("userName", "given");
  reader.read_flag("managed", account.managed);
  reader.read_flag("admin", account.admin);
  reader.read_flag("suspended", account.suspended);
  reader.read_flag("secureTokenEnabled", account.secure_token_enabled);
  std::optional<std::string> origin;
  reader.read("origin", origin);
  const auto* known =
      std::ranges::find(origins, origin.value_or("local"), &decltype(origins)::value_type::first);
  if (known == origins.end()) {
    reader.fail("origin", "one of local, microsoft, domain");
  } else {
    account.origin = known->second;
  }
  if (!reader.error().empty()) return std::unexpected(reader.error());
  account.user_name = std::move(*name);
  return account;
}

/// Objects inside the report.
std::string read_nested(Reader& reader, SystemFacts& facts) {
  if (const auto* detail = reader.object("osVersionDetail")) {
    Reader inner(*detail, "osVersionDetail.");
    inner.read("osName", facts.os_name);
    if (!inner.error().empty()) return inner.error();
  }
  if (const auto* domain = reader.object("domainInfo")) {
    Reader inner(*domain, "domainInfo.");
    bool part_of_domain = false;
    std::optional<std::string> name;
    inner.read_flag("partOfDomain", part_of_domain);
    inner.read("domainName", name);
    if (part_of_domain) facts.domain_name = name.value_or("");
    if (!inner.error().empty()) return inner.error();
  }
  if (const auto* fde = reader.object("fde")) {
    Reader inner(*fde, "fde.");
    inner.read_flag("active", facts.fde_active);
    inner.read_flag("keyPresent", facts.fde_key_present);
    if (!inner.error().empty()) return inner.error();
  }
  if (const auto* state = reader.object("serviceAccountState")) {
    Reader inner(*state, "serviceAccountState.");
    auto& account = facts.service_account.emplace();
    inner.read_flag("hasSecureToken", account.has_secure_token);
    inner.read_flag("passwordAPFSValid", account.password_apfs_valid);
    inner.read_flag("passwordODValid", account.password_od_valid);
    if (!inner.error().empty()) return inner.error();
  }
  return reader.error();
}

}  // namespace

const UserMetrics* SystemFacts::find_account(std::string_view name) const {
  const auto found = std::ranges::find(accounts, name, &UserMetrics::user_name);
  return found == accounts.end() ? nullptr : &*found;
}

std::expected<SystemFacts, std::string> read_facts(const JsonObject& report) {
  SystemFacts facts;
  Reader reader(report, "");
  for (const auto& [name, member] : text_facts) reader.read(name, facts.*member);
  reader.read_flag("azureAdJoined", facts.azure_ad_joined);
  if (auto error = read_nested(reader, facts); !error.empty()) return std::unexpected(std::move(error));
  const auto* list = reader.array("userMetrics", most_accounts);
  if (!reader.error().empty()) return std::unexpected(reader.error());
  if (list == nullptr) return facts;
  for (const auto& entry : *list) {
    auto account = read_account(entry);
    if (!account) return std::unexpected(std::move(account.error()));
    facts.accounts.push_back(std::move(*account));
  }
  return facts;
}

JsonArray user_metrics(const SystemFacts& facts) {
  JsonArray list;
  for (const auto& account : facts.accounts) {
    list.push_back(JsonObject{{"userName", account.user_name},
                              {"managed", account.managed},
                              {"admin", account.admin},
                              {"suspended", account.suspended},
                              {"secureTokenEnabled", account.secure_token_enabled}});
  }
  return list;
}

JsonObject to_json(const SystemFacts& facts) {
  JsonObject out;
  for (const auto& [name, member] : text_facts) {
    if (facts.*member) out[name] = *(facts.*member);
  }
  if (facts.os_name) out["osVersionDetail"] = JsonObject{{"osName", *facts.os_name}};
  out["azureAdJoined"] = facts.azure_ad_joined;
  out["domainInfo"] = JsonObject{{"domainName", facts.domain_name.value_or("")},
                                 {"partOfDomain", facts.domain_name.has_value()}};
  JsonObject fde;
  if (facts.fde_active) fde["active"] = *facts.fde_active;
  if (facts.fde_key_present) fde["keyPresent"] = *facts.fde_key_present;
  if (!fde.empty()) out["fde"] = std::move(fde);
  if (facts.service_account) {
    out["serviceAccountState"] = JsonObject{{"hasSecureToken", facts.service_account->has_secure_token},
                                            {"passwordAPFSValid", facts.service_account->password_apfs_valid},
                                            {"passwordODValid", facts.service_account->password_od_valid}};
  }
  auto metrics = user_metrics(facts);
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const auto origin =
        std::ranges::find(origins, facts.accounts[i].origin, &decltype(origins)::value_type::second);
    metrics[i].get_object()["origin"] = base::json_text(origin->first);
  }
  out["userMetrics"] = std::move(metrics);
  return out;
}

}  // namespace directory
