// /api/v2/usergroups and /api/v2/systemgroups, and their members. [rule D1] [rule D55]
#pragma once

#include "directory/core/core.h"
#include "directory/groups/group.h"
#include "directory/server/router.h"

namespace directory {

class GroupsApi {
 public:
  /// For groups of one type: user_group or system_group.
  GroupsApi(Core& core, GraphType type) : core_(&core), type_(type) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_groups(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_group(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_group(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_group(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_group(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list_members(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_members(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list_suggestions(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse apply_suggestions(const RoutedRequest& request, const Actor& actor);

  [[nodiscard]] base::HttpResponse no_such_group() const;
  [[nodiscard]] std::optional<Group> find(const RoutedRequest& request) const;

  Core* core_;
  GraphType type_;
};

}  // namespace directory
