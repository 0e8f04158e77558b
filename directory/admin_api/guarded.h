// Routes of the admin API: each names the permission it asks for, and is handed who asks.
#pragma once

#include "directory/admins/api_keys.h"
#include "directory/server/router.h"

namespace directory {

/// `(api->*handler)(request, actor)` behind an administrator's key with the permission; 401 or 403 without.
template <class Api>
[[nodiscard]] Router::Handler guarded(Core& core, Api& api, Permission permission,
                                      base::HttpResponse (Api::*handler)(const RoutedRequest&, const Actor&)) {
  return [&core, &api, permission, handler](const RoutedRequest& request) {
    const auto administrator = authorize_admin(core, request.http, permission);
    if (!administrator) return administrator.error();
    return (api.*handler)(request, actor_of(*administrator));
  };
}

/// Adds the routes of one resource: `route(method, pattern, permission, &Api::handler)`.
template <class Api>
[[nodiscard]] auto guarded_routes(Router& router, Core& core, Api& api) {
  return [&router, &core, &api](std::string_view method, std::string_view pattern, Permission permission,
                                base::HttpResponse (Api::*handler)(const RoutedRequest&, const Actor&)) {
    router.add(method, pattern, guarded(core, api, permission, handler));
  };
}

}  // namespace directory
