// One pace for each tenant: whatever this directory sends there, for whichever instance and purpose, shares
// what the tenant grants. [Graph T1]
#pragma once

#include <map>
#include <string>
#include <vector>

#include "directory/cloud_sync/graph_answer.h"
#include "directory/cloud_sync/tenant_pace.h"

namespace directory {

class TenantPaces {
 public:
  explicit TenantPaces(const MicrosoftApp& app) : app_(&app) {}

  /// By Microsoft's id of the tenant; lives as long as this.
  [[nodiscard]] TenantPace& of(const std::string& tenant) {
    return paces_.try_emplace(tenant, *app_).first->second;
  }

 private:
  const MicrosoftApp* app_;
  std::map<std::string, TenantPace> paces_;
};

/// What the answers to requests that went together at `sent` say of the tenant as a whole; there is an effect
/// for each of them.
void heed_answers(TenantPace& pace, const std::vector<GraphAnswer>& answers,
                  const std::vector<TenantPace::Effect>& effects, base::Instant sent, base::Instant now);

}  // namespace directory
