// Users as a SCIM resource type, in the policy of one integration.
#pragma once

#include "directory/admins/api_keys.h"
#include "directory/core/core.h"
#include "directory/scim/policy.h"
#include "directory/scim/resource_type.h"
#include "directory/users/user_changes.h"

namespace directory::scim {

class UserType final : public ResourceType {
 public:
  /// `base_url`: of locations, `https://host/scim/v2`.
  UserType(Core& core, const Policy& policy, const Integration& integration, std::string base_url)
      : core_(&core), policy_(policy), actor_(actor_of(integration)), base_url_(std::move(base_url)) {}

  [[nodiscard]] const ResourceSchema& schema() const override { return *policy_.users; }
  [[nodiscard]] const ResourceSchema& known_schema() const override { return all_of_user(); }
  [[nodiscard]] std::string_view endpoint() const override { return "Users"; }

  [[nodiscard]] std::optional<base::JsonObject> find(std::string_view id) override;
  [[nodiscard]] std::optional<base::JsonObject> find_for_change(std::string_view id) override;

  /// A userName that is an address serves where no e-mail is given; a mistyped extension is read as it is
  /// meant. [rule R47] [Entra provisioning-clients 2.6-03]
  [[nodiscard]] base::JsonObject completed(base::JsonObject body) const override;
  /// A password is set as the policy has it; `active: false` suspends. [rule R49] [rule R61]
  Written create(base::JsonObject resource) override;
  /// Equal values change nothing and write no event, neither does a password that the user has already;
  /// `active` left out changes no state.
  Written update(std::string_view id, base::JsonObject resource) override;
  /// Deletes or suspends, as the policy says. [rule R24] [rule R71]
  Written remove(std::string_view id) override;

  [[nodiscard]] std::int64_t count() override;
  [[nodiscard]] base::JsonArray page(std::int64_t skip, std::int64_t limit) override;
  [[nodiscard]] bool visit(const Filter* filter, std::int64_t most,
                           const std::function<void(base::JsonObject)>& each) override;

  [[nodiscard]] EventSubject subject_of(std::string_view id) override;

 private:
  [[nodiscard]] base::JsonObject resource_of(User user) const;
  /// The directory's username for a userName that is new to the user.
  [[nodiscard]] Change<std::string> username_for(const std::string& user_name, const UserId& self) const;
  [[nodiscard]] Change<void> derive_username(UserWrite& write, UserDocument& document,
                                             const UserId& self) const;
  [[nodiscard]] Change<User> apply_state(User user, const UserWrite& write) const;

  Core* core_;
  Policy policy_;
  Actor actor_;
  std::string base_url_;
  std::optional<User> written_;  ///< as it was created or updated last, until it is shown: nothing need be read to answer with it
};

}  // namespace directory::scim
