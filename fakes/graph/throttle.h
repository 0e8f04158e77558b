// Throttling by resource units, of an app in this tenant and of all the tenants. Each limit is a bucket that drains evenly;
// what is refused counts too. [Graph T1] to [Graph T12]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "fakes/graph/options.h"

namespace fakes::graph {

struct Charge {
  std::int64_t units = 1;
  bool is_write = false;
  bool is_report = false;  ///< of audits and sign-ins [Graph T11]
  std::string_view priority = "normal";  ///< lower case [Graph T9]
};

class Throttle {
 public:
  struct Verdict {
    bool refused = false;
    base::Duration wait{};        ///< until it would pass, where refused
    std::string scope{};          ///< `Tenant_Application/ReadWrite`
    std::string reason{};         ///< `ResourceUnitLimitExceeded`
    std::int64_t percentage = 0;  ///< of the fullest bucket, after the charge
  };

  explicit Throttle(Limits limits) : limits_(limits) {}
  /// Other limits from now on; what was used up stays.
  void limit_to(const Limits& limits) { limits_ = limits; }

  Verdict charge(const std::string& app_id, const Charge& charge, std::size_t users, base::Instant now);

 private:
  /// How much of a window is used up.
  struct Bucket {
    base::Duration used{};
    base::Instant at{};
  };

  void fill(Verdict& verdict, const std::string& key, const Limit& limit, std::int64_t amount, const Charge& charge, base::Instant now,
            std::string_view scope, std::string_view reason);

  Limits limits_;
  std::map<std::string, Bucket, std::less<>> buckets_;
};

}  // namespace fakes::graph
