#include "scenarios/engine/preview.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

#include "base/encoding.h"
#include "base/json.h"
#include "scenarios/engine/cast.h"

namespace scenarios {
namespace {

/// Longer than an initial cycle takes.
constexpr base::Duration long_enough = std::chrono::hours{12};
constexpr base::Duration a_moment = std::chrono::seconds{1};
/// Of a user whose messages are forgotten the outcome is told without them.
constexpr std::size_t exchanges_kept = 200'000;

/// The articles' table of what their SCIM side takes. [rule R26] [rule R44] to [rule R58]
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> rules_of_attributes{{
    {"userName", "R44"},     {"emails", "R47"},     {"name.givenName", "R45"}, {"name.familyName", "R46"}, {"displayName", "R48"},
    {"active", "R49"},       {"title", "R51"},      {"department", "R52"},     {"locale", "R53"},          {"costCenter", "R54"},
    {"userType", "R55"},     {"organization", "R56"}, {"employeeNumber", "R57"}, {"manager", "R26"},       {"username", "R44"},
    {"email", "R47"},        {"firstname", "R45"},  {"lastname", "R46"},
}};

std::string_view rule_of(std::string_view attribute) {
  const auto found = std::ranges::find_if(rules_of_attributes, [&](const auto& row) { return base::equals_ignoring_case(row.first, attribute); });
  return found == rules_of_attributes.end() ? "R58" : found->second;
}

bool is_word_of(std::string_view text, std::string_view word) {
  const auto is_part = [&](std::size_t at) {
    return at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
  };
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return true;
  }
  return false;
}

/// Those of the attributes that a refusal names.
std::vector<std::string> rules_named_in(std::string_view detail) {
  std::vector<std::string> rules;
  for (const auto& [attribute, rule] : rules_of_attributes) {
    if (is_word_of(detail, attribute) && std::ranges::find(rules, rule) == rules.end()) rules.emplace_back(rule);
  }
  return rules;
}

/// Members of objects below the top level are attributes of their own: `name.givenName`, `department` of the extension.
void collect_lost(const base::JsonObject& sent, const base::Json& kept, std::string_view prefix, std::vector<PreviewedUser::Lost>& lost) {
  for (const auto& [key, value] : sent) {
    const std::string_view name{key.data(), key.size()};
    if (prefix.empty() && (name == "schemas" || name == "meta")) continue;
    const bool is_empty = value.is_null() || (value.is_array() && value.get_array().empty());
    if (is_empty) continue;
    const auto* held = base::member(kept, name);
    const bool is_extension = name.starts_with("urn:");
    if (value.is_object() && (held == nullptr || held->is_object()) && (is_extension || name == "name")) {
      static const base::Json nothing(base::JsonObject{});
      collect_lost(value.get_object(), held == nullptr ? nothing : *held, name, lost);
      continue;
    }
    if (held != nullptr) continue;
    const bool of_name = prefix == "name";
    const auto path = prefix.empty() ? std::string(name) : fmt::format("{}{}{}", prefix, of_name ? "." : ":", name);
    lost.push_back({path, std::string(rule_of(of_name ? path : std::string(name)))});
  }
}

using fakes::entra::provisioning::LogStatus;

std::string outcome_of(LogStatus status) {
  if (status == LogStatus::success) return "created";
  return status == LogStatus::skipped ? "skipped" : "refused";
}

bool creates_user(const sim::Exchange& exchange) {
  return exchange.from == "entra" && exchange.request.method == "POST" && exchange.request.target.ends_with("/Users");
}

/// Adds what was sent for the user and what came of it.
void describe_creation(const sim::Exchange& exchange, PreviewedUser& user) {
  user.body = exchange.request.body;
  if (!exchange.result || !*exchange.result) return;
  const auto& answer = **exchange.result;
  user.status = answer.status;
  const auto sent = base::parse_json(user.body);
  const auto came = base::parse_json(answer.body);
  if (!sent || !came) return;
  if (user.outcome == "created") {
    collect_lost(sent->get_object(), *came, {}, user.not_kept);
  } else {
    user.detail = base::string_or(*came, "detail", user.detail);
    user.rules = rules_named_in(user.detail);
  }
}

}  // namespace

std::expected<std::vector<PreviewedUser>, std::string> preview_provisioning(const EntraSpec& spec) {
  WorldSpec world;
  world.entra = spec;
  world.entra.job = true;
  CastOptions options;
  options.recorder.exchanges_kept = exchanges_kept;
  Cast cast(world, options);
  if (!cast.problem().empty()) return std::unexpected(cast.problem());
  // Not a moment longer than the initial cycle: later ones try again who was refused.
  auto& scheduler = cast.scheduler();
  const auto start = scheduler.now();
  for (auto until = start; cast.provisioning().cycles_completed() == 0 && until - start < long_enough; until += a_moment)
    scheduler.run_until(until);

  std::vector<PreviewedUser> users;
  const auto& exchanges = cast.world().recorder().exchanges();
  auto exchange = exchanges.begin();
  for (const auto& record : cast.provisioning().log()) {
    if (record.kind != fakes::entra::ObjectKind::user || record.about_reference) continue;
    auto& user = users.emplace_back();
    user.name = record.user_principal_name;
    user.outcome = outcome_of(record.status);
    user.detail = record.code.empty() ? record.reason : fmt::format("{}: {}", record.code, record.reason);
    // The service works through users one by one: what it sends while at this one is this one's.
    for (; exchange != exchanges.end() && exchange->sent <= record.at + record.took; ++exchange) {
      if (exchange->sent >= record.at && creates_user(*exchange)) describe_creation(*exchange, user);
    }
  }
  return users;
}

}  // namespace scenarios
