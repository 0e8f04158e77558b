#include "serve/party.h"

#include <algorithm>

#include "fakes/entra/sign_in/real_names.h"

namespace serve {
namespace {

constexpr std::array<std::string_view, 1> graph_names{"graph.microsoft.com"};
constexpr std::array<std::string_view, 3> okta_names{"*.okta.com", "*.oktapreview.com", "*.okta-emea.com"};
constexpr std::array<std::string_view, 1> directory_names{"console.jumpcloud.com"};

constexpr std::array parties{
    PartyInfo{"entra", "login", "login.example.test", fakes::entra::sign_in::real_names, "sign-in of Entra ID: tokens, discovery, pages"},
    PartyInfo{"graph", "graph", "graph.example.test", graph_names, "Microsoft Graph of the same tenant"},
    PartyInfo{"okta", "okta", "okta.example.test", okta_names, "an Okta org: management API and sign-in"},
    PartyInfo{"directory", "directory", "directory.example.test", directory_names, "the directory: SCIM 2.0, admin API, portal, agents"},
};

bool is_called(std::string_view name, std::string_view host) {
  constexpr std::string_view any_label = "*";
  if (!name.starts_with(any_label)) return name == host;
  const auto below = name.substr(any_label.size());
  if (!host.ends_with(below)) return false;
  const auto label = host.substr(0, host.size() - below.size());
  return !label.empty() && label.find('.') == std::string_view::npos;
}

}  // namespace

const PartyInfo& info_of(Party party) { return parties[static_cast<std::size_t>(party)]; }

std::optional<Party> party_named(std::string_view name) {
  for (const auto party : all_parties) {
    if (info_of(party).name == name) return party;
  }
  return std::nullopt;
}

std::optional<Party> party_called(std::string_view host) {
  for (const auto party : all_parties) {
    const auto& info = info_of(party);
    if (info.own_name == host || std::ranges::any_of(info.real_names, [&](auto name) { return is_called(name, host); })) return party;
  }
  return std::nullopt;
}

}  // namespace serve
