// What can be expected: one observation, one struct, one entry in the list at the end.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/script/cloud_group_observations.h"
#include "scenarios/script/cloud_observations.h"
#include "scenarios/script/device_observations.h"
#include "scenarios/script/one_of.h"
#include "scenarios/script/okta_observations.h"
#include "scenarios/script/population_observations.h"
#include "scenarios/script/tenant_log_observations.h"
#include "scenarios/script/world_observations.h"
#include "scenarios/script/values.h"

namespace scenarios {

struct DirectoryUser {
  static constexpr std::string_view name = "directory.user";
  static constexpr std::string_view help = "The directory's user, as the admin API shows it.";

  PersonRef user;
  std::optional<bool> exists{};
  std::optional<std::string> state{};
  std::optional<std::string> password{};
  std::optional<std::string> username{};
  std::optional<std::string> email{};
  std::optional<std::string> given_name{};
  std::optional<std::string> surname{};
  std::optional<std::string> department{};
  std::optional<std::string> job_title{};
  std::optional<std::string> employee_id{};
  std::optional<std::string> display_name{};
  std::optional<std::string> location{};
  std::optional<std::string> cost_center{};
  std::optional<std::string> employee_type{};
  std::optional<std::string> company{};
  std::optional<bool> has_manager{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("exists", self.exists, "whether there is such a user; by default yes");
    visit.optional("state", self.state, "STAGED, ACTIVATED or SUSPENDED");
    visit.optional("password", self.password, "pending, active, expired or locked");
    visit.optional("username", self.username, "username");
    visit.optional("email", self.email, "e-mail address");
    visit.optional("given_name", self.given_name, "first name");
    visit.optional("surname", self.surname, "last name");
    visit.optional("department", self.department, "department");
    visit.optional("job_title", self.job_title, "job title");
    visit.optional("employee_id", self.employee_id, "employee identifier");
    visit.optional("display_name", self.display_name, "display name");
    visit.optional("location", self.location, "location");
    visit.optional("cost_center", self.cost_center, "cost centre");
    visit.optional("employee_type", self.employee_type, "employee type");
    visit.optional("company", self.company, "company");
    visit.optional("has_manager", self.has_manager, "whether a manager is known");
  }
  bool operator==(const DirectoryUser&) const = default;
};

struct DirectoryUserCount {
  static constexpr std::string_view name = "directory.user_count";
  static constexpr std::string_view help = "How many users the directory has.";

  std::int64_t count = 0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("count", self.count, "the number");
  }
  bool operator==(const DirectoryUserCount&) const = default;
};

struct DirectorySystem {
  static constexpr std::string_view name = "directory.system";
  static constexpr std::string_view help = "What the directory knows of a device and of one of its accounts, as the admin API shows it.";

  DeviceRef device;
  std::optional<bool> exists{};
  std::optional<bool> active{};
  std::optional<std::string> os{};
  std::optional<bool> disk_encrypted{};
  std::optional<bool> recovery_key{};
  std::optional<std::string> account{};
  std::optional<bool> account_exists{};
  std::optional<bool> managed{};
  std::optional<bool> admin{};
  std::optional<bool> suspended{};
  std::optional<bool> secure_token{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("device", self.device, "the device");
    visit.optional("exists", self.exists, "whether there is a record of it; by default yes");
    visit.optional("active", self.active, "whether its agent is in contact");
    visit.optional("os", self.os, "its operating system, such as Windows or Mac OS X");
    visit.optional("disk_encrypted", self.disk_encrypted, "whether its disk is encrypted");
    visit.optional("recovery_key", self.recovery_key, "whether the directory keeps a key to the disk");
    visit.optional("account", self.account, "name of a local account, which the rest is about");
    visit.optional("account_exists", self.account_exists, "whether the directory knows the account; by default yes");
    visit.optional("managed", self.managed, "whether the account is managed");
    visit.optional("admin", self.admin, "whether it administers the device");
    visit.optional("suspended", self.suspended, "whether it is disabled");
    visit.optional("secure_token", self.secure_token, "whether it holds a SecureToken");
  }
  bool operator==(const DirectorySystem&) const = default;
};

struct DirectoryEvents {
  static constexpr std::string_view name = "directory.events";
  static constexpr std::string_view help = "Events of the directory's log about a person.";

  PersonRef user;
  std::string type;
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("type", self.type, "event type, such as user_create");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const DirectoryEvents&) const = default;
};

struct ScimUser {
  static constexpr std::string_view name = "scim.user";
  static constexpr std::string_view help = "The user, as the SCIM interface shows it.";

  PersonRef user;
  std::optional<bool> exists{};
  std::optional<bool> active{};
  std::optional<std::string> department{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("exists", self.exists, "whether there is such a user; by default yes");
    visit.optional("active", self.active, "the attribute active");
    visit.optional("department", self.department, "the enterprise attribute department");
  }
  bool operator==(const ScimUser&) const = default;
};

struct EntraSignIns {
  static constexpr std::string_view name = "entra.sign_ins";
  static constexpr std::string_view help = "A person's sign-ins, as Entra has written them down.";

  PersonRef user;
  std::optional<std::int64_t> error{};
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("error", self.error, "number of the AADSTS error, 0 for success; by default any");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const EntraSignIns&) const = default;
};

struct EntraLog {
  static constexpr std::string_view name = "entra.log";
  static constexpr std::string_view help = "Records of the provisioning log about a person.";

  PersonRef user;
  std::optional<std::string> action{};
  std::optional<std::string> status{};
  std::optional<std::string> code{};
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.optional("action", self.action, "create, update, disable, delete or other");
    visit.optional("status", self.status, "success, failure or skipped");
    visit.optional("code", self.code, "code, such as RedundantExport");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const EntraLog&) const = default;
};

struct EntraGroupLog {
  static constexpr std::string_view name = "entra.group_log";
  static constexpr std::string_view help = "Records of the provisioning log about a group of the tenant.";

  std::string group;
  std::optional<std::string> action{};
  std::optional<std::string> status{};
  std::optional<std::string> code{};
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("group", self.group, "its name");
    visit.optional("action", self.action, "create, update, delete or other");
    visit.optional("status", self.status, "success, failure or skipped");
    visit.optional("code", self.code, "code, such as InsufficientRights");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const EntraGroupLog&) const = default;
};

struct EntraJob {
  static constexpr std::string_view name = "entra.job";
  static constexpr std::string_view help = "The state of the provisioning job, as the portal shows it.";

  std::optional<std::string> status{};
  std::optional<std::string> schedule{};
  std::optional<std::string> reason{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.optional("status", self.status, "NotConfigured, NotRun, Active, Paused or Quarantine");
    visit.optional("schedule", self.schedule, "Active, Paused or Disabled");
    visit.optional("reason", self.reason, "why it is in quarantine, such as TooManyDeletes; none where it is not");
  }
  bool operator==(const EntraJob&) const = default;
};

struct GraphCopy {
  static constexpr std::string_view name = "graph.copy";
  static constexpr std::string_view help = "The program's copy of the tenant's users or groups.";

  std::string of = "users";
  bool true_copy = true;
  std::optional<std::int64_t> count{};
  std::optional<std::int64_t> resyncs{};
  std::optional<bool> empty_pages{};
  std::optional<bool> repeated{};
  std::optional<std::int64_t> notified{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.choice("of", self.of, graph_collections, "what it is a copy of");
    visit.optional("is_true", self.true_copy, "whether it holds what the tenant holds; by default yes");
    visit.optional("count", self.count, "how many objects it holds");
    visit.optional("resyncs", self.resyncs, "how often it had to begin again");
    visit.optional("empty_pages", self.empty_pages, "whether a page without entries came before others");
    visit.optional("repeated", self.repeated, "whether an entry came that changed nothing");
    visit.optional("notified", self.notified, "of how many changes notifications told");
  }
  bool operator==(const GraphCopy&) const = default;
};

struct MailReceived {
  static constexpr std::string_view name = "mail.received";
  static constexpr std::string_view help = "Mails that have reached a person.";

  PersonRef user;
  std::string kind;
  std::optional<std::int64_t> count{};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("kind", self.kind, "kind of mail, such as activation");
    visit.optional("count", self.count, "how many; by default at least one");
  }
  bool operator==(const MailReceived&) const = default;
};

struct PortalSession {
  static constexpr std::string_view name = "portal.session";
  static constexpr std::string_view help = "The person's session in the portal.";

  PersonRef user;
  bool open = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit.required("user", self.user, "the person");
    visit.required("open", self.open, "whether it is open");
  }
  bool operator==(const PortalSession&) const = default;
};

class Observation : public OneOf<
    DirectoryUser, DirectoryUserCount, DirectorySystem, DirectoryEvents, ScimUser, EntraSignIns, EntraLog, EntraGroupLog, EntraJob, GraphCopy, MicrosoftAccount, MicrosoftPassword, MicrosoftSession, DirectoryConnection, DirectoryMicrosoft,
    MicrosoftGroup, DirectoryGroupConnection, DirectoryGroupEvents, DirectoryImportable, DirectoryImport, MailImportComplete, MicrosoftAudit, MicrosoftWrites,
    OktaUser, OktaAssignment, OktaGroup, OktaPush, OktaLog, OktaImport,
    OktaTasks, MailReceived,
    PortalSession, DeviceAccount, DeviceSession, DeviceScreen, DevicePopups, DeviceKeychain, DevicePasswords, DeviceSecrets, PopulationLife, NetworkFaults, LawHolds> {
 public:
  using OneOf::OneOf;
};

}  // namespace scenarios
