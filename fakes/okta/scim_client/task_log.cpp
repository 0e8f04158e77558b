#include "fakes/okta/scim_client/task_log.h"

#include <fmt/format.h>

#include "base/http.h"

namespace fakes::okta::scim_client {
namespace {

/// Only that of a creation is told; the others follow its pattern.
std::string_view verb_of(std::string_view action) {
  if (action == "create" || action == "link") return "creating";
  if (action == "deactivate") return "deactivating";
  return action == "password" ? "pushing the password of" : "updating";
}

std::string_view name_of_push(std::string_view action) {
  if (action == "create" || action == "link") return "Push new user to external application";
  if (action == "deactivate") return "Push user deactivation to external application";
  return action == "password" ? "Push user's password to external application" : "Push user's profile update to external application";
}

}  // namespace

std::string task_text(std::string_view action, std::string_view user_name, std::string_view app, std::string_view display_name,
                      std::string_view detail) {
  return fmt::format("Automatic provisioning of user {} to app {} failed: Error while {} user {}: {}", user_name, app, verb_of(action),
                     display_name, detail);
}

std::string push_failure_text(std::string_view action, int status, std::string_view detail) {
  if (status == 0) return fmt::format("{} FAILURE: {}", name_of_push(action), detail);
  return fmt::format("{} FAILURE: {}. Errors reported by remote server: {}", name_of_push(action), base::reason_phrase(status), detail);
}

}  // namespace fakes::okta::scim_client
