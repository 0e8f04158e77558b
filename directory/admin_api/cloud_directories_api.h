// /api/v2/office365s: instances of Microsoft 365, their domains and attributes. The vendor publishes most addresses; of creating,
// deleting and of the attributes' choices it publishes none, and these are Assumed. [rule D65] [rule D66]
#pragma once

#include "directory/core/core.h"
#include "directory/insights/event.h"
#include "directory/server/router.h"

namespace directory {

class CloudDirectoriesApi {
 public:
  explicit CloudDirectoriesApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_directories(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_directory(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_directory(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_directory(const RoutedRequest& request, const Actor& actor);
  /// Deactivates the instance: all that is kept of it goes, the accounts stay as they are. [rule R76] [rule D71]
  base::HttpResponse delete_directory(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list_domains(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse add_domain(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_domain(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list_attributes(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse choose_attributes(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
