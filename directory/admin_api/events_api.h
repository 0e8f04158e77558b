// The events of Directory Insights. [rule DI1]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class EventsApi {
 public:
  explicit EventsApi(Core& core);

  void add_routes(Router& router);

 private:
  base::HttpResponse read_events(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse count_events(const RoutedRequest& request, const Actor& actor);

  Core* core_;
  base::Rng rng_;
};

}  // namespace directory
