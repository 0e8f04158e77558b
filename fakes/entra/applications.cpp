#include "fakes/entra/applications.h"

#include <algorithm>
#include <utility>

#include "fakes/entra/guid.h"

namespace fakes::entra {

Application& Applications::register_app(std::string display_name) {
  Application app;
  app.app_id = make_guid(rng_);
  app.object_id = ObjectId{make_guid(rng_)};
  app.service_principal = ObjectId{make_guid(rng_)};
  app.display_name = std::move(display_name);
  auto key = app.app_id;
  return by_app_id_.emplace(std::move(key), std::move(app)).first->second;
}

Application& Applications::consent_to(std::string app_id, std::string display_name, base::Secret secret, base::Instant secret_ends) {
  // Draws of its own, so that other apps have the ids that they would have without it.
  auto rng = rng_.fork("consent", by_app_id_.size());
  Application app;
  app.app_id = std::move(app_id);
  app.object_id = ObjectId{make_guid(rng)};
  app.service_principal = ObjectId{make_guid(rng)};
  app.display_name = std::move(display_name);
  app.secrets.push_back({make_guid(rng), "its own", std::move(secret), secret_ends});
  auto key = app.app_id;
  return by_app_id_.insert_or_assign(std::move(key), std::move(app)).first->second;
}

Application* Applications::find(std::string_view app_id) {
  const auto found = by_app_id_.find(app_id);
  return found == by_app_id_.end() ? nullptr : &found->second;
}

const Application* Applications::find(std::string_view app_id) const {
  const auto found = by_app_id_.find(app_id);
  return found == by_app_id_.end() ? nullptr : &found->second;
}

Application* Applications::find_service_principal(const ObjectId& id) {
  const auto found =
      std::ranges::find_if(by_app_id_, [&](const auto& entry) { return entry.second.service_principal == id; });
  return found == by_app_id_.end() ? nullptr : &found->second;
}

const ClientSecret& Applications::add_secret(Application& app, std::string display_name, base::Instant ends) {
  ClientSecret secret;
  secret.key_id = make_guid(rng_);
  secret.display_name = std::move(display_name);
  secret.value = base::Secret(rng_.hex(20));
  secret.ends = ends;
  return app.secrets.emplace_back(std::move(secret));
}

}  // namespace fakes::entra
