// The SCIM 2.0 service provider under /scim/v2: its routes, behind an integration's token. What the routes do
// is in resource_operations.h, list.h, bulk.h and discovery.h; whom they do it for decides the policy.
// [RFC7644 3.2]
#pragma once

#include <functional>

#include "directory/admins/api_keys.h"
#include "directory/core/core.h"
#include "directory/integrations/integration.h"
#include "directory/scim/list_query.h"
#include "directory/scim/policy.h"
#include "directory/scim/resource_operations.h"
#include "directory/server/router.h"

namespace directory::scim {

class Provider {
 public:
  explicit Provider(Core& core) : core_(&core), keys_(core) {}
  void add_routes(Router& router);

 private:
  /// A request of an integration that is known.
  struct Call {
    const RoutedRequest& request;
    const Integration& integration;
    const Policy& policy;
    std::string base_url;  ///< of locations, without a slash at its end
  };
  /// Which resource types a route is about.
  enum class Scope { users, groups, all };

  using OperationBody = std::function<base::HttpResponse(const Operation&)>;
  using Handler = base::HttpResponse (Provider::*)(const Call&, Scope);
  [[nodiscard]] Router::Handler guarded(Handler handler, Scope scope = Scope::all);
  void add_resource_routes(Router& router, std::string_view endpoint, Scope scope);

  base::HttpResponse list(const Call& call, Scope scope);
  base::HttpResponse search(const Call& call, Scope scope);
  base::HttpResponse read(const Call& call, Scope scope);
  base::HttpResponse create(const Call& call, Scope scope);
  base::HttpResponse replace(const Call& call, Scope scope);
  base::HttpResponse patch(const Call& call, Scope scope);
  base::HttpResponse remove(const Call& call, Scope scope);
  base::HttpResponse bulk(const Call& call, Scope scope);
  base::HttpResponse describe_provider(const Call& call, Scope scope);
  base::HttpResponse describe_schemas(const Call& call, Scope scope);
  base::HttpResponse describe_resource_types(const Call& call, Scope scope);
  base::HttpResponse refuse_me(const Call& call, Scope scope);

  base::HttpResponse listed(const Call& call, Scope scope, const ListQuery& query);
  base::HttpResponse with_operation(const Call& call, Scope scope, const OperationBody& body);
  /// The same inside a transaction.
  base::HttpResponse change(const Call& call, Scope scope, const OperationBody& body);
  /// One change of one resource, inside the running transaction.
  base::HttpResponse perform(const Call& call, const base::HttpRequest& request,
                             const base::JsonObject& body);

  Core* core_;
  IntegrationKeys keys_;
};

}  // namespace directory::scim
