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

/// Longer than an initial cycle of this many users takes.
constexpr base::Duration long_enough = std::chrono::hours{12};

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

}  // namespace

std::expected<std::vector<PreviewedUser>, std::string> preview_provisioning(const EntraSpec& spec) {
  WorldSpec world;
  world.entra = spec;
  world.entra.job = true;
  CastOptions options;
  Cast cast(world, options);
  if (!cast.problem().empty()) return std::unexpected(cast.problem());
  auto& scheduler = cast.scheduler();
  scheduler.run_until(scheduler.now() + spec.interval / 2);
  if (cast.provisioning().cycles_completed() == 0) scheduler.run_until(scheduler.now() + long_enough);

  std::vector<PreviewedUser> users;
  for (const auto& record : cast.provisioning().log()) {
    if (record.kind != fakes::entra::ObjectKind::user || record.about_reference) continue;
    PreviewedUser user;
    user.name = record.user_principal_name;
    user.outcome = record.status == fakes::entra::provisioning::LogStatus::success   ? "created"
                   : record.status == fakes::entra::provisioning::LogStatus::skipped ? "skipped"
                                                                                     : "refused";
    user.detail = record.code.empty() ? record.reason : fmt::format("{}: {}", record.code, record.reason);
    users.push_back(std::move(user));
  }
  // The service works through users one by one: its creations come in the order of the log.
  std::vector<const sim::Exchange*> posts;
  for (const auto& exchange : cast.world().recorder().exchanges()) {
    const bool creates = exchange.from == "entra" && exchange.request.method == "POST" && exchange.request.target.ends_with("/Users");
    if (creates) posts.push_back(&exchange);
  }
  auto post = posts.begin();
  for (auto& user : users) {
    if (user.outcome == "skipped" || post == posts.end()) continue;
    const auto& exchange = **post++;
    user.body = exchange.request.body;
    if (!exchange.result || !*exchange.result) continue;
    const auto& answer = **exchange.result;
    user.status = answer.status;
    const auto sent = base::parse_json(user.body);
    const auto came = base::parse_json(answer.body);
    if (!sent || !came) continue;
    if (user.outcome == "created") {
      collect_lost(sent->get_object(), *came, {}, user.not_kept);
    } else {
      user.detail = base::string_or(*came, "detail", user.detail);
      user.rules = rules_named_in(user.detail);
    }
  }
  return users;
}

}  // namespace scenarios
