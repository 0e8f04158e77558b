#include "fakes/okta/scim_client/mapping.h"

#include <algorithm>
#include <vector>

namespace fakes::okta::scim_client {
namespace {

void lay_over(Profile& profile, const Profile& over) {
  for (const auto& [attribute, value] : over) profile[attribute] = value;
}

/// The groups that assign the app to the user; the first counts most, which is the one of the lowest number.
std::vector<const AppGroup*> assigning_groups(const Org& org, const App& app, const UserId& user) {
  std::vector<const AppGroup*> out;
  for (const auto& [id, assigned] : app.groups) {
    const auto* group = org.find(id);
    if (group != nullptr && group->has(user)) out.push_back(&assigned);
  }
  std::ranges::stable_sort(out, {}, &AppGroup::priority);
  return out;
}

Profile profile_of(const Org& org, const App& app, const AppUser& assignment) {
  const auto* user = org.find(assignment.user);
  auto profile = user == nullptr ? Profile{} : user->profile;
  const auto groups = assigning_groups(org, app, assignment.user);
  for (auto group = groups.rbegin(); group != groups.rend(); ++group) lay_over(profile, (*group)->profile);
  lay_over(profile, assignment.profile);
  return profile;
}

}  // namespace

std::vector<MappedAttribute> default_custom_attributes() {
  return {{"title", Place::core, "title"},
          {"department", Place::enterprise, "department"},
          {"costCenter", Place::enterprise, "costCenter"},
          {"employeeNumber", Place::enterprise, "employeeNumber"}};
}

Attributes attributes_of(const Org& org, const App& app, const AppUser& assignment, const Settings& settings) {
  const auto profile = profile_of(org, app, assignment);
  // Okta's own form is en_US; each newer sample prints the other. Assumed: that one becomes the other.
  auto locale = value_or_empty(profile, "locale");
  std::ranges::replace(locale, '_', '-');
  if (locale.empty()) locale = "en-US";
  Attributes out{{Place::core, "userName", assignment.user_name},
                 {Place::name, "givenName", value_or_empty(profile, "firstName")},
                 {Place::name, "familyName", value_or_empty(profile, "lastName")},
                 {Place::primary_email, "email", value_or_empty(profile, "email")},
                 {Place::core, "displayName", display_name_of(profile)},
                 {Place::core, "locale", std::move(locale)}};
  for (const auto& row : settings.custom) out.push_back({row.place, row.name, value_or_empty(profile, row.source)});
  return out;
}

}  // namespace fakes::okta::scim_client
