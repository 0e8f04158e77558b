// What Okta's admin does so that people sign in to the directory through Okta; the org is theirs, so these go straight to it.
#include <fmt/format.h>

#include "scenarios/engine/perform_okta.h"

namespace scenarios {
namespace {

using fakes::oidc::SigningKeys;

/// The app and the person's account; or why there is none.
std::expected<std::pair<fakes::okta::AppId, fakes::okta::UserId>, Performed> find_both(Cast& cast, const std::string& app, const PersonRef& user) {
  const auto* found = cast.okta_sign_in_app(app);
  if (found == nullptr) return std::unexpected(refused(fmt::format("no app '{}' is registered in Okta", app)));
  const auto& person = cast.person(user);
  if (!person.okta_id) return std::unexpected(refused(fmt::format("{} has no account in the org", person.name)));
  return std::pair{found->id, *person.okta_id};
}

}  // namespace

base::Task<Performed> perform(Cast& cast, OktaRegisterApp verb) {
  if (cast.okta_sign_in_app(verb.app) != nullptr) co_return refused(fmt::format("the app '{}' is registered already", verb.app));
  fakes::okta::NewApp app;
  app.label = verb.app;
  fakes::okta::OidcClient client;
  client.redirect_uris = {cast.sign_in_callback()};
  app.oidc = std::move(client);
  const auto id = cast.okta().create_app(app);
  if (!id) co_return from_okta(id);
  cast.add_okta_sign_in_app(verb.app, *id);
  if (!verb.everyone) co_return Performed{};
  co_return from_okta(cast.okta().assign_group(*id, cast.okta().everyone()));
}

base::Task<Performed> perform(Cast& cast, OktaLetIntoApp verb) {
  const auto both = find_both(cast, verb.app, verb.user);
  if (!both) co_return both.error();
  co_return from_okta(cast.okta().assign(both->first, both->second));
}

base::Task<Performed> perform(Cast& cast, OktaShutOutOfApp verb) {
  const auto both = find_both(cast, verb.app, verb.user);
  if (!both) co_return both.error();
  co_return from_okta(cast.okta().unassign(both->first, both->second));
}

base::Task<Performed> perform(Cast& cast, OktaRollSigningKeys verb) {
  cast.okta_sign_in().roll_keys(verb.announced ? SigningKeys::Notice::announced : SigningKeys::Notice::none);
  if (!verb.keep_old) cast.okta_sign_in().forget_old_keys();
  co_return Performed{};
}

}  // namespace scenarios
