// /api/v2/bulk/userstates: changes of state for many users, now or on a day. [rule D11] [rule R11]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class UserStatesApi {
 public:
  explicit UserStatesApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  /// `{user_ids, state, start_date, send_activation_emails, activation_email_override}`: 201 and one
  /// `{scheduledJobId, systemUserId, state, scheduledDate}` a user. Activation mails go to who needs them,
  /// users that are activated already included, which makes this the way to activate in bulk.
  base::HttpResponse schedule(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list(const RoutedRequest& request, const Actor& actor);
  /// `eventlist/next?users=id,id`: the next change of each.
  base::HttpResponse list_next(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse cancel(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
