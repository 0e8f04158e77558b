// The groups that one app is told of: created or linked by name, renamed, given members, replaced by a Push Now, deleted.
// [Okta provisioning-clients 4.8-01] to [Okta provisioning-clients 4.8-16]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/task.h"
#include "fakes/okta/org/org.h"
#include "fakes/okta/scim_client/answers.h"
#include "fakes/okta/scim_client/caller.h"
#include "fakes/okta/scim_client/group_bodies.h"
#include "fakes/okta/scim_client/member_order.h"
#include "fakes/okta/scim_client/settings.h"

namespace fakes::okta::scim_client {

struct GroupWork {
  enum class Kind : std::uint8_t {
    push,      ///< what has changed since the last push
    push_now,  ///< all of it
    remove     ///< the app's group goes
  };
  Kind kind = Kind::push;
  MappingId mapping;
  GroupId group;
  std::string external_id{};  ///< of one that is no longer linked

  bool operator==(const GroupWork&) const = default;
};

/// What became of it.
struct GroupPushed {
  std::string action{};  ///< push, link, rename, members, push_now, remove; empty where there was nothing to send
  std::optional<Failure> failure{};
};

class GroupPush {
 public:
  /// All outlive it.
  GroupPush(Org& org, Caller& caller, const Settings& settings) : org_(&org), caller_(&caller), settings_(&settings) {}

  base::Task<GroupPushed> perform(GroupWork work);
  /// The org's mapping is gone.
  void forget(const MappingId& mapping) { pushed_.erase(mapping); }

 private:
  /// What the app was last told of a group.
  struct Pushed {
    std::string name;
    Members members{};
    bool keeps_others = false;  ///< members that others gave it stay until a Push Now [Okta provisioning-clients 4.8-15]
  };
  /// What it is to be told now.
  struct Wanted {
    MappingId mapping;
    std::string id;  ///< the app's; empty until it is known
    std::string name;
    Members members{};
    bool renames = true;
    bool whole = false;  ///< a Push Now
  };

  base::Task<GroupPushed> push(Wanted wanted);
  base::Task<GroupPushed> introduce(Wanted wanted);
  base::Task<GroupPushed> push_known(Wanted wanted);
  base::Task<std::optional<Failure>> patch(Wanted wanted, MembersChange change, bool renamed);
  base::Task<std::optional<Failure>> send_patch(Wanted wanted, base::JsonObject body);
  base::Task<std::optional<Failure>> replace(Wanted wanted, MembersChange change, base::JsonObject read);
  base::Task<GroupPushed> remove(std::string external_id);
  base::Task<base::HttpResult> call(MappingId mapping, std::string method, std::string path,
                                    std::optional<base::JsonObject> body = std::nullopt);
  void remember(const Wanted& wanted);

  [[nodiscard]] const App* app() const { return org_->find(settings_->app); }
  [[nodiscard]] bool patches() const;
  [[nodiscard]] const PushMapping* mapping_of(const MappingId& id) const;
  [[nodiscard]] std::optional<Wanted> wanted_of(const GroupWork& work);

  Org* org_;
  Caller* caller_;
  const Settings* settings_;
  MemberOrder order_;
  std::map<MappingId, Pushed> pushed_;
};

}  // namespace fakes::okta::scim_client
