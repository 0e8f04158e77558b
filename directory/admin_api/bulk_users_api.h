// /api/v2/bulk/users: many users in one request, with a result for each. [rule D5a]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class BulkUsersApi {
 public:
  explicit BulkUsersApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  /// A list of users as POST /api/systemusers takes them: 201 `{jobId}`. All are handled before the answer,
  /// so that no password waits in the store; the result of each can be read afterwards.
  base::HttpResponse create_users(const RoutedRequest& request, const Actor& actor);
  /// One page of `{id, status, statusMsg, persistedFields, meta, createdAt, updatedAt}`. The words of the
  /// status are assumed.
  base::HttpResponse read_results(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
