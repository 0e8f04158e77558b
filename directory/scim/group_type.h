// The directory's user groups as a SCIM resource type.
#pragma once

#include "directory/admins/api_keys.h"
#include "directory/core/core.h"
#include "directory/groups/group.h"
#include "directory/scim/policy.h"
#include "directory/scim/resource_type.h"

namespace directory::scim {

/// Members are users, by id; a group within a group is refused, as the directory has none. [RFC7643 4.2]
class GroupType final : public ResourceType {
 public:
  /// `base_url`: of locations, `https://host/scim/v2`.
  GroupType(Core& core, const Policy& policy, const Integration& integration, std::string base_url)
      : core_(&core), policy_(policy), actor_(actor_of(integration)), base_url_(std::move(base_url)) {}

  [[nodiscard]] const ResourceSchema& schema() const override { return *policy_.groups; }
  [[nodiscard]] std::string_view endpoint() const override { return "Groups"; }

  [[nodiscard]] std::optional<base::JsonObject> find(std::string_view id) override;

  Written create(base::JsonObject resource) override;
  /// Members that stay are left alone: the events tell of those who come and go.
  Written update(std::string_view id, base::JsonObject resource) override;
  /// The members stay users. [Okta provisioning-clients 4.8-13]
  Written remove(std::string_view id) override;

  [[nodiscard]] std::int64_t count() override;
  [[nodiscard]] base::JsonArray page(std::int64_t skip, std::int64_t limit) override;
  [[nodiscard]] bool visit(const Filter* filter, std::int64_t most,
                           const std::function<void(base::JsonObject)>& each) override;

  [[nodiscard]] EventSubject subject_of(std::string_view id) override;

 private:
  [[nodiscard]] base::JsonObject resource_of(const Group& group) const;

  Core* core_;
  Policy policy_;
  Actor actor_;
  std::string base_url_;
};

}  // namespace directory::scim
