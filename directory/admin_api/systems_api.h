// /api/systems, their built-in commands, and the recovery keys of their disks. [rule D1] [rule D123] [rule D124]
// [JC-V2 systems/fdekey]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

struct ListQuery;

class SystemsApi {
 public:
  explicit SystemsApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_systems(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse search_systems(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_system(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_system(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_system(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse command_system(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_recovery_key(const RoutedRequest& request, const Actor& actor);

  /// Every system that the query can mean, as it is shown.
  [[nodiscard]] std::vector<base::JsonObject> candidates(const ListQuery& query);

  Core* core_;
};

}  // namespace directory
