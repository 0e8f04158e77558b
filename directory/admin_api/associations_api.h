// /api/v2/{users,usergroups,systems,systemgroups,policies}/{id}: associations, and what the graph leads to
// from there.
#pragma once

#include "directory/associations/graph_object.h"
#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class AssociationsApi {
 public:
  explicit AssociationsApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_associations(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_associations(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse traverse(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
