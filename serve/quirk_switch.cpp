#include "serve/quirk_switch.h"

#include <fmt/format.h>

#include <algorithm>

namespace serve {
namespace {

template <class Quirks, class Table>
std::vector<QuirkState> states_of(const Quirks& quirks, const Table& table) {
  std::vector<QuirkState> out;
  for (const auto& row : table) out.push_back({row.name, row.what, quirks.has(row.quirk)});
  return out;
}

template <class Quirks, class Table>
std::string set_quirks(Quirks& quirks, const Table& table, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    const bool known = std::ranges::any_of(table, [&](const auto& row) { return row.name == name; });
    if (!known) return fmt::format("there is no quirk '{}' here", name);
  }
  for (const auto& row : table) {
    if (std::ranges::find(names, row.name) != names.end()) {
      quirks.add(row.quirk);
    } else {
      quirks.remove(row.quirk);
    }
  }
  return {};
}

namespace entra = fakes::entra;
namespace okta = fakes::okta;

/// Calls `act` with the quirks of a part and their table; gives `otherwise` where there is no such part.
template <class Act, class Otherwise>
auto with_part(scenarios::Cast& cast, std::string_view part, const Act& act, Otherwise otherwise) {
  if (part == "graph") return act(cast.graph().options().quirks, fakes::graph::all_quirks());
  if (part == "entra.sign_in") return act(cast.entra_sign_in().options().quirks, entra::sign_in::all_quirks());
  if (part == "entra.provisioning") {
    auto quirks = cast.provisioning().settings().quirks;
    auto result = act(quirks, entra::provisioning::all_client_quirks());
    cast.provisioning().set_quirks(quirks);
    return result;
  }
  if (part == "okta.api") return act(cast.okta_api().options().quirks, okta::api::all_quirks());
  if (part == "okta.sign_in") return act(cast.okta_sign_in().options().quirks, okta::sign_in::all_quirks());
  if (part == "okta.scim_client") return act(cast.okta_client().settings().quirks, okta::scim_client::all_client_quirks());
  return otherwise();
}

}  // namespace

std::vector<std::string_view> parts_with_quirks() {
  return {"entra.provisioning", "entra.sign_in", "graph", "okta.api", "okta.scim_client", "okta.sign_in"};
}

std::vector<QuirkState> quirks_of(scenarios::Cast& cast, std::string_view part) {
  return with_part(
      cast, part, [](const auto& quirks, const auto& table) { return states_of(quirks, table); }, [] { return std::vector<QuirkState>{}; });
}

std::string switch_quirks(scenarios::Cast& cast, std::string_view part, const std::vector<std::string>& names) {
  return with_part(
      cast, part, [&](auto& quirks, const auto& table) { return set_quirks(quirks, table, names); },
      [&] { return fmt::format("there is no part '{}' with quirks", part); });
}

}  // namespace serve
