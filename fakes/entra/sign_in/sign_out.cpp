#include "fakes/entra/sign_in/sign_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/entra/sign_in/pages.h"
#include "fakes/oidc/form.h"
#include "fakes/oidc/html.h"

namespace fakes::entra::sign_in {
namespace {

bool is_registered(const Tenant& tenant, const std::string& uri) {
  return std::ranges::any_of(tenant.applications().all(), [&](const auto& entry) {
    const auto& app = entry.second;
    return std::ranges::find(app.redirect_uris, uri) != app.redirect_uris.end() ||
           std::ranges::find(app.spa_redirect_uris, uri) != app.spa_redirect_uris.end();
  });
}

/// Each app learns which session it was.
std::string front_channel_address(const Desk& desk, const Application& app, const std::string& session_id) {
  return app.front_channel_logout_url + (app.front_channel_logout_url.contains('?') ? "&" : "?") +
         oidc::form_text({{"iss", desk.issuer()}, {"sid", session_id}});
}

}  // namespace

base::HttpResponse sign_out(Desk& desk, const Asked& asked) {
  if (const auto error = desk.check_tenant_name(asked.tenant_name)) return error_page(desk.describe(*error, asked.ids), {});
  std::vector<std::string> front_channel;
  auto* session = asked.cookie ? desk.sessions.find(asked.cookie->reveal()) : nullptr;
  if (session != nullptr && session->ends > desk.now()) {
    session->ends = desk.now();
    for (const auto& app_id : session->apps) {
      const auto* app = desk.tenant().applications().find(app_id);
      if (app != nullptr && !app->front_channel_logout_url.empty())
        front_channel.push_back(front_channel_address(desk, *app, session->proof.session_id));
    }
  }
  auto next = asked.parameter("post_logout_redirect_uri");
  if (!next.empty() && !is_registered(desk.tenant(), next)) next.clear();
  if (const auto state = asked.parameter("state"); !next.empty() && !state.empty())
    next += (next.contains('?') ? "&" : "?") + oidc::form_text({{"state", state}});
  auto response = front_channel.empty() && !next.empty() ? oidc::redirect(next) : signed_out_page(front_channel, next);
  response.headers.add("Set-Cookie", fmt::format("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=None", session_cookie));
  return response;
}

}  // namespace fakes::entra::sign_in
